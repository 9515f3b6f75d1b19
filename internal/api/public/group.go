package public

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/wire"
)

type groupBody struct {
	Object      string  `json:"object"`
	ID          string  `json:"id"`
	Name        string  `json:"name"`
	ExternalID  *string `json:"externalId"`
	Collections []share `json:"collections"`
}

func groupOf(g org.Group) groupBody {
	return groupBody{
		Object: "group", ID: string(g.ID), Name: g.Name, ExternalID: text(g.ExternalID),
		Collections: each(g.Access, func(a org.Access) share { return shareOf(a.Collection, a) }),
	}
}

func (a *API) listGroups(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	all, err := a.Orgs.ListGroupsInDetail(r.Context(), access.OwnKey, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, listOf(all, groupOf))
}

func (a *API) findGroup(r *http.Request) (org.Group, error) {
	organization, which, err := on[id.Group](r, "group")
	if err != nil {
		return org.Group{}, err
	}
	return a.Orgs.FindGroup(r.Context(), access.OwnKey, organization, which)
}

func (a *API) getGroup(w http.ResponseWriter, r *http.Request) error {
	g, err := a.findGroup(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, groupOf(g))
}

// getGroupMembers answers a bare array, as programs expect here.
func (a *API) getGroupMembers(w http.ResponseWriter, r *http.Request) error {
	g, err := a.findGroup(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, each(g.Members, func(m id.Member) string { return string(m) }))
}

// groupRequest is a new group or a change, which replaces all of it but its
// members.
type groupRequest struct {
	Name        string  `json:"name"`
	ExternalID  string  `json:"externalId"`
	Collections []share `json:"collections"`
}

func (in groupRequest) read() (org.EditGroup, error) {
	shares, err := sharesOf(in.Collections, func(a *org.Access, c id.Collection) { a.Collection = c })
	return org.EditGroup{Name: in.Name, ExternalID: &in.ExternalID, Access: shares}, err
}

func (a *API) createGroup(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	body, err := wire.Decode[groupRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	in, err := body.read()
	if err != nil {
		return err
	}
	g, err := a.Orgs.CreateGroup(r.Context(), access.OwnKey, organization, in)
	if err != nil {
		return err
	}
	return wire.JSON(w, groupOf(g))
}

func (a *API) updateGroup(w http.ResponseWriter, r *http.Request) error {
	organization, which, err := on[id.Group](r, "group")
	if err != nil {
		return err
	}
	body, err := wire.Decode[groupRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	in, err := body.read()
	if err != nil {
		return err
	}
	g, err := a.Orgs.UpdateGroup(r.Context(), access.OwnKey, organization, which, in)
	if err != nil {
		return err
	}
	return wire.JSON(w, groupOf(g))
}

func (a *API) deleteGroup(w http.ResponseWriter, r *http.Request) error {
	organization, which, err := on[id.Group](r, "group")
	if err != nil {
		return err
	}
	if err := a.Orgs.DeleteGroups(r.Context(), access.OwnKey, organization, []id.Group{which}); err != nil {
		return err
	}
	return wire.OK(w)
}

type memberIDsRequest struct {
	MemberIDs []string `json:"memberIds"`
}

func (a *API) setGroupMembers(w http.ResponseWriter, r *http.Request) error {
	organization, which, err := on[id.Group](r, "group")
	if err != nil {
		return err
	}
	in, err := wire.Decode[memberIDsRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if in.MemberIDs == nil {
		return fault.Field("memberIds", "The list of members is missing; it may be empty.")
	}
	list, err := ids[id.Member](in.MemberIDs)
	if err != nil {
		return err
	}
	if err := a.Orgs.SetGroupMembers(r.Context(), access.OwnKey, organization, which, list); err != nil {
		return err
	}
	return wire.OK(w)
}

type groupIDsRequest struct {
	GroupIDs []string `json:"groupIds"`
}

func (a *API) setMemberGroups(w http.ResponseWriter, r *http.Request) error {
	organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	in, err := wire.Decode[groupIDsRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if in.GroupIDs == nil {
		return fault.Field("groupIds", "The list of groups is missing; it may be empty.")
	}
	list, err := ids[id.Group](in.GroupIDs)
	if err != nil {
		return err
	}
	if err := a.Orgs.SetMemberGroups(r.Context(), access.OwnKey, organization, who, list); err != nil {
		return err
	}
	return wire.OK(w)
}
