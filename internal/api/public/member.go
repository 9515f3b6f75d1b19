package public

import (
	"context"
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/wire"
)

type memberBody struct {
	Object        string          `json:"object"`
	ID            string          `json:"id"`
	UserID        *string         `json:"userId"`
	Name          *string         `json:"name"`
	Email         string          `json:"email"`
	TwoStep       bool            `json:"twoFactorEnabled"`
	Status        int             `json:"status"`
	Type          int             `json:"type"`
	ExternalID    *string         `json:"externalId"`
	Permissions   map[string]bool `json:"permissions"`
	Collections   []share         `json:"collections"`
	Recovery      bool            `json:"resetPasswordEnrolled"`
	SSOExternalID *string         `json:"ssoExternalId"`
}

func memberOf(m org.Member) memberBody {
	b := memberBody{
		Object: "member", ID: string(m.ID), UserID: text(m.User), Name: text(m.Name), Email: m.Email, TwoStep: m.TwoStep,
		Status: int(m.Status), Type: int(m.Role), ExternalID: text(m.ExternalID), Recovery: m.Enrolled,
		Collections: each(m.Access, func(a org.Access) share { return shareOf(a.Collection, a) }),
	}
	if m.Role == access.Custom {
		b.Permissions = m.Permissions.Names()
	}
	return b
}

func (a *API) listMembers(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	all, err := a.Orgs.ListMembers(r.Context(), access.OwnKey, organization, org.With{Access: true})
	if err != nil {
		return err
	}
	return wire.JSON(w, listOf(all, memberOf))
}

func (a *API) findMember(r *http.Request) (org.Member, error) {
	organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return org.Member{}, err
	}
	return a.Orgs.FindMember(r.Context(), access.OwnKey, organization, who)
}

func (a *API) getMember(w http.ResponseWriter, r *http.Request) error {
	m, err := a.findMember(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, memberOf(m))
}

// getMemberGroups answers a bare array, as programs expect here.
func (a *API) getMemberGroups(w http.ResponseWriter, r *http.Request) error {
	m, err := a.findMember(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, each(m.Groups, func(g id.Group) string { return string(g) }))
}

// memberRequest is an invitation or a change. A change replaces all of it.
type memberRequest struct {
	Email       string          `json:"email"`
	Type        *int            `json:"type"`
	ExternalID  string          `json:"externalId"`
	Permissions map[string]bool `json:"permissions"`
	Collections []share         `json:"collections"`
	Groups      []string        `json:"groups"`
}

func (in memberRequest) read() (org.EditMember, error) {
	if in.Type == nil {
		return org.EditMember{}, fault.Field("type", "The member's role is missing.")
	}
	out := org.EditMember{Role: access.Role(*in.Type), ExternalID: &in.ExternalID}
	if len(in.Permissions) > 0 && out.Role != access.Custom {
		return out, fault.Field("permissions", "Only a custom role (type 4) has permissions.")
	}
	var err error
	if out.Permissions, err = access.PermissionsFrom(in.Permissions); err != nil {
		return out, fault.Field("permissions", "There is no such permission.")
	}
	if out.Access, err = sharesOf(in.Collections, func(a *org.Access, c id.Collection) { a.Collection = c }); err != nil {
		return out, err
	}
	out.Groups, err = ids[id.Group](in.Groups)
	return out, err
}

func (a *API) invite(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	body, err := wire.Decode[memberRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	in, err := body.read()
	if err != nil {
		return err
	}
	who, err := a.Enroll.InviteMember(r.Context(), access.OwnKey, organization, enroll.Invitation{
		Emails: []string{body.Email}, Role: in.Role, Permissions: in.Permissions, Access: in.Access, Groups: in.Groups, ExternalID: body.ExternalID,
	})
	if err != nil {
		return err
	}
	return a.answerMember(w, r, organization, who)
}

func (a *API) updateMember(w http.ResponseWriter, r *http.Request) error {
	organization, who, err := on[id.Member](r, "member")
	if err != nil {
		return err
	}
	body, err := wire.Decode[memberRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	in, err := body.read()
	if err != nil {
		return err
	}
	if err := a.Orgs.UpdateMember(r.Context(), access.OwnKey, organization, who, in); err != nil {
		return err
	}
	return a.answerMember(w, r, organization, who)
}

func (a *API) answerMember(w http.ResponseWriter, r *http.Request, organization id.Org, who id.Member) error {
	m, err := a.Orgs.FindMember(r.Context(), access.OwnKey, organization, who)
	if err != nil {
		return err
	}
	return wire.JSON(w, memberOf(m))
}

// onMember answers an act on the member that the path names.
func onMember(act func(ctx context.Context, user id.User, organization id.Org, who id.Member) error) wire.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		organization, who, err := on[id.Member](r, "member")
		if err != nil {
			return err
		}
		if err := act(r.Context(), access.OwnKey, organization, who); err != nil {
			return err
		}
		return wire.OK(w)
	}
}

func (a *API) reinvite(ctx context.Context, user id.User, organization id.Org, who id.Member) error {
	failures, err := a.Enroll.ReinviteMembers(ctx, user, organization, []id.Member{who})
	if err == nil && failures[0].Reason != "" {
		err = fault.New(fault.Invalid, failures[0].Reason)
	}
	return err
}
