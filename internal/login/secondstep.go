package login

import (
	"context"
	"errors"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
)

// prove looks at what else than the password a log-in needs: a second step when
// the account has one set up, and otherwise a code when the device is new. The
// step itself is checked by admit, in the transaction that it is used up in.
func (s *Service) prove(ctx context.Context, a account.Account, attempt account.Attempt, in Password) (account.SecondStep, account.Attempt, error) {
	step := in.SecondStep
	step.Identifier = in.Device.Identifier
	var err error
	if step.Asked, err = s.Accounts.SecondFactors(ctx, a.ID); err != nil {
		return step, attempt, err
	}
	if len(step.Asked) == 0 {
		if in.Request != "" {
			return step, attempt, nil // a device of the account has spoken for this one
		}
		return step, attempt, s.proveDevice(ctx, a, in)
	}
	if step.Guessable() {
		attempt, err = s.Accounts.TrySecondStep(ctx, a, attempt)
	}
	return step, attempt, err
}

// stepRefused makes the answer of a second step that was not passed.
func (s *Service) stepRefused(ctx context.Context, a account.Account, attempt account.Attempt, cause error) error {
	switch {
	case errors.Is(cause, account.ErrWrongCode):
		if err := s.Accounts.FailedSecondStep(ctx, a); err != nil {
			return err
		}
		return ErrCode
	case errors.Is(cause, account.ErrSecondStep):
		// The password was right and no code was guessed: the try is given back.
		var rules *policy.MasterPassword
		err := s.DB.Update(ctx, func(tx *db.Tx) (err error) {
			if rules, err = passwordRules(ctx, tx, a.ID); err != nil {
				return err
			}
			return attempt.Succeeded(ctx, tx)
		})
		if err != nil {
			return err
		}
		factors, err := s.Accounts.SecondFactors(ctx, a.ID)
		if err != nil {
			return err
		}
		return &Refusal{Code: "invalid_grant", Description: "Two factor required.", SecondStep: &SecondStep{Factors: factors, Email: a.Email, MasterPassword: rules}}
	}
	return cause
}

// passwordRules are what an account's organizations ask of its master password;
// nil when none asks for anything.
func passwordRules(ctx context.Context, tx *db.Tx, user id.User) (*policy.MasterPassword, error) {
	rules, some, err := policy.MasterPasswordFor(ctx, tx, user)
	if err != nil || !some {
		return nil, err
	}
	return &rules, nil
}
