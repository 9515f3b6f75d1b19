package authrequest

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// Find gives one of the account's requests.
func (s *Service) Find(ctx context.Context, user id.User, request id.AuthRequest) (r Request, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		r, err = byID(ctx, tx, user, request)
		return err
	})
	return r, err
}

// List gives the account's requests that are not too old, the latest first.
func (s *Service) List(ctx context.Context, user id.User) (list []Request, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		list, err = ofUser(ctx, tx, user)
		return err
	})
	return list, err
}

// ListPending gives those of them that nobody has answered: at most one of each device.
func (s *Service) ListPending(ctx context.Context, user id.User) ([]Request, error) {
	list, err := s.List(ctx, user)
	var out []Request
	for _, r := range list {
		if !r.Answered() {
			out = append(out, r)
		}
	}
	return out, err
}

// Answer approves a request, with the user key for its public key, or denies it. The
// first answer counts. A token that was got with the API key proves to know no password,
// and must not make a session of it.
func (s *Service) Answer(ctx context.Context, user id.User, request id.AuthRequest, approved bool, key string) (r Request, err error) {
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if r, err = byID(ctx, tx, user, request); err != nil {
			return err
		}
		switch actor, _ := reqctx.ActorOf(ctx); {
		case actor.ByAPIKey():
			return fault.New(fault.Forbidden, "Log in with the master password to answer this request.")
		case r.Answered():
			return errAnswered
		case r.expired(tx.Now):
			return errExpired
		case !approved:
			key = ""
		case !encstring.Encapsulated(key):
			return fault.Field("key", "The key must be encrypted with the public key of the request (type 4).")
		}
		if err := answer(ctx, tx, user, request, approved, key); err != nil {
			return err
		}
		push.Tell(ctx, tx, push.Message{Type: push.AuthAnswered, Users: []id.User{user}, ID: string(request)})
		r, err = byID(ctx, tx, user, request)
		return err
	})
	return r, err
}
