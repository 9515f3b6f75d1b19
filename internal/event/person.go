package event

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// ofPerson is true for what people do with their own accounts: log in, fail to,
// change their password, send something.
func (t Type) ofPerson() bool { return (t >= 1000 && t < 1100) || (t >= 2500 && t < 2600) }

// withCopies adds to each event of a person the copies for the logs of the
// organizations and providers that the person is confirmed in. One statement
// when there are such events, and none otherwise.
func withCopies(ctx context.Context, tx *db.Tx, events []Event) ([]Event, error) {
	var people []id.User
	for _, e := range events {
		if e.Type.ofPerson() && e.User != "" && !slices.Contains(people, e.User) {
			people = append(people, e.User)
		}
	}
	if len(people) == 0 {
		return events, nil
	}
	copies := slices.Clone(events)
	err := db.Each(ctx, tx, func(r db.Row) error {
		var user id.User
		var org id.Org
		var provider id.Provider
		if err := r.Scan(&user, &org, &provider); err != nil {
			return err
		}
		for _, e := range events {
			if e.Type.ofPerson() && e.User == user {
				e.Org, e.Provider = org, provider
				copies = append(copies, e)
			}
		}
		return nil
	}, `SELECT m.user_id, m.org_id, '' FROM members m JOIN organizations o ON o.id = m.org_id AND o.enabled
		WHERE m.status = 2 AND `+db.Among(tx, "m.user_id", 1)+`
		UNION ALL
		SELECT u.user_id, '', u.provider_id FROM provider_users u JOIN providers p ON p.id = u.provider_id AND p.enabled AND p.status <> 0
		WHERE u.status = 2 AND `+db.Among(tx, "u.user_id", 1), db.List(people))
	return copies, err
}
