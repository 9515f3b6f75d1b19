package provider_test

import (
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
)

// fleet is a provider with an admin, a technician and clients.
type fleet struct {
	t       *testing.T
	d       *db.DB
	s       *provider.Service
	p       id.Provider
	admin   id.User
	tech    id.User
	rowTech id.ProviderUser
	orgs    []id.Org
	clients []id.ProviderClient
}

func newFleet(t *testing.T, d *db.DB, clients int) *fleet {
	t.Helper()
	f := &fleet{t: t, d: d, s: service(t, d), p: dbtest.Provider(t, d, 2)}
	f.admin, f.tech = dbtest.Account(t, d, "admin@provider.example"), dbtest.Account(t, d, "tech@provider.example")
	dbtest.Staff(t, d, f.p, f.admin, 0, 2)
	f.rowTech = dbtest.Staff(t, d, f.p, f.tech, 1, 2)
	for i := range clients {
		f.add(dbtest.Columns{"name": fmt.Sprint("Client ", i), "seats": 5, "status": 2, "plan_type": 17})
	}
	return f
}

func (f *fleet) add(columns dbtest.Columns) (id.Org, id.ProviderClient) {
	f.t.Helper()
	org := dbtest.Org(f.t, f.d, columns)
	link := dbtest.Client(f.t, f.d, f.p, org)
	f.orgs, f.clients = append(f.orgs, org), append(f.clients, link)
	return org, link
}

// reached are the numbers of the clients in somebody's list.
func (f *fleet) reached(user id.User) []int {
	f.t.Helper()
	list, err := f.s.ListClients(as(f.t, user), user, f.p)
	fine(f.t, "list", err)
	out := []int{}
	for _, c := range list {
		out = append(out, slices.Index(f.clients, c.ID))
	}
	return out
}

func (f *fleet) set(reach provider.Reach) error {
	return f.s.SetReach(as(f.t, f.admin), f.admin, f.p, f.rowTech, reach)
}

func (f *fleet) tag(name string, clients ...int) id.ProviderTag {
	f.t.Helper()
	tag, err := f.s.CreateTag(as(f.t, f.admin), f.admin, f.p, name)
	fine(f.t, "tag", err)
	for _, c := range clients {
		fine(f.t, "tag a client", f.s.TagClient(as(f.t, f.admin), f.admin, f.p, f.clients[c], []id.ProviderTag{tag.ID}))
	}
	return tag.ID
}

func (f *fleet) revised(user id.User) int64 {
	f.t.Helper()
	return dbtest.Value[int64](f.t, f.d, `SELECT revised_at FROM users WHERE id = $1`, user)
}

func (f *fleet) log() []int { return logOf(f.t, f.d, string(f.p)) }

func logOf(t *testing.T, d *db.DB, tenant string) []int {
	t.Helper()
	var out []int
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		out, err = db.All(t.Context(), tx, db.Value[int], `SELECT type FROM events WHERE tenant_id = $1 ORDER BY type`, tenant)
		return err
	})
	fine(t, "log", err)
	return out
}

func to[T ~string](things ...T) []provider.Tie[T] {
	out := make([]provider.Tie[T], len(things))
	for i, v := range things {
		out[i].To = v
	}
	return out
}

func TestATechnicianReachesAssignedClientsAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 4)
		gold := f.tag("Gold", 2)
		same := func(what string, want ...int) {
			t.Helper()
			if got := f.reached(f.tech); !slices.Equal(got, want) {
				t.Errorf("%s: reaches %v, want %v", what, got, want)
			}
		}
		same("from the start", 0, 1, 2, 3)
		before := f.revised(f.tech)
		fine(t, "nothing", f.set(provider.Reach{Assigned: true}))
		same("nothing assigned")
		if f.revised(f.tech) <= before {
			t.Error("the technician's apps do not hear of it")
		}
		fine(t, "a client and a tag", f.set(provider.Reach{Assigned: true, Clients: to(f.clients[0]), Tags: to(gold)}))
		same("a client and a tag", 0, 2)
		f.tagMore(3, gold)
		same("another client gets the tag", 0, 2, 3)
		for _, c := range []int{1, 3} {
			err := f.s.UpdateClient(as(t, f.tech), f.tech, f.p, f.clients[c], provider.EditClient{Name: "x", Seats: 5})
			if c == 1 {
				absent(t, "a client outside the reach", err)
			} else {
				fine(t, "a client by its tag", err)
			}
		}
		fine(t, "the tag goes", f.s.DeleteTag(as(t, f.admin), f.admin, f.p, gold))
		same("the tag is gone", 0)
		fine(t, "everything again", f.set(provider.Reach{Clients: to(f.clients[0])}))
		same("everything again", 0, 1, 2, 3)
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM reach_clients`); n != 0 {
			t.Errorf("%d rows are left of a reach that ended", n)
		}
		if got := f.reached(f.admin); len(got) != 4 {
			t.Errorf("the admin reaches %v, want all", got)
		}
	})
}

func (f *fleet) tagMore(client int, tag id.ProviderTag) {
	f.t.Helper()
	fine(f.t, "tag", f.s.TagClient(as(f.t, f.admin), f.admin, f.p, f.clients[client], []id.ProviderTag{tag}))
}

func TestAReachEndsByTheClock(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
		d.Now = func() time.Time { return now }
		f := newFleet(t, d, 3)
		gold := f.tag("Gold", 1)
		refused(t, "an end that has passed", f.set(provider.Reach{Until: now}), "passed already")
		refused(t, "a client's end that has passed", f.set(provider.Reach{
			Assigned: true, Clients: []provider.Tie[id.ProviderClient]{{To: f.clients[0], Until: now.Add(-time.Minute)}},
		}), "passed already")
		for name, until := range map[string]func(end time.Time) provider.Reach{
			"the whole reach": func(end time.Time) provider.Reach { return provider.Reach{Until: end} },
			"a client": func(end time.Time) provider.Reach {
				return provider.Reach{Assigned: true, Clients: []provider.Tie[id.ProviderClient]{{To: f.clients[0], Until: end}}}
			},
			"a tag": func(end time.Time) provider.Reach {
				return provider.Reach{Assigned: true, Tags: []provider.Tie[id.ProviderTag]{{To: gold, Until: end}}}
			},
		} {
			now = now.Add(time.Hour)
			hour := now.Add(time.Hour)
			fine(t, name, f.set(until(hour)))
			now = hour.Add(-time.Microsecond)
			if got := f.reached(f.tech); len(got) == 0 {
				t.Errorf("%s: reaches nothing before its end", name)
			}
			before := f.revised(f.tech)
			fine(t, "the worker", f.s.EndReaches(t.Context()))
			if f.revised(f.tech) != before {
				t.Errorf("%s: apps are told before the end", name)
			}
			now = hour
			if got := f.reached(f.tech); len(got) != 0 {
				t.Errorf("%s: still reaches %v", name, got)
			}
			fine(t, "the worker", f.s.EndReaches(t.Context()))
			told := f.revised(f.tech)
			if told <= before {
				t.Errorf("%s: apps are not told of the end", name)
			}
			fine(t, "the worker again", f.s.EndReaches(t.Context()))
			if f.revised(f.tech) != told {
				t.Errorf("%s: apps are told twice", name)
			}
		}
	})
}

func TestWhoGivesWhichReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 1)
		other := newOtherFleet(t, d)
		reach := provider.Reach{Assigned: true, Clients: to(f.clients[0])}
		absent(t, "a service user", f.s.SetReach(as(t, f.tech), f.tech, f.p, f.rowTech, reach))
		absent(t, "an admin of another provider", f.s.SetReach(as(t, other.admin), other.admin, f.p, f.rowTech, reach))
		absent(t, "a person of another provider", f.s.SetReach(as(t, f.admin), f.admin, f.p, other.rowTech, reach))
		absent(t, "another provider's client", f.set(provider.Reach{Assigned: true, Clients: to(f.clients[0], other.clients[0])}))
		absent(t, "another provider's tag", f.set(provider.Reach{Assigned: true, Tags: to(other.tag("Silver"))}))
		refused(t, "one client twice", f.set(provider.Reach{Assigned: true, Clients: to(f.clients[0], f.clients[0])}), "twice")
		rowAdmin := dbtest.Value[id.ProviderUser](t, d, `SELECT id FROM provider_users WHERE user_id = $1`, f.admin)
		refused(t, "an admin", f.s.SetReach(as(t, f.admin), f.admin, f.p, rowAdmin, reach), "admins reach all")
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM reach_clients`); n != 0 || len(f.log()) != 0 {
			t.Errorf("refusals left %d rows and events %v", n, f.log())
		}

		fine(t, "reach", f.set(reach))
		if diff := cmp.Diff([]int{1802}, f.log()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		people, err := f.s.ListUsers(as(t, f.admin), f.admin, f.p)
		fine(t, "people", err)
		if diff := cmp.Diff([]provider.Reach{{}, reach}, []provider.Reach{people[0].Reach, people[1].Reach}); diff != "" {
			t.Errorf("reaches (-want +got):\n%s", diff)
		}
		one, err := f.s.FindUser(as(t, f.admin), f.admin, f.p, f.rowTech)
		fine(t, "person", err)
		if diff := cmp.Diff(reach, one.Reach); diff != "" {
			t.Errorf("reach (-want +got):\n%s", diff)
		}
		promote := func(admin bool, reach *provider.Reach) error {
			return f.s.SetAdmin(as(t, f.admin), f.admin, f.p, f.rowTech, admin, reach)
		}
		refused(t, "a limited admin", promote(true, &reach), "admins reach all")
		fine(t, "promote", promote(true, nil))
		if one, _ := f.s.FindUser(as(t, f.admin), f.admin, f.p, f.rowTech); one.Reach.Limited() {
			t.Error("an admin has a limit")
		}
		fine(t, "demote, and limit at the same time", promote(false, &provider.Reach{Assigned: true}))
		if got := f.reached(f.tech); len(got) != 0 {
			t.Errorf("reaches %v, want nothing", got)
		}
	})
}

// newOtherFleet is a second provider in the same database.
func newOtherFleet(t *testing.T, d *db.DB) *fleet {
	t.Helper()
	f := &fleet{t: t, d: d, s: service(t, d), p: dbtest.Provider(t, d, 2)}
	f.admin, f.tech = dbtest.Account(t, d, "admin@other.example"), dbtest.Account(t, d, "tech@other.example")
	dbtest.Staff(t, d, f.p, f.admin, 0, 2)
	f.rowTech = dbtest.Staff(t, d, f.p, f.tech, 1, 2)
	f.add(dbtest.Columns{"seats": 5, "status": 2})
	return f
}

func TestPeopleWithTheirReachTakeAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 2)
		fine(t, "reach", f.set(provider.Reach{Assigned: true, Clients: to(f.clients...)}))
		for _, n := range []int{1, 60} {
			for range n {
				who := dbtest.Staff(t, d, f.p, dbtest.Account(t, d, string(id.New[id.User]())+"@provider.example"), 1, 2)
				fine(t, "reach", f.s.SetReach(as(t, f.admin), f.admin, f.p, who, provider.Reach{Assigned: true, Clients: to(f.clients...)}))
			}
			var count atomic.Int64
			_, err := f.s.ListUsers(db.CountStatements(as(t, f.admin), &count), f.admin, f.p)
			fine(t, "people", err)
			if count.Load() != 4 {
				t.Errorf("%d statements, want 4", count.Load())
			}
		}
	})
}
