package accounts

import (
	"context"
	"net/http"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct {
	Accounts *account.Service
	// Profile renders an account as clients see it.
	Profile func(ctx context.Context, user id.User) (any, error)
}

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	return append(a.registrationRoutes(), a.accountRoutes()...)
}

func (a *API) registrationRoutes() []wire.Route {
	return []wire.Route{
		{Method: "POST", Path: "/identity/accounts/prelogin/password", Who: wire.Anyone, Handle: a.prelogin,
			Also: []string{"POST /identity/accounts/prelogin", "POST /api/accounts/prelogin"}},
		{Method: "POST", Path: "/identity/accounts/register/send-verification-email", Who: wire.Anyone, Handle: a.beginRegistration},
		{Method: "POST", Path: "/identity/accounts/register/verification-email-clicked", Who: wire.Anyone, Handle: a.verificationClicked},
		{Method: "POST", Path: "/identity/accounts/register/finish", Who: wire.Anyone, Handle: a.finishRegistration},
	}
}

func (a *API) accountRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/accounts/profile", Who: wire.Account, Handle: a.profile},
		{Method: "GET", Path: "/api/accounts/revision-date", Who: wire.Account, Handle: a.revisionDate},
	}
}

// actor is the account that calls.
func actor(r *http.Request) (id.User, error) {
	who, ok := reqctx.ActorOf(r.Context())
	if !ok {
		return "", fault.New(fault.Unauthenticated, "Please log in.")
	}
	return who.User, nil
}

func (a *API) profile(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	return a.answerProfile(w, r, user)
}

func (a *API) answerProfile(w http.ResponseWriter, r *http.Request, user id.User) error {
	p, err := a.Profile(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, p)
}

func (a *API) revisionDate(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	at, err := a.Accounts.RevisedAt(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, at.UnixMilli())
}
