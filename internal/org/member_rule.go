package org

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

// CheckRole refuses a role that the actor may not give, or that nobody has in
// this organization, and permissions beyond those that the person had which the
// actor may not give. It gives the permissions that come with the role, which are
// those asked for when it is a custom one and otherwise none.
func CheckRole(ctx context.Context, tx *db.Tx, actor access.Org, role access.Role, p, had access.Permissions) (access.Permissions, error) {
	switch role {
	case access.Owner, access.Admin, access.User:
		p = 0
	case access.Custom:
		plan, err := tenant.PlanIn(ctx, tx, actor.ID)
		if err != nil {
			return 0, err
		}
		if !plan.Enterprise() {
			return 0, fault.Field("type", "The plan of this organization has no custom roles.")
		}
	default:
		return 0, fault.Field("type", "A member is an owner, an admin, a user, or has a custom role.")
	}
	if err := mayHandle(actor, role); err != nil {
		return 0, err
	}
	if !actor.MayGrant(p &^ had) {
		return 0, fault.New(fault.Forbidden, "You cannot give permissions that you don't have yourself.")
	}
	return p, nil
}

// mayHandle is access.Org.MayHandle with a sentence.
func mayHandle(actor access.Org, role access.Role) error {
	switch {
	case actor.MayHandle(role):
		return nil
	case role == access.Owner:
		return fault.New(fault.Forbidden, "Only an owner may change an owner, or make somebody one.")
	default:
		return fault.New(fault.Forbidden, "Only owners and admins may change an admin, or make somebody one.")
	}
}

// mayEdit holds a change of a member's role to what the actor may do: also what
// is taken from somebody has to be the actor's to give, and nobody raises
// themselves, not even provider's staff that is a member besides.
func mayEdit(actor access.Org, m Member, role access.Role, p access.Permissions) error {
	if err := mayHandle(actor, m.Role); err != nil {
		return err
	}
	if HasMore(actor, m) {
		return fault.New(fault.Forbidden, MsgHasMore)
	}
	if m.ID == actor.Member && (raises(m, role, p) || (keptOut(actor, m.ID) && p&^m.Permissions&access.OpenItems != 0)) {
		return fault.New(fault.Forbidden, "You cannot raise your own role. Ask another owner or admin.")
	}
	return nil
}

// MsgHasMore is what HasMore means to the actor.
const MsgHasMore = "This member has permissions that you don't have yourself. Ask an admin to make the change."

// HasMore tells whether the actor and a member have custom roles, and the member
// permissions that the actor lacks: what one cannot give, one cannot take either.
func HasMore(actor access.Org, m Member) bool {
	return m.Role == access.Custom && actor.Role == access.Custom && !actor.MayGrant(m.Permissions)
}

func raises(m Member, role access.Role, p access.Permissions) bool {
	height := []access.Role{access.User, access.Custom, access.Admin, access.Owner}
	before, after := slices.Index(height, m.Role), slices.Index(height, role)
	return after > before || (role == access.Custom && m.Role == access.Custom && !m.Permissions.Has(p))
}

// keptOut tells whether the actor must not give this member more collections or
// groups, because it is their own membership and would open items to them that
// are closed to them now.
func keptOut(actor access.Org, member id.Member) bool {
	return member == actor.Member && !actor.Can(access.WriteAllItems)
}

// CheckAccess holds the shares that somebody wants to give to a new member to
// those of the collections that they may give, and answers them without
// duplicates. A collection that is foreign, or not theirs to give, is absent.
func CheckAccess(ctx context.Context, tx *db.Tx, actor access.Org, shares []Access) ([]Access, error) {
	if len(shares) == 0 {
		return nil, nil
	}
	if err := atMost(len(shares), "collections"); err != nil {
		return nil, err
	}
	known, err := actor.Collections(ctx, tx)
	if err != nil {
		return nil, err
	}
	var out []Access
	seen := map[id.Collection]bool{}
	for _, a := range shares {
		c, ok := known[a.Collection]
		if !ok || !actor.CanGiveToMembers(c) {
			return nil, fault.Absent()
		}
		if err := a.check(); err != nil {
			return nil, err
		}
		if !seen[a.Collection] {
			seen[a.Collection] = true
			out = append(out, a)
		}
	}
	return out, nil
}

// CheckGroups answers groups without duplicates. When one of them is not the
// organization's, all are absent.
func CheckGroups(ctx context.Context, tx *db.Tx, org id.Org, groups []id.Group) ([]id.Group, error) {
	if len(groups) == 0 {
		return nil, nil
	}
	if err := atMost(len(groups), "groups"); err != nil {
		return nil, err
	}
	groups = unique(groups)
	found, err := db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM groups WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(groups))
	if err == nil && found != len(groups) {
		err = fault.Absent()
	}
	return groups, err
}

// KeepOwner refuses an act after which nobody heads the organization: without
// these members none of the confirmed owners is left, nor confirmed staff of a
// provider that could make somebody one. Where there is no owner yet, there is
// none to lose.
func KeepOwner(ctx context.Context, tx *db.Tx, org id.Org, without []id.Member) error {
	h, err := headsOf(ctx, tx, org, without)
	if err == nil && h.owners > 0 && h.owners == h.leaving && h.staff == 0 {
		return fault.New(fault.Invalid, "An organization keeps at least one confirmed owner. Make somebody else an owner first.")
	}
	return err
}
