package public

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/wire"
)

type importRequest struct {
	Groups []struct {
		Name              string   `json:"name"`
		ExternalID        string   `json:"externalId"`
		MemberExternalIDs []string `json:"memberExternalIds"`
	} `json:"groups"`
	Members []struct {
		Email      string `json:"email"`
		ExternalID string `json:"externalId"`
		Deleted    bool   `json:"deleted"`
	} `json:"members"`
	OverwriteExisting *bool `json:"overwriteExisting"`
	LargeImport       bool  `json:"largeImport"`
	Invite            *bool `json:"inviteUsersAfterProvisioning"`
}

func (in importRequest) read() (enroll.Import, error) {
	switch {
	case in.Groups == nil:
		return enroll.Import{}, fault.Field("groups", "The list of groups is missing; it may be empty.")
	case in.Members == nil:
		return enroll.Import{}, fault.Field("members", "The list of members is missing; it may be empty.")
	case in.OverwriteExisting == nil:
		return enroll.Import{}, fault.Field("overwriteExisting", "Say whether people who are not in the import shall be removed.")
	}
	out := enroll.Import{Overwrite: *in.OverwriteExisting, Large: in.LargeImport, Stage: in.Invite != nil && !*in.Invite}
	for _, g := range in.Groups {
		out.Groups = append(out.Groups, enroll.ImportGroup{Name: g.Name, ExternalID: g.ExternalID, Members: g.MemberExternalIDs})
	}
	for _, m := range in.Members {
		out.Members = append(out.Members, enroll.ImportMember{Email: m.Email, ExternalID: m.ExternalID, Deleted: m.Deleted})
	}
	return out, nil
}

func (a *API) importDirectory(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	body, err := wire.Decode[importRequest](w, r, wire.BulkBody)
	if err != nil {
		return err
	}
	in, err := body.read()
	if err != nil {
		return err
	}
	if err := a.Enroll.ImportDirectory(r.Context(), access.OwnKey, organization, in); err != nil {
		return err
	}
	return wire.OK(w)
}
