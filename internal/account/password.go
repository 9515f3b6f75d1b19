package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/push"
)

// ChangePassword replaces the master password. The user key stays and comes
// wrapped anew; so does the key derivation, which has a call of its own.
func (s *Service) ChangePassword(ctx context.Context, user id.User, in Secret, c Credentials, hint string) error {
	hint, err := passwordHint(hint)
	if err != nil {
		return err
	}
	p, err := s.checkFor(ctx, user, in, c)
	if err != nil {
		return err
	}
	return s.rekey(ctx, p, c, func(_ *db.Tx, a *Account) (mail.Change, error) {
		if c.KDF != nil && !c.KDF.Equal(a.KDF) {
			return "", fault.Field("kdf", "Changing the password does not change the key derivation.")
		}
		if err := c.saltIs(a.Salt); err != nil {
			return "", err
		}
		a.Hint, a.ForcePasswordReset = hint, false
		return mail.PasswordChanged, nil
	})
}

// ChangeKDF replaces the key derivation, and what is derived with it.
func (s *Service) ChangeKDF(ctx context.Context, user id.User, in Secret, c Credentials) error {
	if c.KDF == nil {
		return fault.Field("kdf", "The key derivation is missing.")
	}
	p, err := s.checkFor(ctx, user, in, c)
	if err != nil {
		return err
	}
	return s.rekey(ctx, p, c, func(_ *db.Tx, a *Account) (mail.Change, error) {
		if err := c.saltIs(a.Salt); err != nil {
			return "", err
		}
		a.KDF = *c.KDF
		return mail.KDFChanged, nil
	})
}

// checkFor checks the form of new credentials, then the old secret.
func (s *Service) checkFor(ctx context.Context, user id.User, in Secret, c Credentials) (Proof, error) {
	if err := c.valid(); err != nil {
		return Proof{}, err
	}
	return s.Check(ctx, user, in)
}

// rekey replaces credentials and ends every session. The new hash is made before
// the transaction begins.
func (s *Service) rekey(ctx context.Context, p Proof, c Credentials, change func(tx *db.Tx, a *Account) (mail.Change, error)) error {
	hash, err := passhash.Hash(ctx, c.Hash)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := p.Holds(ctx, tx); err != nil {
			return err
		}
		a, err := ByID(ctx, tx, p.Account.ID)
		if err != nil {
			return err
		}
		before := a
		what, err := change(tx, &a)
		if err != nil {
			return err
		}
		if c.KeyID != "" && a.UserKeyID != "" && c.KeyID != a.UserKeyID {
			return fault.Field("containedKeyId", "The key is not the one that this account has.")
		}
		if c.KeyID != "" {
			a.UserKeyID = c.KeyID
		}
		a.PasswordHash, a.UserKey, a.PasswordChangedAt = hash, c.Key, tx.Now
		return s.storeCredentials(ctx, tx, before, a, what)
	})
}

// reasons are those that apps are told; some stay logged in for some of them.
var reasons = map[mail.Change]push.Reason{mail.KDFChanged: push.KDFChanged, mail.UserKeyChanged: push.KeyRotated}

// storeCredentials stores what changed between before and a, ends every session
// and tells the address that the account had.
func (s *Service) storeCredentials(ctx context.Context, tx *db.Tx, before, a Account, what mail.Change) error {
	if err := updateCredentials(ctx, tx, a); err != nil {
		return err
	}
	var why *push.Reason
	if r, told := reasons[what]; told {
		why = &r
	}
	if err := endSessions(ctx, tx, a.ID, why); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, before, what); err != nil {
		return err
	}
	return event.Append(ctx, tx, event.Event{Type: event.UserChangedPassword, User: a.ID})
}
