package orgs

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/wire"
)

// policyFields are what every generation of clients sends about a policy.
type policyFields struct {
	Type              *int            `json:"type"` // the path says it, too
	Enabled           *bool           `json:"enabled"`
	Data              json.RawMessage `json:"data"`
	LastKnownRevision wire.Date       `json:"lastKnownRevisionDate"`
}

// policyRequest holds them at the top, as older clients do, or in a member of
// their own. The metadata beside that one is about collections of a member's own,
// which there are none of.
type policyRequest struct {
	policyFields
	Policy *policyFields `json:"policy"`
}

func policyChange(w http.ResponseWriter, r *http.Request, t policy.Type) (policy.Change, error) {
	in, err := wire.Decode[policyRequest](w, r, wire.SmallBody)
	if err != nil {
		return policy.Change{}, err
	}
	f, known := in.policyFields, in.LastKnownRevision
	if in.Policy != nil {
		f = *in.Policy
		if time.Time(f.LastKnownRevision).IsZero() {
			f.LastKnownRevision = known
		}
	}
	if f.Enabled == nil {
		return policy.Change{}, fault.Field("enabled", "Say whether the policy shall be on.")
	}
	if f.Type != nil && *f.Type != int(t) {
		return policy.Change{}, fault.Field("type", "The address names another policy than the request.")
	}
	return policy.Change{Enabled: *f.Enabled, Data: f.Data, LastKnown: time.Time(f.LastKnownRevision)}, nil
}

type policyBody struct {
	Object         string           `json:"object"`
	ID             *id.Policy       `json:"id"`
	OrganizationID id.Org           `json:"organizationId"`
	Type           int              `json:"type"`
	Data           *json.RawMessage `json:"data"`
	Enabled        bool             `json:"enabled"`
	CanToggleState bool             `json:"canToggleState"`
	RevisionDate   wire.Date        `json:"revisionDate"`
}

func policyOf(p policy.Policy) policyBody {
	body := policyBody{
		Object: "policy", OrganizationID: p.Org, Type: int(p.Type), Enabled: p.Enabled, CanToggleState: !p.Fixed,
		RevisionDate: wire.Date(p.RevisedAt),
	}
	if p.ID != "" {
		body.ID = &p.ID
	}
	if p.HasData() {
		raw := json.RawMessage(p.Data)
		body.Data = &raw
	}
	return body
}

type previewBody struct {
	Object    string         `json:"object"`
	BlockedBy *string        `json:"blockedBy"`
	Members   []affectedBody `json:"members"`
}

type affectedBody struct {
	Member id.Member     `json:"organizationUserId"`
	Name   *string       `json:"name"`
	Email  string        `json:"email"`
	Effect policy.Effect `json:"effect"`
}

func previewOf(p policy.Preview) previewBody {
	body := previewBody{Object: "policyPreview", Members: []affectedBody{}}
	if p.BlockedBy != "" {
		body.BlockedBy = &p.BlockedBy
	}
	for _, a := range p.People {
		one := affectedBody{Member: a.Member, Email: a.Email, Effect: a.Effect}
		if a.Name != "" {
			one.Name = &a.Name
		}
		body.Members = append(body.Members, one)
	}
	return body
}
