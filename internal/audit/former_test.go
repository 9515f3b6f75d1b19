package audit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

func TestAClientNamedTwiceIsReadOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		link := id.ProviderClient(dbtest.Value[string](t, d, `SELECT id FROM provider_clients WHERE org_id = $1`, w.org))
		want := w.fleet(t, "boss", audit.FleetQuery{Clients: []id.ProviderClient{link}})
		if diff := cmp.Diff(want, w.fleet(t, "boss", audit.FleetQuery{Clients: []id.ProviderClient{link, link}})); diff != "" {
			t.Errorf("named twice (-once +twice):\n%s", diff)
		}
	})
}

// What the people of another provider did in a client before stays in its log;
// who they are is not told to the next one.
func TestThePeopleOfAFormerProviderAreNotNamed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		former := dbtest.Provider(t, d, 2)
		w.act(t, d, "stranger", event.Event{Type: event.OrgAccessedByProvider, Org: w.org, Provider: former})
		got := w.fleet(t, "boss", audit.FleetQuery{Types: []event.Type{event.OrgAccessedByProvider}})
		if diff := cmp.Diff([]brief{{Type: event.OrgAccessedByProvider, Client: "Meadow Bakery"}}, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}
