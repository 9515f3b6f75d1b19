package baseline

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Service keeps baselines.
type Service struct {
	DB       *db.DB
	Policies *policy.Service
	Tenants  *tenant.Service
}

// Baseline is one baseline of a provider.
type Baseline struct {
	ID          id.Baseline
	Name        string
	Description string
	Rank        int // of several that reach a client by its tags, the lowest governs
	MayDeviate  bool
	Settings    map[string]bool // those that matter, by name
	Policies    []Policy        // likewise, by type
	Clients     []id.ProviderClient
	Tags        []id.ProviderTag
	RevisedAt   time.Time
}

// Policy is what a baseline wants a policy to be, whole: also the members of the
// data that it does not name.
type Policy struct {
	Type    policy.Type
	Enabled bool
	Data    string // a JSON object, as policies have it
}

// Counted is a baseline with the clients that it governs and those of them that
// have drifted from it without an accepted reason.
type Counted struct {
	Baseline
	Governs int
	Drifted int
}

// List gives the baselines to the provider's staff and API keys, in their order.
// Of clients, and of their tags, they see those that they reach. A constant
// number of statements.
func (s *Service) List(ctx context.Context, user id.User, provider id.Provider) ([]Counted, error) {
	var out []Counted
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToFleet(ctx, tx, user, provider, false)
		if err != nil {
			return err
		}
		out, err = counts(ctx, tx, staff)
		return err
	})
	return out, err
}

func counts(ctx context.Context, tx *db.Tx, staff access.Staff) ([]Counted, error) {
	list, err := baselinesOf(ctx, tx, staff.Provider)
	if err != nil {
		return nil, err
	}
	if err := assignedTo(ctx, tx, staff, list); err != nil {
		return nil, err
	}
	standings, err := driftFrom(ctx, tx, staff, list)
	return counted(list, standings), err
}

func counted(list []Baseline, standings map[id.ProviderClient]Standing) []Counted {
	out := make([]Counted, len(list))
	at := map[id.Baseline]*Counted{}
	for i, b := range list {
		out[i] = Counted{Baseline: b}
		at[b.ID] = &out[i]
	}
	for _, s := range standings {
		c := at[s.Baseline]
		c.Governs++
		if s.Drift() > 0 {
			c.Drifted++
		}
	}
	return out
}

// byID finds a baseline among those of its provider.
func byID(list []Baseline) map[id.Baseline]Baseline {
	out := make(map[id.Baseline]Baseline, len(list))
	for _, b := range list {
		out[b.ID] = b
	}
	return out
}
