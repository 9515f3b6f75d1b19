package event

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
)

// Keeper removes what is older than a log has to remember.
type Keeper struct {
	DB   *db.DB
	Days int // 0 keeps everything for ever
}

// sweepAtOnce bounds a transaction of the sweep, which others wait for.
const sweepAtOnce = 1000

// Sweep removes the events that are older than Days.
func (k *Keeper) Sweep(ctx context.Context) error {
	if k.Days < 1 {
		return nil
	}
	for {
		var removed int64
		err := k.DB.Update(ctx, func(tx *db.Tx) (err error) {
			removed, err = tx.Exec(ctx, `DELETE FROM events WHERE (tenant_id, at, id) IN
				(SELECT tenant_id, at, id FROM events WHERE at < $1 LIMIT $2)`, tx.Now.Add(-time.Duration(k.Days)*24*time.Hour), sweepAtOnce)
			return err
		})
		if err != nil || removed < sweepAtOnce {
			return err
		}
	}
}
