package audit_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// brief is an entry as this test looks at it.
type brief struct {
	Type                            event.Type
	Client, Acting, ActingMail, Key string
	About, AboutMail                string
}

func (w town) fleet(t *testing.T, as string, q audit.FleetQuery) []brief {
	t.Helper()
	page, err := w.audit.OfFleet(t.Context(), w.who[as], w.provider, q)
	if err != nil {
		t.Fatal(err)
	}
	out := []brief{}
	for _, e := range page.Entries {
		out = append(out, brief{Type: e.Type, Client: e.ClientName, Acting: e.ActingName.Name, ActingMail: e.ActingName.Email,
			Key: e.KeyName, About: e.UserName.Name, AboutMail: e.UserName.Email})
	}
	slices.SortFunc(out, func(a, b brief) int { return int(a.Type - b.Type) })
	return out
}

func person(name string) string { return "Person " + name + "@example.com" }

func TestTheFleetsLogIsOneStream(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		link := id.ProviderClient(dbtest.Value[string](t, d, `SELECT id FROM provider_clients WHERE org_id = $1`, w.org))
		second := dbtest.Org(t, d, dbtest.Columns{"name": "Mill Lane Dairy"})
		secondLink := dbtest.Client(t, d, w.provider, second)
		former := dbtest.Org(t, d, dbtest.Columns{"name": "Former"})
		w.act(t, d, "service", event.Event{Type: event.OrgAccessedByProvider, Org: second, Provider: w.provider},
			event.Event{Type: event.ClientAccessed, Provider: w.provider, ProviderClient: secondLink},
			event.Event{Type: event.MemberRemoved, Org: former, Provider: w.provider})
		key := id.New[id.ProviderKey]()
		dbtest.Row(t, d, "provider_keys", dbtest.Columns{"provider_id": w.provider, "id": key, "name": "Reports", "secret_hash": "-", "all_clients": true, "may_write": false, "created_at": 1})
		byKey := reqctx.WithActor(t.Context(), reqctx.Actor{Provider: w.provider, ProviderKey: key})
		if err := d.Update(byKey, func(tx *db.Tx) error {
			return event.Append(byKey, tx, event.Event{Type: event.MemberRevoked, Org: second, Provider: w.provider, User: w.who["user"]})
		}); err != nil {
			t.Fatal(err)
		}
		service, serviceMail := person("service"), "service@example.com"
		viewed := brief{Type: 1101, Client: "Meadow Bakery", Acting: person("user"), ActingMail: "user@example.com"}
		invited := brief{Type: 1500, Client: "Meadow Bakery", Acting: service, ActingMail: serviceMail}
		removed := brief{Type: 1503, Acting: service, ActingMail: serviceMail} // of a client that is none any more
		revoked := brief{Type: 1511, Client: "Mill Lane Dairy", Key: "Reports", About: person("user"), AboutMail: "user@example.com"}
		opened := brief{Type: 1603, Client: "Mill Lane Dairy", Acting: service, ActingMail: serviceMail}
		hired := brief{Type: 1800, Acting: person("boss"), ActingMail: "boss@example.com"}
		entered := brief{Type: 1903, Client: "Mill Lane Dairy", Acting: service, ActingMail: serviceMail}
		for _, v := range []struct {
			name string
			q    audit.FleetQuery
			want []brief
		}{
			{"everything, once", audit.FleetQuery{}, []brief{viewed, invited, removed, revoked, opened, hired, entered}},
			{"one client", audit.FleetQuery{Clients: []id.ProviderClient{link}}, []brief{viewed, invited}},
			{"another client", audit.FleetQuery{Clients: []id.ProviderClient{secondLink}}, []brief{revoked, opened, entered}},
			{"both", audit.FleetQuery{Clients: []id.ProviderClient{link, secondLink}}, []brief{viewed, invited, revoked, opened, entered}},
			{"person", audit.FleetQuery{Query: audit.Query{Acting: w.who["service"]}}, []brief{invited, removed, opened, entered}},
			{"family", audit.FleetQuery{Query: audit.Query{Categories: []event.Category{"member"}}}, []brief{invited, removed, revoked}},
			{"kinds", audit.FleetQuery{Types: []event.Type{1603, 1800}}, []brief{opened, hired}},
			{"family and kind", audit.FleetQuery{Query: audit.Query{Categories: []event.Category{"item"}}, Types: []event.Type{1603}}, []brief{viewed, opened}},
			{"another time", audit.FleetQuery{Query: audit.Query{Start: time.Unix(0, 0), End: time.Unix(1, 0)}}, []brief{}},
			{"all at once", audit.FleetQuery{
				Query: audit.Query{Acting: w.who["service"], Categories: []event.Category{"organization"}}, Clients: []id.ProviderClient{secondLink},
			}, []brief{opened}},
		} {
			if diff := cmp.Diff(v.want, w.fleet(t, "boss", v.q)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", v.name, diff)
			}
		}
		for name, user := range w.who {
			if _, err := w.audit.OfFleet(t.Context(), user, w.provider, audit.FleetQuery{}); name != "boss" && !fault.Is(err, fault.NotFound) {
				t.Errorf("as %s: %v, want absent", name, err)
			}
		}
		other := dbtest.Provider(t, d, 2)
		foreign := dbtest.Client(t, d, other, w.foreign)
		for name, clients := range map[string][]id.ProviderClient{"foreign": {foreign}, "mixed": {link, foreign}, "no": {id.New[id.ProviderClient]()}} {
			if _, err := w.audit.OfFleet(t.Context(), w.who["boss"], w.provider, audit.FleetQuery{Clients: clients}); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s client: %v, want absent", name, err)
			}
		}
		dbtest.Exec(t, d, `UPDATE providers SET enabled = FALSE WHERE id = $1`, w.provider)
		if _, err := w.audit.OfFleet(t.Context(), w.who["boss"], w.provider, audit.FleetQuery{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("disabled provider: %v, want absent", err)
		}
	})
}

// One bulk act writes entries of one moment into many logs, and while somebody
// turns the pages more come in.
func TestPagesOfTheFleetLoseAndRepeatNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.UnixMicro(1_700_000_000_000_000).UTC()
		d.Now = func() time.Time { return now }
		w := build(t, d)
		orgs := []id.Org{w.org}
		for range 70 {
			org := dbtest.Org(t, d, nil)
			dbtest.Client(t, d, w.provider, org)
			orgs = append(orgs, org)
		}
		var list []event.Event
		for i := range 500 { // three moments; one log has a great many, some have one
			org := orgs[i%len(orgs)]
			if i%3 == 0 {
				org = orgs[1]
			}
			e := event.Event{Type: event.OrgUpdated, Org: org, At: now.Add(-time.Duration(i/200) * time.Second)}
			if i%5 == 0 {
				e.Provider = w.provider // stands in the provider's log too
			}
			list = append(list, e)
		}
		w.act(t, d, "service", list...)
		want := map[id.Event]int{}
		for _, e := range w.ids(t, d) {
			want[e] = 1
		}
		got := map[id.Event]int{}
		var last event.Cursor
		for q, pages := (audit.FleetQuery{}), 0; ; pages++ {
			page, err := w.audit.OfFleet(t.Context(), w.who["boss"], w.provider, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range page.Entries {
				got[e.ID]++
				if last.ID != "" && (e.At.After(last.At) || (e.At.Equal(last.At) && e.ID > last.ID)) {
					t.Errorf("%s stands after %s", e.ID, last.ID)
				}
				last = event.Cursor{At: e.At, ID: e.ID}
			}
			if page.Next.ID == "" {
				if wantPages := (len(want) - 1) / event.PageSize; pages != wantPages {
					t.Errorf("%d pages, want %d", pages+1, wantPages+1)
				}
				break
			}
			now = now.Add(time.Second)
			w.act(t, d, "user", event.Event{Type: event.OrgPurged, Org: orgs[pages]})
			q.After = page.Next
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("how often each entry was listed (-want +got):\n%s", diff)
		}
	})
}

// ids are the entries that the stream must have: all of the clients' logs, and
// those of the provider's that stand nowhere else.
func (w town) ids(t *testing.T, d *db.DB) []id.Event {
	t.Helper()
	var out []id.Event
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		out, err = db.All(t.Context(), tx, db.Value[id.Event], `SELECT id FROM events WHERE tenant_id IN (SELECT org_id FROM provider_clients WHERE provider_id = $1)
			OR (tenant_id = $1 AND org_id IS NULL)`, w.provider)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTheFleetsLogCostsAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		for _, clients := range []int{0, 200} {
			for i := range clients {
				org := dbtest.Org(t, d, dbtest.Columns{"name": fmt.Sprint("Client ", i)})
				dbtest.Client(t, d, w.provider, org)
				w.act(t, d, "user", event.Event{Type: event.OrgUpdated, Org: org})
			}
			var count atomic.Int64
			_, err := w.audit.OfFleet(db.CountStatements(t.Context(), &count), w.who["boss"], w.provider, audit.FleetQuery{})
			if err != nil || count.Load() != 5 {
				t.Errorf("%d clients more: %v, %d statements, want 5", clients, err, count.Load())
			}
		}
	})
}
