package public

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct {
	Tenants  *tenant.Service
	Orgs     *org.Service
	Enroll   *enroll.Service
	Policies *policy.Service
	Audit    *audit.Service
}

const (
	base        = "/api/public"
	members     = base + "/members"
	member      = members + "/{member}"
	groups      = base + "/groups"
	group       = groups + "/{group}"
	policies    = base + "/policies"
	onePolicy   = policies + "/{type}"
	collections = base + "/collections"
	collection  = collections + "/{collection}"
)

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: base + "/openapi.json", Who: wire.Anyone, Handle: description},

		{Method: "GET", Path: members, Who: wire.OrgKey, Handle: a.listMembers},
		{Method: "GET", Path: member, Who: wire.OrgKey, Handle: a.getMember},
		{Method: "GET", Path: member + "/group-ids", Who: wire.OrgKey, Handle: a.getMemberGroups},
		{Method: "POST", Path: members, Who: wire.OrgKey, Handle: a.invite},
		{Method: "PUT", Path: member, Who: wire.OrgKey, Handle: a.updateMember},
		{Method: "DELETE", Path: member, Who: wire.OrgKey, Handle: onMember(a.Orgs.RemoveMember)},
		{Method: "POST", Path: member + "/reinvite", Who: wire.OrgKey, Handle: onMember(a.reinvite)},
		{Method: "POST", Path: member + "/revoke", Who: wire.OrgKey, Handle: onMember(a.Enroll.RevokeMember)},
		{Method: "POST", Path: member + "/restore", Who: wire.OrgKey, Handle: onMember(a.Enroll.RestoreMember)},

		{Method: "PUT", Path: member + "/group-ids", Who: wire.OrgKey, Handle: a.setMemberGroups},

		{Method: "GET", Path: groups, Who: wire.OrgKey, Handle: a.listGroups},
		{Method: "POST", Path: groups, Who: wire.OrgKey, Handle: a.createGroup},
		{Method: "GET", Path: group, Who: wire.OrgKey, Handle: a.getGroup},
		{Method: "PUT", Path: group, Who: wire.OrgKey, Handle: a.updateGroup},
		{Method: "DELETE", Path: group, Who: wire.OrgKey, Handle: a.deleteGroup},
		{Method: "GET", Path: group + "/member-ids", Who: wire.OrgKey, Handle: a.getGroupMembers},
		{Method: "PUT", Path: group + "/member-ids", Who: wire.OrgKey, Handle: a.setGroupMembers},

		{Method: "GET", Path: collections, Who: wire.OrgKey, Handle: a.listCollections},
		{Method: "GET", Path: collection, Who: wire.OrgKey, Handle: a.getCollection},
		{Method: "PUT", Path: collection, Who: wire.OrgKey, Handle: a.updateCollection},
		{Method: "DELETE", Path: collection, Who: wire.OrgKey, Handle: a.deleteCollection},

		{Method: "GET", Path: policies, Who: wire.OrgKey, Handle: a.listPolicies},
		{Method: "GET", Path: onePolicy, Who: wire.OrgKey, Handle: a.getPolicy},
		{Method: "PUT", Path: onePolicy, Who: wire.OrgKey, Handle: a.setPolicy},

		{Method: "GET", Path: base + "/events", Who: wire.OrgKey, Handle: a.listEvents},
		{Method: "GET", Path: base + "/organization/subscription", Who: wire.OrgKey, Handle: a.getSubscription},
		{Method: "PUT", Path: base + "/organization/subscription", Who: wire.OrgKey, Handle: a.setSubscription},
		{Method: "POST", Path: base + "/organization/import", Who: wire.OrgKey, Handle: a.importDirectory},
	}
}

// caller is the organization that calls.
func caller(r *http.Request) (id.Org, error) {
	actor, ok := reqctx.ActorOf(r.Context())
	if !ok || actor.Org == "" {
		return "", fault.New(fault.Unauthenticated, "Please log in with the organization's API key.")
	}
	return actor.Org, nil
}

// on is who calls, and the thing that the path names.
func on[T ~string](r *http.Request, name string) (id.Org, T, error) {
	organization, err := caller(r)
	if err != nil {
		return "", "", err
	}
	thing, err := wire.PathID[T](r, name)
	return organization, thing, err
}

// list is the envelope of this API's lists.
type list[T any] struct {
	Object string `json:"object"`
	Data   []T    `json:"data"`
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

// text is null for the empty value.
func text[T ~string](v T) *string {
	if v == "" {
		return nil
	}
	s := string(v)
	return &s
}
