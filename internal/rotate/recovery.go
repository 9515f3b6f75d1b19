package rotate

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// Enrolment is an organization that holds an account's user key, under its own
// public key, to recover the account.
type Enrolment struct {
	Org       id.Org
	Member    id.Member
	Name      string
	PublicKey string
	// Confirmed tells whether the account's apps know of the organization. They
	// don't know those that wait to confirm it, or that have revoked it.
	Confirmed bool
}

// ListEnrolments gives the organizations that hold an account's user key.
func (s *Service) ListEnrolments(ctx context.Context, user id.User) (list []Enrolment, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		list, err = enrolments(ctx, tx, user)
		return err
	})
	return list, err
}

func enrolments(ctx context.Context, tx *db.Tx, user id.User) ([]Enrolment, error) {
	return db.All(ctx, tx, func(r db.Row) (Enrolment, error) {
		var e Enrolment
		err := r.Scan(&e.Org, &e.Member, &e.Name, db.Opt(&e.PublicKey), &e.Confirmed)
		return e, err
	}, `SELECT o.id, m.id, o.name, o.public_key, m.status = 2 FROM members m JOIN organizations o ON o.id = m.org_id
		WHERE m.user_id = $1 AND m.recovery_key IS NOT NULL ORDER BY o.id`, user)
}

func checkRecovery(keys map[id.Org]string) error {
	for _, key := range keys {
		if !encstring.Encapsulated(key) {
			return fault.Field("resetPasswordKey", "The recovery key must be encrypted with the organization's public key (type 4).")
		}
	}
	return nil
}

// storeRecovery replaces what organizations hold of the account. A copy of the old
// user key must not stay: recovering with it would lock the account for good. So
// the request brings a new one for each organization that apps know of, and where
// it brings none for another, the account is enrolled there no more.
func storeRecovery(ctx context.Context, tx *db.Tx, user id.User, keys map[id.Org]string) error {
	enrolled, err := enrolments(ctx, tx, user)
	if err != nil {
		return err
	}
	brought := 0
	var stale []id.Org
	var events []event.Event
	for _, e := range enrolled {
		_, there := keys[e.Org]
		switch {
		case there:
			brought++
		case e.Confirmed:
			return errEnrolments
		default:
			stale = append(stale, e.Org)
			events = append(events, event.Event{Type: event.MemberWithdrewRecovery, Org: e.Org, Member: e.Member, User: user})
		}
	}
	if brought != len(keys) {
		return errEnrolments
	}
	if err := org.ForgetRecoveryKeys(ctx, tx, user, stale); err != nil {
		return err
	}
	if err := event.Append(ctx, tx, events...); err != nil || len(keys) == 0 {
		return err
	}
	return org.RewrapRecoveryKeys(ctx, tx, user, keys)
}

var errEnrolments = fault.New(fault.Invalid,
	"The encryption key was not changed, because the organizations that can recover this account are others than the request names. Sync your vault, then try again.")
