package offboard_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/provider"
)

func fine(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

func absent(t *testing.T, what string, err error) {
	t.Helper()
	if !fault.Is(err, fault.NotFound) {
		t.Errorf("%s: %v, want absent", what, err)
	}
}

func refuses(t *testing.T, what string, err error, says string) {
	t.Helper()
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %v, want a refusal that says %q", what, err, says)
	}
}

// linkQuery reads the parameters of a link into the web app.
func linkQuery(t *testing.T, link string) url.Values {
	t.Helper()
	_, raw, _ := strings.Cut(link, "?")
	q, err := url.ParseQuery(raw)
	fine(t, "the link's parameters", err)
	return q
}

// company is a provider with two admins and a technician.
type company struct {
	provider          id.Provider
	boss, other, tech id.User
	rowBoss, rowTech  id.ProviderUser
	clients           map[string]id.Org
}

func newCompany(t *testing.T, d *db.DB) company {
	t.Helper()
	c := company{provider: dbtest.Provider(t, d, 2), clients: map[string]id.Org{}}
	c.boss, c.other, c.tech = dbtest.Account(t, d, "boss@msp.example"), dbtest.Account(t, d, "other@msp.example"), dbtest.Account(t, d, "tech@msp.example")
	c.rowBoss = dbtest.Staff(t, d, c.provider, c.boss, 0, 2)
	dbtest.Staff(t, d, c.provider, c.other, 0, 2)
	c.rowTech = dbtest.Staff(t, d, c.provider, c.tech, 1, 2)
	return c
}

// client makes a client with two items, one of them in a collection, whose items
// the staff does not reach unless open says so.
func (c company) client(t *testing.T, d *db.DB, name string, open bool) (id.Org, id.Collection) {
	t.Helper()
	org := dbtest.Org(t, d, dbtest.Columns{"name": name, "provider_item_access": open, "status": 2})
	collection := dbtest.Collection(t, d, org)
	dbtest.Client(t, d, c.provider, org)
	dbtest.Cipher(t, d, org, collection)
	dbtest.Cipher(t, d, org)
	c.clients[name] = org
	return org, collection
}

func (c company) offboard(t *testing.T, s *offboard.Service, dry bool) (offboard.Technician, error) {
	t.Helper()
	return s.OffboardTechnician(as(t, c.boss), c.boss, c.provider, c.rowTech, dry)
}

// lines are what a report says of clients: name, items, and whether they stay.
func lines(list []offboard.Departure) []string {
	out := []string{}
	for _, d := range list {
		out = append(out, fmt.Sprint(d.Name, " ", d.Items, " ", d.Kept != ""))
	}
	return out
}

func TestATechnicianLeavesEverythingInOneAct(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, c := service(t, d), newCompany(t, d)
		give := func(name string, role, status int) id.Member {
			org, collection := c.client(t, d, name, false)
			dbtest.Member(t, d, org, c.other, 0, 2)
			member := dbtest.Member(t, d, org, c.tech, role, status)
			if status == 2 {
				dbtest.Exec(t, d, `UPDATE members SET key = '-' WHERE id = $1`, member)
			}
			dbtest.Share(t, d, org, collection, member, true, false, false)
			return member
		}
		give("A user", 2, 2)
		give("B accepted", 2, 1)
		give("C admin", 1, 2)
		give("D owner beside another", 0, 2)
		last, _ := c.client(t, d, "E last owner", false)
		dbtest.Member(t, d, last, c.tech, 0, 2)
		claimed, _ := c.client(t, d, "F claimed", false)
		dbtest.Member(t, d, claimed, c.tech, 2, 2)
		dbtest.Row(t, d, "claimed_domains", dbtest.Columns{"org_id": claimed, "id": id.New[id.ClaimedDomain](), "name": "msp.example", "txt": "-", "checks": 0, "verified_at": 1, "created_at": 1})
		c.client(t, d, "G open to staff", true)
		c.client(t, d, "H closed to staff", false)
		group, collection := c.client(t, d, "I by a group", false)
		member := dbtest.Member(t, d, group, c.tech, 2, 2)
		dbtest.Exec(t, d, `UPDATE members SET key = '-' WHERE id = $1`, member)
		dbtest.ShareWithGroup(t, d, group, collection, dbtest.Group(t, d, group, member), true, true, false)
		invited, _ := c.client(t, d, "J invited", false)
		dbtest.Exec(t, d, `UPDATE members SET email = 'tech@msp.example' WHERE id = $1`, dbtest.Member(t, d, invited, "", 2, 0))
		foreign := dbtest.Org(t, d, nil) // nobody's client
		dbtest.Member(t, d, foreign, c.tech, 2, 2)
		for name, by := range map[string]id.User{"made by the technician": c.tech, "made by another": c.other} {
			dbtest.Row(t, d, "provider_keys", dbtest.Columns{"provider_id": c.provider, "id": id.New[id.ProviderKey](), "name": name, "secret_hash": "-", "all_clients": true, "may_write": true, "created_by": by, "created_at": 1})
		}

		preview, err := c.offboard(t, s, true)
		fine(t, "dry run", err)
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events`); n != 0 {
			t.Errorf("a dry run wrote %d events", n)
		}
		before := dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, c.tech)
		got, err := c.offboard(t, s, false)
		fine(t, "offboard", err)
		want := []string{"A user 1 false", "B accepted 0 false", "C admin 2 false", "D owner beside another 2 false", "E last owner 0 true", "F claimed 0 true",
			"I by a group 1 false", "J invited 0 false"}
		for name, report := range map[string]offboard.Technician{"preview": preview, "report": got} {
			if diff := cmp.Diff(want, lines(report.Clients)); diff != "" {
				t.Errorf("%s: clients (-want +got):\n%s", name, diff)
			}
			if diff := cmp.Diff([]string{"G open to staff 2 false"}, lines(report.Reached)); diff != "" {
				t.Errorf("%s: reached (-want +got):\n%s", name, diff)
			}
			if report.Kept != "" || report.Email != "tech@msp.example" || len(report.Keys) != 1 || report.Keys[0].Name != "made by the technician" {
				t.Errorf("%s: %+v", name, report)
			}
		}
		var stays []string
		for name, org := range c.clients {
			if dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members WHERE org_id = $1 AND (user_id = $2 OR email = 'tech@msp.example')`, org, c.tech) > 0 {
				stays = append(stays, name)
			}
			log := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1503 AND provider_id = $2`, org, c.provider)
			if wanted := slices.ContainsFunc(got.Clients, func(d offboard.Departure) bool { return d.Name == name && d.Kept == "" }); (log == 1) != wanted {
				t.Errorf("%s: %d removals in its log", name, log)
			}
		}
		slices.Sort(stays)
		if diff := cmp.Diff([]string{"E last owner", "F claimed"}, stays); diff != "" {
			t.Errorf("stays in (-want +got):\n%s", diff)
		}
		for what, query := range map[string]string{
			"the provider's person":        `SELECT COUNT(*) FROM provider_users WHERE user_id = (SELECT id FROM users WHERE email = 'tech@msp.example')`,
			"the technician's key":         `SELECT COUNT(*) FROM provider_keys WHERE name = 'made by the technician'`,
			"the key that another made":    `SELECT COUNT(*) - 1 FROM provider_keys WHERE name = 'made by another'`,
			"an organization of their own": `SELECT COUNT(*) - 1 FROM members WHERE org_id = '` + string(foreign) + `'`,
			"the letter":                   `SELECT COUNT(*) - 1 FROM mail_outbox`,
			"the event 1803":               `SELECT COUNT(*) - 1 FROM events WHERE type = 1803`,
		} {
			if n := dbtest.Value[int](t, d, query); n != 0 {
				t.Errorf("%s: %d off", what, n)
			}
		}
		if dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, c.tech) <= before {
			t.Error("the technician's apps do not hear of it")
		}
		_, err = c.offboard(t, s, false)
		absent(t, "once more", err)
	})
}

func TestWhoOffboardsWhom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, c := service(t, d), newCompany(t, d)
		org, _ := c.client(t, d, "Client", false)
		dbtest.Member(t, d, org, c.boss, 2, 2)
		stranger := dbtest.Account(t, d, "stranger@example.com")
		dbtest.Staff(t, d, dbtest.Provider(t, d, 2), stranger, 0, 2)
		for name, user := range map[string]id.User{"service user": c.tech, "foreign admin": stranger} {
			_, err := s.OffboardTechnician(as(t, user), user, c.provider, c.rowTech, false)
			absent(t, name, err)
		}
		_, err := s.OffboardTechnician(as(t, c.boss), c.boss, c.provider, id.New[id.ProviderUser](), false)
		absent(t, "nobody", err)
		dbtest.Row(t, d, "provider_keys", dbtest.Columns{"provider_id": c.provider, "id": id.New[id.ProviderKey](), "name": "x", "secret_hash": "-", "all_clients": true, "may_write": true, "created_by": c.boss, "created_at": 1})
		got, err := s.OffboardTechnician(as(t, c.boss), c.boss, c.provider, c.rowBoss, false)
		fine(t, "oneself", err)
		if got.Kept == "" || len(got.Keys) != 0 || len(got.Clients) != 1 || got.Clients[0].Role != access.User {
			t.Errorf("report: %+v", got)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members`); n != 0 {
			t.Errorf("%d memberships are left, want none", n)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_users WHERE user_id = $1`, c.boss); n != 1 {
			t.Error("an admin took themselves out of the provider")
		}
	})
}

// Two admins who offboard each other at once: one of them stays.
func TestAdminsOffboardEachOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, c := service(t, d), newCompany(t, d)
		rowOther := dbtest.Value[id.ProviderUser](t, d, `SELECT id FROM provider_users WHERE user_id = $1`, c.other)
		var all sync.WaitGroup
		all.Go(func() { _, _ = s.OffboardTechnician(as(t, c.boss), c.boss, c.provider, rowOther, false) })
		all.Go(func() { _, _ = s.OffboardTechnician(as(t, c.other), c.other, c.provider, c.rowBoss, false) })
		all.Wait()
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_users WHERE type = 0`); n != 1 {
			t.Errorf("%d admins are left, want 1", n)
		}
	})
}

func TestOffboardingTakesAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := service(t, d)
		var counts []int64
		for _, n := range []int{2, 40} {
			c := company{provider: dbtest.Provider(t, d, 2), clients: map[string]id.Org{}}
			c.boss, c.tech = dbtest.Account(t, d, fmt.Sprint("boss", n, "@msp.example")), dbtest.Account(t, d, fmt.Sprint("tech", n, "@msp.example"))
			c.rowBoss, c.rowTech = dbtest.Staff(t, d, c.provider, c.boss, 0, 2), dbtest.Staff(t, d, c.provider, c.tech, 1, 2)
			for i := range n {
				org, _ := c.client(t, d, fmt.Sprint("Client ", i), true)
				dbtest.Member(t, d, org, c.tech, 2, 2)
			}
			var count atomic.Int64
			got, err := s.OffboardTechnician(db.CountStatements(as(t, c.boss), &count), c.boss, c.provider, c.rowTech, false)
			fine(t, "offboard", err)
			if len(got.Clients) != n {
				t.Errorf("%d clients, want %d", len(got.Clients), n)
			}
			counts = append(counts, count.Load())
		}
		if counts[0] != counts[1] {
			t.Errorf("%v statements for 2 and 40 clients", counts)
		}
	})
}

// Whoever made a key knows its secret, also without the account.
func TestAPIKeysGoWithTheAccountOfWhoMadeThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := newCompany(t, d)
		for name, by := range map[string]id.User{"gone": c.boss, "kept": c.other} {
			dbtest.Row(t, d, "provider_keys", dbtest.Columns{"provider_id": c.provider, "id": id.New[id.ProviderKey](), "name": name, "secret_hash": "-", "all_clients": true, "may_write": true, "created_by": by, "created_at": 1})
		}
		ctx := as(t, c.other)
		fine(t, "delete", d.Update(ctx, func(tx *db.Tx) error {
			_, err := offboard.DeleteFor(ctx, tx, []id.User{c.boss}, "")
			return err
		}))
		if left := dbtest.Value[string](t, d, `SELECT string_agg(name, ' ') FROM provider_keys`); left != "kept" {
			t.Errorf("keys: %s, want kept", left)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = $2`, c.provider, int(event.ProviderKeyDeleted)); n != 1 {
			t.Errorf("%d events, want 1", n)
		}
	})
}

func TestAProviderWithoutClientsIsDeleted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, c := service(t, d), newCompany(t, d)
		givePasswords(t, d)
		org, _ := c.client(t, d, "One", false)
		del := func(user id.User) error { return s.DeleteProvider(as(t, user), user, c.provider, right) }
		absent(t, "a service user", del(c.tech))
		if err := s.DeleteProvider(as(t, c.boss), c.boss, c.provider, wrong); !fault.Is(err, fault.Invalid) {
			t.Errorf("a wrong secret: %v", err)
		}
		refuses(t, "with a client", del(c.boss), "still has one client")
		c.client(t, d, "Two", false)
		refuses(t, "with clients", del(c.boss), "still has 2 clients")
		dbtest.Exec(t, d, `DELETE FROM provider_clients WHERE provider_id = $1`, c.provider)
		before := dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, c.tech)
		fine(t, "delete", del(c.boss))
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_users`); n != 0 {
			t.Errorf("%d people are left", n)
		}
		if dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, c.tech) <= before {
			t.Error("its people do not hear of it")
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM organizations WHERE id = $1`, org); n != 1 {
			t.Error("the organization that was a client went too")
		}
		absent(t, "once more", del(c.boss))
	})
}

func TestAnOperatorsLinkDeletesOneProvider(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, c := service(t, d), newCompany(t, d)
		other := dbtest.Provider(t, d, 2)
		link, err := s.ProviderDeletionLink(t.Context(), "https://v.example.com/", c.provider)
		fine(t, "link", err)
		q := linkQuery(t, link)
		if q.Get("providerId") != string(c.provider) || q.Get("name") != "Lighthouse IT" {
			t.Errorf("link: %s", link)
		}
		_, err = s.ProviderDeletionLink(t.Context(), "https://v.example.com/", id.New[id.Provider]())
		absent(t, "a link for nobody", err)
		refuses(t, "another provider", s.DeleteProviderByLink(t.Context(), other, q.Get("token")), "not valid")
		refuses(t, "a forged token", s.DeleteProviderByLink(t.Context(), c.provider, "x"), "not valid")
		setup, err := (&provider.Service{DB: d, Tokens: s.Tokens}).CreatePending(t.Context(), "")
		fine(t, "a set-up link", err)
		refuses(t, "a token for something else", s.DeleteProviderByLink(t.Context(), setup.Provider, setup.Token), "not valid")
		c.client(t, d, "One", false)
		refuses(t, "with a client", s.DeleteProviderByLink(t.Context(), c.provider, q.Get("token")), "still has one client")
		dbtest.Exec(t, d, `DELETE FROM provider_clients WHERE provider_id = $1`, c.provider)
		fine(t, "delete", s.DeleteProviderByLink(t.Context(), c.provider, q.Get("token")))
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM providers WHERE id = $1`, c.provider); n != 0 {
			t.Error("the provider is still there")
		}
	})
}
