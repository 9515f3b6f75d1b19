package orgs

import (
	"context"
	"net/http"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/wire"
)

// standingRoutes suspend members, take them back, and let them go for good.
func (a *API) standingRoutes() []wire.Route {
	return []wire.Route{
		{
			Method: "PUT", Path: members + "/revoke", Who: wire.MemberManager, Handle: many(a.Enroll.RevokeMembers),
			Also: []string{"PATCH " + members + "/revoke"},
		},
		{Method: "PUT", Path: members + "/revoke-self", Who: wire.Member, Handle: a.revokeSelf},
		{
			Method: "PUT", Path: members + "/restore", Who: wire.MemberManager, Handle: many(a.Enroll.RestoreMembers),
			Also: []string{"PATCH " + members + "/restore"},
		},
		{
			Method: "DELETE", Path: members + "/delete-account", Who: wire.MemberManager, Handle: many(a.Enroll.DeleteMembers),
			Also: []string{"POST " + members + "/delete-account"},
		},
		{
			Method: "PUT", Path: member + "/revoke", Who: wire.MemberManager, Handle: single(a.Enroll.RevokeMember),
			Also: []string{"PATCH " + member + "/revoke"},
		},
		{
			// The body may name a collection for personal items, which this server does not make.
			Method: "PUT", Path: member + "/restore/vnext", Who: wire.MemberManager, Handle: single(a.Enroll.RestoreMember),
			Also: []string{"PUT " + member + "/restore", "PATCH " + member + "/restore"},
		},
		{
			Method: "DELETE", Path: member + "/delete-account", Who: wire.MemberManager, Handle: single(a.Enroll.DeleteMember),
			Also: []string{"POST " + member + "/delete-account"},
		},
		{Method: "GET", Path: member + "/reach", Who: wire.MemberManager, Handle: a.reach},
	}
}

// many answers an act on the members that the body names.
func many(act func(context.Context, id.User, id.Org, []id.Member) ([]org.Failure, error)) wire.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		user, organization, list, err := chosen(w, r)
		if err != nil {
			return err
		}
		failures, err := act(r.Context(), user, organization, list)
		if err != nil {
			return err
		}
		return wire.JSON(w, wire.ListOf(each(failures, failureOf)))
	}
}

// single answers an act on the member that the path names.
func single(act func(context.Context, id.User, id.Org, id.Member) error) wire.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		user, organization, who, err := on[id.Member](r, "member")
		if err != nil {
			return err
		}
		if err := act(r.Context(), user, organization, who); err != nil {
			return err
		}
		return wire.OK(w)
	}
}

func (a *API) revokeSelf(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	if err := a.Enroll.RevokeSelf(r.Context(), user, organization); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}
