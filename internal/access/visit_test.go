package access_test

import (
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

func TestAVisitIsNotedOnceInAnHour(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Now().UTC()
		d.Now = func() time.Time { return now }
		org, other, provider := dbtest.Org(t, d, nil), dbtest.Org(t, d, nil), dbtest.Provider(t, d, 2)
		link := dbtest.Client(t, d, provider, org)
		dbtest.Client(t, d, provider, other)
		visits := func() int {
			return dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE type = 1603 AND tenant_id = org_id`)
		}
		visit := func(o access.Org, want int, what string) {
			t.Helper()
			actor := reqctx.Actor{User: o.User}
			if o.ByProviderKey {
				actor = reqctx.Actor{Provider: o.Provider, ProviderKey: id.ProviderKey(o.User)}
				o.User = access.ProviderKey
			}
			if err := access.NoteVisit(reqctx.WithActor(t.Context(), actor), d, o); err != nil {
				t.Fatal(err)
			}
			if got := visits(); got != want {
				t.Errorf("%s: %d visits are noted, want %d", what, got, want)
			}
		}
		anna := access.Org{ID: org, User: "anna", Provider: provider}
		visit(access.Org{ID: org, User: "mia", Member: "m"}, 0, "a member")
		visit(access.Org{ID: org, User: "mia", Member: "m", Provider: provider}, 0, "a member who is staff too")
		visit(anna, 1, "the first")
		visit(anna, 1, "again")
		now = now.Add(59 * time.Minute)
		visit(anna, 1, "an hour later, nearly")
		visit(access.Org{ID: org, User: "ben", Provider: provider}, 2, "another person")
		visit(access.Org{ID: other, User: "anna", Provider: provider}, 3, "another client")
		visit(access.Org{ID: org, User: "k1", Provider: provider, ByProviderKey: true}, 4, "a program")
		visit(access.Org{ID: org, User: "k1", Provider: provider, ByProviderKey: true}, 4, "the program again")
		visit(access.Org{ID: org, User: "k2", Provider: provider, ByProviderKey: true}, 5, "another program")
		now = now.Add(2 * time.Minute)
		visit(anna, 6, "after the hour")
		for query, want := range map[string]int{
			`SELECT COUNT(*) FROM events WHERE type = 1603 AND tenant_id = provider_id`:                                                 6,
			`SELECT COUNT(*) FROM events WHERE type = 1903 AND tenant_id = provider_id`:                                                 6,
			`SELECT COUNT(*) FROM events WHERE type = 1903 AND provider_client_id = '` + string(link) + `' AND acting_user_id = 'anna'`: 2,
		} {
			if got := dbtest.Value[int](t, d, query); got != want {
				t.Errorf("%s: %d, want %d", query, got, want)
			}
		}
		dbtest.Exec(t, d, `DELETE FROM provider_clients WHERE org_id = $1`, other)
		err := access.NoteVisit(t.Context(), d, access.Org{ID: other, User: "ben", Provider: provider})
		if !fault.Is(err, fault.NotFound) {
			t.Errorf("a client that was unlinked meanwhile: %v, want absent", err)
		}
	})
}
