package orgs

import (
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/wire"
)

type memberBody struct {
	Object                string          `json:"object"`
	ID                    string          `json:"id"`
	UserID                *string         `json:"userId"`
	Type                  int             `json:"type"`
	Status                int             `json:"status"`
	Name                  *string         `json:"name"`
	Email                 string          `json:"email"`
	AvatarColor           *string         `json:"avatarColor"`
	ExternalID            *string         `json:"externalId"`
	Permissions           map[string]bool `json:"permissions"`
	TwoFactorEnabled      bool            `json:"twoFactorEnabled"`
	ResetPasswordEnrolled bool            `json:"resetPasswordEnrolled"`
	UsesKeyConnector      bool            `json:"usesKeyConnector"`
	HasMasterPassword     bool            `json:"hasMasterPassword"`
	SsoBound              bool            `json:"ssoBound"`
	AccessSecretsManager  bool            `json:"accessSecretsManager"`
	AccessPam             bool            `json:"accessPam"`
	Claimed               bool            `json:"claimedByOrganization"`
	Managed               bool            `json:"managedByOrganization"` // the older name
	Collections           []selection     `json:"collections"`
	Groups                []string        `json:"groups"`
	RevocationReason      *int            `json:"revocationReason"`
	CreationDate          wire.Date       `json:"creationDate"`
	RevisionDate          wire.Date       `json:"revisionDate"`
}

func memberOf(object string) func(org.Member) memberBody {
	return func(m org.Member) memberBody {
		return memberBody{
			Object: object, ID: string(m.ID), UserID: text(string(m.User)), Type: int(m.Role), Status: int(m.Status),
			Name: text(m.Name), Email: m.Email, AvatarColor: text(m.Avatar), HasMasterPassword: m.User != "",
			ExternalID: text(m.ExternalID), Permissions: m.Permissions.Names(), TwoFactorEnabled: m.TwoStep, ResetPasswordEnrolled: m.Enrolled,
			Claimed: m.Claimed, Managed: m.Claimed,
			Collections: each(m.Access, func(s org.Access) selection { return selectionOf(string(s.Collection), s) }),
			Groups:      each(m.Groups, func(g id.Group) string { return string(g) }), RevocationReason: reasonOf(m),
			CreationDate: wire.Date(m.CreatedAt), RevisionDate: wire.Date(m.RevisedAt),
		}
	}
}

// reasonOf is why a member is revoked; null for everybody else.
func reasonOf(m org.Member) *int {
	if m.Status != org.Revoked {
		return nil
	}
	reason := int(m.Revocation)
	return &reason
}

func selectionOf(thing string, s org.Access) selection {
	return selection{ID: thing, ReadOnly: s.ReadOnly, HidePasswords: s.HidePasswords, Manage: s.Manage}
}

type miniBody struct {
	Object string  `json:"object"`
	ID     string  `json:"id"`
	UserID *string `json:"userId"`
	Type   int     `json:"type"`
	Status int     `json:"status"`
	Name   *string `json:"name"`
	Email  string  `json:"email"`
}

func miniOf(m org.Member) miniBody {
	return miniBody{"organizationUserUserMiniDetails", string(m.ID), text(string(m.User)), int(m.Role), int(m.Status), text(m.Name), m.Email}
}

type failureBody struct {
	Object string `json:"object"`
	ID     string `json:"id"`
	Error  string `json:"error"`
}

func failureOf(f org.Failure) failureBody {
	return failureBody{"OrganizationBulkConfirmResponseModel", string(f.Member), f.Reason}
}

// each maps a list; nil becomes an empty one.
func each[A, B any](list []A, f func(A) B) []B {
	out := make([]B, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
