package account

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/token"
)

const verifyLifetime = 24 * time.Hour

// mailIfKnown sends a letter to the account of an address. The answer is the same
// for unknown addresses.
func (s *Service) mailIfKnown(ctx context.Context, rawEmail string, letter func(a Account) (mail.Letter, error)) error {
	if s.Mail == nil {
		return errNoMail
	}
	email, err := Email(rawEmail)
	if err != nil {
		return err
	}
	if err := s.limitMail(ctx, email); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		a, err := ByEmail(ctx, tx, email)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		l, err := letter(a)
		if err != nil {
			return err
		}
		return s.send(ctx, tx, a.Email, a.Culture, l)
	})
}

// MailHint sends the hint of the master password to the account's own address.
func (s *Service) MailHint(ctx context.Context, rawEmail string) error {
	return s.mailIfKnown(ctx, rawEmail, func(a Account) (mail.Letter, error) {
		return mail.PasswordHint{Hint: a.Hint}, nil
	})
}

// MailDeletion sends a link to delete an account that its owner cannot log in to.
func (s *Service) MailDeletion(ctx context.Context, rawEmail string) error {
	return s.mailIfKnown(ctx, rawEmail, func(a Account) (mail.Letter, error) {
		// The stamp makes the link useless after a change of password or sessions.
		signed, err := s.Tokens.Sign(token.DeleteAccount, verifyLifetime, map[string]any{"sub": a.ID, "sstamp": a.Stamp})
		return mail.DeleteAccount{Link: s.link("verify-recover-delete", "userId", string(a.ID), "token", signed, "email", a.Email)}, err
	})
}

// MailVerification sends a link that proves the account's address.
func (s *Service) MailVerification(ctx context.Context, user id.User) error {
	a, err := s.Find(ctx, user)
	if err != nil {
		return err
	}
	if a.EmailVerified {
		return fault.New(fault.Invalid, "The e-mail address is verified already.")
	}
	return s.mailIfKnown(ctx, a.Email, func(a Account) (mail.Letter, error) {
		signed, err := s.Tokens.Sign(token.VerifyEmail, verifyLifetime, map[string]any{"sub": a.ID, "email": a.Email})
		return mail.VerifyEmail{Link: s.link("verify-email", "userId", string(a.ID), "token", signed)}, err
	})
}

// VerifyEmail takes the token of that link.
func (s *Service) VerifyEmail(ctx context.Context, user id.User, signed string) error {
	c, err := s.Tokens.Verify(token.VerifyEmail, signed)
	if err != nil || c.Text("sub") != string(user) {
		return fault.New(fault.Invalid, badLink)
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		a, err := ByID(ctx, tx, user)
		if fault.Is(err, fault.NotFound) || (err == nil && a.Email != c.Text("email")) {
			return fault.New(fault.Invalid, badLink)
		}
		if err != nil || a.EmailVerified {
			return err
		}
		return MarkVerified(ctx, tx, user)
	})
}

// MarkVerified notes that the account's address was proved to be the person's.
func MarkVerified(ctx context.Context, tx *db.Tx, user id.User) error {
	if err := updateEmailVerified(ctx, tx, user); err != nil {
		return err
	}
	return TouchAs(ctx, tx, push.SettingsChanged, user)
}
