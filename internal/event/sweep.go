package event

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/kastellan/kastellan/internal/db"
)

// Keeper removes what is older than a log has to remember: from the beginning of
// the chain up to the first entry that is young enough. An entry that a client
// reported late thus stays a while longer.
type Keeper struct {
	DB     *db.DB
	Notary *Notary
	Log    *slog.Logger
	Days   int // 0 keeps everything for ever
}

// sweepAtOnce bounds a transaction of the sweep, which others wait for.
const sweepAtOnce = 1000

// Sweep removes the events that are older than Days. It looks at what it removes:
// a log that is not as the server wrote it stays whole, as evidence.
func (k *Keeper) Sweep(ctx context.Context) error {
	if k.Days < 1 {
		return nil
	}
	before := time.Duration(k.Days) * 24 * time.Hour
	for after := ""; ; {
		var logs []string
		err := k.DB.View(ctx, func(tx *db.Tx) (err error) {
			logs, err = sweepable(ctx, tx, after, tx.Now.Add(-before))
			return err
		})
		if err != nil || len(logs) == 0 {
			return err
		}
		for _, log := range logs {
			if err := k.sweepLog(ctx, log, before); err != nil {
				return err
			}
			after = log
		}
	}
}

func (k *Keeper) sweepLog(ctx context.Context, log string, before time.Duration) error {
	for {
		removed, damage := 0, ""
		err := k.DB.UpdateByLock(ctx, func(tx *db.Tx) (err error) {
			removed, damage, err = k.sweepSome(ctx, tx, log, tx.Now.Add(-before))
			return err
		})
		if damage != "" {
			k.Log.ErrorContext(ctx, "an audit log is damaged and is not swept: run kastellan events verify", "log", log, "damage", damage)
		}
		if err != nil || removed < sweepAtOnce {
			return err
		}
	}
}

// sweepSome removes a batch; it says what is wrong with a log that it leaves alone.
func (k *Keeper) sweepSome(ctx context.Context, tx *db.Tx, log string, before time.Time) (removed int, damage string, err error) {
	known, err := lockEnds(ctx, tx, []string{log})
	if err != nil || known[log] == nil {
		return 0, "", err
	}
	end := known[log]
	if !k.Notary.sealed(*end) {
		return 0, "its ends were changed", nil
	}
	oldest, err := chainFrom(ctx, tx, *end, sweepAtOnce)
	if err != nil {
		return 0, "", err
	}
	first := end.sweptSeq + 1
	for _, e := range oldest {
		if e.at >= before.UnixMicro() {
			break
		}
		if e.seq != end.sweptSeq+1 || string(e.mac) != string(k.Notary.ofEntry(end.sweptMAC, e)) {
			return 0, fmt.Sprintf("entry %d was changed or is missing", end.sweptSeq+1), nil
		}
		end.sweptSeq, end.sweptMAC = e.seq, e.mac
	}
	if end.sweptSeq < first {
		return 0, "", nil
	}
	end.seal = k.Notary.ofEnds(*end)
	return int(end.sweptSeq - first + 1), "", removeSwept(ctx, tx, *end, first)
}

// sweepable names logs, after the one given, whose first entry is old enough.
func sweepable(ctx context.Context, tx *db.Tx, after string, before time.Time) ([]string, error) {
	return db.All(ctx, tx, db.Value[string], `SELECT c.tenant_id FROM event_chains c JOIN events e ON e.tenant_id = c.tenant_id AND e.seq = c.swept_seq + 1
		WHERE c.tenant_id > $1 AND e.at < $2 ORDER BY c.tenant_id LIMIT 100`, after, before)
}

func chainFrom(ctx context.Context, tx *db.Tx, from ends, limit int) ([]*link, error) {
	return db.All(ctx, tx, scanLink, `SELECT `+linkColumns+`, seq, mac FROM events WHERE tenant_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
		from.log, from.sweptSeq, limit)
}

func removeSwept(ctx context.Context, tx *db.Tx, to ends, first int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM events WHERE tenant_id = $1 AND seq >= $2 AND seq <= $3`, to.log, first, to.sweptSeq); err != nil {
		return err
	}
	return tx.ExecOne(ctx, `UPDATE event_chains SET swept_seq = $2, swept_mac = $3, seal = $4 WHERE tenant_id = $1`, to.log, to.sweptSeq, to.sweptMAC, to.seal)
}
