package account

import (
	"context"
	"log/slog"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// The limits on secrets. One account's tries count together, whichever entry
// they come through; so do those of one address.
var (
	perAccount = ratelimit.Limit{Name: "secret of account", Burst: 10, Every: time.Minute}
	perAddress = ratelimit.Limit{Name: "secret from address", Burst: 50, Every: 5 * time.Second}
	// At this pace somebody who knows the password finds a code of six digits, of
	// which three are good at a time, within a year with a chance of one to six.
	perSecondStep = ratelimit.Limit{Name: "second step of account", Burst: 10, Every: 10 * time.Minute}
)

// The limits on what anybody may cause without a secret.
var (
	signUps     = ratelimit.Limit{Name: "sign-up from address", Burst: 30, Every: 20 * time.Second}
	mailsTo     = ratelimit.Limit{Name: "mail to account", Burst: 3, Every: 5 * time.Minute}
	mailRequest = ratelimit.Limit{Name: "mail asked from address", Burst: 10, Every: time.Minute}
	warnings    = ratelimit.Limit{Name: "warning of wrong codes", Burst: 1, Every: time.Hour}
)

// Attempt is a counted try at a secret.
type Attempt struct {
	limits *ratelimit.Limiter
	tries  []ratelimit.Try
}

// Try counts a try at a secret of an account, before the secret is looked at.
// The subject is the normalised address, known or not: counting must not tell.
func (s *Service) Try(ctx context.Context, email string) (Attempt, error) {
	tries := []ratelimit.Try{{Limit: perAccount, Subject: email}}
	if addr := reqctx.ClientOf(ctx).Addr; addr != "" {
		tries = append(tries, ratelimit.Try{Limit: perAddress, Subject: addr})
	}
	if err := s.Limits.TakeAll(ctx, tries...); err != nil {
		if ratelimit.Limited(err) {
			note(ctx, "limited")
		}
		return Attempt{}, err
	}
	return Attempt{limits: s.Limits, tries: tries}, nil
}

// Succeeded gives the try back, in the transaction of what it allowed.
func (a Attempt) Succeeded(ctx context.Context, tx *db.Tx) error {
	return a.limits.Refund(ctx, tx, a.tries...)
}

// Failed records a wrong secret. For unknown addresses it writes the same row
// under a made-up account, so that it takes the same time.
func (s *Service) Failed(ctx context.Context, email string, user id.User, what string) error {
	note(ctx, what)
	if user == "" {
		user = s.nobody(email)
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		return event.Append(ctx, tx, event.Event{Type: event.UserFailedLogIn, User: user})
	})
}

// nobody is the stable id under which tries at an unknown address are recorded.
func (s *Service) nobody(email string) id.User {
	return fromBytes(s.Tokens.Mask("nobody", email))
}

// note marks the request's log line, which names the address: what fail2ban and
// CrowdSec look for.
func note(ctx context.Context, what string) {
	reqctx.Note(ctx, slog.String("auth_failure", what))
}

// limitAddress bounds what one address may cause.
func (s *Service) limitAddress(ctx context.Context, lim ratelimit.Limit) error {
	addr := reqctx.ClientOf(ctx).Addr
	if addr == "" {
		return nil
	}
	return s.Limits.Take(ctx, lim, addr)
}

// limitMail bounds the mails that one account gets and one address causes.
func (s *Service) limitMail(ctx context.Context, email string) error {
	tries := []ratelimit.Try{{Limit: mailsTo, Subject: email}}
	if addr := reqctx.ClientOf(ctx).Addr; addr != "" {
		tries = append(tries, ratelimit.Try{Limit: mailRequest, Subject: addr})
	}
	return s.Limits.TakeAll(ctx, tries...)
}

var errWrongSecret = fault.Field("", "User verification failed.")
