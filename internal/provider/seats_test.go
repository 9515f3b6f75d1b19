package provider_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
)

// teams are the numbers of the plan Teams as they stand to somebody: minimum,
// assigned, purchased.
func (f *fleet) teams(user id.User) [3]int {
	f.t.Helper()
	var out [3]int
	err := f.d.View(f.t.Context(), func(tx *db.Tx) error {
		staff, err := access.ToProvider(f.t.Context(), tx, user, f.p)
		if err != nil {
			return err
		}
		plans, err := provider.PlansOf(f.t.Context(), tx, staff)
		if err == nil && (len(plans) != 2 || plans[0].Plan.Type != 17 || plans[1].Plan.Type != 19) {
			f.t.Errorf("plans: %+v", plans)
		}
		out = [3]int{plans[0].Minimum, plans[0].Assigned, plans[0].Purchased()}
		return err
	})
	fine(f.t, "plans", err)
	return out
}

func (f *fleet) assign(user id.User, client, seats int) error {
	return f.s.UpdateClient(as(f.t, user), user, f.p, f.clients[client], provider.EditClient{Name: "Client", Seats: seats})
}

func TestSeatsWithinAndBeyondTheMinimum(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 3) // five seats each
		if got, want := f.teams(f.admin), [3]int{0, 15, 15}; got != want {
			t.Errorf("without a minimum: %v, want %v", got, want)
		}
		fine(t, "minimum", f.s.SetPlans(t.Context(), f.p, 20, 0))
		fine(t, "minimum again", f.s.SetPlans(t.Context(), f.p, 20, 7))
		refused(t, "a negative minimum", f.s.SetPlans(t.Context(), f.p, -1, 0), "between 0")
		absent(t, "an unknown provider", f.s.SetPlans(t.Context(), id.New[id.Provider](), 1, 1))
		for _, c := range []struct {
			name          string
			user          id.User
			client, seats int
			says          string // empty: done
			want          [3]int
		}{
			{"a technician, up to the minimum", f.tech, 0, 10, "", [3]int{20, 20, 0}},
			{"a technician, beyond it", f.tech, 1, 6, "purchase", [3]int{20, 20, 0}},
			{"an admin, beyond it", f.admin, 1, 9, "", [3]int{20, 24, 4}},
			{"a technician takes away, still beyond it", f.tech, 1, 8, "", [3]int{20, 23, 3}},
			{"a technician, more of what is purchased already", f.tech, 1, 9, "purchase", [3]int{20, 23, 3}},
			{"a technician takes away below it", f.tech, 0, 5, "", [3]int{20, 18, 0}},
			{"a technician, up to it once more", f.tech, 2, 7, "", [3]int{20, 20, 0}},
			{"no seats", f.admin, 2, 0, "at least one", [3]int{20, 20, 0}},
			{"absurdly many", f.admin, 2, 1 << 30, "at least one", [3]int{20, 20, 0}},
		} {
			err := f.assign(c.user, c.client, c.seats)
			if c.says == "" {
				fine(t, c.name, err)
			} else {
				refused(t, c.name, err, c.says)
			}
			if got := f.teams(f.admin); got != c.want {
				t.Errorf("%s: minimum, assigned, purchased %v, want %v", c.name, got, c.want)
			}
		}
	})
}

func TestFewerSeatsThanAreInUseNameTheNumberAtTheField(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 1)
		for range 3 {
			dbtest.Member(t, d, f.orgs[0], "", 2, 0)
		}
		err := f.assign(f.admin, 0, 2)
		refused(t, "two", err, "3 seats are in use")
		if e, ok := errors.AsType[*fault.Error](err); !ok || len(e.Fields["assignedSeats"]) != 1 || !strings.Contains(e.Fields["assignedSeats"][0], "3 seats") {
			t.Errorf("fields of %#v", err)
		}
	})
}

// What a technician's arithmetic shows of other clients is only how much is left.
func TestPlansTellATechnicianNothingOfOtherClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 3)
		fine(t, "minimum", f.s.SetPlans(t.Context(), f.p, 18, 0))
		fine(t, "reach", f.set(provider.Reach{Assigned: true, Clients: to(f.clients[0])}))
		if got, want := f.teams(f.tech), [3]int{8, 5, 0}; got != want {
			t.Errorf("within the minimum: %v, want %v", got, want)
		}
		fine(t, "what is left", f.assign(f.tech, 0, 8))
		refused(t, "more than that", f.assign(f.tech, 0, 9), "purchase")
		fine(t, "an admin buys elsewhere", f.assign(f.admin, 1, 30))
		if got, want := f.teams(f.tech), [3]int{0, 8, 8}; got != want {
			t.Errorf("beyond it: %v, want %v", got, want)
		}
	})
}

func TestSeatsOfManyClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 4)
		fine(t, "minimum", f.s.SetPlans(t.Context(), f.p, 20, 0))
		dbtest.Member(t, d, f.orgs[2], "", 2, 0)
		dbtest.Member(t, d, f.orgs[2], "", 2, 0)
		plan := func(user id.User, dry bool, seats ...int) (provider.SeatPlan, error) {
			rows := make([]provider.NewSeats, len(seats))
			for i, n := range seats {
				rows[i] = provider.NewSeats{Client: f.clients[i], Seats: n}
			}
			return f.s.PlanSeats(as(t, user), user, f.p, rows, dry)
		}
		// The first row takes what the second frees.
		for _, dry := range []bool{true, false} {
			p, err := plan(f.tech, dry, 8, 2, 1, 6)
			fine(t, "plan", err)
			got := []any{}
			for _, r := range p.Rows {
				got = append(got, r.Before, r.After, r.Reason != "")
			}
			if diff := cmp.Diff([]any{5, 8, false, 5, 2, false, 5, 5, true, 5, 5, true}, got); diff != "" {
				t.Errorf("dry %v: rows (-want +got):\n%s", dry, diff)
			}
			if !strings.Contains(p.Rows[2].Reason, "2 seats are in use") || !strings.Contains(p.Rows[3].Reason, "purchase") {
				t.Errorf("reasons: %q, %q", p.Rows[2].Reason, p.Rows[3].Reason)
			}
			if p.Before[0].Assigned != 20 || p.After[0].Assigned != 20 {
				t.Errorf("plans: %+v, %+v", p.Before, p.After)
			}
			if changed := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM organizations WHERE seats <> 5`); (changed == 0) != dry {
				t.Errorf("dry %v: %d clients changed", dry, changed)
			}
		}
		if diff := cmp.Diff([]int{1600, 1600}, f.log()); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		p, err := plan(f.admin, false, 8, 2, 5, 9)
		fine(t, "an admin buys", err)
		if p.Before[0].Purchased() != 0 || p.After[0].Purchased() != 4 || f.teams(f.admin)[2] != 4 {
			t.Errorf("plans: %+v, %+v", p.Before, p.After)
		}
	})
}

func TestBadSeatPlans(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, other := newFleet(t, d, 3), newOtherFleet(t, d)
		fine(t, "reach", f.set(provider.Reach{Assigned: true, Clients: to(f.clients[0])}))
		plan := func(user id.User, clients ...id.ProviderClient) error {
			rows := make([]provider.NewSeats, len(clients))
			for i, c := range clients {
				rows[i] = provider.NewSeats{Client: c, Seats: 1}
			}
			_, err := f.s.PlanSeats(as(t, user), user, f.p, rows, false)
			return err
		}
		absent(t, "another provider's client", plan(f.admin, f.clients[0], other.clients[0]))
		absent(t, "an unassigned client", plan(f.tech, f.clients[0], f.clients[1]))
		absent(t, "a foreign admin", plan(other.admin, f.clients[0]))
		refused(t, "no rows", plan(f.admin), "Nothing was chosen")
		refused(t, "a client twice", plan(f.admin, f.clients[0], f.clients[0]), "twice")
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM organizations WHERE seats <> 5`); n != 0 {
			t.Errorf("%d clients changed", n)
		}
		fine(t, "one's own", plan(f.tech, f.clients[0]))
	})
}

func TestASeatPlanTakesAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 40)
		for _, n := range []int{2, 40} {
			rows := make([]provider.NewSeats, n)
			for i := range rows {
				rows[i] = provider.NewSeats{Client: f.clients[i], Seats: 5 + n}
			}
			var count atomic.Int64
			_, err := f.s.PlanSeats(db.CountStatements(as(t, f.admin), &count), f.admin, f.p, rows, false)
			fine(t, "plan", err)
			if count.Load() != 7 {
				t.Errorf("%d clients in %d statements, want 7", n, count.Load())
			}
		}
	})
}

// Two technicians who both take the last free seats: one of them does.
func TestTheLastFreeSeatsAreTakenOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 4)
		fine(t, "minimum", f.s.SetPlans(t.Context(), f.p, 23, 0))
		var done atomic.Int64
		var all sync.WaitGroup
		for i := range f.clients {
			all.Go(func() {
				if f.assign(f.tech, i, 8) == nil {
					done.Add(1)
				}
			})
		}
		all.Wait()
		if got, want := f.teams(f.admin), [3]int{23, 23, 0}; got != want || done.Load() != 1 {
			t.Errorf("%d succeeded, minimum, assigned, purchased %v; want 1, %v", done.Load(), got, want)
		}
	})
}
