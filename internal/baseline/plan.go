package baseline

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
)

// Plan is what applying a baseline to a client would do.
type Plan struct {
	Client   id.ProviderClient
	Baseline id.Baseline
	Changes  []Planned // in the order in which they are made
}

// Planned is one change, and whom it hits.
type Planned struct {
	Subject   Subject
	BlockedBy string // why it would not be made; empty when it would
	People    []policy.Affected
}

// Preview tells what applying a baseline to a client would do, all of it or some
// subjects, and does nothing. An empty baseline stands for the one that governs the
// client.
func (s *Service) Preview(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient, which id.Baseline, subjects ...Subject) (Plan, error) {
	var out Plan
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		_, org, err := access.ToClient(ctx, tx, user, provider, client, false)
		if err != nil {
			return err
		}
		actor, err := access.Require(ctx, tx, user, org, access.ReadMembers) // whom it hits is told by name
		if err != nil {
			return err
		}
		b, standing, err := standingOf(ctx, tx, provider, client, which)
		if err != nil {
			return err
		}
		if err := b.decidesAll(subjects); err != nil {
			return err
		}
		out, err = plan(ctx, tx, actor, b.ID, standing.only(subjects))
		return err
	})
	return out, err
}

func plan(ctx context.Context, tx *db.Tx, actor access.Org, which id.Baseline, standing Standing) (Plan, error) {
	out := Plan{Client: standing.Client, Baseline: which, Changes: []Planned{}}
	steps, rest := steps(standing)
	previews, err := policy.PreviewAll(ctx, tx, actor, steps)
	if err != nil {
		return Plan{}, err
	}
	for i, p := range previews {
		out.Changes = append(out.Changes, Planned{PolicySubject(steps[i].Type), p.BlockedBy, p.People})
	}
	for _, d := range rest {
		out.Changes = append(out.Changes, Planned{Subject: d.Subject})
	}
	return out, nil
}

// steps gives the changes to policies that would end the drift, in an order in
// which none is in the way of another, and the differences in settings.
func steps(standing Standing) (policies []policy.Step, rest []Difference) {
	for _, d := range standing.Differences {
		if d.Deviation != nil {
			continue
		}
		t, ok := d.Subject.Policy()
		if !ok {
			rest = append(rest, d)
			continue
		}
		policies = append(policies, policy.Step{Type: t, Change: policy.Change{Enabled: d.Expected.Enabled, Data: []byte(d.Expected.Data)}})
	}
	return policy.InOrder(policies), rest
}

// standingOf reads how a client stands to a baseline of its provider, or when that
// is empty to the one that governs it.
func standingOf(ctx context.Context, tx *db.Tx, provider id.Provider, client id.ProviderClient, which id.Baseline) (Baseline, Standing, error) {
	list, err := baselinesOf(ctx, tx, provider)
	if err != nil {
		return Baseline{}, Standing{}, err
	}
	clients, err := governedBy(ctx, tx, provider, `pc.id = $2`, client)
	if err != nil {
		return Baseline{}, Standing{}, err
	}
	if len(clients) == 0 {
		return Baseline{}, Standing{}, fault.Absent()
	}
	known := byID(list)
	if which != "" {
		if _, ours := known[which]; !ours {
			return Baseline{}, Standing{}, fault.Absent()
		}
		clients[0].baseline = which
	}
	if clients[0].baseline == "" {
		return Baseline{}, Standing{}, fault.New(fault.Invalid, "No baseline governs this client. Assign one to it, or to one of its tags.")
	}
	standings, err := standingsOf(ctx, tx, provider, clients, known)
	return known[clients[0].baseline], standings[client], err
}
