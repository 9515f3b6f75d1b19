package offboard

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

// Service lets accounts go.
type Service struct {
	DB       *db.DB
	Tokens   *token.Keeper
	Accounts *account.Service
}

// DeleteAccount deletes the account of whoever knows its secret.
func (s *Service) DeleteAccount(ctx context.Context, user id.User, secret account.Secret) error {
	p, err := s.Accounts.Check(ctx, user, secret)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := p.Holds(ctx, tx); err != nil {
			return err
		}
		return remove(ctx, tx, user)
	})
}

// DeleteAccountByLink deletes the account whose owner got the mailed link.
func (s *Service) DeleteAccountByLink(ctx context.Context, user id.User, signed string) error {
	badLink := fault.New(fault.Invalid, "This link is not valid or has expired. Please ask for a new one.")
	c, err := s.Tokens.Verify(token.DeleteAccount, signed)
	if err != nil || c.Text("sub") != string(user) {
		return badLink
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		a, err := account.ByID(ctx, tx, user)
		if fault.Is(err, fault.NotFound) || (err == nil && a.Stamp != c.Text("sstamp")) {
			return badLink
		}
		if err != nil {
			return err
		}
		return remove(ctx, tx, user)
	})
}

func remove(ctx context.Context, tx *db.Tx, user id.User) error {
	if err := mayGo(ctx, tx, user); err != nil {
		return err
	}
	events, err := departures(ctx, tx, user)
	if err != nil {
		return err
	}
	if err := event.Append(ctx, tx, events...); err != nil {
		return err
	}
	return account.Remove(ctx, tx, user)
}

// mayGo refuses while somebody would be left without a head.
func mayGo(ctx context.Context, tx *db.Tx, user id.User) error {
	orgs, err := db.All(ctx, tx, db.Value[string], `SELECT o.name FROM members m JOIN organizations o ON o.id = m.org_id
		WHERE m.user_id = $1 AND m.status = 2 AND m.type = 0 AND NOT EXISTS (
			SELECT 1 FROM members x WHERE x.org_id = m.org_id AND x.id <> m.id AND x.status = 2 AND x.type = 0)
		ORDER BY o.name`, user)
	if err != nil {
		return err
	}
	if len(orgs) > 0 {
		return fault.New(fault.Invalid, fmt.Sprintf(
			"You are the last owner of %s. Make another member an owner there, or delete the organization, and try again.", orgs[0]))
	}
	providers, err := db.All(ctx, tx, db.Value[string], `SELECT COALESCE(p.name, '') FROM provider_users u JOIN providers p ON p.id = u.provider_id
		WHERE u.user_id = $1 AND u.status = 2 AND u.type = 0 AND NOT EXISTS (
			SELECT 1 FROM provider_users x WHERE x.provider_id = u.provider_id AND x.id <> u.id AND x.status = 2 AND x.type = 0)
		ORDER BY p.name`, user)
	if err != nil {
		return err
	}
	if len(providers) > 0 {
		return fault.New(fault.Invalid, fmt.Sprintf(
			"You are the last admin of the provider %s. Make another of its people an admin, or delete the provider, and try again.", providers[0]))
	}
	return nil
}

// departures are the entries that organizations and providers find in their logs.
func departures(ctx context.Context, tx *db.Tx, user id.User) ([]event.Event, error) {
	left, err := db.All(ctx, tx, func(r db.Row) (event.Event, error) {
		e := event.Event{Type: event.MemberLeft, User: user}
		err := r.Scan(&e.Org, &e.Member)
		return e, err
	}, `SELECT org_id, id FROM members WHERE user_id = $1`, user)
	if err != nil {
		return nil, err
	}
	removed, err := db.All(ctx, tx, func(r db.Row) (event.Event, error) {
		e := event.Event{Type: event.ProviderUserRemoved, User: user}
		err := r.Scan(&e.Provider, &e.ProviderUser)
		return e, err
	}, `SELECT provider_id, id FROM provider_users WHERE user_id = $1`, user)
	return append(left, removed...), err
}
