package policy

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// decision is a change that may be made, and all that comes of it. Preview shows
// it, Save does it.
type decision struct {
	org   id.Org
	name  string   // of the organization
	saved Policy   // as it will be
	rows  []Policy // to write: saved, and those that follow from it
	hit   []affected
}

// facts are what decides, beside the rows themselves.
type facts struct {
	name   string
	plan   int
	proved int // domains
}

func factsOf(ctx context.Context, tx *db.Tx, organization id.Org) (facts, error) {
	return db.One(ctx, tx, func(r db.Row) (facts, error) {
		var f facts
		err := r.Scan(&f.name, &f.plan, &f.proved)
		return f, err
	}, `SELECT name, plan_type, (SELECT COUNT(*) FROM claimed_domains WHERE org_id = $1 AND verified_at IS NOT NULL)
		FROM organizations WHERE id = $1`, organization)
}

// scene is what a change meets.
type scene struct {
	facts facts
	rows  map[Type]Policy
	gone  map[id.Member]bool // whom a change before it would have revoked
}

func look(ctx context.Context, tx *db.Tx, organization id.Org) (scene, error) {
	s := scene{gone: map[id.Member]bool{}}
	var err error
	if s.facts, err = factsOf(ctx, tx, organization); err == nil {
		s.rows, err = rowsOf(ctx, tx, organization)
	}
	return s, err
}

// decide refuses a change, with a sentence, or tells what comes of it. At most
// four statements.
func decide(ctx context.Context, tx *db.Tx, actor access.Org, t Type, in Change) (decision, error) {
	if !t.Known() {
		return decision{}, fault.Absent()
	}
	s, err := look(ctx, tx, actor.ID)
	if err != nil {
		return decision{}, err
	}
	return s.decide(ctx, tx, actor, t, in)
}

func (s scene) decide(ctx context.Context, tx *db.Tx, actor access.Org, t Type, in Change) (decision, error) {
	text, err := parse(t, in.Enabled, in.Data)
	if err != nil {
		return decision{}, err
	}
	before := s.rows[t]
	if stale(in.LastKnown, before.RevisedAt) {
		return decision{}, fault.Field("lastKnownRevisionDate", "This policy was changed by somebody else meanwhile. Load it again, and make your change to what is there now.")
	}
	if err := allowed(t, in.Enabled, s.facts, s.rows); err != nil {
		return decision{}, err
	}
	saved := before
	saved.Enabled, saved.Data = in.Enabled, text
	d := decision{org: actor.ID, name: s.facts.name, saved: saved}
	if d.hit, err = s.consequences(ctx, tx, actor, before, saved); err != nil {
		return decision{}, err
	}
	more, err := inSync(saved, s.rows)
	for _, p := range append([]Policy{saved}, more...) {
		d.rows = append(d.rows, dated(tx, p))
	}
	d.saved = d.rows[0]
	return d, err
}

// stale compares at the precision that a client's dates have.
func stale(known, revised time.Time) bool {
	return !known.IsZero() && known.Truncate(time.Millisecond).Before(revised.Truncate(time.Millisecond))
}

// dated gives a row that is about to be written its id and dates. Clients see
// milliseconds, so the revision grows by at least one.
func dated(tx *db.Tx, p Policy) Policy {
	if p.ID == "" {
		p.ID, p.CreatedAt = id.New[id.Policy](), tx.Now
	}
	if next := p.RevisedAt.Add(time.Millisecond); next.After(tx.Now) {
		p.RevisedAt = next
	} else {
		p.RevisedAt = tx.Now
	}
	return p
}

// allowed holds a change to the rules between policies, and to the plan.
func allowed(t Type, on bool, f facts, rows map[Type]Policy) error {
	if !planHasPolicies(f.plan) {
		return fault.New(fault.Invalid, "This organization's plan has no policies. They come with the Enterprise plan.")
	}
	if !on {
		return mayTurnOff(t, f, rows)
	}
	for _, needed := range kinds[t].needs {
		if !rows[needed].Enabled {
			return fault.Newf(fault.Invalid, "The policy “%s” depends on “%s”. Turn that on first.", t, needed)
		}
	}
	if t == ClaimedDomains && f.proved == 0 {
		return fault.New(fault.Invalid, "This policy needs a domain that the organization has claimed. Claim one first.")
	}
	return nil
}

func mayTurnOff(t Type, f facts, rows map[Type]Policy) error {
	var dependents []Type
	for _, other := range Types() {
		for _, needed := range kinds[other].needs {
			if needed == t && rows[other].Enabled {
				dependents = append(dependents, other)
			}
		}
	}
	switch {
	case len(dependents) == 1:
		return fault.Newf(fault.Invalid, "The policy “%s” depends on “%s”. Turn it off first.", dependents[0], t)
	case len(dependents) > 1:
		return fault.Newf(fault.Invalid, "%d policies depend on “%s”. Turn them off first.", len(dependents), t)
	case t == SingleOrg && f.proved > 0:
		return fault.New(fault.Invalid, "This policy stays on while the organization has a claimed domain. Remove its domains first.")
	}
	return nil
}

// consequences are what a policy does to people at the moment it comes on.
func (s scene) consequences(ctx context.Context, tx *db.Tx, actor access.Org, before, after Policy) ([]affected, error) {
	starts, err := begins(before, after)
	k := kinds[after.Type]
	if err != nil || !starts || (k.hits == nil && k.forbids == nil) {
		return nil, err
	}
	people, err := peopleOf(ctx, tx, actor.ID)
	if err != nil {
		return nil, err
	}
	people = slices.DeleteFunc(people, func(p person) bool { return s.gone[p.Member] })
	if k.forbids != nil {
		if err := k.forbids(people); err != nil {
			return nil, err
		}
	}
	return affectedBy(after.Type, people, actor.User), nil
}

// begins tells whether a change brings what the type asks of people: mostly that
// it comes on, but account recovery asks nothing before it enrolls by itself.
func begins(before, after Policy) (bool, error) {
	if after.Type != AccountRecovery {
		return after.Enabled && !before.Enabled, nil
	}
	was, err := autoEnrolls(before)
	if err != nil {
		return false, err
	}
	is, err := autoEnrolls(after)
	return is && !was, err
}
