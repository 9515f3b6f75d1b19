package access

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Role is a member's type, by its number on the wire.
type Role int

// The roles. NoRole stands for whoever is no confirmed member.
const (
	Owner  Role = 0
	Admin  Role = 1
	User   Role = 2
	Custom Role = 4
	NoRole Role = -1
)

// Org is what one account is to one organization, and the settings that decide.
type Org struct {
	ID      id.Org
	User    id.User
	Enabled bool
	Member  id.Member // empty for whoever is no confirmed member
	Role    Role      // NoRole likewise
	// Permissions of a custom role.
	Permissions Permissions
	Provider    id.Provider // whose confirmed staff the account is, with this client in reach; empty otherwise
	Hired       bool        // the account is one of the people of the client's provider, in reach or not
	ByOwnKey    bool        // no account acts, but the organization itself; see OwnKey
	// No account acts, but a program of the provider; see ProviderKey.
	ByProviderKey bool
	KeyMayWrite   bool

	AdminsAccessAll         bool
	LimitCollectionCreation bool
	LimitCollectionDeletion bool
	LimitItemDeletion       bool
	ProviderItemAccess      bool
}

// ActingProvider is the provider to name in events: the one through which the
// account acts, which is none when it is a member itself.
func (o Org) ActingProvider() id.Provider {
	if o.Member != "" {
		return ""
	}
	return o.Provider
}

// ToOrg reads what an account is to an organization. It answers fault.Absent
// when it is nothing to it.
func ToOrg(ctx context.Context, tx *db.Tx, user id.User, org id.Org) (Org, error) {
	list, err := ToOrgs(ctx, tx, user, []id.Org{org})
	if err != nil {
		return Org{}, err
	}
	if len(list) == 0 {
		return Org{}, fault.Absent()
	}
	return list[0], nil
}

// ToOrgs is ToOrg for several; those that the account is nothing to are left
// out. One statement, however many.
func ToOrgs(ctx context.Context, tx *db.Tx, user id.User, orgs []id.Org) ([]Org, error) {
	if user == OwnKey {
		return byOwnKey(ctx, tx, orgs)
	}
	if user == ProviderKey {
		return byProviderKey(ctx, tx, orgs)
	}
	list, err := db.All(ctx, tx, scanOrg, `
		SELECT o.id, o.enabled, o.admins_access_all, o.limit_collection_creation, o.limit_collection_deletion,
		       o.limit_item_deletion, o.provider_item_access, m.id, COALESCE(m.type, -1), COALESCE(m.permissions, 0), pu.provider_id,
		       EXISTS (SELECT 1 FROM provider_users hired WHERE hired.provider_id = pc.provider_id AND hired.user_id = $1)
		FROM organizations o
		LEFT JOIN members m ON m.org_id = o.id AND m.user_id = $1 AND m.status = 2
		LEFT JOIN provider_clients pc ON pc.org_id = o.id
		LEFT JOIN providers p ON p.id = pc.provider_id AND p.enabled AND p.status <> 0
		LEFT JOIN provider_users pu ON pu.provider_id = p.id AND pu.user_id = $1 AND pu.status = 2 AND `+InReach(3)+`
		WHERE (m.id IS NOT NULL OR pu.id IS NOT NULL) AND `+db.Among(tx, "o.id", 2), user, db.List(orgs), tx.Now)
	for i := range list {
		list[i].User = user
	}
	return list, err
}

// Require is ToOrg for those who may do act; everybody else gets fault.Absent.
func Require(ctx context.Context, tx *db.Tx, user id.User, org id.Org, act Act) (Org, error) {
	o, err := ToOrg(ctx, tx, user, org)
	if err != nil {
		return Org{}, err
	}
	if !o.Can(act) {
		return Org{}, fault.Absent()
	}
	return o, nil
}

func scanOrg(r db.Row) (Org, error) {
	var o Org
	err := r.Scan(&o.ID, &o.Enabled, &o.AdminsAccessAll, &o.LimitCollectionCreation, &o.LimitCollectionDeletion,
		&o.LimitItemDeletion, &o.ProviderItemAccess, db.Opt(&o.Member), &o.Role, &o.Permissions, db.Opt(&o.Provider), &o.Hired)
	return o, err
}
