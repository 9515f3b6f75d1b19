package event

import (
	"context"
	"encoding/hex"
	"fmt"

	"github.com/kastellan/kastellan/internal/db"
)

// register is a row of event_chains that is the end of no log: its number counts
// the chains that were ever begun. Without it, somebody could take a log's chain
// away, change the entries, and have the server chain them as new ones.
const register = "register"

// All tells that it is about no log by itself, but which logs there are.
func (l Log) All() bool { return l.ID == register }

// begin begins chains, each once, and counts them. Without a register that the
// server wrote it begins none.
func (c *Chainer) begin(ctx context.Context, tx *db.Tx, fresh map[string]*ends) error {
	if len(fresh) == 0 {
		return nil
	}
	if err := openRegister(ctx, tx, c.Notary.ofEnds(ends{log: register, mac: []byte{}})); err != nil {
		return err
	}
	known, err := lockEnds(ctx, tx, []string{register})
	if err != nil {
		return err
	}
	count := known[register]
	if count == nil || !c.Notary.sealed(*count) {
		return nil
	}
	begun, err := beginChains(ctx, tx, fresh)
	if err != nil || begun == 0 {
		return err
	}
	count.seq += begun
	count.seal = c.Notary.ofEnds(*count)
	return storeEnds(ctx, tx, map[string]*ends{register: count})
}

// openRegister begins the register of a database in which nothing was ever chained.
func openRegister(ctx context.Context, tx *db.Tx, seal []byte) error {
	_, err := tx.Exec(ctx, `INSERT INTO event_chains (tenant_id, seq, mac, swept_seq, seal)
		SELECT '`+register+`', 0, `+unhex(tx, `''`)+`, 0, `+unhex(tx, `$1`)+`
		WHERE NOT EXISTS (SELECT 1 FROM event_chains) AND NOT EXISTS (SELECT 1 FROM events WHERE seq IS NOT NULL)
		ON CONFLICT (tenant_id) DO NOTHING`, hex.EncodeToString(seal))
	return err
}

// registered holds the chains that there are to the register.
func (c *check) registered(count *ends) {
	switch {
	case count == nil && len(c.chains) > 0:
		c.damage(register, 0, "", "how many logs there are is not known any more: that was removed")
	case count == nil:
	case !c.notary.sealed(*count):
		c.damage(register, 0, "", "how many logs there are was changed by somebody else than the server")
	default:
		c.good++
		if n := int64(len(c.chains)); n != count.seq {
			c.damage(register, 0, "", fmt.Sprintf("%d of %d chains are there; others were removed, or removed and begun anew. An earlier anchor tells which", n, count.seq))
		}
	}
}
