package event

import (
	"cmp"
	"context"
	"crypto/hmac"
	"fmt"
	"slices"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
)

// Verifier reads all logs and checks that they are as the server wrote them. It
// changes nothing, and may look while servers run.
type Verifier struct {
	DB     *db.DB
	Notary *Notary
}

// Verdict is what a verification found.
type Verdict struct {
	Logs      int
	Entries   int64 // that are chained
	Unchained int64 // committed a moment ago, or in a log that does not go on
	Swept     int64 // that retention removed, as the chains tell
	Damages   []Damage
	Anchor    Anchor // the ends of all chains
}

// Damage is one thing that is not as the server left it.
type Damage struct {
	Log   Log
	Entry int64  // its place in the log; 0 when it is about the log as a whole
	ID    string // of the entry, when there is one
	What  string
}

// mostDamages bounds what is told of one log.
const mostDamages = 20

// Verify checks every log, and with since that the logs still contain what they
// did when that anchor was made. All of it is read from one moment.
func (v *Verifier) Verify(ctx context.Context, since *Anchor) (Verdict, error) {
	var r Verdict
	err := v.DB.View(ctx, func(tx *db.Tx) error {
		chains, err := allEnds(ctx, tx)
		if err != nil {
			return err
		}
		count := chains[register]
		delete(chains, register)
		c := check{notary: v.Notary, chains: chains, since: since}
		c.report.Logs = len(chains)
		c.beginAll()
		c.registered(count)
		if err := db.Each(ctx, tx, func(row db.Row) error {
			e, err := scanLink(row)
			if err == nil {
				c.entry(e)
			}
			return err
		}, `SELECT `+linkColumns+`, seq, mac FROM events WHERE seq IS NOT NULL ORDER BY tenant_id, seq`); err != nil {
			return err
		}
		c.endAll()
		if c.good == 0 && (c.report.Logs > 0 || c.report.Entries > 0 || count != nil) {
			return fault.New(fault.Invalid, "Nothing in the audit log was written with this secret key. Verify with the key that belongs to the database.")
		}
		if c.report.Unchained, err = db.One(ctx, tx, db.Value[int64], `SELECT COUNT(*) FROM events WHERE seq IS NULL`); err != nil {
			return err
		}
		r = c.report
		r.Anchor = v.Notary.anchorOf(chains, tx.Now)
		return nameLogs(ctx, tx, r.Damages)
	})
	return r, err
}

// check is a verification under way.
type check struct {
	notary *Notary
	chains map[string]*ends
	since  *Anchor
	at     map[string]*ends // how far each log was read, as the end of what was read
	told   map[string]int
	report Verdict
	good   int64 // proofs that hold
}

// beginAll looks at the ends of the chains by themselves.
func (c *check) beginAll() {
	c.at, c.told = map[string]*ends{}, map[string]int{}
	for log, end := range c.chains {
		c.report.Swept += end.sweptSeq
		c.at[log] = &ends{log: log, seq: end.sweptSeq, mac: end.sweptMAC}
		if c.notary.sealed(*end) {
			c.good++
		} else {
			c.damage(log, 0, "", "what is known of the ends of its chain was changed by somebody else than the server")
		}
		c.compare(log, end.sweptSeq, end.sweptMAC)
	}
	c.compareEnds()
}

// entry checks the next entry of a log.
func (c *check) entry(e *link) {
	c.report.Entries++
	before := c.at[e.log]
	if before == nil { // a log of which no chain is known
		before = &ends{log: e.log}
		c.at[e.log] = before
		c.damage(e.log, 0, "", "it has entries, but what is known of its chain was removed")
	}
	switch {
	case e.seq <= before.seq:
		c.damage(e.log, e.seq, e.id, "stands in the part of the log that was swept")
	case e.seq > before.seq+1:
		c.damage(e.log, before.seq+1, "", missing(before.seq+1, e.seq-1)+", without which the entry after cannot be checked")
	case !hmac.Equal(e.mac, c.notary.ofEntry(before.mac, e)):
		c.damage(e.log, e.seq, e.id, "is not what the server wrote there after the entry before it")
	default:
		c.good++
	}
	// After damage the stored mac is all there is to go on from, so that each
	// further damage is found where it is.
	before.seq, before.mac = e.seq, e.mac
	c.compare(e.log, e.seq, e.mac)
}

func missing(first, last int64) string {
	if first == last {
		return "is missing"
	}
	return fmt.Sprintf("and all up to entry %d are missing", last)
}

// endAll compares where the entries end with where the chains say that they do.
func (c *check) endAll() {
	for log, end := range c.chains {
		last := c.at[log]
		switch {
		case last.seq < end.seq:
			c.damage(log, last.seq+1, "", missing(last.seq+1, end.seq)+" at the end")
		case last.seq > end.seq:
			c.damage(log, end.seq+1, "", "stands after the end of the chain")
		case !hmac.Equal(last.mac, end.mac):
			c.damage(log, last.seq, "", "is not the one that the chain ends with")
		}
	}
	slices.SortStableFunc(c.report.Damages, func(a, b Damage) int {
		return cmp.Or(cmp.Compare(a.Log.ID, b.Log.ID), cmp.Compare(a.Entry, b.Entry))
	})
}

// compareEnds looks for logs that are shorter than they were, or gone.
func (c *check) compareEnds() {
	if c.since == nil {
		return
	}
	for log, was := range c.since.Logs {
		switch end := c.chains[log]; {
		case end == nil:
			c.damage(log, 0, "", fmt.Sprintf("the whole log is gone; it had %d entries when the anchor was made", was.Entries))
		case end.seq < was.Entries:
			c.damage(log, end.seq+1, "", fmt.Sprintf("was there when the anchor was made, which knew %d, and is gone", was.Entries))
		}
	}
}

// compare holds an entry to the anchor. Of one that was swept since, the seal of
// the ends is all that is left.
func (c *check) compare(log string, seq int64, mac []byte) {
	if c.since == nil {
		return
	}
	if was, ok := c.since.Logs[log]; ok && was.Entries == seq && !hmac.Equal(was.MAC, mac) {
		c.damage(log, seq, "", "is not the one that stood there when the anchor was made: the log was written anew")
	}
}

func (c *check) damage(log string, entry int64, id, what string) {
	c.told[log]++
	switch {
	case c.told[log] > mostDamages:
		return
	case c.told[log] == mostDamages:
		id, what = "", "and more after it are damaged; no more is told of this log"
	}
	c.report.Damages = append(c.report.Damages, Damage{Log: Log{ID: log}, Entry: entry, ID: id, What: what})
}

func allEnds(ctx context.Context, tx *db.Tx) (map[string]*ends, error) {
	out := map[string]*ends{}
	list, err := db.All(ctx, tx, scanEnds, `SELECT `+endsColumns+` FROM event_chains`)
	for i := range list {
		out[list[i].log] = &list[i]
	}
	return out, err
}

// Log is whose log it is.
type Log struct {
	ID   string
	Kind string // organization, provider or account; empty when it is gone
	Name string
}

func nameLogs(ctx context.Context, tx *db.Tx, damages []Damage) error {
	if len(damages) == 0 {
		return nil
	}
	ids := make([]string, len(damages))
	for i, d := range damages {
		ids[i] = d.Log.ID
	}
	known := map[string]Log{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var l Log
		err := r.Scan(&l.ID, &l.Kind, db.Opt(&l.Name))
		known[l.ID] = l
		return err
	}, `SELECT id, 'organization', name FROM organizations WHERE `+db.Among(tx, "id", 1)+`
		UNION ALL SELECT id, 'provider', name FROM providers WHERE `+db.Among(tx, "id", 1)+`
		UNION ALL SELECT id, 'account', email FROM users WHERE `+db.Among(tx, "id", 1), db.List(ids))
	for i := range damages {
		if l, ok := known[damages[i].Log.ID]; ok {
			damages[i].Log = l
		}
	}
	return err
}
