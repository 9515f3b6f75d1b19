package orgs

import (
	"encoding/json"
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/wire"
)

// selection is one share in a collection: of a member or, seen from there, of a
// collection.
type selection struct {
	ID            string `json:"id"`
	ReadOnly      bool   `json:"readOnly"`
	HidePasswords bool   `json:"hidePasswords"`
	Manage        bool   `json:"manage"`
}

// accessOf reads the collections of a member; null stays nil.
func accessOf(list []selection) ([]org.Access, error) {
	if list == nil {
		return nil, nil
	}
	out := make([]org.Access, len(list))
	for i, s := range list {
		collection, err := id.Parse[id.Collection](s.ID)
		if err != nil {
			return nil, fault.Absent()
		}
		out[i] = org.Access{Collection: collection, ReadOnly: s.ReadOnly, HidePasswords: s.HidePasswords, Manage: s.Manage}
	}
	return out, nil
}

// groups are refused when there are any: none exists on this server.
type groups []json.RawMessage

func (g groups) check() error {
	if len(g) > 0 {
		return fault.Absent()
	}
	return nil
}

// memberRequest is both an invitation and a change.
type memberRequest struct {
	Emails      []string    `json:"emails"`
	Type        *int        `json:"type"`
	Collections []selection `json:"collections"`
	Groups      groups      `json:"groups"`
}

func (in memberRequest) read() (access.Role, []org.Access, error) {
	if in.Type == nil {
		return 0, nil, fault.Field("type", "The member's role is missing.")
	}
	if err := in.Groups.check(); err != nil {
		return 0, nil, err
	}
	shares, err := accessOf(in.Collections)
	return access.Role(*in.Type), shares, err
}

func (a *API) listMembers(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Orgs.ListMembers(r.Context(), user, organization, r.URL.Query().Get("includeCollections") == "true")
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, memberOf("organizationUserUserDetails"))))
}

func (a *API) listPeople(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Orgs.ListPeople(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, miniOf)))
}

func (a *API) getMember(w http.ResponseWriter, r *http.Request) error {
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	m, err := a.Orgs.FindMember(r.Context(), user, organization, who)
	if err != nil {
		return err
	}
	return wire.JSON(w, memberOf("organizationUserDetails")(m))
}

func (a *API) invite(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[memberRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	role, shares, err := in.read()
	if err != nil {
		return err
	}
	if err := a.Enroll.InviteMembers(r.Context(), user, organization, enroll.Invitation{Emails: in.Emails, Role: role, Access: shares}); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) updateMember(w http.ResponseWriter, r *http.Request) error {
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	in, err := wire.Decode[memberRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	role, shares, err := in.read()
	if err != nil {
		return err
	}
	if err := a.Orgs.UpdateMember(r.Context(), user, organization, who, role, shares); err != nil {
		return err
	}
	return wire.OK(w)
}

type idsRequest struct {
	IDs []string `json:"ids"`
}

// chosen reads who calls, the organization, and the members that the body names.
func chosen(w http.ResponseWriter, r *http.Request) (id.User, id.Org, []id.Member, error) {
	user, organization, err := call(r)
	if err != nil {
		return "", "", nil, err
	}
	in, err := wire.Decode[idsRequest](w, r, wire.SmallBody)
	if err != nil {
		return "", "", nil, err
	}
	list, err := ids[id.Member](in.IDs)
	return user, organization, list, err
}

func (a *API) remove(w http.ResponseWriter, r *http.Request) error {
	user, organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	if err := a.Orgs.RemoveMember(r.Context(), user, organization, who); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) removeMany(w http.ResponseWriter, r *http.Request) error {
	user, organization, list, err := chosen(w, r)
	if err != nil {
		return err
	}
	failures, err := a.Orgs.RemoveMembers(r.Context(), user, organization, list)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(failures, failureOf)))
}
