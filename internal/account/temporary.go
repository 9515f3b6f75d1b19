package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// Temporary is a master password that somebody else chose for an account, after
// its own was lost. Whoever logs in with it has to choose another.
type Temporary struct {
	credentials Credentials
	hash        string
}

// NewTemporary checks the form of the credentials and makes the slow hash; Store
// is for the transaction.
func NewTemporary(ctx context.Context, c Credentials) (Temporary, error) {
	if err := c.valid(); err != nil {
		return Temporary{}, err
	}
	hash, err := passhash.Hash(ctx, c.Hash)
	return Temporary{c, hash}, err
}

// Store gives the password to an account. The caller ends the sessions, tells the
// person, and has decided that it may be.
func (t Temporary) Store(ctx context.Context, tx *db.Tx, user id.User) error {
	a, err := ByID(ctx, tx, user)
	if err != nil {
		return err
	}
	if err := t.credentials.replace(&a); err != nil {
		return err
	}
	a.PasswordHash, a.ForcePasswordReset, a.PasswordChangedAt = t.hash, true, tx.Now
	return updateCredentials(ctx, tx, a)
}

// replace puts another wrap of the same user key into the account. Everything
// else stays: a new password is no occasion for weaker parameters.
func (c Credentials) replace(a *Account) error {
	if c.KDF != nil && !c.KDF.Equal(a.KDF) {
		return fault.Field("kdf", "A new password does not change the key derivation.")
	}
	if err := c.saltIs(a.Salt); err != nil {
		return err
	}
	if c.KeyID != "" && a.UserKeyID != "" && c.KeyID != a.UserKeyID {
		return fault.Field("containedKeyId", "The key is not the one that this account has.")
	}
	a.UserKey = c.Key
	return nil
}

// ReplaceTemporary ends the time of a temporary password: the account gets one of
// its own. The session was opened with the temporary one, so that it is not asked
// for again; without one there is nothing to replace. A token that was got with
// the API key proves to know no password at all.
func (s *Service) ReplaceTemporary(ctx context.Context, user id.User, c Credentials, hint string) error {
	hint, err := passwordHint(hint)
	if err != nil {
		return err
	}
	if err := c.valid(); err != nil {
		return err
	}
	if actor, _ := reqctx.ActorOf(ctx); actor.ByAPIKey() {
		return fault.New(fault.Forbidden, "Log in with the temporary password to choose another.")
	}
	if _, err := s.hasTemporary(ctx, user); err != nil {
		return err
	}
	hash, err := passhash.Hash(ctx, c.Hash)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		a, err := temporary(ctx, tx, user)
		if err != nil {
			return err
		}
		if err := c.replace(&a); err != nil {
			return err
		}
		a.PasswordHash, a.Hint, a.ForcePasswordReset, a.PasswordChangedAt = hash, hint, false, tx.Now
		if err := updateCredentials(ctx, tx, a); err != nil {
			return err
		}
		if err := EndSessions(ctx, tx, user); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, a, mail.TemporaryEnded); err != nil {
			return err
		}
		return event.Append(ctx, tx, event.Event{Type: event.UserSetPassword, User: user})
	})
}

// hasTemporary asks before anything slow is done.
func (s *Service) hasTemporary(ctx context.Context, user id.User) (a Account, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		a, err = temporary(ctx, tx, user)
		return err
	})
	return a, err
}

func temporary(ctx context.Context, tx *db.Tx, user id.User) (Account, error) {
	a, err := ByID(ctx, tx, user)
	if err == nil && !a.ForcePasswordReset {
		err = fault.New(fault.Invalid, "This account has no temporary password.")
	}
	return a, err
}
