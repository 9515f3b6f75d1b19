package offboard

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// head is what would be left without a head if somebody went.
type head struct {
	user     id.User
	name     string
	provider bool
}

func (h head) toSelf() string {
	if h.provider {
		return fmt.Sprintf("You are the last admin of the provider %s. Make another of its people an admin, or delete the provider, and try again.", h.name)
	}
	return fmt.Sprintf("You are the last owner of %s. Make another member an owner there, or delete the organization, and try again.", h.name)
}

// toOthers names nothing: what else a person belongs to is not for everybody to
// know.
func (h head) toOthers() string {
	if h.provider {
		return "This person is the last admin of a provider, and must hand that over first."
	}
	return "This person is the last owner of an organization, and must hand that over first."
}

// mayGo tells who of the users cannot go, because something would be left
// without a head when all of them went.
func mayGo(ctx context.Context, tx *db.Tx, users []id.User) (map[id.User]head, error) {
	out := map[id.User]head{}
	note := func(provider bool) func(db.Row) error {
		return func(r db.Row) error {
			h := head{provider: provider}
			if err := r.Scan(&h.user, &h.name); err != nil {
				return err
			}
			if _, noted := out[h.user]; !noted {
				out[h.user] = h
			}
			return nil
		}
	}
	err := db.Each(ctx, tx, note(false), `SELECT m.user_id, o.name FROM members m JOIN organizations o ON o.id = m.org_id
		WHERE `+db.Among(tx, "m.user_id", 1)+` AND m.status = 2 AND m.type = 0 AND NOT EXISTS (
			SELECT 1 FROM members x WHERE x.org_id = m.org_id AND x.status = 2 AND x.type = 0 AND NOT (`+db.Among(tx, "x.user_id", 1)+`))
		ORDER BY o.name`, db.List(users))
	if err != nil {
		return nil, err
	}
	return out, db.Each(ctx, tx, note(true), `SELECT u.user_id, COALESCE(p.name, '') FROM provider_users u JOIN providers p ON p.id = u.provider_id
		WHERE `+db.Among(tx, "u.user_id", 1)+` AND u.status = 2 AND u.type = 0 AND NOT EXISTS (
			SELECT 1 FROM provider_users x WHERE x.provider_id = u.provider_id AND x.status = 2 AND x.type = 0
				AND NOT (`+db.Among(tx, "x.user_id", 1)+`))
		ORDER BY p.name`, db.List(users))
}

// departures are the entries that organizations and providers find in their logs,
// but for the organization that has its own.
func departures(ctx context.Context, tx *db.Tx, users []id.User, except id.Org) ([]event.Event, error) {
	left, err := db.All(ctx, tx, func(r db.Row) (event.Event, error) {
		e := event.Event{Type: event.MemberLeft}
		err := r.Scan(&e.Org, &e.Member, &e.User)
		return e, err
	}, `SELECT org_id, id, user_id FROM members WHERE org_id <> $2 AND `+db.Among(tx, "user_id", 1), db.List(users), except)
	if err != nil {
		return nil, err
	}
	removed, err := db.All(ctx, tx, func(r db.Row) (event.Event, error) {
		e := event.Event{Type: event.ProviderUserRemoved}
		err := r.Scan(&e.Provider, &e.ProviderUser, &e.User)
		return e, err
	}, `SELECT provider_id, id, user_id FROM provider_users WHERE `+db.Among(tx, "user_id", 1), db.List(users))
	return append(left, removed...), err
}
