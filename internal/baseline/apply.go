package baseline

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Applied is what came of one subject.
type Applied struct {
	Subject Subject
	Error   string // why it is not as the baseline wants; empty when it is
}

// Apply makes a client what the baseline wants that governs it: all of it, or
// some subjects. Each is saved by itself, as if somebody had done so, so that one
// that is refused keeps back none but those that depend on it. What an owner of
// the client decided otherwise is left alone.
func (s *Service) Apply(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient, subjects []Subject) ([]Applied, error) {
	var org id.Org
	var b Baseline
	var standing Standing
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		if _, org, err = access.ToClient(ctx, tx, user, provider, client, true); err != nil {
			return err
		}
		b, standing, err = standingOf(ctx, tx, provider, client, "")
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, subject := range subjects {
		if !b.decides(subject) {
			return nil, fault.Field("subjects", "The baseline of this client says nothing about one of these.")
		}
	}
	return s.carryOut(ctx, user, org, standing, subjects)
}

// decides tells whether a baseline says anything about a subject.
func (b Baseline) decides(subject Subject) bool {
	if t, ok := subject.Policy(); ok {
		return slices.ContainsFunc(b.Policies, func(p Policy) bool { return p.Type == t })
	}
	name, ok := subject.Setting()
	_, named := b.Settings[name]
	return ok && named
}

func (s *Service) carryOut(ctx context.Context, user id.User, org id.Org, standing Standing, chosen []Subject) ([]Applied, error) {
	wanted := func(subject Subject) bool { return len(chosen) == 0 || slices.Contains(chosen, subject) }
	out := []Applied{}
	note := func(subject Subject, err error) error {
		text := ""
		if err != nil {
			said, ok := sentence(err)
			if !ok {
				return err
			}
			text = said
		}
		out = append(out, Applied{subject, text})
		return nil
	}
	policies, rest := steps(standing)
	for _, step := range policies {
		if subject := PolicySubject(step.Type); wanted(subject) {
			_, err := s.Policies.Save(ctx, user, org, step.Type, step.Change)
			if err := note(subject, err); err != nil {
				return nil, err
			}
		}
	}
	for _, d := range rest {
		if wanted(d.Subject) {
			_, err := s.Tenants.SetRules(ctx, user, org, ruleOf(d))
			if err := note(d.Subject, err); err != nil {
				return nil, err
			}
		}
	}
	done := map[Subject]bool{}
	for _, a := range out {
		done[a.Subject] = true
	}
	return append(out, untouched(standing, chosen, done)...), nil
}

// ruleOf is the change that ends a difference in a setting.
func ruleOf(d Difference) tenant.NewRules {
	var out tenant.NewRules
	name, _ := d.Subject.Setting()
	for _, s := range settings {
		if s.name == name {
			s.given(&out, &d.Expected.Enabled)
		}
	}
	return out
}

// untouched answers for the chosen subjects to which nothing was done: they are as
// they should be, or an owner of the client decided otherwise.
func untouched(standing Standing, chosen []Subject, done map[Subject]bool) []Applied {
	var out []Applied
	for _, subject := range chosen {
		if done[subject] {
			continue
		}
		done[subject] = true
		a := Applied{Subject: subject}
		for _, d := range standing.Differences {
			if d.Subject == subject && d.Deviation != nil {
				a.Error = "An owner of the client decided to do otherwise: " + d.Deviation.Reason
			}
		}
		out = append(out, a)
	}
	return out
}
