package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/token"
)

// BeginRegistration makes the token to register with. It is mailed, and then the
// answer is empty and the same whether or not there is an account; without mail
// it is the answer, and the address stays unverified.
func (s *Service) BeginRegistration(ctx context.Context, rawEmail, rawName string) (signed string, err error) {
	email, err := Email(rawEmail)
	if err != nil {
		return "", err
	}
	name, err := personName(rawName)
	if err != nil {
		return "", err
	}
	if !s.mayRegister(email) {
		return "", s.refusal()
	}
	if err := s.limitAddress(ctx, signUps); err != nil {
		return "", err
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error { return s.addressFree(ctx, tx, NewAccount{Email: email}) })
	if err != nil {
		return "", err
	}
	signed, err = s.Tokens.Sign(token.RegisterEmail, registerLifetime, map[string]any{"email": email, "name": name, "verified": s.Mail != nil})
	if err != nil || s.Mail == nil {
		return signed, err
	}
	if err := s.limitMail(ctx, email); err != nil {
		return "", err
	}
	return "", s.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := ByEmail(ctx, tx, email)
		if !fault.Is(err, fault.NotFound) {
			return err // who has an account gets no link
		}
		return s.send(ctx, tx, email, "", mail.RegistrationLink{Link: s.link("finish-signup", "token", signed, "email", email, "fromEmail", "true")})
	})
}

// CheckRegistrationToken answers whether a mailed link still leads anywhere.
func (s *Service) CheckRegistrationToken(ctx context.Context, rawEmail, signed string) error {
	email, err := Email(rawEmail)
	if err != nil {
		return err
	}
	if _, err := s.emailTicket(NewAccount{Email: email, EmailToken: signed}); err != nil {
		return err
	}
	return s.DB.View(ctx, func(tx *db.Tx) error {
		_, err := ByEmail(ctx, tx, email)
		if err == nil {
			return fault.New(fault.Invalid, badLink)
		}
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		return err
	})
}
