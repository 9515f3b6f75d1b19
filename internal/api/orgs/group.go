package orgs

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/wire"
)

const (
	groups      = one + "/groups"
	group       = groups + "/{group}"
	groupMember = group + "/user/{member}"
)

func (a *API) groupRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: groups, Who: wire.Member, Handle: a.listGroups},
		{Method: "GET", Path: groups + "/details", Who: wire.GroupManager, Handle: a.listGroupsInDetail},
		{Method: "GET", Path: group, Who: wire.GroupManager, Handle: a.getGroup},
		{Method: "GET", Path: group + "/details", Who: wire.GroupManager, Handle: a.getGroupInDetail},
		{Method: "GET", Path: group + "/users", Who: wire.GroupManager, Handle: a.getGroupUsers},
		{Method: "POST", Path: groups, Who: wire.GroupManager, Handle: a.createGroup},
		{Method: "PUT", Path: group, Who: wire.GroupManager, Handle: a.updateGroup, Also: []string{"POST " + group}},
		{Method: "DELETE", Path: groups, Who: wire.GroupManager, Handle: a.deleteGroups, Also: []string{"POST " + groups + "/delete"}},
		{Method: "DELETE", Path: group, Who: wire.GroupManager, Handle: a.deleteGroup, Also: []string{"POST " + group + "/delete"}},
		{
			Method: "DELETE", Path: groupMember, Who: wire.GroupManager, Handle: a.leaveGroup,
			Also: []string{"POST " + group + "/delete-user/{member}"},
		},
	}
}

func (a *API) listGroups(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Orgs.ListGroups(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, groupOf)))
}

func (a *API) listGroupsInDetail(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Orgs.ListGroupsInDetail(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, groupDetailOf)))
}

func (a *API) findGroup(r *http.Request) (org.Group, error) {
	user, organization, which, err := on[id.Group](r, "group")
	if err != nil {
		return org.Group{}, err
	}
	return a.Orgs.FindGroup(r.Context(), user, organization, which)
}

func (a *API) getGroup(w http.ResponseWriter, r *http.Request) error {
	g, err := a.findGroup(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, groupOf(g))
}

func (a *API) getGroupInDetail(w http.ResponseWriter, r *http.Request) error {
	g, err := a.findGroup(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, groupDetailOf(g))
}

// getGroupUsers answers a bare array, as clients expect here.
func (a *API) getGroupUsers(w http.ResponseWriter, r *http.Request) error {
	g, err := a.findGroup(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, groupDetailOf(g).Users)
}

type groupRequest struct {
	Name        string      `json:"name"`
	ExternalID  *string     `json:"externalId"`
	Collections []selection `json:"collections"`
	Users       []string    `json:"users"`
	LastKnown   wire.Date   `json:"lastKnownRevisionDate"`
}

func (in groupRequest) read() (org.EditGroup, error) {
	out := org.EditGroup{Name: in.Name, ExternalID: in.ExternalID, LastKnown: time.Time(in.LastKnown)}
	var err error
	if out.Access, err = accessOf(in.Collections); err != nil || in.Users == nil {
		return out, err
	}
	out.Members, err = ids[id.Member](in.Users)
	return out, err
}

func (a *API) createGroup(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[groupRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	edit, err := in.read()
	if err != nil {
		return err
	}
	g, err := a.Orgs.CreateGroup(r.Context(), user, organization, edit)
	if err != nil {
		return err
	}
	return wire.JSON(w, groupOf(g))
}

func (a *API) updateGroup(w http.ResponseWriter, r *http.Request) error {
	user, organization, which, err := on[id.Group](r, "group")
	if err != nil {
		return err
	}
	in, err := wire.Decode[groupRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	edit, err := in.read()
	if err != nil {
		return err
	}
	g, err := a.Orgs.UpdateGroup(r.Context(), user, organization, which, edit)
	if err != nil {
		return err
	}
	return wire.JSON(w, groupOf(g))
}

func (a *API) deleteGroup(w http.ResponseWriter, r *http.Request) error {
	user, organization, which, err := on[id.Group](r, "group")
	if err != nil {
		return err
	}
	if err := a.Orgs.DeleteGroups(r.Context(), user, organization, []id.Group{which}); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) deleteGroups(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[idsRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	list, err := ids[id.Group](in.IDs)
	if err != nil {
		return err
	}
	if err := a.Orgs.DeleteGroups(r.Context(), user, organization, list); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) leaveGroup(w http.ResponseWriter, r *http.Request) error {
	user, organization, which, err := on[id.Group](r, "group")
	if err != nil {
		return err
	}
	who, err := wire.PathID[id.Member](r, "member")
	if err != nil {
		return err
	}
	if err := a.Orgs.LeaveGroup(r.Context(), user, organization, which, who); err != nil {
		return err
	}
	return wire.OK(w)
}

type groupBody struct {
	Object         string    `json:"object"`
	ID             string    `json:"id"`
	OrganizationID string    `json:"organizationId"`
	Name           string    `json:"name"`
	ExternalID     *string   `json:"externalId"`
	RevisionDate   wire.Date `json:"revisionDate"`
}

func groupOf(g org.Group) groupBody {
	return groupBody{"group", string(g.ID), string(g.Org), g.Name, text(g.ExternalID), wire.Date(g.RevisedAt)}
}

// groupDetailBody names the members too, which official servers tell apart.
type groupDetailBody struct {
	groupBody
	Collections []selection `json:"collections"`
	Users       []string    `json:"users"`
}

func groupDetailOf(g org.Group) groupDetailBody {
	b := groupDetailBody{groupBody: groupOf(g)}
	b.Object = "groupDetails"
	b.Collections = each(g.Access, func(s org.Access) selection { return selectionOf(string(s.Collection), s) })
	b.Users = each(g.Members, func(m id.Member) string { return string(m) })
	return b
}
