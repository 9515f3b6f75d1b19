package event_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// fleetOf writes the logs of many clients, each with as many entries of the last
// weeks, a tenth of them by the provider's people.
func fleetOf(t testing.TB, d *db.DB, clients, entries int) event.Fleet {
	t.Helper()
	f := event.Fleet{Provider: id.New[id.Provider]()}
	now := time.Now().UTC()
	for range clients {
		f.Orgs = append(f.Orgs, id.New[id.Org]())
	}
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		var list []event.Event
		for n, org := range f.Orgs {
			for i := range entries {
				e := event.Event{Type: event.CipherUpdated, Org: org, At: now.Add(-time.Duration(i*clients+n) * time.Second)}
				if i%10 == 0 {
					e.Type, e.Provider = event.OrgAccessedByProvider, f.Provider
				}
				list = append(list, e)
				if i%10 == 1 {
					list = append(list, event.Event{Type: event.ClientAccessed, Provider: f.Provider, At: e.At})
				}
			}
		}
		return event.Append(t.Context(), tx, list...)
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The page of a fleet is found by the key of each log. A plan that reads whole
// logs, or sorts them, would still give the right page.
func TestBothPlannersReadTheEndsOfLogsOnly(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		fleet := fleetOf(t, d, 40, 500)
		for _, analyzed := range []bool{false, true} {
			if analyzed {
				dbtest.Exec(t, d, `ANALYZE events`)
			}
			for _, after := range []event.Cursor{{}, {At: time.Now().Add(-time.Hour), ID: id.New[id.Event]()}} {
				plans := explain(t, d, fleet, event.Filter{From: time.Now().Add(-720 * time.Hour), To: time.Now(), After: after})
				if strings.Contains(plans, "SCAN events") || strings.Contains(plans, "Seq Scan on events") || strings.Contains(plans, "Bitmap") {
					t.Errorf("analyzed %v, cursor %v: whole logs are read:\n%s", analyzed, after.ID != "", plans)
				}
			}
		}
	})
}

func explain(t *testing.T, d *db.DB, fleet event.Fleet, f event.Filter) string {
	t.Helper()
	var out strings.Builder
	err := d.View(t.Context(), func(tx *db.Tx) error {
		newest, entries, args := event.FleetStatements(tx, fleet, f)
		for _, statement := range []string{newest, entries} {
			err := db.Each(t.Context(), tx, func(r db.Row) error {
				var line string
				var unused [3]any
				to := db.By("1", "").In(tx)
				if to == "" {
					err := r.Scan(&line)
					fmt.Fprintln(&out, line)
					return err
				}
				err := r.Scan(&unused[0], &unused[1], &unused[2], &line)
				fmt.Fprintln(&out, line)
				return err
			}, db.By("EXPLAIN QUERY PLAN ", "EXPLAIN ").In(tx)+statement, args...)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// BenchmarkFleet reads a page of one client's log and the provider's, and of those
// of a thousand clients.
func BenchmarkFleet(b *testing.B) {
	for _, clients := range []int{1, 1000} {
		b.Run(fmt.Sprintf("sqlite/%d", clients), func(b *testing.B) { page(b, dbtest.SQLite(b), clients) })
		b.Run(fmt.Sprintf("postgres/%d", clients), func(b *testing.B) {
			d, err := db.Open(b.Context(), dbtest.PostgresURL(b))
			if err != nil {
				b.Fatal(err)
			}
			defer d.Close()
			if _, err := d.Migrate(b.Context()); err != nil {
				b.Fatal(err)
			}
			page(b, d, clients)
		})
	}
}

func page(b *testing.B, d *db.DB, clients int) {
	fleet := fleetOf(b, d, clients, 100_000/max(clients, 100))
	dbtest.Exec(b, d, `ANALYZE events`)
	f := event.Filter{From: time.Now().Add(-720 * time.Hour), To: time.Now().Add(time.Hour)}
	for b.Loop() {
		err := d.View(b.Context(), func(tx *db.Tx) error {
			got, err := event.ReadFleet(b.Context(), tx, fleet, f)
			if err == nil && len(got.Entries) != event.PageSize {
				b.Fatalf("%d entries", len(got.Entries))
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
