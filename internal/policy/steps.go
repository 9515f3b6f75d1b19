package policy

import (
	"cmp"
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
)

// Step is one of several changes to an organization that are made one after
// another.
type Step struct {
	Type Type
	Change
}

// InOrder sorts changes so that none is refused because of another: what comes
// off goes before what it depended on, and what comes on after it.
func InOrder(steps []Step) []Step {
	out := slices.Clone(steps)
	slices.SortStableFunc(out, func(a, b Step) int { return cmp.Compare(a.place(), b.place()) })
	return out
}

func (s Step) place() int {
	if s.Enabled {
		return depth(s.Type)
	}
	return -1 - depth(s.Type)
}

// depth is how many policies have to be on, one after another, for a type.
func depth(t Type) int {
	most := 0
	for _, needed := range kinds[t].needs {
		most = max(most, 1+depth(needed))
	}
	return most
}

// PreviewAll tells what saving several changes one after another would do, each
// after those before it that can be made, and does nothing. It leaves it to the
// caller who may ask.
func PreviewAll(ctx context.Context, tx *db.Tx, actor access.Org, steps []Step) ([]Preview, error) {
	s, err := look(ctx, tx, actor.ID)
	if err != nil {
		return nil, err
	}
	out := make([]Preview, len(steps))
	for i, step := range steps {
		d, err := s.decide(ctx, tx, actor, step.Type, step.Change)
		if fault.Is(err, fault.Invalid) {
			out[i].BlockedBy = err.Error()
			continue
		}
		if err != nil {
			return nil, err
		}
		out[i] = previewOf(d)
		s.add(d)
	}
	return out, nil
}

// add makes the scene what it is after a change.
func (s scene) add(d decision) {
	for _, p := range d.rows {
		s.rows[p.Type] = p
	}
	for _, a := range d.hit {
		if a.Effect == Revoked {
			s.gone[a.Member] = true
		}
	}
}

func previewOf(d decision) Preview {
	var out Preview
	for _, a := range d.hit {
		out.People = append(out.People, Affected{a.Member, a.Name, a.Email, a.Effect})
	}
	return out
}
