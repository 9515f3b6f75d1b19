package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// FoundingForbidden refuses a new organization to an account that belongs to one
// which does not allow another. One statement.
func FoundingForbidden(ctx context.Context, tx *db.Tx, user id.User) error {
	t, err := tiesOf(ctx, tx, "", []id.User{user})
	if err == nil && (t[user].single || t[user].auto) {
		err = fault.New(fault.Invalid, "Your organization does not allow its members to belong to another one. Leave it first.")
	}
	return err
}

// StaffForbidden refuses work for a provider to an account that belongs to an
// organization which confirms people automatically. One statement.
func StaffForbidden(ctx context.Context, tx *db.Tx, user id.User) error {
	t, err := tiesOf(ctx, tx, "", []id.User{user})
	if err == nil && t[user].auto {
		err = fault.New(fault.Invalid, "Your organization confirms people automatically, and its members cannot work for a provider. Leave it first.")
	}
	return err
}
