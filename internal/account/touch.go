package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// The revision date of an account tells its clients that they have something to
// fetch. They see milliseconds, so it grows by at least one of them, also when
// two changes fall into the same moment or the clock was set back.
const grow = `UPDATE users SET revised_at = CASE WHEN revised_at >= $1 THEN revised_at + 1000 ELSE $1 END WHERE `

// Touch tells accounts that something they can see has changed.
func Touch(ctx context.Context, tx *db.Tx, users ...id.User) error {
	_, err := tx.Exec(ctx, grow+db.Among(tx, "id", 2), tx.Now, db.List(users))
	return err
}

// TouchOrg tells all confirmed members of an organization.
func TouchOrg(ctx context.Context, tx *db.Tx, org id.Org) error {
	_, err := tx.Exec(ctx, grow+`id IN (SELECT user_id FROM members WHERE org_id = $2 AND status = 2)`, tx.Now, org)
	return err
}

// TouchProvider tells all confirmed people of a provider.
func TouchProvider(ctx context.Context, tx *db.Tx, provider id.Provider) error {
	_, err := tx.Exec(ctx, grow+`id IN (SELECT user_id FROM provider_users WHERE provider_id = $2 AND status = 2)`, tx.Now, provider)
	return err
}
