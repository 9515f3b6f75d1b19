package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

// selectPolicies reads rows together with what decides whether they count.
const (
	columns = `p.id, p.org_id, p.type, p.enabled, p.data, p.created_at, p.revised_at, o.plan_type,
	p.type = 3 AND p.enabled AND EXISTS (SELECT 1 FROM claimed_domains c WHERE c.org_id = p.org_id AND c.verified_at IS NOT NULL)`
	selectPolicies = `SELECT ` + columns + ` FROM policies p JOIN organizations o ON o.id = p.org_id `
)

// row is a policy with the plan of its organization.
type row struct {
	Policy
	plan int
}

// counts tells whether the organization's plan has policies.
func (r row) counts() bool { return planHasPolicies(r.plan) }

func planHasPolicies(number int) bool {
	plan, known := tenant.PlanOf(number)
	return known && plan.Enterprise()
}

func scanRow(r db.Row) (row, error) {
	var p row
	err := r.Scan(p.columns()...)
	return p, err
}

func (p *row) columns() []any {
	return []any{&p.ID, &p.Org, &p.Type, &p.Enabled, &p.Data, db.Time(&p.CreatedAt), db.Time(&p.RevisedAt), &p.plan, &p.Fixed}
}

// those keeps the policies that count.
func those(rows []row, err error) ([]Policy, error) {
	out := make([]Policy, 0, len(rows))
	for _, r := range rows {
		if r.counts() {
			out = append(out, r.Policy)
		}
	}
	return out, err
}

// inForce reads one policy of an organization; on tells whether it binds anybody.
func inForce(ctx context.Context, tx *db.Tx, organization id.Org, t Type) (p Policy, on bool, err error) {
	list, err := those(db.All(ctx, tx, scanRow, selectPolicies+`WHERE p.org_id = $1 AND p.type = $2 AND p.enabled AND o.enabled`, organization, int(t)))
	if err != nil || len(list) == 0 {
		return Policy{}, false, err
	}
	return list[0], true, nil
}

// staff is the condition that an account, given as a column, is one of the people
// of the provider that manages the organization of a member m.
func staff(account string) string {
	return `EXISTS (SELECT 1 FROM provider_clients pc JOIN provider_users pu ON pu.provider_id = pc.provider_id
		WHERE pc.org_id = m.org_id AND pu.user_id = ` + account + `)`
}

// binding reads the policies of one type that bind an account, of all
// organizations that it is in or invited to.
func binding(ctx context.Context, tx *db.Tx, user id.User, t Type) ([]Policy, error) {
	out := []Policy{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var p row
		var s standing
		if err := r.Scan(append(p.columns(), &s.Status, &s.Role, &s.Staff)...); err != nil {
			return err
		}
		if p.counts() && kinds[t].bindsTo(s) {
			out = append(out, p.Policy)
		}
		return nil
	}, `SELECT `+columns+`, m.status, m.type, `+staff("$1")+`
		FROM members m JOIN organizations o ON o.id = m.org_id AND o.enabled
		JOIN policies p ON p.org_id = m.org_id AND p.type = $2 AND p.enabled
		WHERE m.user_id = $1 OR (m.user_id IS NULL AND m.email = (SELECT email FROM users WHERE id = $1))
		ORDER BY p.org_id`, user, int(t))
	return out, err
}

// Stored reads what clients are told of the policies of an account: all rows, on
// or off, of the organizations in which it is confirmed. Clients decide by
// themselves what binds their user, by the same rules. One statement.
func Stored(ctx context.Context, tx *db.Tx, user id.User) ([]Policy, error) {
	return those(db.All(ctx, tx, scanRow, selectPolicies+`JOIN members m ON m.org_id = p.org_id AND m.user_id = $1 AND m.status = 2
		ORDER BY p.org_id, p.type`, user))
}

// rowsOf reads all policies of an organization, whether they count or not; those
// that were never saved are off.
func rowsOf(ctx context.Context, tx *db.Tx, organization id.Org) (map[Type]Policy, error) {
	out := map[Type]Policy{}
	for _, t := range Types() {
		out[t] = Policy{Org: organization, Type: t, Data: noData}
	}
	list, err := db.All(ctx, tx, scanRow, selectPolicies+`WHERE p.org_id = $1`, organization)
	for _, r := range list {
		out[r.Type] = r.Policy
	}
	return out, err
}

// save writes rows: at most three, those that are kept in sync.
func save(ctx context.Context, tx *db.Tx, list []Policy) error {
	for _, p := range list {
		_, err := tx.Exec(ctx, `INSERT INTO policies (org_id, type, id, enabled, data, created_at, revised_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
			ON CONFLICT (org_id, type) DO UPDATE SET enabled = excluded.enabled, data = excluded.data, revised_at = excluded.revised_at`,
			p.Org, int(p.Type), p.ID, p.Enabled, p.Data, p.CreatedAt, p.RevisedAt)
		if err != nil {
			return err
		}
	}
	return nil
}
