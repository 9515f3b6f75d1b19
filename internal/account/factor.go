package account

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/secondfactor"
)

// Factor is a kind of second factor, by the numbers of the protocol.
type Factor int

// The kinds. The last two are never set up: they stand in for the others.
const (
	Authenticator Factor = 0
	Remembered    Factor = 5 // the token that a device got when it asked to be remembered
	Recovery      Factor = 8 // the code that turns two-step login off
)

// WithTwoStep tells which of some accounts have two-step login. The others are
// not in the answer.
func WithTwoStep(ctx context.Context, tx *db.Tx, users []id.User) (map[id.User]bool, error) {
	with := map[id.User]bool{}
	list, err := db.All(ctx, tx, db.Value[id.User], `SELECT DISTINCT user_id FROM second_factors WHERE `+db.Among(tx, "user_id", 1), db.List(users))
	for _, user := range list {
		with[user] = true
	}
	return with, err
}

// ClearTwoStep turns two-step login off, together with the recovery code and all
// remembered devices. What follows from that elsewhere is the caller's to do; the
// method of the same name does it.
func ClearTwoStep(ctx context.Context, tx *db.Tx, user id.User) error {
	if _, err := tx.Exec(ctx, `DELETE FROM second_factors WHERE user_id = $1`, user); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM recovery_codes WHERE user_id = $1`, user); err != nil {
		return err
	}
	if err := forgetDevices(ctx, tx, user); err != nil {
		return err
	}
	return TouchAs(ctx, tx, push.SettingsChanged, user)
}

// ClearTwoStep turns two-step login off, and lets others act on it when it was on.
func (s *Service) ClearTwoStep(ctx context.Context, tx *db.Tx, user id.User) error {
	had, err := WithTwoStep(ctx, tx, []id.User{user})
	if err != nil {
		return err
	}
	if err := ClearTwoStep(ctx, tx, user); err != nil {
		return err
	}
	if !had[user] || s.TwoStepLost == nil {
		return nil
	}
	return s.TwoStepLost(ctx, tx, user)
}

// factor is what is stored of a second factor.
type factor struct {
	Kind     Factor
	Secret   []byte // sealed
	LastStep int64
}

func factorsOf(ctx context.Context, tx *db.Tx, user id.User) ([]factor, error) {
	return db.All(ctx, tx, func(r db.Row) (factor, error) {
		var f factor
		err := r.Scan(&f.Kind, &f.Secret, &f.LastStep)
		return f, err
	}, `SELECT kind, secret, last_step FROM second_factors WHERE user_id = $1 ORDER BY kind`, user)
}

// factorOf finds one kind among those of an account.
func factorOf(list []factor, kind Factor) (factor, bool) {
	for _, f := range list {
		if f.Kind == kind {
			return f, true
		}
	}
	return factor{}, false
}

func saveFactor(ctx context.Context, tx *db.Tx, user id.User, f factor) error {
	_, err := tx.Exec(ctx, `INSERT INTO second_factors (user_id, kind, secret, last_step, created_at) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (user_id, kind) DO UPDATE SET secret = excluded.secret, last_step = excluded.last_step, created_at = excluded.created_at`,
		user, int(f.Kind), f.Secret, f.LastStep, tx.Now)
	return err
}

func removeFactor(ctx context.Context, tx *db.Tx, user id.User, kind Factor) error {
	return tx.ExecOne(ctx, `DELETE FROM second_factors WHERE user_id = $1 AND kind = $2`, user, int(kind))
}

// useStep marks the step of a code as used. Of two log-ins with one code, one
// changes the row, and the other does not.
func useStep(ctx context.Context, tx *db.Tx, user id.User, kind Factor, step int64) (bool, error) {
	n, err := tx.Exec(ctx, `UPDATE second_factors SET last_step = $3 WHERE user_id = $1 AND kind = $2 AND last_step < $3`, user, int(kind), step)
	return n == 1, err
}

const (
	authenticatorPurpose = "authenticator"
	recoveryPurpose      = "recovery code"
)

func (s *Service) sealKey(user id.User, k secondfactor.Key) []byte {
	return s.Tokens.Seal(authenticatorPurpose, string(user), []byte(k.Text()))
}

func (s *Service) openKey(user id.User, sealed []byte) (secondfactor.Key, error) {
	plain, err := s.Tokens.Open(authenticatorPurpose, string(user), sealed)
	if err != nil {
		return secondfactor.Key{}, err
	}
	return secondfactor.ParseKey(string(plain))
}

// ensureRecoveryCode gives an account a recovery code, unless it has one.
func (s *Service) ensureRecoveryCode(ctx context.Context, tx *db.Tx, user id.User) error {
	sealed := s.Tokens.Seal(recoveryPurpose, string(user), []byte(secondfactor.NewRecoveryCode()))
	_, err := tx.Exec(ctx, `INSERT INTO recovery_codes (user_id, secret, created_at) VALUES ($1, $2, $3) ON CONFLICT (user_id) DO NOTHING`,
		user, sealed, tx.Now)
	return err
}

// recoveryCode reads the code; an account without one is absent.
func (s *Service) recoveryCode(ctx context.Context, tx *db.Tx, user id.User) (string, error) {
	sealed, err := db.One(ctx, tx, db.Value[[]byte], `SELECT secret FROM recovery_codes WHERE user_id = $1`, user)
	if err != nil {
		return "", err
	}
	plain, err := s.Tokens.Open(recoveryPurpose, string(user), sealed)
	return string(plain), err
}
