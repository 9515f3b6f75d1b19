package provider_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

func TestASuspendedProvider(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 1)
		set := func(enabled bool) error { return f.s.SetEnabled(t.Context(), f.p, enabled) }
		before := f.revised(f.tech)
		fine(t, "resume what runs", set(true))
		if f.revised(f.tech) != before {
			t.Error("apps are told of nothing")
		}
		fine(t, "suspend", set(false))
		_, err := f.s.ListClients(as(t, f.admin), f.admin, f.p)
		absent(t, "clients of a suspended provider", err)
		if p, err := f.s.Find(as(t, f.admin), f.admin, f.p); err != nil || p.Enabled {
			t.Errorf("the record for its admin: %+v, %v", p, err)
		}
		_, err = f.s.Find(as(t, f.tech), f.tech, f.p)
		absent(t, "the record for a service user", err)
		if f.revised(f.tech) <= before {
			t.Error("its people do not hear of it")
		}
		if !dbtest.Value[bool](t, d, `SELECT enabled FROM organizations WHERE id = $1`, f.orgs[0]) {
			t.Error("the client is shut out with its provider")
		}
		fine(t, "resume", set(true))
		if got := f.reached(f.tech); len(got) != 1 {
			t.Errorf("reaches %v", got)
		}
		absent(t, "an unknown provider", f.s.SetEnabled(t.Context(), id.New[id.Provider](), false))
		refused(t, "one that waits to be set up", f.s.SetEnabled(t.Context(), dbtest.Provider(t, d, 0), false), "set up")
	})
}
