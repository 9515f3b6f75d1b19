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

// Try is one try of a subject under a limit.
type Try struct {
	Limit   Limit
	Subject string
}

// Take counts one try of subject. It answers RateLimited when there are no more,
// and the refused try costs nothing.
func (l *Limiter) Take(ctx context.Context, lim Limit, subject string) error {
	return l.TakeAll(ctx, Try{lim, subject})
}

// TakeAll counts several tries at once, or none when one of them is refused.
func (l *Limiter) TakeAll(ctx context.Context, tries ...Try) error {
	return l.DB.Update(ctx, func(tx *db.Tx) error {
		for _, t := range tries {
			if err := l.take(ctx, tx, t); err != nil {
				return err
			}
		}
		return nil
	})
}

func (l *Limiter) take(ctx context.Context, tx *db.Tx, t Try) error {
	lim, key := t.Limit, l.subject(t.Limit, t.Subject)
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
}

// Refund gives back what TakeAll counted, in the transaction of the act that it
// led to: a try that succeeded was no guess. The tries that failed stay counted,
// so that an attacker gains nothing from somebody else's success.
func (l *Limiter) Refund(ctx context.Context, tx *db.Tx, tries ...Try) error {
	for _, t := range tries {
		_, err := tx.Exec(ctx, `UPDATE rate_limits SET free_at = free_at - $1 WHERE name = $2 AND subject = $3`,
			t.Limit.Every.Microseconds(), t.Limit.Name, l.subject(t.Limit, t.Subject))
		if err != nil {
			return err
		}
	}
	return nil
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
