package baseline

import (
	"context"
	"slices"
	"strings"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

const maxReason = 500

// View is what a client's own people are told of the baseline that governs their
// organization.
type View struct {
	Governed    bool
	Provider    string // its name
	Name        string
	Description string
	MayDeviate  bool
	Differences []Difference
	Deviations  []Deviation // on what the baseline decides, also where nothing differs now
}

// link is an organization as a client.
type link struct {
	provider id.Provider
	client   id.ProviderClient
	name     string // of the provider
}

// Find tells those who manage an organization's policies what governs them.
func (s *Service) Find(ctx context.Context, user id.User, org id.Org) (View, error) {
	var out View
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, access.ManagePolicies); err != nil {
			return err
		}
		var err error
		out, err = viewOf(ctx, tx, org)
		return err
	})
	return out, err
}

// Deviate keeps why an owner of a client wants something otherwise than its
// baseline. It changes nothing else: the owner sets it as they like.
func (s *Service) Deviate(ctx context.Context, user id.User, org id.Org, subject Subject, reason string) (View, error) {
	return s.decide(ctx, user, org, subject, func(tx *db.Tx, l link) error {
		b, _, err := standingOf(ctx, tx, l.provider, l.client, "")
		if fault.Is(err, fault.Invalid) || (err == nil && !b.decides(subject)) {
			return fault.Absent()
		}
		if err != nil {
			return err
		}
		if !b.MayDeviate {
			return fault.New(fault.Invalid, "Your provider wants every client to keep to this baseline. Ask them if you need something else.")
		}
		text, err := paragraph("reason", reason, maxReason)
		if err != nil {
			return err
		}
		if text == "" {
			return fault.Field("reason", "Say why, so that your provider knows.")
		}
		return saveDeviation(ctx, tx, l, subject, text, user)
	})
}

// EndDeviation takes such a decision back. What differs is drift again.
func (s *Service) EndDeviation(ctx context.Context, user id.User, org id.Org, subject Subject) (View, error) {
	return s.decide(ctx, user, org, subject, func(tx *db.Tx, l link) error {
		return removeDeviation(ctx, tx, l, subject)
	})
}

// decide runs an owner's decision, which both logs have.
func (s *Service) decide(ctx context.Context, user id.User, org id.Org, subject Subject, act func(tx *db.Tx, l link) error) (View, error) {
	var out View
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.ToOrg(ctx, tx, user, org)
		if err != nil {
			return err
		}
		if !actor.MayDeviate() {
			return fault.Absent()
		}
		l, err := linkOf(ctx, tx, org)
		if err != nil {
			return err
		}
		if err := act(tx, l); err != nil {
			return err
		}
		if err := logDecision(ctx, tx, l, org, subject); err != nil {
			return err
		}
		out, err = viewOf(ctx, tx, org)
		return err
	})
	return out, err
}

// logDecision writes into the organization's log and its provider's.
func logDecision(ctx context.Context, tx *db.Tx, l link, org id.Org, subject Subject) error {
	e := event.Event{Type: event.OrgUpdated, Org: org, Provider: l.provider}
	if t, ok := subject.Policy(); ok {
		e.Type = event.PolicyUpdated
		row, err := policyRow(ctx, tx, org, t)
		if err != nil {
			return err
		}
		e.Policy = row
	}
	return event.Append(ctx, tx, e)
}

func viewOf(ctx context.Context, tx *db.Tx, org id.Org) (View, error) {
	l, err := linkOf(ctx, tx, org)
	if fault.Is(err, fault.NotFound) {
		return View{}, nil
	}
	if err != nil {
		return View{}, err
	}
	b, standing, err := standingOf(ctx, tx, l.provider, l.client, "")
	if fault.Is(err, fault.Invalid) {
		return View{Provider: l.name}, nil
	}
	if err != nil {
		return View{}, err
	}
	out := View{
		Governed: true, Provider: l.name, Name: b.Name, Description: b.Description, MayDeviate: b.MayDeviate, Differences: standing.Differences,
	}
	kept, err := deviationsOf(ctx, tx, l.provider, []id.ProviderClient{l.client})
	for _, d := range kept[l.client] {
		if b.decides(d.Subject) {
			out.Deviations = append(out.Deviations, d)
		}
	}
	slices.SortFunc(out.Deviations, func(a, b Deviation) int { return strings.Compare(string(a.Subject), string(b.Subject)) })
	return out, err
}
