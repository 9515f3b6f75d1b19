package fleet

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
	Object       string    `json:"object"`
	ID           string    `json:"id"`
	UserID       *string   `json:"userId"`
	Name         *string   `json:"name"`
	Email        string    `json:"email"`
	Status       int       `json:"status"`
	Type         int       `json:"type"`
	TwoStep      bool      `json:"twoFactorEnabled"`
	ExternalID   *string   `json:"externalId"`
	Groups       []string  `json:"groups"`
	RevisionDate wire.Date `json:"revisionDate"`
}

func memberOf(m org.Member) memberBody {
	return memberBody{
		Object: "member", ID: string(m.ID), UserID: text(m.User), Name: text(m.Name), Email: m.Email, Status: int(m.Status), Type: int(m.Role),
		TwoStep: m.TwoStep, ExternalID: text(m.ExternalID), Groups: texts(m.Groups), RevisionDate: wire.Date(m.RevisedAt),
	}
}

func (a *API) listMembers(w http.ResponseWriter, r *http.Request) error {
	organization, err := a.organization(r, false)
	if err != nil {
		return err
	}
	all, err := a.Orgs.ListMembers(r.Context(), access.ProviderKey, organization, org.With{Groups: true})
	if err != nil {
		return err
	}
	return wire.JSON(w, listOf(all, memberOf))
}

type inviteRequest struct {
	Email      string   `json:"email"`
	Type       *int     `json:"type"`
	Groups     []string `json:"groups"`
	ExternalID string   `json:"externalId"`
}

func (in inviteRequest) read() (enroll.Invitation, error) {
	out := enroll.Invitation{Emails: []string{in.Email}, Role: access.User, ExternalID: in.ExternalID}
	if in.Type != nil {
		out.Role = access.Role(*in.Type)
	}
	if out.Role == access.Custom {
		return out, fault.Field("type", "People with a custom role are invited in the Admin Console, where their permissions are chosen.")
	}
	var err error
	if out.Groups, err = id.ParseAll[id.Group](in.Groups); err != nil {
		return out, fault.Absent()
	}
	return out, nil
}

func (a *API) invite(w http.ResponseWriter, r *http.Request) error {
	organization, err := a.organization(r, true)
	if err != nil {
		return err
	}
	body, err := wire.Decode[inviteRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	in, err := body.read()
	if err != nil {
		return err
	}
	who, err := a.Enroll.InviteMember(r.Context(), access.ProviderKey, organization, in)
	if err != nil {
		return err
	}
	m, err := a.Orgs.FindMember(r.Context(), access.ProviderKey, organization, who)
	if err != nil {
		return err
	}
	return wire.JSON(w, memberOf(m))
}

// onMember answers an act on the member that the path names.
func (a *API) onMember(act func(ctx context.Context, user id.User, organization id.Org, who id.Member) error) wire.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		organization, err := a.organization(r, true)
		if err != nil {
			return err
		}
		who, err := wire.PathID[id.Member](r, "member")
		if err != nil {
			return err
		}
		if err := act(r.Context(), access.ProviderKey, organization, who); err != nil {
			return err
		}
		return wire.OK(w)
	}
}

type groupBody struct {
	Object     string  `json:"object"`
	ID         string  `json:"id"`
	Name       string  `json:"name"`
	ExternalID *string `json:"externalId"`
}

func (a *API) listGroups(w http.ResponseWriter, r *http.Request) error {
	organization, err := a.organization(r, false)
	if err != nil {
		return err
	}
	all, err := a.Orgs.ListGroups(r.Context(), access.ProviderKey, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, listOf(all, func(g org.Group) groupBody {
		return groupBody{"group", string(g.ID), g.Name, text(g.ExternalID)}
	}))
}
