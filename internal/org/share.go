package org

import (
	"slices"
	"strings"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

const msgOwnCollection = "You cannot give collections to yourself in this organization, nor take them from yourself."

// giving is an actor who decides which collections one member, or one group, has.
type giving struct {
	known map[id.Collection]access.Collection // all of the organization
	may   func(access.Collection) bool        // the actor may give and take this one
	// self says that the actor would give to themselves, and is kept out of items:
	// they get no more than what they control already. Nor do they lose any, for a
	// row of one's own may close what a group opens.
	self bool
}

// shift is what to do to come from some shares to others.
type shift struct {
	gone    []id.Collection // rows to delete
	give    []Access        // rows to write after that
	all     []Access        // what is there in the end, by collection
	changed []id.Collection
}

// change finds out what to do so that these shares replace those before. Clients
// send all rows that they were shown, also of collections that the actor may only
// look at: those are let stand, and new ones are absent to the actor.
func (g giving) change(before, shares []Access) (shift, error) {
	had, after := map[id.Collection]Access{}, map[id.Collection]Access{}
	for _, a := range before {
		had[a.Collection] = a
	}
	for _, a := range shares {
		c, ok := g.known[a.Collection]
		old, there := had[a.Collection]
		switch {
		case !ok || (!g.may(c) && !there):
			return shift{}, fault.Absent()
		case !g.may(c):
			a = old
		}
		if err := a.check(); err != nil {
			return shift{}, err
		}
		if _, again := after[a.Collection]; !again {
			after[a.Collection] = a
		}
	}
	for c, old := range had {
		if _, stays := after[c]; !stays && !g.may(g.known[c]) {
			after[c] = old
		}
	}
	return g.between(had, after)
}

func (g giving) between(had, after map[id.Collection]Access) (shift, error) {
	var out shift
	for c, old := range had {
		if after[c] != old {
			out.gone, out.changed = append(out.gone, c), append(out.changed, c)
		}
	}
	for c, a := range after {
		out.all = append(out.all, a)
		if a != had[c] {
			out.give, out.changed = append(out.give, a), append(out.changed, c)
		}
	}
	out.changed = unique(out.changed)
	for _, c := range out.changed {
		if g.self && !g.known[c].Manages {
			return out, fault.New(fault.Forbidden, msgOwnCollection)
		}
	}
	slices.SortFunc(out.all, func(a, b Access) int { return strings.Compare(string(a.Collection), string(b.Collection)) })
	return out, nil
}
