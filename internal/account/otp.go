package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
)

// RequestOTP mails a code that stands in for the master password once.
func (s *Service) RequestOTP(ctx context.Context, user id.User) error {
	a, err := s.Find(ctx, user)
	if err != nil {
		return err
	}
	return s.mailCode(ctx, a, codeForAct)
}

func (s *Service) mailCode(ctx context.Context, a Account, purpose string) error {
	if s.Mail == nil {
		return errNoMail
	}
	if err := s.limitMail(ctx, a.Email); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		plain, stored := s.newCode(a.ID, purpose, "")
		if err := storeCode(ctx, tx, a.ID, purpose, "", stored); err != nil {
			return err
		}
		return s.send(ctx, tx, a.Email, a.Culture, mail.ConfirmationCode{Code: plain})
	})
}

// VerifyOTP answers whether a mailed code is right. It stays good for the act
// that it was asked for.
func (s *Service) VerifyOTP(ctx context.Context, user id.User, otp string) error {
	a, err := s.Find(ctx, user)
	if err != nil {
		return err
	}
	p, err := s.check(ctx, a, Secret{OTP: otp})
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error { return p.attempt.Succeeded(ctx, tx) })
}

// NeedsDeviceCode reports whether a log-in from an installation has to bring a
// mailed code: the account wants it, mail is sent, and the installation is new
// while others are known.
func (s *Service) NeedsDeviceCode(ctx context.Context, a Account, identifier string) (needed bool, err error) {
	if s.Mail == nil || !a.VerifyDevices {
		return false, nil
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		devices, err := db.All(ctx, tx, db.Value[string], `SELECT identifier FROM devices WHERE user_id = $1`, a.ID)
		needed = len(devices) > 0
		for _, known := range devices {
			needed = needed && known != identifier
		}
		return err
	})
	return needed, err
}

// MailDeviceCode sends the code for a log-in from a new installation.
func (s *Service) MailDeviceCode(ctx context.Context, a Account) error {
	return s.mailCode(ctx, a, codeForDevice)
}

// CheckDeviceCode compares that code; a right one is used up.
func (s *Service) CheckDeviceCode(ctx context.Context, a Account, code string) (bool, error) {
	stored, right, err := s.checkCode(ctx, a.ID, codeForDevice, "", code)
	if err != nil || !right {
		return false, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error { return useCode(ctx, tx, a.ID, codeForDevice, stored) })
	if fault.Is(err, fault.Invalid) {
		return false, nil // somebody else used it in this moment
	}
	return err == nil, err
}

// TellOfDevice mails that a new device has logged in.
func (s *Service) TellOfDevice(ctx context.Context, tx *db.Tx, a Account, d Device, addr string) error {
	if s.Mail == nil {
		return nil
	}
	return s.send(ctx, tx, a.Email, a.Culture, mail.NewDevice{Device: d.Name, Address: addr, Time: tx.Now})
}
