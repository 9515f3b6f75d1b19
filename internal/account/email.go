package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
)

// RequestEmailChange mails a code to the new address. Without mail there is no
// code, and ChangeEmail asks for none: the master password has to do, and the
// new address stays unverified.
func (s *Service) RequestEmailChange(ctx context.Context, user id.User, in Secret, rawEmail string) error {
	email, err := Email(rawEmail)
	if err != nil {
		return err
	}
	p, err := s.Check(ctx, user, in)
	if err != nil {
		return err
	}
	if s.Mail != nil {
		if err := s.limitMail(ctx, email); err != nil {
			return err
		}
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := p.Holds(ctx, tx); err != nil {
			return err
		}
		if err := s.mayMove(ctx, tx, user, email); err != nil || s.Mail == nil {
			return err
		}
		if _, err := ByEmail(ctx, tx, email); !fault.Is(err, fault.NotFound) {
			return err // taken: the answer is the same, and no mail goes out
		}
		plain, stored := s.newCode(user, codeForEmail, email)
		if err := storeCode(ctx, tx, user, codeForEmail, email, stored); err != nil {
			return err
		}
		return s.send(ctx, tx, email, p.Account.Culture, mail.EmailChangeCode{Code: plain})
	})
}

// ChangeEmail gives the account another address. The address is the salt of the
// key derivation, so the credentials come anew.
func (s *Service) ChangeEmail(ctx context.Context, user id.User, in Secret, c Credentials, rawEmail, code string) error {
	email, err := Email(rawEmail)
	if err != nil {
		return err
	}
	if err := c.saltIs(email); err != nil {
		return err
	}
	p, err := s.checkFor(ctx, user, in, c)
	if err != nil {
		return err
	}
	stored := ""
	if s.Mail != nil {
		var right bool
		if stored, right, err = s.checkCode(ctx, user, codeForEmail, email, code); err != nil {
			return err
		} else if !right {
			note(ctx, "code")
			return fault.Field("token", "The code is wrong or has expired. Please ask for a new one.")
		}
	}
	err = s.rekey(ctx, p, c, func(tx *db.Tx, a *Account) (mail.Change, error) {
		if err := s.mayMove(ctx, tx, user, email); err != nil {
			return "", err
		}
		if s.Mail != nil {
			if err := useCode(ctx, tx, user, codeForEmail, stored); err != nil {
				return "", err
			}
		}
		a.Email, a.Salt, a.EmailVerified = email, email, s.Mail != nil
		return mail.EmailChanged, nil
	})
	if fault.Is(err, fault.Conflict) {
		return s.taken(ctx, email, err)
	}
	return err
}

func (s *Service) mayMove(ctx context.Context, tx *db.Tx, user id.User, email string) error {
	if s.MayMove == nil {
		return nil
	}
	return s.MayMove(ctx, tx, user, email)
}

// taken names the one conflict that a person can do something about.
func (s *Service) taken(ctx context.Context, email string, cause error) error {
	return s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := ByEmail(ctx, tx, email); err != nil {
			return cause
		}
		return fault.Field("newEmail", "There is an account with this e-mail address already.")
	})
}
