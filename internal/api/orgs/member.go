package orgs

import (
	"net/http"
	"time"

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

// memberRequest is both an invitation and a change.
type memberRequest struct {
	Emails      []string       `json:"emails"`
	Type        *int           `json:"type"`
	Permissions map[string]any `json:"permissions"`
	Collections []selection    `json:"collections"`
	Groups      []string       `json:"groups"`
	LastKnown   wire.Date      `json:"lastKnownRevisionDate"`
}

func (in memberRequest) read() (org.EditMember, error) {
	if in.Type == nil {
		return org.EditMember{}, fault.Field("type", "The member's role is missing.")
	}
	out := org.EditMember{Role: access.Role(*in.Type), LastKnown: time.Time(in.LastKnown)}
	var err error
	if out.Permissions, err = permissionsOf(in.Permissions); err != nil {
		return out, err
	}
	if out.Access, err = accessOf(in.Collections); err != nil || in.Groups == nil {
		return out, err
	}
	out.Groups, err = ids[id.Group](in.Groups)
	return out, err
}

// permissionsOf reads the permissions of a custom role. Newer clients may name
// some that this server does not have.
func permissionsOf(given map[string]any) (access.Permissions, error) {
	known := access.Permissions(0).Names()
	for name := range known {
		yes, _ := given[name].(bool)
		known[name] = yes
	}
	return access.PermissionsFrom(known)
}

func (a *API) listMembers(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Orgs.ListMembers(r.Context(), user, organization, org.With{
		Access: r.URL.Query().Get("includeCollections") == "true", Groups: r.URL.Query().Get("includeGroups") == "true",
	})
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
	as, err := in.read()
	if err != nil {
		return err
	}
	if err := a.Enroll.InviteMembers(r.Context(), user, organization, enroll.Invitation{
		Emails: in.Emails, Role: as.Role, Permissions: as.Permissions, Access: as.Access, Groups: as.Groups,
	}); err != nil {
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
	edit, err := in.read()
	if err != nil {
		return err
	}
	if err := a.Orgs.UpdateMember(r.Context(), user, organization, who, edit); err != nil {
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
