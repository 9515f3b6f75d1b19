package tenant

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// insertOrganization writes the defaults of a new organization too: everybody
// may create collections, admins see everything, and so does the provider's
// staff until the client's owner decides otherwise.
func insertOrganization(ctx context.Context, tx *db.Tx, org id.Org, in New, status Status, apiKey []byte) error {
	return db.Insert(ctx, tx, `INSERT INTO organizations (id, name, business_name, billing_email, plan_type, seats, status, enabled,
		public_key, private_key, api_key, limit_collection_creation, limit_collection_deletion, limit_item_deletion,
		admins_access_all, provider_item_access, created_at, revised_at)`,
		[]any{
			org, in.Name, db.Null(in.BusinessName), in.BillingEmail, in.Plan, db.Null(in.Seats), int(status), true,
			in.Keys.Public, in.Keys.Private, apiKey, false, false, false, true, true, tx.Now, tx.Now,
		})
}

// ByID reads an organization.
func ByID(ctx context.Context, tx *db.Tx, org id.Org) (Organization, error) {
	return db.One(ctx, tx, func(r db.Row) (Organization, error) {
		var o Organization
		var plan int
		err := r.Scan(&o.ID, &o.Name, db.Opt(&o.BusinessName), &o.BillingEmail, &plan, &o.Seats, &o.Status, &o.Enabled,
			db.Opt(&o.PublicKey), &o.HasPrivateKey, db.Time(&o.CreatedAt), db.Time(&o.RevisedAt),
			&o.LimitCollectionCreation, &o.LimitCollectionDeletion, &o.LimitItemDeletion, &o.AdminsAccessAll, &o.ProviderItemAccess, &o.Storage.Limit)
		o.Plan, _ = PlanOf(plan)
		return o, err
	}, `SELECT id, name, business_name, billing_email, plan_type, COALESCE(seats, 0), status, enabled, public_key,
		private_key IS NOT NULL, created_at, revised_at,
		limit_collection_creation, limit_collection_deletion, limit_item_deletion, admins_access_all, provider_item_access, storage_limit
		FROM organizations WHERE id = $1`, org)
}

// PlanIn reads what an organization has.
func PlanIn(ctx context.Context, tx *db.Tx, org id.Org) (Plan, error) {
	return db.One(ctx, tx, func(r db.Row) (Plan, error) {
		var number int
		err := r.Scan(&number)
		plan, _ := PlanOf(number)
		return plan, err
	}, `SELECT plan_type FROM organizations WHERE id = $1`, org)
}

// updateOrganization writes everything that settings change.
func updateOrganization(ctx context.Context, tx *db.Tx, o *Organization) error {
	o.RevisedAt = tx.Now
	return tx.ExecOne(ctx, `UPDATE organizations SET name = $2, business_name = $3, billing_email = $4, revised_at = $5,
		limit_collection_creation = $6, limit_collection_deletion = $7, limit_item_deletion = $8, admins_access_all = $9,
		provider_item_access = $10 WHERE id = $1`,
		o.ID, o.Name, db.Null(o.BusinessName), o.BillingEmail, o.RevisedAt,
		o.LimitCollectionCreation, o.LimitCollectionDeletion, o.LimitItemDeletion, o.AdminsAccessAll, o.ProviderItemAccess)
}

// Remove deletes an organization with everything that is its own: people,
// collections, items, policies, domains, and its link to a provider. The caller
// tells those who lose it.
func Remove(ctx context.Context, tx *db.Tx, org id.Org) error {
	return tx.ExecOne(ctx, `DELETE FROM organizations WHERE id = $1`, org)
}

func setKeys(ctx context.Context, tx *db.Tx, org id.Org, keys KeyPair) error {
	return tx.ExecOne(ctx, `UPDATE organizations SET public_key = $2, private_key = $3, revised_at = $4 WHERE id = $1 AND private_key IS NULL`,
		org, keys.Public, keys.Private, tx.Now)
}

// SetNameAndSeats is for a provider that renames a client or assigns seats.
func SetNameAndSeats(ctx context.Context, tx *db.Tx, org id.Org, name string, seats int) error {
	name, err := Name("name", name)
	if err != nil {
		return err
	}
	if err := checkSeats(seats); err != nil {
		return err
	}
	occupied, err := Occupied(ctx, tx, org)
	if err != nil {
		return err
	}
	if seats < occupied {
		return fault.New(fault.Invalid, SeatsInUse(occupied))
	}
	return tx.ExecOne(ctx, `UPDATE organizations SET name = $2, seats = $3, revised_at = $4 WHERE id = $1`, org, name, seats, tx.Now)
}

// SeatsInUse says why an organization cannot have fewer seats.
func SeatsInUse(occupied int) string {
	return fmt.Sprintf("%d seats are in use. Assign at least as many, or remove members first.", occupied)
}

// Occupied counts the seats in use: everybody invited, accepted or confirmed.
func Occupied(ctx context.Context, tx *db.Tx, org id.Org) (int, error) {
	return db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM members WHERE org_id = $1 AND status IN (0, 1, 2)`, org)
}
