package providers

import (
	"net/http"
	"slices"

	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/overview"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct {
	Providers *provider.Service
	Enroll    *enroll.Service
	Offboard  *offboard.Service
	Overview  *overview.Service
	Baselines *baseline.Service
	// OrgStorage is how many bytes the attachments of an organization may take that has no
	// limit of its own.
	OrgStorage int64
}

const (
	one     = "/api/providers/{provider}"
	users   = one + "/users"
	user    = users + "/{user}"
	clients = one + "/clients"
	client  = clients + "/{client}"
	tags    = one + "/tags"
)

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	return slices.Concat([]wire.Route{
		{Method: "GET", Path: one, Who: wire.ProviderStaff, Handle: a.get},
		{Method: "PUT", Path: one, Who: wire.ProviderAdmin, Handle: a.update, Also: []string{"POST " + one}},
		{Method: "POST", Path: one + "/setup", Who: wire.Invitee, Handle: a.setup},
	}, a.userRoutes(), a.clientRoutes(), a.linkRoutes(), a.offboardRoutes(), a.billingRoutes(), a.tagRoutes(), a.keyRoutes(), a.overviewRoutes(), a.baselineRoutes())
}

func (a *API) userRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: users, Who: wire.ProviderAdmin, Handle: a.listUsers},
		{Method: "GET", Path: user, Who: wire.ProviderAdmin, Handle: a.getUser},
		{Method: "POST", Path: users + "/invite", Who: wire.ProviderAdmin, Handle: a.invite},
		{Method: "POST", Path: users + "/reinvite", Who: wire.ProviderAdmin, Handle: a.reinviteMany},
		{Method: "POST", Path: user + "/reinvite", Who: wire.ProviderAdmin, Handle: a.reinvite},
		{Method: "GET", Path: user + "/invite-link", Who: wire.ProviderAdmin, Handle: a.inviteLink},
		{Method: "POST", Path: user + "/accept", Who: wire.Invitee, Handle: a.accept},
		{Method: "POST", Path: users + "/public-keys", Who: wire.ProviderAdmin, Handle: a.publicKeys},
		{Method: "POST", Path: users + "/confirm", Who: wire.ProviderAdmin, Handle: a.confirmMany},
		{Method: "POST", Path: user + "/confirm", Who: wire.ProviderAdmin, Handle: a.confirm},
		{Method: "PUT", Path: user, Who: wire.ProviderAdmin, Handle: a.setType, Also: []string{"POST " + user}},
		{Method: "PUT", Path: user + "/reach", Who: wire.ProviderAdmin, Handle: a.setReach},
		{Method: "DELETE", Path: users, Who: wire.ProviderAdmin, Handle: a.removeMany, Also: []string{"POST " + users + "/delete"}},
		{Method: "DELETE", Path: user, Who: wire.ProviderAdmin, Handle: a.remove, Also: []string{"POST " + user + "/delete"}},
	}
}

// call is who calls and which provider the path names.
func call(r *http.Request) (id.User, id.Provider, error) {
	actor, ok := reqctx.ActorOf(r.Context())
	if !ok {
		return "", "", fault.New(fault.Unauthenticated, "Please log in.")
	}
	p, err := wire.PathID[id.Provider](r, "provider")
	return actor.User, p, err
}

// on is call for the paths that name a thing of the provider.
func on[T ~string](r *http.Request, name string) (id.User, id.Provider, T, error) {
	caller, p, err := call(r)
	if err != nil {
		return "", "", "", err
	}
	thing, err := wire.PathID[T](r, name)
	return caller, p, thing, err
}

func same[T any](v T) T { return v }

// text gives null for what is not there.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// each maps a list; nil becomes an empty one.
func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
