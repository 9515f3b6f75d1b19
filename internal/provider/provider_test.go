package provider_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

var (
	type2 = "2." + strings.Repeat("A", 22) + "==|" + strings.Repeat("A", 43) + "=|" + strings.Repeat("A", 43) + "="
	type4 = "4." + strings.Repeat("A", 342) + "=="
	edit  = provider.Edit{Name: "Lighthouse IT", BusinessName: "Lighthouse IT Ltd", BillingEmail: "Billing@example.com"}
)

func service(t *testing.T, d *db.DB) *provider.Service {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	return &provider.Service{DB: d, Tokens: keeper}
}

func as(t *testing.T, user id.User) context.Context {
	t.Helper()
	return reqctx.WithActor(t.Context(), reqctx.Actor{User: user})
}

func fine(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

func absent(t *testing.T, what string, err error) {
	t.Helper()
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("%s: %v, want absent", what, err)
	}
}

func refused(t *testing.T, what string, err error, says string) {
	t.Helper()
	if (!fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Forbidden)) || !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %v, want a refusal that says %q", what, err, says)
	}
}

func TestTheFirstRunHasOneLinkUntilSomebodyCame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		first, ok, err := s.PendingForFirstRun(t.Context())
		if err != nil || !ok {
			t.Fatalf("first run: %v, %v", ok, err)
		}
		again, ok, err := s.PendingForFirstRun(t.Context())
		if err != nil || !ok || again.Provider != first.Provider {
			t.Errorf("second run: %+v, %v, %v; want the same provider", again, ok, err)
		}
		u, err := url.Parse(first.URL("http://localhost:8080/"))
		if err != nil || !strings.HasPrefix(u.Fragment, "/providers/setup-provider?providerId="+string(first.Provider)+"&token=") {
			t.Errorf("link: %s, %v", u, err)
		}
		if _, err := s.CreatePending(t.Context(), "boss@example.com"); err != nil {
			t.Fatal(err)
		}
		if again, _, _ := s.PendingForFirstRun(t.Context()); again.Provider != first.Provider {
			t.Error("a provider that is bound to an address took the place of the first one")
		}
		dbtest.Account(t, d, "a@example.com")
		if _, ok, err := s.PendingForFirstRun(t.Context()); ok || err != nil {
			t.Errorf("with an account: %v, %v; want no link", ok, err)
		}
	})
}

func TestSetUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		link, err := s.CreatePending(t.Context(), "")
		fine(t, "create", err)
		user := dbtest.Account(t, d, "a@example.com")
		try := func(p id.Provider, signed, key string, in provider.Edit) error {
			_, err := s.Setup(as(t, user), user, p, signed, key, in)
			return err
		}
		refused(t, "no token", try(link.Provider, "", type4, edit), "not valid")
		refused(t, "another provider's id", try(dbtest.Provider(t, d, 0), link.Token, type4, edit), "not valid")
		refused(t, "a key of type 2", try(link.Provider, link.Token, type2, edit), "type 4")
		refused(t, "no name", try(link.Provider, link.Token, type4, provider.Edit{BillingEmail: "a@example.com"}), "1 to 50")
		refused(t, "no billing address", try(link.Provider, link.Token, type4, provider.Edit{Name: "x"}), "not valid")
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_users`); n != 0 {
			t.Fatalf("%d people after refusals, want none", n)
		}
		_, err = s.Find(as(t, user), user, link.Provider)
		absent(t, "a stranger asks for a pending provider", err)

		p, err := s.Setup(as(t, user), user, link.Provider, link.Token, type4, edit)
		fine(t, "set up", err)
		want := provider.Provider{
			ID: link.Provider, Name: "Lighthouse IT", BusinessName: "Lighthouse IT Ltd", BillingEmail: "billing@example.com",
			Status: provider.Billable, Enabled: true, CreatedAt: p.CreatedAt,
		}
		if diff := cmp.Diff(want, p); diff != "" {
			t.Errorf("provider (-want +got):\n%s", diff)
		}
		refused(t, "the link again", try(link.Provider, link.Token, type4, edit), "set up already")
		people, err := s.ListUsers(as(t, user), user, link.Provider)
		fine(t, "people", err)
		if len(people) != 1 || people[0].User != user || !people[0].Admin || people[0].Status != 2 {
			t.Errorf("people: %+v", people)
		}
		if key := dbtest.Value[string](t, d, `SELECT key FROM provider_users`); key != type4 {
			t.Errorf("stored key: %s", key)
		}
		if _, ok, _ := s.PendingForFirstRun(t.Context()); ok {
			t.Error("a server with a provider still offers a link")
		}
	})
}

func TestALinkThatIsBoundToAnAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		link, err := s.CreatePending(t.Context(), " Boss@Example.com ")
		fine(t, "create", err)
		if !strings.HasSuffix(link.URL("https://v.example.com"), "&email=boss%40example.com") {
			t.Errorf("link: %s", link.URL("https://v.example.com"))
		}
		boss, other := dbtest.Account(t, d, "boss@example.com"), dbtest.Account(t, d, "other@example.com")
		p, err := s.Find(as(t, boss), boss, link.Provider)
		if err != nil || p.Name != "" {
			t.Errorf("pending, for its admin to be: %+v, %v", p, err)
		}
		_, err = s.Find(as(t, other), other, link.Provider)
		absent(t, "pending, for somebody else", err)
		_, err = s.Setup(as(t, other), other, link.Provider, link.Token, type4, edit)
		refused(t, "somebody else", err, "another address")
		_, err = s.Setup(as(t, boss), boss, link.Provider, link.Token, type4, edit)
		fine(t, "set up", err)
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_users WHERE provider_id = $1`, link.Provider); n != 1 {
			t.Errorf("%d people, want the admin alone", n)
		}
		_, err = s.CreatePending(t.Context(), "not an address")
		refused(t, "a bad address", err, "not valid")
	})
}

func TestTwoPeopleRaceWithOneSetUpLink(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		link, err := s.CreatePending(t.Context(), "")
		fine(t, "create", err)
		users := []id.User{dbtest.Account(t, d, "a@example.com"), dbtest.Account(t, d, "b@example.com")}
		errs := make([]error, 2)
		var all sync.WaitGroup
		for i, user := range users {
			all.Go(func() { _, errs[i] = s.Setup(as(t, user), user, link.Provider, link.Token, type4, edit) })
		}
		all.Wait()
		if (errs[0] == nil) == (errs[1] == nil) {
			t.Fatalf("want exactly one winner: %v", errs)
		}
		for _, err := range errs {
			if err != nil {
				refused(t, "the loser", err, "set up already")
			}
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_users`); n != 1 {
			t.Errorf("%d admins, want 1", n)
		}
	})
}

func TestTheLastAdminStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		p := dbtest.Provider(t, d, 2)
		a, b, service := dbtest.Account(t, d, "a@example.com"), dbtest.Account(t, d, "b@example.com"), dbtest.Account(t, d, "s@example.com")
		rowA, rowB, rowS := dbtest.Staff(t, d, p, a, 0, 2), dbtest.Staff(t, d, p, b, 0, 2), dbtest.Staff(t, d, p, service, 1, 2)
		invited := dbtest.Staff(t, d, p, "", 0, 0)
		foreign := dbtest.Staff(t, d, dbtest.Provider(t, d, 2), dbtest.Account(t, d, "f@example.com"), 0, 2)

		absent(t, "a service user removes", s.RemoveUser(as(t, service), service, p, rowA))
		absent(t, "a service user makes an admin", s.SetAdmin(as(t, service), service, p, rowS, true, nil))
		absent(t, "a foreign person", s.RemoveUser(as(t, a), a, p, foreign))
		absent(t, "a foreign person's type", s.SetAdmin(as(t, a), a, p, foreign, false, nil))
		_, err := s.RemoveUsers(as(t, a), a, p, []id.ProviderUser{rowS, foreign})
		absent(t, "a foreign person among others", err)
		refused(t, "oneself", s.RemoveUser(as(t, a), a, p, rowA), "cannot remove yourself")
		_, err = s.RemoveUsers(as(t, a), a, p, []id.ProviderUser{rowA, rowB})
		refused(t, "all admins at a time", err, "at least one confirmed admin")

		fine(t, "an admin becomes a service user", s.SetAdmin(as(t, a), a, p, rowB, false, nil))
		refused(t, "the last admin too", s.SetAdmin(as(t, a), a, p, rowA, false, nil), "at least one confirmed admin")
		before := dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, service)
		failures, err := s.RemoveUsers(as(t, a), a, p, []id.ProviderUser{rowS, invited, rowS})
		if err != nil || len(failures) != 2 {
			t.Errorf("RemoveUsers = %v, %v", failures, err)
		}
		if dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, service) <= before {
			t.Error("the removed person did not hear of it")
		}
		_, err = s.ListClients(as(t, service), service, p)
		absent(t, "the clients, after removal", err)
	})
}

func TestTwoAdminsDemoteEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		p := dbtest.Provider(t, d, 2)
		users := []id.User{dbtest.Account(t, d, "a@example.com"), dbtest.Account(t, d, "b@example.com")}
		rows := []id.ProviderUser{dbtest.Staff(t, d, p, users[0], 0, 2), dbtest.Staff(t, d, p, users[1], 0, 2)}
		var all sync.WaitGroup
		for i := range users {
			all.Go(func() { _ = s.SetAdmin(as(t, users[i]), users[i], p, rows[1-i], false, nil) })
		}
		all.Wait()
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_users WHERE type = 0`); n != 1 {
			t.Errorf("%d admins are left, want 1", n)
		}
	})
}

func TestAssigningSeats(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		p := dbtest.Provider(t, d, 2)
		tech, member, stranger := dbtest.Account(t, d, "s@example.com"), dbtest.Account(t, d, "m@example.com"), dbtest.Account(t, d, "x@example.com")
		dbtest.Staff(t, d, p, tech, 1, 2)
		org := dbtest.Org(t, d, dbtest.Columns{"seats": 5, "status": 2})
		link := dbtest.Client(t, d, p, org)
		foreign := dbtest.Client(t, d, dbtest.Provider(t, d, 2), dbtest.Org(t, d, nil))
		dbtest.Member(t, d, org, member, 0, 2)
		dbtest.Member(t, d, org, "", 2, 0)
		dbtest.Member(t, d, org, dbtest.Account(t, d, "r@example.com"), 2, -1)
		set := func(user id.User, link id.ProviderClient, name string, seats int) error {
			return s.UpdateClient(as(t, user), user, p, link, provider.EditClient{Name: name, Seats: seats})
		}
		absent(t, "a stranger", set(stranger, link, "x", 5))
		absent(t, "an owner of the client", set(member, link, "x", 5))
		absent(t, "a foreign provider's client", set(tech, foreign, "x", 5))
		refused(t, "fewer than are in use", set(tech, link, "x", 1), "2 seats are in use")
		refused(t, "none, which is not unlimited", set(tech, link, "x", 0), "at least one seat")
		refused(t, "no name", set(tech, link, " ", 5), "1 to 50")
		before := dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, member)
		fine(t, "as many as are in use", set(tech, link, "Meadow Bakery & Sons", 2))
		list, err := s.ListClients(as(t, tech), tech, p)
		fine(t, "list", err)
		if len(list) != 1 || list[0].Seats != 2 || list[0].Occupied != 2 || list[0].Users != 1 || list[0].Remaining() != 0 || list[0].Name != "Meadow Bakery & Sons" {
			t.Errorf("clients: %+v", list)
		}
		if dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, member) <= before {
			t.Error("the members did not hear of the new name")
		}
	})
}

func TestAListOfManyClientsTakesThreeStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		p := dbtest.Provider(t, d, 2)
		tech := dbtest.Account(t, d, "s@example.com")
		dbtest.Staff(t, d, p, tech, 1, 2)
		for _, n := range []int{1, 299} {
			for range n {
				dbtest.Client(t, d, p, dbtest.Org(t, d, nil))
			}
			var count atomic.Int64
			list, err := s.ListClients(db.CountStatements(as(t, tech), &count), tech, p)
			fine(t, "list", err)
			if count.Load() != 3 {
				t.Errorf("%d clients in %d statements, want 3", len(list), count.Load())
			}
		}
		if list, _ := s.ListClients(as(t, tech), tech, p); len(list) != 300 {
			t.Errorf("%d clients, want 300", len(list))
		}
	})
}

func TestAProviderIsNamedAnewByItsAdmins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		p := dbtest.Provider(t, d, 2)
		accounts := map[string]id.User{}
		for _, name := range []string{"admin", "service", "client's member", "stranger"} {
			accounts[name] = dbtest.Account(t, d, fmt.Sprintf("%c@example.com", name[0]+byte(len(name))))
		}
		dbtest.Staff(t, d, p, accounts["admin"], 0, 2)
		dbtest.Staff(t, d, p, accounts["service"], 1, 2)
		org := dbtest.Org(t, d, nil)
		dbtest.Client(t, d, p, org)
		dbtest.Member(t, d, org, accounts["client's member"], 2, 2)
		for _, name := range []string{"service", "client's member", "stranger"} {
			_, err := s.Update(as(t, accounts[name]), accounts[name], p, edit)
			absent(t, name, err)
		}
		_, err := s.Update(as(t, accounts["admin"]), accounts["admin"], p, edit)
		fine(t, "update", err)
		got := map[string]bool{}
		for name, user := range accounts {
			got[name] = dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, user) > 1
		}
		want := map[string]bool{"admin": true, "service": true, "client's member": true, "stranger": false}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("who heard of it (-want +got):\n%s", diff)
		}
	})
}
