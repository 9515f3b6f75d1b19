package event

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// ofItem is true for the kinds that only clients can know of: an item was viewed,
// a hidden value shown, copied or filled in.
func ofItem(t Type) bool { return (t >= 1107 && t <= 1114) || (t >= 1117 && t <= 1132) }

// MaxReports is how many events a client may report at a time.
const MaxReports = 100

// reportLife bounds how old a reported event may be: clients keep them while
// they are offline. What is older, or lies in the future, counts as of now.
const reportLife = 30 * 24 * time.Hour

// Report is an event as a client claims it.
type Report struct {
	Type   Type
	At     time.Time
	Cipher id.Cipher
	Org    id.Org
}

// Collector takes in what clients report.
type Collector struct {
	DB *db.DB
	// Reach is access.Reach, which stands below this package.
	Reach func(ctx context.Context, tx *db.Tx, user id.User, ciphers []id.Cipher, orgs []id.Org) (
		items map[id.Cipher]id.Org, ties map[id.Org]id.Provider, err error)
}

// Collect stores the reports that the account may make: about items that it may
// read and organizations that it belongs to or serves. The others are dropped
// without a word, since clients would send them again for ever.
func (c *Collector) Collect(ctx context.Context, user id.User, reports []Report) error {
	if len(reports) > MaxReports {
		return fault.Newf(fault.Invalid, "At most %d events can be reported at a time.", MaxReports)
	}
	if len(reports) == 0 {
		return nil
	}
	return c.DB.Update(ctx, func(tx *db.Tx) error {
		ciphers, orgs := []id.Cipher{}, []id.Org{}
		for _, r := range reports {
			if r.Cipher != "" {
				ciphers = append(ciphers, r.Cipher)
			}
			if r.Org != "" {
				orgs = append(orgs, r.Org)
			}
		}
		items, ties, err := c.Reach(ctx, tx, user, ciphers, orgs)
		if err != nil {
			return err
		}
		var events []Event
		for _, r := range reports {
			if e, ok := r.event(items, ties); ok {
				e.At = r.moment(tx.Now)
				if e.Type.ofPerson() {
					e.User = user
				}
				events = append(events, e)
			}
		}
		return Append(ctx, tx, events...)
	})
}

// event is what a report says when it is true that it may be made. Which
// organization an item belongs to is our word, not the client's.
func (r Report) event(items map[id.Cipher]id.Org, ties map[id.Org]id.Provider) (Event, bool) {
	switch {
	case ofItem(r.Type):
		org, ok := items[r.Cipher]
		return Event{Type: r.Type, Cipher: r.Cipher, Org: org, Provider: ties[org]}, ok && r.Cipher != ""
	case r.Type == OrgExported:
		provider, ok := ties[r.Org]
		return Event{Type: r.Type, Org: r.Org, Provider: provider}, ok && r.Org != ""
	case r.Type == UserExportedVault:
		return Event{Type: r.Type}, true
	}
	return Event{}, false
}

func (r Report) moment(now time.Time) time.Time {
	if r.At.After(now) || r.At.Before(now.Add(-reportLife)) {
		return now
	}
	return r.At
}
