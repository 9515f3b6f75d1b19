package event

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/db"
)

// Chainer gives the committed entries of each log their place in its chain. It
// does so after the commit of the act, so that acts in one log need not wait for
// each other. Several nodes may chain one database.
type Chainer struct {
	DB     *db.DB
	Notary *Notary
	Log    *slog.Logger
}

const (
	// chainAtOnce bounds a transaction, which on SQLite all other writers wait for.
	chainAtOnce = 500
	// gather is how long an entry waits for company: one transaction chains many.
	gather = 200 * time.Millisecond
	// chainPoll finds what other nodes, or this one before a crash, left behind.
	chainPoll = 20 * time.Second
)

// appended is what Append announces.
const appended = "events"

// Run chains what is committed until ctx ends.
func (c *Chainer) Run(ctx context.Context) error {
	heard, stop := c.DB.Listen(appended)
	defer stop()
	timer := time.NewTimer(0)
	defer timer.Stop()
	known := map[string]bool{} // logs whose damage was told
	for gathering := false; ; gathering = false {
		for due := false; !due; {
			select {
			case <-ctx.Done():
				return nil
			case <-heard:
				if !gathering { // otherwise a busy server would never come to it
					timer.Reset(gather)
				}
				gathering = true
			case <-timer.C:
				due = true
			}
		}
		damaged, err := c.CatchUp(ctx)
		if err != nil && ctx.Err() == nil {
			c.Log.ErrorContext(ctx, "entries of the audit log could not be chained and will be later", "error", err)
		}
		for _, log := range damaged {
			if !known[log] {
				c.Log.ErrorContext(ctx, "the chain of an audit log is damaged and does not go on: run kastellan events verify", "log", log)
			}
			known[log] = true
		}
		timer.Reset(chainPoll)
	}
}

// CatchUp chains everything that is committed by now. It leaves the logs alone
// whose ends are not as the server left them, and names them: going on would
// cover up what happened.
func (c *Chainer) CatchUp(ctx context.Context) (damaged []string, err error) {
	for after := ""; ; {
		// Looking does not keep other writers waiting, which on SQLite a transaction
		// that may write would do.
		waiting := false
		err := c.DB.View(ctx, func(tx *db.Tx) (err error) {
			waiting, err = anyUnchained(ctx, tx, after)
			return err
		})
		if err != nil || !waiting {
			return damaged, err
		}
		var hurt []string
		err = c.DB.UpdateByLock(ctx, func(tx *db.Tx) (err error) {
			hurt, err = c.chainSome(ctx, tx, after)
			return err
		})
		if err != nil {
			return damaged, err
		}
		if len(hurt) > 0 {
			// Everything up to here is chained, or never will be.
			after = slices.Max(hurt)
			damaged = append(damaged, hurt...)
		}
	}
}

// chainSome chains a batch of entries in the logs after the one given. The locks
// on the logs' ends come first: whoever has them reads what others chained.
func (c *Chainer) chainSome(ctx context.Context, tx *db.Tx, after string) (damaged []string, err error) {
	logs, err := unchainedLogs(ctx, tx, after)
	if err != nil || len(logs) == 0 {
		return nil, err
	}
	known, err := c.lock(ctx, tx, logs)
	if err != nil {
		return nil, err
	}
	for _, log := range logs {
		if e := known[log]; e == nil || !c.Notary.sealed(*e) {
			damaged = append(damaged, log)
			delete(known, log)
		}
	}
	entries, err := unchained(ctx, tx, logs)
	if err != nil {
		return nil, err
	}
	var chained []*link
	moved := map[string]*ends{}
	for _, e := range entries {
		end := known[e.log]
		if end == nil {
			continue
		}
		e.seq = end.seq + 1
		e.mac = c.Notary.ofEntry(end.mac, e)
		end.seq, end.mac = e.seq, e.mac
		chained, moved[e.log] = append(chained, e), end
	}
	for _, e := range moved {
		e.seal = c.Notary.ofEnds(*e)
	}
	if err := storeLinks(ctx, tx, chained); err != nil {
		return nil, fmt.Errorf("chain entries: %w", err)
	}
	return damaged, storeEnds(ctx, tx, moved)
}

// lock reads and locks the ends of logs, and begins the chains of those that
// have none. A log that has chained entries but no ends lost them: it stays out.
func (c *Chainer) lock(ctx context.Context, tx *db.Tx, logs []string) (map[string]*ends, error) {
	known, err := lockEnds(ctx, tx, logs)
	if err != nil || len(known) == len(logs) {
		return known, err
	}
	missing := slices.DeleteFunc(slices.Clone(logs), func(log string) bool { return known[log] != nil })
	bereft, err := withChainedEntries(ctx, tx, missing)
	if err != nil {
		return nil, err
	}
	fresh := map[string]*ends{}
	for _, log := range missing {
		if !slices.Contains(bereft, log) {
			e := &ends{log: log, mac: []byte{}}
			e.seal = c.Notary.ofEnds(*e)
			fresh[log] = e
		}
	}
	if err := c.begin(ctx, tx, fresh); err != nil {
		return nil, err
	}
	// Another node may have begun them at the same time, and gone on.
	return lockEnds(ctx, tx, logs)
}
