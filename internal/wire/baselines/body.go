package baselines

import (
	"encoding/json"
	"slices"

	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/wire"
)

// Body is one baseline.
type Body struct {
	Object       string              `json:"object"`
	ID           id.Baseline         `json:"id"`
	Name         string              `json:"name"`
	Description  string              `json:"description"`
	Rank         int                 `json:"rank"`
	MayDeviate   bool                `json:"mayDeviate"`
	Settings     map[string]bool     `json:"settings"`
	Policies     []PolicyBody        `json:"policies"`
	ClientIDs    []id.ProviderClient `json:"clientIds"`
	TagIDs       []id.ProviderTag    `json:"tagIds"`
	Governs      int                 `json:"governs"`
	Drifted      int                 `json:"drifted"`
	RevisionDate wire.Date           `json:"revisionDate"`
}

// PolicyBody is a policy as a baseline wants it.
type PolicyBody struct {
	Type    policy.Type      `json:"type"`
	Enabled bool             `json:"enabled"`
	Data    *json.RawMessage `json:"data"`
}

// Of gives a baseline.
func Of(c baseline.Counted) Body {
	body := Body{
		Object: "baseline", ID: c.ID, Name: c.Name, Description: c.Description, Rank: c.Rank, MayDeviate: c.MayDeviate,
		Settings: c.Settings, Policies: make([]PolicyBody, len(c.Policies)), ClientIDs: given(c.Clients), TagIDs: given(c.Tags),
		Governs: c.Governs, Drifted: c.Drifted, RevisionDate: wire.Date(c.RevisedAt),
	}
	for i, p := range c.Policies {
		body.Policies[i] = PolicyBody{p.Type, p.Enabled, data(p.Data)}
	}
	return body
}

// List gives several.
func List(list []baseline.Counted) wire.List[Body] {
	out := make([]Body, len(list))
	for i, c := range list {
		out[i] = Of(c)
	}
	return wire.ListOf(out)
}

// given makes null an empty list.
func given[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return slices.Clone(list)
}

// data is null when there is none, as in policies.
func data(text string) *json.RawMessage {
	if !(policy.Policy{Data: text}).HasData() {
		return nil
	}
	raw := json.RawMessage(text)
	return &raw
}
