package account

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

// Session is a log-in that can be renewed.
type Session struct {
	ID        id.Session
	Device    Device
	ClientID  string
	ExpiresAt time.Time
	Account   Account
}

// OpenSession begins a session of a device and answers its refresh token.
func OpenSession(ctx context.Context, tx *db.Tx, user id.User, device id.Device, clientID string, ttl time.Duration) (refresh string, err error) {
	plain, hash := token.Opaque()
	_, err = tx.Exec(ctx, `INSERT INTO sessions (user_id, id, device_id, token_hash, client_id, created_at, used_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`,
		user, id.New[id.Session](), device, hash, clientID, tx.Now, tx.Now.Add(ttl))
	return plain, err
}

// SessionByToken finds a session that has not expired.
func SessionByToken(ctx context.Context, tx *db.Tx, refresh string) (Session, error) {
	s, err := db.One(ctx, tx, func(r db.Row) (Session, error) {
		var s Session
		err := r.Scan(&s.ID, &s.Account.ID, &s.ClientID, &s.Device.ID, &s.Device.Identifier, &s.Device.Type, db.Time(&s.ExpiresAt))
		return s, err
	}, `SELECT s.id, s.user_id, s.client_id, d.id, d.identifier, d.type, s.expires_at
		FROM sessions s JOIN devices d ON d.user_id = s.user_id AND d.id = s.device_id
		WHERE s.token_hash = $1 AND s.expires_at > $2`, token.Hash(refresh), tx.Now)
	if err != nil {
		return Session{}, err
	}
	s.Account, err = ByID(ctx, tx, s.Account.ID)
	return s, err
}

// Extend lets a session live on from now, and notes that its device is in use.
func (s Session) Extend(ctx context.Context, tx *db.Tx, ttl time.Duration) error {
	err := tx.ExecOne(ctx, `UPDATE sessions SET used_at = $3, expires_at = $4 WHERE user_id = $1 AND id = $2`,
		s.Account.ID, s.ID, tx.Now, tx.Now.Add(ttl))
	if err != nil {
		return err
	}
	return tx.ExecOne(ctx, `UPDATE devices SET active_at = $3 WHERE user_id = $1 AND id = $2`, s.Account.ID, s.Device.ID, tx.Now)
}

// Alive is whom a token stands for, and the sealed API key that the account has now.
type Alive struct {
	Actor  reqctx.Actor
	APIKey []byte
}

// Living answers whom a token stands for, while the account exists, its stamp is
// the token's, and the device that the token was made for is still there. One
// statement: so a new stamp, a removed device and a deleted account end every
// token at once.
func Living(ctx context.Context, tx *db.Tx, user id.User, stamp string, device id.Device) (Alive, error) {
	return db.One(ctx, tx, func(r db.Row) (Alive, error) {
		a := Alive{Actor: reqctx.Actor{User: user, Device: device}}
		err := r.Scan(&a.Actor.Identifier, &a.APIKey)
		return a, err
	}, `SELECT d.identifier, u.api_key FROM users u JOIN devices d ON d.user_id = u.id AND d.id = $3
		WHERE u.id = $1 AND u.security_stamp = $2`, user, stamp, device)
}

// EndSessions gives the account a new stamp and forgets its sessions: every
// token of every kind is dead from the commit on, and apps log out at once.
func EndSessions(ctx context.Context, tx *db.Tx, user id.User) error {
	return endSessions(ctx, tx, user, nil)
}

func endSessions(ctx context.Context, tx *db.Tx, user id.User, why *push.Reason) error {
	if err := setStamp(ctx, tx, user, string(id.New[id.User]())); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM sessions WHERE user_id = $1`, user); err != nil {
		return err
	}
	push.Tell(ctx, tx, push.Message{Type: push.LogOut, Users: []id.User{user}, Reason: why})
	return Touch(ctx, tx, user)
}

// LogOutEverywhere ends every session of the account, this one too.
func (s *Service) LogOutEverywhere(ctx context.Context, user id.User, in Secret) error {
	return s.proven(ctx, user, in, func(tx *db.Tx, a Account) error {
		if err := EndSessions(ctx, tx, user); err != nil {
			return err
		}
		return s.tell(ctx, tx, a, mail.SessionsEnded)
	})
}

// Sweep removes sessions, codes and remember tokens that have expired.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `DELETE FROM sessions WHERE expires_at <= $1`, tx.Now); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM remembered_devices WHERE expires_at <= $1`, tx.Now); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM account_codes WHERE expires_at <= $1`, tx.Now)
		return err
	})
}
