// Package ratelimit bounds how often something may be tried, per subject. The
// counts are in the database, so that a restart or a second node forgives
// nothing.
//
// Each limit is a leaky bucket in the form of GCRA: one number per subject, the
// time at which it will have paid for all its tries.
package ratelimit

import (
	"context"
	"encoding/hex"
	"errors"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/token"
)

// Limit allows Burst tries at once and one more every Every.
type Limit struct {
	Name  string
	Burst int
	Every time.Duration
}

// Limiter takes tries from limits.
type Limiter struct {
	DB     *db.DB
	Tokens *token.Keeper // hides subjects, which may be addresses of people
}

// Take counts one try of subject. It answers RateLimited when there are no more,
// and the refused try costs nothing.
func (l *Limiter) Take(ctx context.Context, lim Limit, subject string) error {
	key := l.subject(lim, subject)
	return l.DB.Update(ctx, func(tx *db.Tx) error {
		freeAt, err := db.One(ctx, tx, scanTime, `SELECT free_at FROM rate_limits WHERE name = $1 AND subject = $2`, lim.Name, key)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if freeAt.Before(tx.Now) {
			freeAt = tx.Now
		}
		freeAt = freeAt.Add(lim.Every)
		if freeAt.Sub(tx.Now) > time.Duration(lim.Burst)*lim.Every {
			return fault.New(fault.RateLimited, "Too many attempts. Please wait a while and try again.")
		}
		_, err = tx.Exec(ctx, `INSERT INTO rate_limits (name, subject, free_at) VALUES ($1, $2, $3)
			ON CONFLICT (name, subject) DO UPDATE SET free_at = excluded.free_at`, lim.Name, key, freeAt)
		return err
	})
}

// Forgive gives a subject all its tries back, after it has proven itself.
func (l *Limiter) Forgive(ctx context.Context, lim Limit, subject string) error {
	return l.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM rate_limits WHERE name = $1 AND subject = $2`, lim.Name, l.subject(lim, subject))
		return err
	})
}

// Sweep removes the rows of subjects that have all their tries again.
func (l *Limiter) Sweep(ctx context.Context) error {
	return l.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM rate_limits WHERE free_at < $1`, tx.Now)
		return err
	})
}

// Limited reports whether err says that there are no tries left.
func Limited(err error) bool {
	e, ok := errors.AsType[*fault.Error](err)
	return ok && e.Kind == fault.RateLimited
}

func (l *Limiter) subject(lim Limit, subject string) string {
	return hex.EncodeToString(l.Tokens.Mask("limit "+lim.Name, subject)[:16])
}

func scanTime(r db.Row) (time.Time, error) {
	var t time.Time
	err := r.Scan(db.Time(&t))
	return t, err
}
