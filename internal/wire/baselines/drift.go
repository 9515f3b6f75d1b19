package baselines

import (
	"encoding/json"

	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/wire"
)

// StandingBody is how a client stands to its baseline.
type StandingBody struct {
	ClientID       id.ProviderClient `json:"clientId"`
	OrganizationID id.Org            `json:"organizationId"`
	BaselineID     id.Baseline       `json:"baselineId"`
	BaselineName   string            `json:"baselineName"`
	Differences    []DifferenceBody  `json:"differences"`
}

// DifferenceBody is one thing in which a client is not as its baseline wants.
// Expected and actual are true or false for settings, and for policies an object.
type DifferenceBody struct {
	Subject   baseline.Subject `json:"subject"`
	Expected  any              `json:"expected"`
	Actual    any              `json:"actual"`
	Fields    []string         `json:"fields"`
	Deviation *DeviationBody   `json:"deviation"`
}

type stateBody struct {
	Enabled bool             `json:"enabled"`
	Data    *json.RawMessage `json:"data"`
}

// DeviationBody is why an owner of a client wants something otherwise.
type DeviationBody struct {
	Subject baseline.Subject `json:"subject"`
	Reason  string           `json:"reason"`
	By      *string          `json:"by"`
	Date    wire.Date        `json:"date"`
}

// Drift gives how several clients stand.
func Drift(list []baseline.Standing) wire.List[StandingBody] {
	out := make([]StandingBody, len(list))
	for i, s := range list {
		out[i] = StandingBody{s.Client, s.Org, s.Baseline, s.Name, Differences(s.Differences)}
	}
	return wire.ListOf(out)
}

// Differences gives those of one client.
func Differences(list []baseline.Difference) []DifferenceBody {
	out := make([]DifferenceBody, len(list))
	for i, d := range list {
		out[i] = DifferenceBody{d.Subject, state(d.Subject, d.Expected), state(d.Subject, d.Actual), given(d.Fields), nil}
		if d.Deviation != nil {
			b := deviation(*d.Deviation)
			out[i].Deviation = &b
		}
	}
	return out
}

// Deviations gives what owners decided.
func Deviations(list []baseline.Deviation) []DeviationBody {
	out := make([]DeviationBody, len(list))
	for i, d := range list {
		out[i] = deviation(d)
	}
	return out
}

func state(of baseline.Subject, s baseline.State) any {
	if _, ok := of.Policy(); ok {
		return stateBody{s.Enabled, data(s.Data)}
	}
	return s.Enabled
}

func deviation(d baseline.Deviation) DeviationBody {
	return DeviationBody{d.Subject, d.Reason, text(d.By), wire.Date(d.At)}
}

// text gives null for what is not there.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// PlanBody is what applying a baseline would do.
type PlanBody struct {
	Object     string            `json:"object"`
	ClientID   id.ProviderClient `json:"clientId"`
	BaselineID id.Baseline       `json:"baselineId"`
	Changes    []PlannedBody     `json:"changes"`
}

// PlannedBody is one change of a plan.
type PlannedBody struct {
	Subject   baseline.Subject `json:"subject"`
	BlockedBy *string          `json:"blockedBy"`
	People    []PersonBody     `json:"people"`
}

// PersonBody is a member of a client whom a change hits.
type PersonBody struct {
	Name   *string       `json:"name"`
	Email  string        `json:"email"`
	Effect policy.Effect `json:"effect"`
}

// Plan gives a plan.
func Plan(p baseline.Plan) PlanBody {
	body := PlanBody{Object: "baselinePreview", ClientID: p.Client, BaselineID: p.Baseline, Changes: make([]PlannedBody, len(p.Changes))}
	for i, c := range p.Changes {
		people := make([]PersonBody, len(c.People))
		for j, a := range c.People {
			people[j] = PersonBody{text(a.Name), a.Email, a.Effect}
		}
		body.Changes[i] = PlannedBody{c.Subject, text(c.BlockedBy), people}
	}
	return body
}

// AppliedBody is what came of applying a baseline.
type AppliedBody struct {
	Object  string        `json:"object"`
	Changes []OutcomeBody `json:"changes"`
}

// OutcomeBody is what came of one subject.
type OutcomeBody struct {
	Subject baseline.Subject `json:"subject"`
	Error   *string          `json:"error"`
}

// Applied gives what came of it.
func Applied(list []baseline.Applied) AppliedBody {
	body := AppliedBody{Object: "baselineApplied", Changes: make([]OutcomeBody, len(list))}
	for i, a := range list {
		body.Changes[i] = OutcomeBody{a.Subject, text(a.Error)}
	}
	return body
}
