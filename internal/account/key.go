package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// SetKeys stores the key pair of an account that has none. There is no way to
// replace one: everything shared with the account is encrypted to it.
func (s *Service) SetKeys(ctx context.Context, user id.User, pair KeyPair, userKeyID string) (a Account, err error) {
	if err := pair.valid(); err != nil {
		return Account{}, err
	}
	if err := keyID(userKeyID); err != nil {
		return Account{}, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := setKeys(ctx, tx, user, pair.Public, pair.Private)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Invalid, "This account has its keys already.")
		}
		if userKeyID != "" {
			if _, err := setKeyID(ctx, tx, user, userKeyID); err != nil {
				return err
			}
		}
		if err := Touch(ctx, tx, user); err != nil {
			return err
		}
		a, err = ByID(ctx, tx, user)
		return err
	})
	return a, err
}

// SetUserKeyID stores the id of the user key. Clients report it after a log-in
// and give up when that fails; an id that is stored already stays.
func (s *Service) SetUserKeyID(ctx context.Context, user id.User, userKeyID string) error {
	if userKeyID == "" {
		return fault.Field("userKeyId", "The id of the key is missing.")
	}
	if err := keyID(userKeyID); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		n, err := setKeyID(ctx, tx, user, userKeyID)
		if err != nil || n == 0 {
			return err
		}
		return Touch(ctx, tx, user)
	})
}
