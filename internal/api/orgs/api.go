package orgs

import (
	"context"
	"net/http"
	"slices"

	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/claim"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/recovery"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct {
	Tenants  *tenant.Service
	Orgs     *org.Service
	Enroll   *enroll.Service
	Recovery *recovery.Service
	// Policies keeps what organizations ask of their people.
	Policies *policy.Service
	// Baselines keeps what their providers want.
	Baselines *baseline.Service
	Offboard  *offboard.Service
	// Claims keeps their e-mail domains.
	Claims *claim.Service
	// OrgStorage is how many bytes the attachments of an organization may take that has no
	// limit of its own.
	OrgStorage int64
	// Memberships renders the organizations of an account as its profile does.
	Memberships func(ctx context.Context, user id.User) ([]any, error)
}

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	return slices.Concat(a.orgRoutes(), a.memberRoutes(), a.groupRoutes(), a.lifeRoutes(), a.standingRoutes(), a.recoveryRoutes(),
		a.collectionRoutes(), a.policyRoutes(), a.baselineRoutes())
}

const (
	one         = "/api/organizations/{org}"
	members     = one + "/users"
	member      = members + "/{member}"
	collections = one + "/collections"
	collection  = collections + "/{collection}"
)

func (a *API) orgRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/organizations", Who: wire.Account, Handle: a.list},
		{
			Method: "POST", Path: "/api/organizations", Who: wire.Account, Handle: a.create,
			Also: []string{"POST /api/organizations/create-without-payment"},
		},
		{Method: "GET", Path: one, Who: wire.OrgOwner, Handle: a.get},
		{Method: "PUT", Path: one, Who: wire.OrgOwner, Handle: a.update, Also: []string{"POST " + one}},
		{Method: "POST", Path: one + "/leave", Who: wire.Member, Handle: a.leave},
		{Method: "GET", Path: one + "/public-key", Who: wire.Member, Handle: a.publicKey, Also: []string{"GET " + one + "/keys"}},
		{Method: "POST", Path: one + "/keys", Who: wire.OrgOwner, Handle: a.setKeys},
	}
}

func (a *API) memberRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: members, Who: wire.MemberManager, Handle: a.listMembers},
		{Method: "GET", Path: members + "/mini-details", Who: wire.Member, Handle: a.listPeople},
		{Method: "GET", Path: member, Who: wire.MemberManager, Handle: a.getMember},
		{Method: "POST", Path: members + "/invite", Who: wire.MemberManager, Handle: a.invite},
		{Method: "POST", Path: members + "/reinvite", Who: wire.MemberManager, Handle: a.reinviteMany},
		{Method: "POST", Path: member + "/reinvite", Who: wire.MemberManager, Handle: a.reinvite},
		{Method: "GET", Path: member + "/invite-link", Who: wire.MemberManager, Handle: a.inviteLink},
		{Method: "POST", Path: member + "/accept", Who: wire.Invitee, Handle: a.accept},
		{Method: "POST", Path: members + "/public-keys", Who: wire.MemberManager, Handle: a.publicKeys},
		{Method: "POST", Path: members + "/confirm", Who: wire.MemberManager, Handle: a.confirmMany},
		{Method: "POST", Path: member + "/confirm", Who: wire.MemberManager, Handle: a.confirm},
		{Method: "PUT", Path: member, Who: wire.MemberManager, Handle: a.updateMember, Also: []string{"POST " + member}},
		{
			Method: "DELETE", Path: members, Who: wire.MemberManager, Handle: a.removeMany,
			Also: []string{"POST " + members + "/remove"},
		},
		{
			Method: "DELETE", Path: member, Who: wire.MemberManager, Handle: a.remove,
			Also: []string{"POST " + member + "/remove", "POST " + member + "/delete"},
		},
	}
}

func (a *API) collectionRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/collections", Who: wire.Account, Handle: a.listShared},
		{Method: "GET", Path: collections, Who: wire.Member, Handle: a.listCollections},
		{Method: "GET", Path: collections + "/details", Who: wire.Member, Handle: a.listCollectionsInDetail},
		{Method: "GET", Path: collection, Who: wire.Member, Handle: a.getCollection},
		{Method: "GET", Path: collection + "/details", Who: wire.Member, Handle: a.getCollectionInDetail},
		{Method: "GET", Path: collection + "/users", Who: wire.Member, Handle: a.getCollectionUsers},
		{Method: "POST", Path: collections, Who: wire.Member, Handle: a.createCollection},
		{Method: "POST", Path: collections + "/bulk-access", Who: wire.Member, Handle: a.giveCollections},
		{Method: "PUT", Path: collection, Who: wire.Member, Handle: a.updateCollection, Also: []string{"POST " + collection}},
		{
			Method: "DELETE", Path: collections, Who: wire.Member, Handle: a.deleteCollections,
			Also: []string{"POST " + collections + "/delete"},
		},
		{
			Method: "DELETE", Path: collection, Who: wire.Member, Handle: a.deleteCollection,
			Also: []string{"POST " + collection + "/delete"},
		},
	}
}

// call is who calls and which organization the path names.
func call(r *http.Request) (id.User, id.Org, error) {
	user, err := caller(r)
	if err != nil {
		return "", "", err
	}
	organization, err := wire.PathID[id.Org](r, "org")
	return user, organization, err
}

func caller(r *http.Request) (id.User, error) {
	actor, ok := reqctx.ActorOf(r.Context())
	if !ok {
		return "", fault.New(fault.Unauthenticated, "Please log in.")
	}
	return actor.User, nil
}

// on is call for the paths that name a thing in the organization.
func on[T ~string](r *http.Request, name string) (id.User, id.Org, T, error) {
	user, organization, err := call(r)
	if err != nil {
		return "", "", "", err
	}
	thing, err := wire.PathID[T](r, name)
	return user, organization, thing, err
}

// ids reads a list of ids from a body. A malformed one names nothing.
func ids[T ~string](list []string) ([]T, error) {
	out, err := id.ParseAll[T](list)
	if err != nil {
		return nil, fault.Absent()
	}
	return out, nil
}
