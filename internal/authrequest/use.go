package authrequest

import (
	"context"
	"log/slog"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// Response gives a request to the device that made it, which knows the code. Whoever
// does not gets the answer for a request that is not there.
func (s *Service) Response(ctx context.Context, request id.AuthRequest, code string) (r Request, err error) {
	var tries []ratelimit.Try
	if addr := reqctx.ClientOf(ctx).Addr; addr != "" {
		tries = append(tries, ratelimit.Try{Limit: codesFrom, Subject: addr})
	}
	if err := s.Limits.TakeAll(ctx, tries...); err != nil {
		return Request{}, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		r, err = ofAnybody(ctx, tx, request)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		// Also compared when there is none.
		if right := r.opensWith(code); err != nil || !right || r.expired(tx.Now) {
			return fault.Absent()
		}
		return s.Limits.Refund(ctx, tx, tries...)
	})
	if fault.Is(err, fault.NotFound) {
		reqctx.Note(ctx, slog.String("auth_failure", "code of approval"))
	}
	if err != nil {
		return Request{}, err
	}
	return r, nil
}

// Waits tells whether a request is there that nobody has answered.
func (s *Service) Waits(ctx context.Context, request string) (waits bool, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		r, err := ofAnybody(ctx, tx, id.AuthRequest(request))
		waits = err == nil && !r.Answered() && !r.expired(tx.Now)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		return err
	})
	return waits, err
}

// Approves tells whether a request of this account lets a device in that knows its code.
// For accounts and requests that are not there it does the same work.
func (s *Service) Approves(ctx context.Context, user id.User, request id.AuthRequest, code, identifier string) (yes bool, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		r, err := byID(ctx, tx, user, request)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		yes = r.logsIn(tx.Now, code, identifier) && err == nil
		return nil
	})
	return yes, err
}

// Use takes an approval, in the transaction of the log-in. Of two log-ins with one, the
// second finds none.
func Use(ctx context.Context, tx *db.Tx, user id.User, request id.AuthRequest, code, identifier string) error {
	r, err := byID(ctx, tx, user, request)
	if err != nil {
		return err
	}
	if !r.logsIn(tx.Now, code, identifier) {
		return fault.Absent()
	}
	return remove(ctx, tx, user, request)
}

// Sweep removes requests that have expired.
func (s *Service) Sweep(ctx context.Context) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error { return sweep(ctx, tx) })
}
