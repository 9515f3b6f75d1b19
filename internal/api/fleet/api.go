package fleet

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/overview"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct {
	Providers *provider.Service
	Orgs      *org.Service
	Enroll    *enroll.Service
	Overview  *overview.Service
	Baselines *baseline.Service
	Audit     *audit.Service
}

const (
	base    = "/api/public/provider"
	clients = base + "/clients"
	client  = clients + "/{client}"
	members = client + "/members"
	member  = members + "/{member}"
)

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: base + "/openapi.json", Who: wire.Anyone, Handle: description},
		{Method: "GET", Path: base, Who: wire.ProviderKey, Handle: a.self},

		{Method: "GET", Path: clients, Who: wire.ProviderKey, Handle: a.listClients},
		{Method: "GET", Path: client, Who: wire.ProviderKey, Handle: a.getClient},
		{Method: "PUT", Path: client, Who: wire.ProviderKey, Handle: a.setClient},
		{Method: "POST", Path: base + "/seats", Who: wire.ProviderKey, Handle: a.assignSeats},

		{Method: "GET", Path: client + "/groups", Who: wire.ProviderKey, Handle: a.listGroups},
		{Method: "GET", Path: members, Who: wire.ProviderKey, Handle: a.listMembers},
		{Method: "POST", Path: members, Who: wire.ProviderKey, Handle: a.invite},
		{Method: "PUT", Path: member + "/revoke", Who: wire.ProviderKey, Handle: a.onMember(a.Enroll.RevokeMember)},
		{Method: "PUT", Path: member + "/restore", Who: wire.ProviderKey, Handle: a.onMember(a.Enroll.RestoreMember)},
		{Method: "DELETE", Path: member, Who: wire.ProviderKey, Handle: a.onMember(a.Orgs.RemoveMember)},
		{Method: "GET", Path: base + "/people", Who: wire.ProviderKey, Handle: a.searchPeople},

		{Method: "GET", Path: base + "/baselines", Who: wire.ProviderKey, Handle: a.listBaselines},
		{Method: "GET", Path: base + "/baselines/drift", Who: wire.ProviderKey, Handle: a.drift},
		{Method: "POST", Path: client + "/baseline/preview", Who: wire.ProviderKey, Handle: a.previewBaseline},
		{Method: "POST", Path: client + "/baseline/apply", Who: wire.ProviderKey, Handle: a.applyBaseline},

		{Method: "GET", Path: base + "/events", Who: wire.ProviderKey, Handle: a.listEvents},
	}
}

// caller is the provider whose program calls.
func caller(r *http.Request) (id.Provider, error) {
	actor, ok := reqctx.ActorOf(r.Context())
	if !ok || actor.Provider == "" {
		return "", fault.New(fault.Unauthenticated, "Please log in with an API key of the provider.")
	}
	return actor.Provider, nil
}

// on is who calls, and the client that the path names.
func on(r *http.Request) (id.Provider, id.ProviderClient, error) {
	which, err := caller(r)
	if err != nil {
		return "", "", err
	}
	c, err := wire.PathID[id.ProviderClient](r, "client")
	return which, c, err
}

// organization is that of the client which the path names, for acts on what is in
// it; write says that something is to change.
func (a *API) organization(r *http.Request, write bool) (id.Org, error) {
	which, c, err := on(r)
	if err != nil {
		return "", err
	}
	return a.Providers.ClientOrg(r.Context(), access.ProviderKey, which, c, write)
}

// list is the envelope of this API's lists.
type list[T any] struct {
	Object            string  `json:"object"`
	Data              []T     `json:"data"`
	ContinuationToken *string `json:"continuationToken"`
}

func listOf[A, B any](from []A, f func(A) B) list[B] {
	return list[B]{Object: "list", Data: each(from, f)}
}

// each maps a list; nil becomes an empty one.
func each[A, B any](from []A, f func(A) B) []B {
	out := make([]B, len(from))
	for i, v := range from {
		out[i] = f(v)
	}
	return out
}

// texts are ids as they are sent; nil becomes an empty list.
func texts[T ~string](ids []T) []string {
	return each(ids, func(v T) string { return string(v) })
}

// text is null for the empty value.
func text[T ~string](v T) *string {
	if v == "" {
		return nil
	}
	s := string(v)
	return &s
}
