package send

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

const (
	// sweepAtOnce bounds a transaction, which on SQLite all other writers wait for.
	sweepAtOnce = 200
	// awaitedFor is how long an announced file may take to come.
	awaitedFor = 24 * time.Hour
)

// Sweep removes the Sends that are past their deletion date, those whose file never came,
// and the codes that have expired.
func (s *Service) Sweep(ctx context.Context) error {
	for {
		n, err := in(ctx, s, func(tx *db.Tx) (int, error) { return sweepSome(ctx, tx) })
		if err != nil || n < sweepAtOnce {
			return err
		}
	}
}

func sweepSome(ctx context.Context, tx *db.Tx) (int, error) {
	gone, err := db.All(ctx, tx, scanOverdue, `DELETE FROM sends WHERE id IN (SELECT o.id FROM sends o WHERE o.deletes_at <= $1 ORDER BY o.deletes_at LIMIT $2)
		RETURNING user_id, id`, tx.Now, sweepAtOnce)
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM sends WHERE type = 1 AND file IS NULL AND created_at <= $1`, tx.Now.Add(-awaitedFor)); err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM send_codes WHERE expires_at <= $1`, tx.Now); err != nil || len(gone) == 0 {
		return 0, err
	}
	blob.Doomed(tx)
	owners := make([]id.User, len(gone))
	for i, o := range gone {
		owners[i] = o.user
		push.Tell(ctx, tx, push.Message{Type: push.SendDeleted, Users: []id.User{o.user}, ID: string(o.send)})
	}
	return len(gone), account.Touch(ctx, tx, owners...)
}

type overdue struct {
	user id.User
	send id.Send
}

func scanOverdue(r db.Row) (o overdue, err error) {
	err = r.Scan(&o.user, &o.send)
	return o, err
}
