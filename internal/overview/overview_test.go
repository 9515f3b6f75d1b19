package overview_test

import (
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/orgtest"
	"github.com/kastellan/kastellan/internal/overview"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/tenant"
)

func TestHowClientsStand(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		owner, _ := w.person(w.meadow, "owner@meadow.example", "Owner", 0, 2)
		baker, _ := w.person(w.meadow, "baker@meadow.example", "Baker", 2, 2)
		accepted, _ := w.person(w.meadow, "accepted@meadow.example", "Accepted", 2, 1)
		w.person(w.meadow, "revoked@meadow.example", "Revoked", 0, -1)
		dbtest.Member(t, d, w.meadow.org, "", 2, 0)
		dbtest.Member(t, d, w.meadow.org, "", 2, 3)
		w.twoStep(owner, accepted)
		w.person(w.harbour, "owner@harbour.example", "Owner", 0, 2)
		w.person(w.harbour, "nurse@harbour.example", "Nurse", 2, 2)
		dbtest.Exec(t, d, `UPDATE organizations SET enabled = $2 WHERE id = $1`, w.mill.org, false)
		w.event(w.meadow, 1603, w.now.Add(-time.Hour), w.admin, "")
		w.event(w.meadow, 1603, w.now.Add(-2*time.Hour), w.service, "")
		w.event(w.meadow, 1501, w.now.Add(-time.Minute), baker, "")
		w.event(w.harbour, 1603, w.now.Add(-time.Hour), "", w.fullKey)

		meadow := overview.Client{
			ID: w.meadow.link, Org: w.meadow.org, Name: "Meadow Bakery", Plan: plan(t, tenant.EnterpriseMonthly), Seats: 5, Status: tenant.Managed, Enabled: true,
			Tags: []id.ProviderTag{w.tag}, Members: overview.Members{Invited: 1, Accepted: 1, Confirmed: 2, Revoked: 1, Staged: 1, Owners: 1, TwoStep: 1},
			LastActivity: w.now.Add(-time.Minute), LastAccess: w.now.Add(-time.Hour), LastAccessBy: "Person admin@provider.example",
		}
		harbour := overview.Client{
			ID: w.harbour.link, Org: w.harbour.org, Name: "Harbour Clinic", Plan: plan(t, tenant.TeamsMonthly), Seats: 2, Status: tenant.Managed, Enabled: true,
			Tags: []id.ProviderTag{}, Members: overview.Members{Confirmed: 2, Owners: 1},
			LastActivity: w.now.Add(-time.Hour), LastAccess: w.now.Add(-time.Hour), LastAccessBy: "Night watch",
		}
		mill := overview.Client{
			ID: w.mill.link, Org: w.mill.org, Name: "Old Mill", Plan: plan(t, tenant.EnterpriseMonthly), Seats: 4, Status: tenant.Managed, Tags: []id.ProviderTag{},
		}
		got := w.find(w.admin)
		if diff := cmp.Diff([]overview.Client{harbour, meadow, mill}, got.Clients); diff != "" {
			t.Errorf("clients (-want +got):\n%s", diff)
		}
		alerts := map[string][]overview.Alert{}
		for _, c := range got.Clients {
			alerts[c.Name] = c.Alerts()
		}
		if diff := cmp.Diff(map[string][]overview.Alert{
			"Harbour Clinic": {overview.OutOfSeats}, "Meadow Bakery": {overview.Confirmations}, "Old Mill": {overview.Suspended, overview.NoOwner},
		}, alerts); diff != "" {
			t.Errorf("alerts (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(overview.Needs{Confirmations: 1, OutOfSeats: 1, Suspended: 1, NoOwner: 1}, got.Needs); diff != "" {
			t.Errorf("needs (-want +got):\n%s", diff)
		}
	})
}

func plan(t *testing.T, number int) tenant.Plan {
	t.Helper()
	p, known := tenant.PlanOf(number)
	if !known {
		t.Fatalf("there is no plan %d", number)
	}
	return p
}

func TestAClientThatDriftsFromItsBaseline(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := id.New[id.Baseline]()
		dbtest.Row(t, d, "baselines", dbtest.Columns{
			"provider_id": w.provider, "id": b, "name": "House rules", "description": "", "rank": 1, "may_deviate": true,
			"settings": `{"limitItemDeletion":true,"limitCollectionCreation":true,"limitCollectionDeletion":false}`, "created_at": 1, "revised_at": 1,
		})
		for _, c := range []client{w.meadow, w.harbour} {
			dbtest.Row(t, d, "baseline_clients", dbtest.Columns{"provider_id": w.provider, "client_id": c.link, "baseline_id": b})
		}
		for _, subject := range []string{"setting:limitItemDeletion", "setting:limitCollectionCreation"} {
			dbtest.Row(t, d, "baseline_deviations", dbtest.Columns{
				"provider_id": w.provider, "client_id": w.harbour.link, "subject": subject, "reason": "agreed", "created_at": 1,
			})
		}
		got := map[string]*overview.Standing{}
		o := w.find(w.service)
		for _, c := range o.Clients {
			got[c.Name] = c.Standing
		}
		if diff := cmp.Diff(map[string]*overview.Standing{
			"Meadow Bakery":  {Baseline: b, Name: "House rules", Drift: 2},
			"Harbour Clinic": {Baseline: b, Name: "House rules", Deviations: 2},
			"Old Mill":       nil,
		}, got); diff != "" {
			t.Errorf("standings (-want +got):\n%s", diff)
		}
		if o.Needs.Drifted != 1 {
			t.Errorf("%d clients have drifted, want 1", o.Needs.Drifted)
		}
	})
}

func TestWhoSeesWhichClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, c := range []client{w.meadow, w.harbour, w.mill} {
			w.person(c, "waiting@"+string(c.org)+".example", "Waiting", 2, 1)
		}
		dbtest.Row(t, d, "provider_plans", dbtest.Columns{"provider_id": w.provider, "plan_type": tenant.EnterpriseMonthly, "seat_minimum": 8})
		all := []string{"Harbour Clinic", "Meadow Bakery", "Old Mill"}
		seats := func(minimumTeams, teams, minimumEnterprise, enterprise int) []provider.PlanSeats {
			return []provider.PlanSeats{
				{Plan: plan(t, tenant.TeamsMonthly), Minimum: minimumTeams, Assigned: teams},
				{Plan: plan(t, tenant.EnterpriseMonthly), Minimum: minimumEnterprise, Assigned: enterprise},
			}
		}
		for _, c := range []struct {
			actor   actor
			clients []string
			plans   []provider.PlanSeats
		}{
			{actor{"admin", w.admin, ""}, all, seats(0, 2, 8, 9)},
			{actor{"service user", w.service, ""}, all, seats(0, 2, 8, 9)},
			{actor{"scoped", w.scoped, ""}, []string{"Meadow Bakery"}, seats(0, 0, 4, 5)},
			{actor{"scoped by tag", w.byTag, ""}, []string{"Meadow Bakery"}, seats(0, 0, 4, 5)},
			{actor{"expired", w.expired, ""}, []string{}, seats(0, 0, 0, 0)},
			{actor{"key", "", w.fullKey}, all, seats(0, 2, 8, 9)},
			{actor{"scoped key", "", w.scopedKey}, []string{"Meadow Bakery"}, seats(0, 0, 4, 5)},
		} {
			t.Run(c.actor.name, func(t *testing.T) {
				ctx, user := w.as(c.actor)
				got, err := w.s.Find(ctx, user, w.provider)
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(c.clients, names(got)); diff != "" {
					t.Errorf("clients (-want +got):\n%s", diff)
				}
				if got.Needs.Confirmations != len(c.clients) || got.Needs.NoOwner != len(c.clients) {
					t.Errorf("needs count %+v of %d clients", got.Needs, len(c.clients))
				}
				if diff := cmp.Diff(c.plans, got.Plans); diff != "" {
					t.Errorf("plans (-want +got):\n%s", diff)
				}
				people, err := w.s.Search(ctx, user, w.provider, overview.Search{Text: "waiting"})
				if err != nil || people.Total != len(c.clients) || len(people.Found) != len(c.clients) {
					t.Errorf("found %d of %d people, %v, want %d", len(people.Found), people.Total, err, len(c.clients))
				}
			})
		}
	})
}

func TestToOthersThereIsNoOverview(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		stranger := dbtest.Account(t, d, "stranger@example.com")
		waiting := dbtest.Account(t, d, "waiting@provider.example")
		dbtest.Staff(t, d, w.provider, waiting, 0, 1)
		foreign := dbtest.Account(t, d, "foreign@example.com")
		dbtest.Staff(t, d, dbtest.Provider(t, d, 2), foreign, 0, 2)
		refused := func(a actor) {
			t.Helper()
			ctx, user := w.as(a)
			_, err := w.s.Find(ctx, user, w.provider)
			orgtest.Absent(t, a.name+": overview", err)
			_, err = w.s.Search(ctx, user, w.provider, overview.Search{})
			orgtest.Absent(t, a.name+": people", err)
			_, _, err = w.s.Check(ctx, user, w.provider, []overview.Wish{{Client: string(w.meadow.link), Email: "a@example.com", Role: 2}})
			orgtest.Absent(t, a.name+": invitations", err)
		}
		for _, a := range []actor{{"stranger", stranger, ""}, {"not confirmed", waiting, ""}, {"foreign", foreign, ""}, {"expired key", "", w.otherwise}} {
			refused(a)
		}
		dbtest.Exec(t, d, `UPDATE providers SET enabled = $2 WHERE id = $1`, w.provider, false)
		for _, a := range []actor{{"admin of a disabled provider", w.admin, ""}, {"key of a disabled provider", "", w.fullKey}} {
			refused(a)
		}
	})
}

func TestWhatEndsSoonIsCountedForAdmins(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		day := 24 * time.Hour
		dbtest.Staff(t, d, w.provider, dbtest.Account(t, d, "accepted@provider.example"), 1, 1)
		w.assign(w.scoped, w.mill, w.now.Add(14*day))    // counts
		w.assign(w.scoped, w.harbour, w.now.Add(13*day)) // the same person
		dbtest.Exec(t, d, `UPDATE reach_tags SET until = $2 WHERE provider_user_id = $1`, w.place[w.byTag], w.now.Add(15*day))
		dbtest.Exec(t, d, `UPDATE provider_users SET until = $2 WHERE id = $1`, w.place[w.service], w.now.Add(day)) // counts
		w.key(true, w.now.Add(day))                                                                                 // counts
		w.key(true, w.now.Add(15*day))
		got := w.find(w.admin).Needs
		if got.StaffToConfirm != 1 || got.Expiring != 3 {
			t.Errorf("%d to confirm and %d expiring, want 1 and 3", got.StaffToConfirm, got.Expiring)
		}
		if got := w.find(w.service).Needs; got.StaffToConfirm != 0 || got.Expiring != 0 {
			t.Errorf("a service user sees %+v", got)
		}
	})
}

// TestManyClientsTakeAsManyStatementsAsOne counts what each page costs.
func TestManyClientsTakeAsManyStatementsAsOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		cost := func(clients int) (out [3]int64) {
			msp := dbtest.Provider(t, d, 2)
			dbtest.Staff(t, d, msp, w.service, 1, 2)
			fleet := dbtest.NewFleet(t, d, msp, clients, 10, 3)
			wishes := []overview.Wish{}
			for _, c := range fleet.Clients {
				wishes = append(wishes, overview.Wish{Client: string(c), Email: "new@example.com", Role: 2})
			}
			for i, ask := range []func(n *atomic.Int64) (int, error){
				func(n *atomic.Int64) (int, error) {
					o, err := w.s.Find(db.CountStatements(orgtest.As(t, w.service), n), w.service, msp)
					return len(o.Clients), err
				},
				func(n *atomic.Int64) (int, error) {
					p, err := w.s.Search(db.CountStatements(orgtest.As(t, w.service), n), w.service, msp, overview.Search{})
					return p.Total / 10, err
				},
				func(n *atomic.Int64) (int, error) {
					_, into, err := w.s.Check(db.CountStatements(orgtest.As(t, w.service), n), w.service, msp, wishes)
					return len(into), err
				},
			} {
				var n atomic.Int64
				if got, err := ask(&n); err != nil || got != clients {
					t.Errorf("page %d shows %d clients, %v, want %d", i, got, err, clients)
				}
				out[i] = n.Load()
			}
			return out
		}
		one, many := cost(1), cost(50)
		if diff := cmp.Diff(one, many); diff != "" {
			t.Errorf("statements for 1 client and for 50 (-1 +50):\n%s", diff)
		}
	})
}

// The last access is one by this provider: who worked for another one that had the
// client before is not told.
func TestAccessByAFormerProviderIsNotTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		stranger := dbtest.Account(t, d, "technician@former.example")
		dbtest.Row(t, d, "events", dbtest.Columns{
			"tenant_id": w.meadow.org, "id": id.New[id.Event](), "at": w.now.Add(-time.Hour), "type": 1603, "acting_user_id": stranger,
			"org_id": w.meadow.org, "provider_id": dbtest.Provider(t, d, 2),
		})
		for _, c := range w.find(w.admin).Clients {
			if !c.LastAccess.IsZero() || c.LastAccessBy != "" {
				t.Errorf("%s: last access %v by %q, want none", c.Name, c.LastAccess, c.LastAccessBy)
			}
		}
	})
}
