package tenant

import "github.com/kastellan/kastellan/internal/fault"

// Plan is what an organization is sold as, by its number on the wire. Clients
// match plans by their display names, so these must not change.
type Plan struct {
	Type int
	Name string
	Tier int // 2 teams, 3 enterprise
}

// Enterprise tells whether the plan has what only the larger one has: policies,
// account recovery, custom roles and claimed domains. Groups, events, the Public
// API and directory import are in both.
func (p Plan) Enterprise() bool { return p.Tier == 3 }

// The plans. Clients of a provider have a monthly one.
const (
	TeamsMonthly       = 17
	TeamsAnnually      = 18
	EnterpriseMonthly  = 19
	EnterpriseAnnually = 20
)

// Plans are all of them, the smaller ones first.
func Plans() []Plan {
	var out []Plan
	for number := TeamsMonthly; number <= EnterpriseAnnually; number++ {
		plan, _ := PlanOf(number)
		out = append(out, plan)
	}
	return out
}

// PlanOf finds a plan; an unknown number is not one.
func PlanOf(number int) (Plan, bool) {
	switch number {
	case TeamsMonthly:
		return Plan{number, "Teams (Monthly)", 2}, true
	case TeamsAnnually:
		return Plan{number, "Teams (Annually)", 2}, true
	case EnterpriseMonthly:
		return Plan{number, "Enterprise (Monthly)", 3}, true
	case EnterpriseAnnually:
		return Plan{number, "Enterprise (Annually)", 3}, true
	}
	return Plan{}, false
}

// MaxSeats bounds the seats of one organization.
const MaxSeats = 1_000_000

func checkSeats(seats int) error {
	if seats < 1 || seats > MaxSeats {
		return fault.Field("seats", "An organization needs at least one seat.")
	}
	return nil
}
