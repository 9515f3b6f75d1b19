package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Proved, put after FROM or JOIN, is the relation of the domains that organizations
// have proved to be their own, as d; only enabled ones whose plan has domains count.
const Proved = `claimed_domains d JOIN organizations p ON p.id = d.org_id AND p.enabled AND p.plan_type IN (19, 20) AND d.verified_at IS NOT NULL`

// AtDomain tells whether the address of account u is of domain d.
const AtDomain = `SUBSTR(u.email, LENGTH(u.email) - LENGTH(d.name)) = '@' || d.name`

// Claimed tells which of the accounts belong to the organization: their
// addresses are of a domain that it has proved to be its own. Whether they are
// its members the caller knows.
func Claimed(ctx context.Context, tx *db.Tx, org id.Org, users []id.User) (map[id.User]bool, error) {
	out := map[id.User]bool{}
	list, err := db.All(ctx, tx, db.Value[id.User], `SELECT u.id FROM `+Proved+` JOIN users u ON `+AtDomain+`
		WHERE d.org_id = $1 AND `+db.Among(tx, "u.id", 2), org, db.List(users))
	for _, u := range list {
		out[u] = true
	}
	return out, err
}

// Claimer is an organization to which an account belongs.
type Claimer struct {
	ID   id.Org
	Name string
}

// ClaimedBy names the organizations to which an account belongs: it is a member
// there, also a suspended one, and its address is of a domain of theirs.
func ClaimedBy(ctx context.Context, tx *db.Tx, user id.User) ([]Claimer, error) {
	return db.All(ctx, tx, func(r db.Row) (Claimer, error) {
		var o Claimer
		err := r.Scan(&o.ID, &o.Name)
		return o, err
	}, `SELECT DISTINCT p.id, p.name FROM `+Proved+`
		JOIN members m ON m.org_id = d.org_id AND m.user_id = $1 AND m.status <> 0
		JOIN users u ON u.id = m.user_id AND `+AtDomain+` ORDER BY p.name, p.id`, user)
}

// CheckAddress refuses a new address for an account that belongs to an
// organization, unless that is of a domain of the same organization.
func CheckAddress(ctx context.Context, tx *db.Tx, user id.User, email string) error {
	owners, err := ClaimedBy(ctx, tx, user)
	if err != nil {
		return err
	}
	for _, o := range owners {
		n, err := db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM `+Proved+` JOIN (SELECT CAST($2 AS TEXT) AS email) u ON `+AtDomain+`
			WHERE d.org_id = $1`, o.ID, email)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Field("newEmail", "Your account belongs to "+o.Name+". The new address must be of one of its domains.")
		}
	}
	return nil
}

// mayLeave refuses to let go of an account that belongs to the organization.
func mayLeave(ctx context.Context, tx *db.Tx, org id.Org, user id.User) error {
	claimed, err := Claimed(ctx, tx, org, []id.User{user})
	if err == nil && claimed[user] {
		return fault.New(fault.Forbidden, "Your account belongs to this organization, so you cannot leave it. Ask the people who administer it.")
	}
	return err
}

const msgClaimedMember = "This account belongs to a domain of the organization. Revoke the member, or delete the account."
