package offboard

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/token"
)

// Service lets accounts go.
type Service struct {
	DB       *db.DB
	Tokens   *token.Keeper
	Accounts *account.Service
	Outbox   *mail.Outbox // nil on a server without mail
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
	owners, err := org.ClaimedBy(ctx, tx, user)
	if err != nil {
		return err
	}
	if len(owners) > 0 {
		return fault.New(fault.Forbidden, "Your account belongs to "+owners[0].Name+", so you cannot delete it. Ask the people who administer it.")
	}
	kept, err := mayGo(ctx, tx, []id.User{user})
	if err != nil {
		return err
	}
	if why, ok := kept[user]; ok {
		return fault.New(fault.Invalid, why.toSelf())
	}
	return removeAll(ctx, tx, []id.User{user}, "")
}

// DeleteFor deletes accounts on behalf of an organization that has claimed them,
// and tells why some of them cannot go. The organization's own log is the
// caller's to write. It takes a constant number of statements.
func DeleteFor(ctx context.Context, tx *db.Tx, users []id.User, by id.Org) (refused map[id.User]string, err error) {
	kept, err := mayGo(ctx, tx, users)
	if err != nil {
		return nil, err
	}
	refused = map[id.User]string{}
	var gone []id.User
	for _, user := range users {
		if why, ok := kept[user]; ok {
			refused[user] = why.toOthers()
		} else {
			gone = append(gone, user)
		}
	}
	return refused, removeAll(ctx, tx, gone, by)
}

func removeAll(ctx context.Context, tx *db.Tx, users []id.User, except id.Org) error {
	if len(users) == 0 {
		return nil
	}
	events, err := departures(ctx, tx, users, except)
	if err != nil {
		return err
	}
	if err := event.Append(ctx, tx, events...); err != nil {
		return err
	}
	if err := provider.EndKeysOf(ctx, tx, "", users...); err != nil {
		return err
	}
	return account.Remove(ctx, tx, users...)
}
