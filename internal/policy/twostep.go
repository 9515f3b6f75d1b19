package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// twoStep: members must have two-step login. It has no data, and is about coming
// in as well as staying.
var twoStep = kind{
	name: "Require two-step login", free: ownersAndAdmins, binds: always,
	hits: func(p person) Effect {
		if p.TwoStep {
			return ""
		}
		return Revoked
	},
}

// TwoStepRequired tells whether an organization asks its members for two-step
// login. Owners, admins and its provider's people are free of it: for one
// person's answer see CheckJoin. One statement.
func TwoStepRequired(ctx context.Context, tx *db.Tx, organization id.Org) (bool, error) {
	_, on, err := inForce(ctx, tx, organization, TwoStep)
	return on, err
}
