package rotate

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/send"
	"github.com/kastellan/kastellan/internal/vault"
)

// Service replaces user keys.
type Service struct {
	DB       *db.DB
	Accounts *account.Service
}

// Change is a new user key with all that comes under it.
type Change struct {
	Key   account.NewUserKey
	Vault vault.Rotation
	Sends send.Rotation
	// Recovery is the new user key for each organization in which the account is
	// enrolled in recovery, under the organization's public key.
	Recovery map[id.Org]string
	// Others counts what the request brings of kinds that no account of this
	// server has: emergency access, passkeys, trusted devices.
	Others int
}

// UserKey replaces the user key of whoever knows the old password. The request
// must bring all that is under the old key, and nothing else.
func (s *Service) UserKey(ctx context.Context, user id.User, oldHash string, c Change) error {
	if c.Others > 0 {
		return fault.New(fault.Invalid, "The request brings something that this account does not have. Sync your vault, then try again.")
	}
	c.Vault.KeyID = c.Key.KeyID
	if err := c.Vault.Check(user); err != nil {
		return err
	}
	if err := c.Sends.Check(); err != nil {
		return err
	}
	if err := checkRecovery(c.Recovery); err != nil {
		return err
	}
	key, err := s.Accounts.Rotate(ctx, user, oldHash, c.Key)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := key.Store(ctx, tx); err != nil {
			return err
		}
		if err := storeRecovery(ctx, tx, user, c.Recovery); err != nil {
			return err
		}
		if err := c.Sends.Store(ctx, tx, user); err != nil {
			return err
		}
		return c.Vault.Store(ctx, tx, user)
	})
}
