package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// The revision date of an account tells its clients that they have something to
// fetch. They see milliseconds, so it grows by at least one of them, also when
// two changes fall into the same moment or the clock was set back.
const grow = `UPDATE users SET revised_at = CASE WHEN revised_at >= $1 THEN revised_at + 1000 ELSE $1 END WHERE `

// Touch tells accounts that something they can see has changed. Their apps hear of it
// after the commit: by the message that the act tells in particular (package push), or
// else that there is something to fetch.
func Touch(ctx context.Context, tx *db.Tx, users ...id.User) error {
	push.Touched(ctx, tx, users)
	_, err := tx.Exec(ctx, grow+db.Among(tx, "id", 2), tx.Now, db.List(users))
	return err
}

// TouchAs is Touch with the message for their apps.
func TouchAs(ctx context.Context, tx *db.Tx, t push.Type, users ...id.User) error {
	push.Tell(ctx, tx, push.Message{Type: t, Users: users})
	return Touch(ctx, tx, users...)
}

// TouchProvider tells all confirmed people of a provider.
func TouchProvider(ctx context.Context, tx *db.Tx, provider id.Provider) error {
	users, err := db.All(ctx, tx, db.Value[id.User], grow+`id IN (SELECT user_id FROM provider_users WHERE provider_id = $2 AND status = 2) RETURNING id`, tx.Now, provider)
	push.Touched(ctx, tx, users)
	return err
}
