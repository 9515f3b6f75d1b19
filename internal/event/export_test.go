package event

import (
	"context"
	"encoding/hex"

	"github.com/kastellan/kastellan/internal/db"
)

// ChainOnce chains one batch and then fails with after, unless that is nil.
func (c *Chainer) ChainOnce(ctx context.Context, after error) error {
	return c.DB.UpdateByLock(ctx, func(tx *db.Tx) error {
		if _, err := c.chainSome(ctx, tx, ""); err != nil {
			return err
		}
		return after
	})
}

// MACOf is the mac of an entry of these columns, in hex.
func (n *Notary) MACOf(before []byte, seq int64, columns ...any) string {
	return hex.EncodeToString(n.ofEntry(before, &link{seq: seq, columns: columns}))
}

// FleetStatements are the two statements of ReadFleet, with their parameters.
func FleetStatements(tx *db.Tx, fleet Fleet, f Filter) (newest, entries string, args []any) {
	q := fleet.query(f)
	return q.newest(tx), q.entries(tx), q.args
}
