package login

import (
	"context"
	"errors"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// Password is a log-in with a master password.
type Password struct {
	Client
	Email string
	Hash  string // the authorization hash that the client derived
	OTP   string // mailed to prove a new device
	// SecondStep is what the client sent for it; the rest is filled in here.
	SecondStep account.SecondStep
	// Request is set when another device has approved the log-in. Hash is the code of that
	// request then.
	Request string
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
	if in.Request != "" {
		return s.byRequest(ctx, in)
	}
	a, attempt, err := s.knows(ctx, in)
	if err != nil {
		return Grant{}, err
	}
	step, attempt, err := s.prove(ctx, a, attempt, in)
	if err != nil {
		return Grant{}, err
	}
	return s.open(ctx, admission{account: a, client: in.Client, attempt: attempt, step: &step, refused: ErrPassword})
}

// open grants a session of an account whose secret was right.
func (s *Service) open(ctx context.Context, in admission) (Grant, error) {
	in.session, in.scope = true, "api offline_access"
	g, err := s.admit(ctx, in)
	if err != nil {
		return Grant{}, s.stepRefused(ctx, in.account, in.attempt, err)
	}
	return g, nil
}

// knows checks the password.
func (s *Service) knows(ctx context.Context, in Password) (a account.Account, attempt account.Attempt, err error) {
	email := account.Normalize(in.Email)
	if !account.Searchable(email) || in.Hash == "" || len(in.Hash) > 300 {
		return a, attempt, ErrPassword
	}
	if attempt, err = s.Accounts.Try(ctx, email); err != nil {
		return a, attempt, err
	}
	if a, err = s.find(ctx, func(tx *db.Tx) (account.Account, error) { return account.ByEmail(ctx, tx, email) }); err != nil {
		return a, attempt, err
	}
	right, err := passhash.Check(ctx, a.PasswordHash, in.Hash)
	if err != nil {
		return a, attempt, err
	}
	if !right {
		if err := s.Accounts.Failed(ctx, email, a.ID, "password"); err != nil {
			return a, attempt, err
		}
		return a, attempt, ErrPassword
	}
	return a, attempt, nil
}

// proveDevice asks for a mailed code when the password comes from a device that
// the account has not seen.
func (s *Service) proveDevice(ctx context.Context, a account.Account, in Password) error {
	needed, err := s.Accounts.NeedsDeviceCode(ctx, a, in.Device.Identifier)
	if err != nil || !needed {
		return err
	}
	if in.OTP == "" {
		if err := s.Accounts.MailDeviceCode(ctx, a); err != nil && !fault.Is(err, fault.RateLimited) {
			return err // over the limit, the code that was sent before is still good
		}
		return ErrNewDevice
	}
	right, err := s.Accounts.CheckDeviceCode(ctx, a, in.OTP)
	if err != nil {
		return err
	}
	if !right {
		if err := s.Accounts.Failed(ctx, a.Email, a.ID, "device code"); err != nil {
			return err
		}
		return ErrDeviceCode
	}
	return nil
}

// ResendDeviceCode mails another code to whoever knows the password. Its answer
// tells nothing.
func (s *Service) ResendDeviceCode(ctx context.Context, email, hash string) error {
	a, _, err := s.knows(ctx, Password{Email: email, Hash: hash})
	if errors.Is(err, ErrPassword) {
		return nil
	}
	if err != nil || s.Accounts.Mail == nil {
		return err
	}
	return s.Accounts.MailDeviceCode(ctx, a)
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
	step    *account.SecondStep // nil when the secret alone is enough
	session bool
	scope   string
	refused error // when the secret has changed since
	// use takes what is good for one log-in; nil for what stays.
	use func(tx *db.Tx) error
}

const justRegistered = 10 * time.Minute

// admit registers the device and grants the tokens.
func (s *Service) admit(ctx context.Context, in admission) (Grant, error) {
	g := Grant{Scope: in.scope, Lifetime: s.Lifetime}
	var device account.Device
	err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		// Hashing happened outside the transaction, so the secret may have changed.
		if g.Account, err = account.ByID(ctx, tx, in.account.ID); err != nil || !same(g.Account, in.account) {
			return gone(err, in.refused)
		}
		if in.step != nil {
			if err := s.Accounts.PassSecondStep(ctx, tx, g.Account, *in.step); err != nil {
				return err
			}
		}
		if in.use != nil {
			if err := in.use(tx); err != nil {
				return gone(err, in.refused)
			}
		}
		if err := in.attempt.Succeeded(ctx, tx); err != nil {
			return err
		}
		if device, err = account.RegisterDevice(ctx, tx, g.Account.ID, in.client.Device, in.client.PushToken); err != nil {
			return err
		}
		// A person who has just registered knows of the first device.
		if device.IsNew(tx) && tx.Now.Sub(g.Account.CreatedAt) > justRegistered {
			if err := s.Accounts.TellOfDevice(ctx, tx, g.Account, device, reqctx.ClientOf(ctx).Addr); err != nil {
				return err
			}
		}
		if in.step != nil && in.step.Remembering() {
			if g.Remember, err = account.Remember(ctx, tx, g.Account, device.ID); err != nil {
				return err
			}
		}
		if in.session {
			g.Refresh, err = account.OpenSession(ctx, tx, g.Account.ID, device.ID, in.client.ID, sessionLifetimes[in.client.ID])
			if err != nil {
				return err
			}
		}
		if g.MasterPassword, err = passwordRules(ctx, tx, g.Account.ID); err != nil {
			return err
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
