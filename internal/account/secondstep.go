package account

import (
	"context"
	"errors"
	"slices"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/secondfactor"
)

// SecondStep is what a log-in brings besides the password.
type SecondStep struct {
	Given      bool
	Factor     Factor
	Code       string
	Remember   bool     // asks for a token, so that this device need not be asked again
	Identifier string   // of the installation
	Asked      []Factor // that the account had when the log-in began
}

// Guessable reports whether the step is a code short enough to be guessed, or one
// that opens everything. A remember token is neither.
func (s SecondStep) Guessable() bool { return s.Given && s.Factor != Remembered }

// Remembering reports whether passing the step earns a remember token.
func (s SecondStep) Remembering() bool {
	return s.Remember && len(s.Asked) > 0 && s.Factor != Remembered && s.Factor != Recovery
}

// The two ways in which a second step fails.
var (
	ErrSecondStep = errors.New("the account asks for a second step")
	ErrWrongCode  = errors.New("the code of the second step is wrong")
)

// SecondFactors lists what an account has set up.
func (s *Service) SecondFactors(ctx context.Context, user id.User) (kinds []Factor, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		list, err := factorsOf(ctx, tx, user)
		kinds = make([]Factor, len(list))
		for i, f := range list {
			kinds[i] = f.Kind
		}
		return err
	})
	return kinds, err
}

// TrySecondStep counts a try at a code, beside the try at the password. Six digits
// need a stricter limit than passwords: whoever got so far knows the password.
func (s *Service) TrySecondStep(ctx context.Context, a Account, password Attempt) (Attempt, error) {
	try := ratelimit.Try{Limit: perSecondStep, Subject: a.Email}
	if err := s.Limits.TakeAll(ctx, try); err != nil {
		if ratelimit.Limited(err) {
			note(ctx, "limited")
		}
		return Attempt{}, err
	}
	password.tries = append(slices.Clip(password.tries), try)
	return password, nil
}

// PassSecondStep checks the second step in the transaction of what it allows, and
// uses the code up with it.
func (s *Service) PassSecondStep(ctx context.Context, tx *db.Tx, a Account, in SecondStep) error {
	list, err := factorsOf(ctx, tx, a.ID)
	if err != nil {
		return err
	}
	switch {
	case len(list) == 0 && len(in.Asked) > 0:
		return ErrWrongCode // another log-in used the recovery code in this moment
	case len(list) == 0:
		return nil
	case !in.Given:
		return ErrSecondStep
	}
	switch in.Factor {
	case Authenticator:
		return s.passAuthenticator(ctx, tx, a, list, in.Code)
	case Remembered:
		if known, err := remembers(ctx, tx, a, in.Identifier, in.Code); err != nil || known {
			return err
		}
		return ErrSecondStep // clients drop a stale token when they are asked
	case Recovery:
		return s.recover(ctx, tx, a, in.Code)
	}
	return ErrWrongCode
}

func (s *Service) passAuthenticator(ctx context.Context, tx *db.Tx, a Account, list []factor, code string) error {
	f, has := factorOf(list, Authenticator)
	if !has {
		return ErrWrongCode
	}
	key, err := s.openKey(a.ID, f.Secret)
	if err != nil {
		return err
	}
	step, right := key.Check(code, tx.Now, f.LastStep)
	if !right {
		return ErrWrongCode
	}
	first, err := useStep(ctx, tx, a.ID, Authenticator, step)
	if err == nil && !first {
		return ErrWrongCode
	}
	return err
}

// recover takes the recovery code for the second step, and turns two-step login
// off: who needs the code has lost the factors.
func (s *Service) recover(ctx context.Context, tx *db.Tx, a Account, code string) error {
	want, err := s.recoveryCode(ctx, tx, a.ID)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if !secondfactor.SameRecoveryCode(want, code) {
		return ErrWrongCode
	}
	if err := s.ClearTwoStep(ctx, tx, a.ID); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, a, mail.TwoStepRecovered); err != nil {
		return err
	}
	return event.Append(ctx, tx, event.Event{Type: event.UserRecoveredTwoStep, User: a.ID})
}

// FailedSecondStep records a wrong code, and warns the owner: somebody has the
// password.
func (s *Service) FailedSecondStep(ctx context.Context, a Account) error {
	note(ctx, "second step")
	warn := s.Mail != nil
	if warn {
		err := s.Limits.Take(ctx, warnings, a.Email)
		if err != nil && !ratelimit.Limited(err) {
			return err
		}
		warn = err == nil
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if warn {
			letter := mail.TwoStepFailed{Address: reqctx.ClientOf(ctx).Addr, Time: tx.Now}
			if err := s.send(ctx, tx, a.Email, a.Culture, letter); err != nil {
				return err
			}
		}
		return event.Append(ctx, tx, event.Event{Type: event.UserFailedTwoStep, User: a.ID})
	})
}
