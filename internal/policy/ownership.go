package policy

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// dataOwnership: members keep new items in the organization and not for
// themselves. It has no data; what they have of their own already stays.
var dataOwnership = kind{
	name: "Organization data ownership", free: ownersAndAdmins,
	hits: func(p person) Effect {
		if p.Items > 0 {
			return PersonalItems
		}
		return ""
	},
}

// OwnershipBinds tells whether one organization wants an account's new items to be
// its own. One statement.
func OwnershipBinds(ctx context.Context, tx *db.Tx, organization id.Org, user id.User) (bool, error) {
	list, err := binding(ctx, tx, user, DataOwnership)
	return slices.ContainsFunc(list, func(p Policy) bool { return p.Org == organization }), err
}

// OwnershipForbidden refuses, with a sentence for the person, an act by which an
// account would get a new item of its own. One statement.
func OwnershipForbidden(ctx context.Context, tx *db.Tx, user id.User) error {
	list, err := binding(ctx, tx, user, DataOwnership)
	if err == nil && len(list) > 0 {
		err = fault.New(fault.Invalid, "Your organization wants new items to belong to it. Choose the organization and a collection for this item.")
	}
	return err
}
