package authrequest

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

// codeLength is that of the codes that clients make, of letters and digits.
const codeLength = 25

// Ask is what a device says that wants to be let in.
type Ask struct {
	Email      string
	Identifier string // of the installation
	PublicKey  string
	Code       string
	Kind       Kind
}

// errUnknown is the answer for addresses without an account too: it must not tell.
var errUnknown = fault.New(fault.Invalid, "This device is not known to the account. Log in with the master password on it first.")

func (a *Ask) check() error {
	a.Email = account.Normalize(a.Email)
	switch {
	case !account.Searchable(a.Email):
		return fault.Field("email", "The e-mail address is not valid.")
	case a.Kind == adminApproval:
		return ErrNoAdmins
	case a.Kind != LogIn && a.Kind != Unlock:
		return fault.Field("type", "This type of request is not known.")
	case !encstring.PublicKey(a.PublicKey):
		return fault.Field("publicKey", "The public key is not valid.")
	case len(a.Code) != codeLength:
		return fault.Field("accessCode", "The access code must have 25 characters.")
	}
	return account.Device{Identifier: a.Identifier}.Valid()
}

const adminApproval Kind = 2

// ErrNoAdmins refuses what only servers with trusted devices have.
var ErrNoAdmins = fault.New(fault.Invalid, "This server has no trusted devices, so nobody can approve a device in your place. Use your master password, or approve from another device of yours.")

// Create stores a request in the place of the last one of the same device, and rings at
// all devices of the account.
func (s *Service) Create(ctx context.Context, in Ask) (Request, error) {
	if addr := reqctx.ClientOf(ctx).Addr; addr != "" {
		if err := s.Limits.Take(ctx, askedFrom, addr); err != nil {
			return Request{}, err
		}
	}
	if err := in.check(); err != nil {
		return Request{}, err
	}
	user, err := s.known(ctx, in)
	if err != nil {
		return Request{}, err
	}
	if err := s.Limits.TakeAll(ctx, ratelimit.Try{Limit: askedOf, Subject: string(user)}); err != nil {
		return Request{}, err
	}
	var out Request
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		request := id.New[id.AuthRequest]()
		if err := replace(ctx, tx, user, request, in, token.Hash(in.Code), reqctx.ClientOf(ctx).Addr); err != nil {
			return err
		}
		push.Tell(ctx, tx, push.Message{Type: push.AuthRequested, Users: []id.User{user}, ID: string(request)})
		out, err = byID(ctx, tx, user, request)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		err = errUnknown // the device was removed in this moment
	}
	return out, err
}

// known finds the account that has logged in from the device.
func (s *Service) known(ctx context.Context, in Ask) (user id.User, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		user, err = db.One(ctx, tx, db.Value[id.User], `SELECT u.id FROM users u JOIN devices d ON d.user_id = u.id
			WHERE u.email = $1 AND d.identifier = $2`, in.Email, in.Identifier)
		return err
	})
	if fault.Is(err, fault.NotFound) {
		err = errUnknown
	}
	return user, err
}
