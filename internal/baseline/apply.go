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
	if err := b.decidesAll(subjects); err != nil {
		return nil, err
	}
	done, err := s.carryOut(ctx, user, org, standing.only(subjects))
	if err != nil {
		return nil, err
	}
	return append(done, untouched(standing, subjects, done)...), nil
}

// only keeps of the differences those in the chosen subjects; all when none is.
func (s Standing) only(chosen []Subject) Standing {
	if len(chosen) > 0 {
		s.Differences = slices.DeleteFunc(slices.Clone(s.Differences), func(d Difference) bool { return !slices.Contains(chosen, d.Subject) })
	}
	return s
}

// decidesAll refuses subjects about which a baseline says nothing.
func (b Baseline) decidesAll(subjects []Subject) error {
	for _, subject := range subjects {
		if !b.decides(subject) {
			return fault.Field("subjects", "The baseline of this client says nothing about one of these.")
		}
	}
	return nil
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

// carryOut ends the differences, one after another.
func (s *Service) carryOut(ctx context.Context, user id.User, org id.Org, standing Standing) ([]Applied, error) {
	out := []Applied{}
	note := func(subject Subject, err error) error {
		text, ok := sentence(err)
		if !ok {
			return err
		}
		out = append(out, Applied{subject, text})
		return nil
	}
	policies, rest := steps(standing)
	for _, step := range policies {
		_, err := s.Policies.Save(ctx, user, org, step.Type, step.Change)
		if err := note(PolicySubject(step.Type), err); err != nil {
			return nil, err
		}
	}
	for _, d := range rest {
		_, err := s.Tenants.SetRules(ctx, user, org, ruleOf(d))
		if err := note(d.Subject, err); err != nil {
			return nil, err
		}
	}
	return out, nil
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
func untouched(standing Standing, chosen []Subject, done []Applied) []Applied {
	var out []Applied
	answered := map[Subject]bool{}
	for _, a := range done {
		answered[a.Subject] = true
	}
	for _, subject := range chosen {
		if answered[subject] {
			continue
		}
		answered[subject] = true
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
