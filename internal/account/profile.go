package account

import (
	"context"
	"regexp"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// Find reads an account.
func (s *Service) Find(ctx context.Context, user id.User) (a Account, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		a, err = ByID(ctx, tx, user)
		return err
	})
	return a, err
}

// RevisedAt is when something that the account can see last changed.
func (s *Service) RevisedAt(ctx context.Context, user id.User) (at time.Time, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		at, err = db.One(ctx, tx, func(r db.Row) (time.Time, error) {
			var t time.Time
			err := r.Scan(db.Time(&t))
			return t, err
		}, `SELECT revised_at FROM users WHERE id = $1`, user)
		return err
	})
	return at, err
}

// PublicKey is what others need to share with an account. Every logged-in
// account may ask: the id is known only to those who were told it.
func (s *Service) PublicKey(ctx context.Context, user id.User) (key string, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		key, err = db.One(ctx, tx, db.Value[string], `SELECT public_key FROM users WHERE id = $1 AND public_key IS NOT NULL`, user)
		return err
	})
	return key, err
}

// UpdateProfile sets name and hint; a nil one stays as it is.
func (s *Service) UpdateProfile(ctx context.Context, user id.User, name, hint *string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		a, err := ByID(ctx, tx, user)
		if err != nil {
			return err
		}
		if name != nil {
			if a.Name, err = personName(*name); err != nil {
				return err
			}
		}
		if hint != nil {
			if a.Hint, err = passwordHint(*hint); err != nil {
				return err
			}
		}
		if err := updateProfile(ctx, tx, user, a.Name, a.Hint); err != nil {
			return err
		}
		return TouchAs(ctx, tx, push.SettingsChanged, user)
	})
}

var colorForm = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

// SetAvatar sets the colour of the account's picture; empty is the default one.
func (s *Service) SetAvatar(ctx context.Context, user id.User, color string) error {
	if color != "" && !colorForm.MatchString(color) {
		return fault.Field("avatarColor", "A colour is written as # and six hexadecimal digits.")
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := updateAvatar(ctx, tx, user, color); err != nil {
			return err
		}
		return TouchAs(ctx, tx, push.SettingsChanged, user)
	})
}

// SetVerifyDevices sets whether log-ins from new devices need a mailed code.
func (s *Service) SetVerifyDevices(ctx context.Context, user id.User, in Secret, on bool) error {
	return s.proven(ctx, user, in, func(tx *db.Tx, _ Account) error {
		if err := updateVerifyDevices(ctx, tx, user, on); err != nil {
			return err
		}
		return TouchAs(ctx, tx, push.SettingsChanged, user)
	})
}
