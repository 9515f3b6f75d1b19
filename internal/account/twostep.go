package account

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/secondfactor"
	"github.com/kastellan/kastellan/internal/token"
)

// AuthenticatorSettings is what a person sees of their authenticator.
type AuthenticatorSettings struct {
	Enabled bool
	Key     string // the one in use, or a fresh one that is stored nowhere yet
	Token   string // allows acts with this key, for half an hour
}

// Permit is what allows an act on two-step login: the token of the settings, or,
// as older clients send it, a secret.
type Permit struct {
	Secret
	Token string
}

const settingsLifetime = 30 * time.Minute

// ShowAuthenticator shows the key of the authenticator, or offers a new one.
func (s *Service) ShowAuthenticator(ctx context.Context, user id.User, in Secret) (out AuthenticatorSettings, err error) {
	err = s.proven(ctx, user, in, func(tx *db.Tx, a Account) error {
		list, err := factorsOf(ctx, tx, user)
		if err != nil {
			return err
		}
		key := secondfactor.NewKey()
		f, enabled := factorOf(list, Authenticator)
		if enabled {
			if key, err = s.openKey(user, f.Secret); err != nil {
				return err
			}
		}
		out = AuthenticatorSettings{Enabled: enabled, Key: key.Text()}
		out.Token, err = s.settingsToken(a, key)
		return err
	})
	return out, err
}

// settingsToken names the key by its hash, because whoever holds a JWT can read it.
func (s *Service) settingsToken(a Account, key secondfactor.Key) (string, error) {
	return s.Tokens.Sign(token.TwoStepSettings, settingsLifetime,
		map[string]any{"sub": a.ID, "sstamp": a.Stamp, "key": token.Hash(key.Text())})
}

// permitted runs act in a transaction, once the permit has been checked.
func (s *Service) permitted(ctx context.Context, user id.User, p Permit, key string, act func(tx *db.Tx, a Account) error) error {
	if p.Token == "" {
		return s.proven(ctx, user, p.Secret, act)
	}
	c, err := s.Tokens.Verify(token.TwoStepSettings, p.Token)
	if err != nil || c.Text("sub") != string(user) || c.Text("key") != token.Hash(key) {
		return errWrongSecret
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		a, err := ByID(ctx, tx, user)
		if err != nil {
			return err
		}
		if c.Text("sstamp") != a.Stamp {
			return errWrongSecret
		}
		return act(tx, a)
	})
}

// SetAuthenticator turns an authenticator on. Its code proves that the app has the
// key, and is used up by that.
func (s *Service) SetAuthenticator(ctx context.Context, user id.User, p Permit, rawKey, code string) (key string, err error) {
	k, err := secondfactor.ParseKey(rawKey)
	if err != nil {
		return "", fault.Field("key", "This is not a key of an authenticator app. Please begin again.")
	}
	err = s.permitted(ctx, user, p, k.Text(), func(tx *db.Tx, a Account) error {
		last, err := s.lastStep(ctx, tx, user, k)
		if err != nil {
			return err
		}
		step, right := k.Check(code, tx.Now, last)
		if !right {
			return fault.Field("token", "This code is not right. Wait for the next one, and check the clock of the device that shows it.")
		}
		if err := saveFactor(ctx, tx, user, factor{Authenticator, s.sealKey(user, k), step}); err != nil {
			return err
		}
		return s.enabled(ctx, tx, a)
	})
	return k.Text(), err
}

// lastStep is the last one that was used with a key, if that is the account's.
func (s *Service) lastStep(ctx context.Context, tx *db.Tx, user id.User, k secondfactor.Key) (int64, error) {
	list, err := factorsOf(ctx, tx, user)
	if err != nil {
		return 0, err
	}
	f, has := factorOf(list, Authenticator)
	if !has {
		return 0, nil
	}
	stored, err := s.openKey(user, f.Secret)
	if err != nil || stored != k {
		return 0, err
	}
	return f.LastStep, nil
}

// enabled is what every new factor brings.
func (s *Service) enabled(ctx context.Context, tx *db.Tx, a Account) error {
	if err := s.ensureRecoveryCode(ctx, tx, a.ID); err != nil {
		return err
	}
	if err := forgetDevices(ctx, tx, a.ID); err != nil {
		return err
	}
	if err := TouchAs(ctx, tx, push.SettingsChanged, a.ID); err != nil {
		return err
	}
	if err := s.tell(ctx, tx, a, mail.TwoStepEnabled); err != nil {
		return err
	}
	return event.Append(ctx, tx, event.Event{Type: event.UserEnabledTwoStep, User: a.ID})
}

// DisableFactor turns a factor off; key is needed with a token of the settings.
// One that is off already stays so.
func (s *Service) DisableFactor(ctx context.Context, user id.User, p Permit, kind Factor, key string) error {
	if k, err := secondfactor.ParseKey(key); err == nil {
		key = k.Text()
	}
	return s.permitted(ctx, user, p, key, func(tx *db.Tx, a Account) error {
		list, err := factorsOf(ctx, tx, user)
		if err != nil {
			return err
		}
		if _, has := factorOf(list, kind); !has {
			return nil
		}
		if err := s.dropFactor(ctx, tx, user, kind, len(list) == 1); err != nil {
			return err
		}
		if err := s.tell(ctx, tx, a, mail.TwoStepDisabled); err != nil {
			return err
		}
		return event.Append(ctx, tx, event.Event{Type: event.UserDisabledTwoStep, User: user})
	})
}

func (s *Service) dropFactor(ctx context.Context, tx *db.Tx, user id.User, kind Factor, last bool) error {
	if last {
		return s.ClearTwoStep(ctx, tx, user)
	}
	if err := removeFactor(ctx, tx, user, kind); err != nil {
		return err
	}
	if err := forgetDevices(ctx, tx, user); err != nil {
		return err
	}
	return TouchAs(ctx, tx, push.SettingsChanged, user)
}

// RecoveryCode shows the code; it is empty while two-step login is off.
func (s *Service) RecoveryCode(ctx context.Context, user id.User, in Secret) (code string, err error) {
	err = s.proven(ctx, user, in, func(tx *db.Tx, _ Account) error {
		code, err = s.recoveryCode(ctx, tx, user)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		return err
	})
	return code, err
}
