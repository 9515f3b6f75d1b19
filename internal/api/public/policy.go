package public

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/wire"
)

type policyBody struct {
	Object  string          `json:"object"`
	ID      string          `json:"id"`
	Type    int             `json:"type"`
	Enabled bool            `json:"enabled"`
	Data    json.RawMessage `json:"data"` // null without any
}

func policyOf(p policy.Policy) policyBody {
	b := policyBody{Object: "policy", ID: string(p.ID), Type: int(p.Type), Enabled: p.Enabled}
	if p.Data != "" && p.Data != "{}" {
		b.Data = json.RawMessage(p.Data)
	}
	return b
}

// listPolicies gives those that were ever saved.
func (a *API) listPolicies(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	all, err := a.Policies.List(r.Context(), access.OwnKey, organization)
	if err != nil {
		return err
	}
	saved := slices.DeleteFunc(all, func(p policy.Policy) bool { return p.ID == "" })
	return wire.JSON(w, listOf(saved, policyOf))
}

// onPolicy is who calls, and the number of the policy that the path names.
func onPolicy(r *http.Request) (id.Org, policy.Type, error) {
	organization, err := caller(r)
	if err != nil {
		return "", 0, err
	}
	number, err := strconv.Atoi(chi.URLParam(r, "type"))
	if err != nil {
		return "", 0, fault.Absent()
	}
	return organization, policy.Type(number), nil
}

func (a *API) getPolicy(w http.ResponseWriter, r *http.Request) error {
	organization, which, err := onPolicy(r)
	if err != nil {
		return err
	}
	p, err := a.Policies.Find(r.Context(), access.OwnKey, organization, which)
	if err != nil {
		return err
	}
	if p.ID == "" {
		return fault.Absent()
	}
	return wire.JSON(w, policyOf(p))
}

// policyRequest has no use for metadata: it names the collection for a member's
// own items, which this server doesn't make.
type policyRequest struct {
	Enabled *bool           `json:"enabled"`
	Data    json.RawMessage `json:"data"`
}

func (a *API) setPolicy(w http.ResponseWriter, r *http.Request) error {
	organization, which, err := onPolicy(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[policyRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if in.Enabled == nil {
		return fault.Field("enabled", "Say whether the policy shall be on.")
	}
	p, err := a.Policies.Save(r.Context(), access.OwnKey, organization, which, policy.Change{Enabled: *in.Enabled, Data: in.Data})
	if err != nil {
		return err
	}
	return wire.JSON(w, policyOf(p))
}
