package provider

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/push"
)

// Reach is which clients a service user reaches, and until when. The zero value
// is all of them, for ever; so do admins, whose reach has no limits.
type Reach struct {
	Assigned bool      // only the clients of Clients and those with a tag of Tags
	Until    time.Time // zero for never
	Clients  []Tie[id.ProviderClient]
	Tags     []Tie[id.ProviderTag]
}

// Tie is one client, or one tag, that somebody reaches.
type Tie[T ~string] struct {
	To    T
	Until time.Time // zero for never
}

// Limited tells whether the reach is less than everything.
func (r Reach) Limited() bool { return r.Assigned || !r.Until.IsZero() }

// Check refuses a reach that cannot be given: to admins, with an end that has
// passed, or of clients and tags that the provider does not have, which are
// absent.
func (r *Reach) Check(ctx context.Context, tx *db.Tx, provider id.Provider, admin bool) error {
	if admin && r.Limited() {
		return fault.Field("reach", "Provider admins reach all clients. Make the person a service user to limit that.")
	}
	if !r.Assigned {
		r.Clients, r.Tags = nil, nil
	}
	ends := []time.Time{r.Until}
	for _, c := range r.Clients {
		ends = append(ends, c.Until)
	}
	for _, t := range r.Tags {
		ends = append(ends, t.Until)
	}
	for _, end := range ends {
		if !end.IsZero() && !end.After(tx.Now) {
			return fault.Field("until", "This moment has passed already. Choose a later one.")
		}
	}
	clients, err := things(r.Clients)
	if err != nil {
		return err
	}
	tags, err := things(r.Tags)
	if err != nil {
		return err
	}
	found, err := countThings(ctx, tx, provider, clients, tags)
	if err == nil && found != len(clients)+len(tags) {
		err = fault.Absent()
	}
	return err
}

// things are what ties lead to; each may be named once.
func things[T ~string](ties []Tie[T]) ([]T, error) {
	out := make([]T, len(ties))
	for i, tie := range ties {
		out[i] = tie.To
	}
	if len(out) == 0 {
		return out, nil
	}
	once, err := org.Bulk(out)
	if err == nil && len(once) != len(out) {
		err = fault.Field("reach", "A client or a tag is named twice.")
	}
	return once, err
}

// SetReach limits which clients a service user reaches. It bites at once.
func (s *Service) SetReach(ctx context.Context, user id.User, provider id.Provider, who id.ProviderUser, reach Reach) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		found, err := UsersByID(ctx, tx, provider, []id.ProviderUser{who})
		if err != nil {
			return err
		}
		given := reach
		if err := given.Check(ctx, tx, provider, found[0].Admin); err != nil {
			return err
		}
		if err := WriteReach(ctx, tx, provider, given, who); err != nil {
			return err
		}
		return tellReached(ctx, tx, provider, found)
	})
}

// tellReached logs that what people reach has changed, and tells their apps.
func tellReached(ctx context.Context, tx *db.Tx, provider id.Provider, people []User) error {
	events := make([]event.Event, len(people))
	for i, u := range people {
		events[i] = event.Event{Type: event.ProviderUserUpdated, Provider: provider, ProviderUser: u.ID, User: u.User}
	}
	if err := event.Append(ctx, tx, events...); err != nil {
		return err
	}
	return touchConfirmed(ctx, tx, people)
}

// describeReaches adds what each of the people reaches. Two statements, however many.
func describeReaches(ctx context.Context, tx *db.Tx, provider id.Provider, people []User) error {
	place := map[id.ProviderUser]*Reach{}
	var limited []id.ProviderUser
	for i := range people {
		if people[i].Reach.Assigned {
			place[people[i].ID] = &people[i].Reach
			limited = append(limited, people[i].ID)
		}
	}
	if len(limited) == 0 {
		return nil
	}
	slices.Sort(limited)
	return readTies(ctx, tx, provider, limited, place)
}

// EndReaches tells the apps of those whose reach ended since they last heard
// anything. The rights themselves ended by the clock.
func (s *Service) EndReaches(ctx context.Context) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		users, err := endedReaches(ctx, tx)
		if err != nil || len(users) == 0 {
			return err
		}
		return account.TouchAs(ctx, tx, push.OrgKeysChanged, users...)
	})
}
