package policy

import (
	"sync"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/org"
)

// TestNobodySlipsIn joins another organization in the moment in which the first
// one wants to be the only one.
func TestNobodySlipsIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for range 12 {
			w := newWorld(t, d)
			user, here := w.person(w.org, access.User, org.Confirmed)
			other := dbtest.Org(t, d, nil)
			there := w.join(other, user, access.User, org.Invited)
			var save, join error
			var both sync.WaitGroup
			both.Go(func() { _, save = w.s.Save(as(t, w.owner), w.owner, w.org, SingleOrg, Change{Enabled: true}) })
			both.Go(func() {
				join = d.Update(t.Context(), func(tx *db.Tx) error {
					reason, err := CheckJoin(t.Context(), tx, other, user, access.User)
					if err != nil {
						return err
					}
					if reason != "" {
						return fault.New(fault.Invalid, reason)
					}
					return org.Accept(t.Context(), tx, other, there, user)
				})
			})
			both.Wait()
			w.fine("save", save)
			first, _ := w.status(here)
			second, _ := w.status(there)
			if join == nil && (first != -1 || second != 1) {
				t.Fatalf("joined, and is %d here and %d there", first, second)
			}
			if join != nil && (first != 2 || second != 0) {
				t.Fatalf("refused with %v, and is %d here and %d there", join, first, second)
			}
		}
	})
}
