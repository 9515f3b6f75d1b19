package login

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/passhash"
)

// Password is a log-in with a master password.
type Password struct {
	Client
	Email string
	Hash  string // the authorization hash that the client derived
}

// ByPassword grants tokens for a master password. Unknown addresses cost the
// same work and get the same answer as wrong passwords.
func (s *Service) ByPassword(ctx context.Context, in Password) (Grant, error) {
	if _, known := sessionLifetimes[in.ID]; !known {
		return Grant{}, ErrClient
	}
	if err := in.valid(); err != nil {
		return Grant{}, err
	}
	email := account.Normalize(in.Email)
	if email == "" || len(email) > 256 || in.Hash == "" || len(in.Hash) > 300 {
		return Grant{}, ErrPassword
	}
	attempt, err := s.Accounts.Try(ctx, email)
	if err != nil {
		return Grant{}, err
	}
	a, err := s.find(ctx, func(tx *db.Tx) (account.Account, error) { return account.ByEmail(ctx, tx, email) })
	if err != nil {
		return Grant{}, err
	}
	right, err := passhash.Check(ctx, a.PasswordHash, in.Hash)
	if err != nil {
		return Grant{}, err
	}
	if !right {
		if err := s.Accounts.Failed(ctx, email, a.ID, "password"); err != nil {
			return Grant{}, err
		}
		return Grant{}, ErrPassword
	}
	return s.admit(ctx, admission{account: a, client: in.Client, attempt: attempt, session: true, scope: "api offline_access", refused: ErrPassword})
}

// find reads an account; an unknown one is the zero value.
func (s *Service) find(ctx context.Context, read func(tx *db.Tx) (account.Account, error)) (a account.Account, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		a, err = read(tx)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		return account.Account{}, nil
	}
	return a, err
}

// admission is a log-in whose secret was right.
type admission struct {
	account account.Account // as it was when the secret was checked
	client  Client
	attempt account.Attempt
	session bool
	scope   string
	refused error // when the secret has changed since
}

// admit registers the device and grants the tokens.
func (s *Service) admit(ctx context.Context, in admission) (Grant, error) {
	g := Grant{Scope: in.scope, Lifetime: s.Lifetime}
	var device account.Device
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		// Hashing happened outside the transaction, so the secret may have changed.
		if g.Account, err = account.ByID(ctx, tx, in.account.ID); err != nil || !same(g.Account, in.account) {
			return gone(err, in.refused)
		}
		if err := in.attempt.Succeeded(ctx, tx); err != nil {
			return err
		}
		if device, err = account.RegisterDevice(ctx, tx, g.Account.ID, in.client.Device, in.client.PushToken); err != nil {
			return err
		}
		if in.session {
			g.Refresh, err = account.OpenSession(ctx, tx, g.Account.ID, device.ID, in.client.ID, sessionLifetimes[in.client.ID])
			if err != nil {
				return err
			}
		}
		return event.Append(ctx, tx, event.Event{Type: event.UserLoggedIn, User: g.Account.ID})
	})
	if err != nil {
		return Grant{}, err
	}
	g.AccessToken, err = s.accessToken(g.Account, device, in.client.ID, in.scope)
	return g, err
}

func same(a, b account.Account) bool {
	return a.PasswordHash == b.PasswordHash && a.Stamp == b.Stamp && string(a.APIKey) == string(b.APIKey)
}

// gone is what an account that vanished or changed while it logged in is told.
func gone(err, refused error) error {
	if err == nil || fault.Is(err, fault.NotFound) {
		return refused
	}
	return err
}

