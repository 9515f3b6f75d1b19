package baseline

import (
	"cmp"
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Standing is how a client stands to the baseline that governs it.
type Standing struct {
	Client      id.ProviderClient
	Org         id.Org
	Baseline    id.Baseline
	Name        string // of the baseline
	Differences []Difference
}

// Drift is how many differences nobody has accepted.
func (s Standing) Drift() int { return len(s.Differences) - s.Deviations() }

// Deviations is how many differences the client's owners decided on.
func (s Standing) Deviations() int {
	n := 0
	for _, d := range s.Differences {
		if d.Deviation != nil {
			n++
		}
	}
	return n
}

// Drift gives, to the provider's staff and API keys, how each of the governed
// clients stands that they reach. A constant number of statements.
func (s *Service) Drift(ctx context.Context, user id.User, provider id.Provider) ([]Standing, error) {
	var out []Standing
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToFleet(ctx, tx, user, provider, false)
		if err != nil {
			return err
		}
		standings, err := DriftOf(ctx, tx, staff)
		for _, s := range standings {
			out = append(out, s)
		}
		slices.SortFunc(out, func(a, b Standing) int { return cmp.Compare(a.Client, b.Client) })
		return err
	})
	return out, err
}

// DriftOf gives how the clients stand that the staff reaches; those that no
// baseline governs are not in it. Five statements, however many clients.
func DriftOf(ctx context.Context, tx *db.Tx, staff access.Staff) (map[id.ProviderClient]Standing, error) {
	list, err := baselinesOf(ctx, tx, staff.Provider)
	if err != nil {
		return nil, err
	}
	return driftFrom(ctx, tx, staff, list)
}

// driftFrom is DriftOf with the provider's baselines at hand.
func driftFrom(ctx context.Context, tx *db.Tx, staff access.Staff, list []Baseline) (map[id.ProviderClient]Standing, error) {
	clients, err := governedBy(ctx, tx, staff.Provider, staff.Reaches(2), staff.Reaching(tx)...)
	if err != nil {
		return nil, err
	}
	clients = slices.DeleteFunc(clients, func(g governed) bool { return g.baseline == "" })
	return standingsOf(ctx, tx, staff.Provider, clients, byID(list))
}

// governed is a client with the baseline that governs it; none when it is empty.
type governed struct {
	client   id.ProviderClient
	org      id.Org
	baseline id.Baseline
	rules    tenant.Rules
}

// governing is the baseline of a client pc: its own one, or the first of those of
// its tags.
const governing = `COALESCE(
	(SELECT bc.baseline_id FROM baseline_clients bc WHERE bc.provider_id = pc.provider_id AND bc.client_id = pc.id),
	(SELECT b.id FROM client_tags ct
		JOIN baseline_tags bt ON bt.provider_id = ct.provider_id AND bt.tag_id = ct.tag_id
		JOIN baselines b ON b.provider_id = bt.provider_id AND b.id = bt.baseline_id
		WHERE ct.provider_id = pc.provider_id AND ct.client_id = pc.id ORDER BY b.rank, b.id LIMIT 1))`

// governedBy reads the clients of a provider for which a condition on pc holds,
// also those without a baseline. Its parameters begin with the second.
func governedBy(ctx context.Context, tx *db.Tx, provider id.Provider, where string, args ...any) ([]governed, error) {
	return db.All(ctx, tx, func(r db.Row) (governed, error) {
		var g governed
		err := r.Scan(&g.client, &g.org, db.Opt(&g.baseline), &g.rules.LimitCollectionCreation, &g.rules.LimitCollectionDeletion,
			&g.rules.LimitItemDeletion, &g.rules.AdminsAccessAll)
		return g, err
	}, `SELECT pc.id, pc.org_id, `+governing+`, o.limit_collection_creation, o.limit_collection_deletion, o.limit_item_deletion, o.admins_access_all
		FROM provider_clients pc JOIN organizations o ON o.id = pc.org_id WHERE pc.provider_id = $1 AND `+where, append([]any{provider}, args...)...)
}

// standingsOf compares clients with their baselines. Two statements.
func standingsOf(ctx context.Context, tx *db.Tx, provider id.Provider, list []governed, baselines map[id.Baseline]Baseline) (map[id.ProviderClient]Standing, error) {
	orgs, clients := make([]id.Org, len(list)), make([]id.ProviderClient, len(list))
	for i, g := range list {
		orgs[i], clients[i] = g.org, g.client
	}
	policies, err := policy.InOrgs(ctx, tx, orgs)
	if err != nil {
		return nil, err
	}
	accepted, err := deviationsOf(ctx, tx, provider, clients)
	if err != nil {
		return nil, err
	}
	out := make(map[id.ProviderClient]Standing, len(list))
	for _, g := range list {
		b := baselines[g.baseline]
		differences, err := compare(b, policies[g.org], g.rules, accepted[g.client])
		if err != nil {
			return nil, err
		}
		out[g.client] = Standing{Client: g.client, Org: g.org, Baseline: b.ID, Name: b.Name, Differences: differences}
	}
	return out, nil
}
