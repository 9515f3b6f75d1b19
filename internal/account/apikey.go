package account

import (
	"context"
	"crypto/rand"
	"crypto/subtle"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/push"
)

const apiKeyPurpose = "account api key"

// newAPIKey makes 30 letters and digits: more than 2^148 possibilities, so that
// no slow hash is needed to compare them.
func newAPIKey() string { return rand.Text() + rand.Text()[:4] }

func (s *Service) sealAPIKey(user id.User, key string) []byte {
	return s.Tokens.Seal(apiKeyPurpose, string(user), []byte(key))
}

// APIKey shows the key to log in with as client "user.<id>".
func (s *Service) APIKey(ctx context.Context, user id.User, in Secret) (key string, a Account, err error) {
	err = s.proven(ctx, user, in, func(_ *db.Tx, found Account) error {
		plain, err := s.Tokens.Open(apiKeyPurpose, string(user), found.APIKey)
		key, a = string(plain), found
		return err
	})
	return key, a, err
}

// RotateAPIKey replaces the key. The old one logs nobody in any more, and the access
// tokens that it got before end.
func (s *Service) RotateAPIKey(ctx context.Context, user id.User, in Secret) (key string, a Account, err error) {
	err = s.proven(ctx, user, in, func(tx *db.Tx, found Account) error {
		key = newAPIKey()
		if err := updateAPIKey(ctx, tx, user, s.sealAPIKey(user, key)); err != nil {
			return err
		}
		if err := TouchAs(ctx, tx, push.SettingsChanged, user); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, found, mail.KeyRotated); err != nil {
			return err
		}
		a, err = ByID(ctx, tx, user)
		return err
	})
	return key, a, err
}

// RenewAPIKey is RotateAPIKey as a part of another act, which proves by itself
// that it may, and tells the person.
func (s *Service) RenewAPIKey(ctx context.Context, tx *db.Tx, user id.User) error {
	return updateAPIKey(ctx, tx, user, s.sealAPIKey(user, newAPIKey()))
}

// IsAPIKey compares a key with the account's. Without an account it compares too.
func (s *Service) IsAPIKey(a Account, key string) bool {
	want, err := s.Tokens.Open(apiKeyPurpose, string(a.ID), a.APIKey)
	if err != nil {
		want = []byte(newAPIKey())
	}
	return subtle.ConstantTimeCompare(want, []byte(key)) == 1
}
