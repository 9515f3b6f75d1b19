package enroll_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/tenant"
)

func TestAProviderCreatesAClientInOneAct(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		adminBefore, serviceBefore, strangerBefore := w.revised(w.admin), w.revised(w.service), w.revised(w.stranger)
		c, owner := w.client("Owner@Example.com", 5)

		want := provider.Client{
			ID: c.ID, Provider: w.provider, Org: c.Org, Name: "Meadow Bakery", Key: type2,
			Plan: tenant.Plan{Type: 17, Name: "Teams (Monthly)", Tier: 2}, Seats: 5, Occupied: 1, Status: tenant.Managed, Enabled: true, RevisedAt: c.RevisedAt,
		}
		if diff := cmp.Diff(want, c); diff != "" {
			t.Errorf("client (-want +got):\n%s", diff)
		}
		m, err := w.orgs.FindMember(w.as(w.service), w.service, c.Org, owner)
		w.fine("the owner's row", err)
		if m.Email != "owner@example.com" || m.Role != access.Owner || m.Status != org.Invited || len(m.Access) != 1 || !m.Access[0].Manage {
			t.Errorf("owner: %+v", m)
		}
		if diff := cmp.Diff([]int{int(event.MemberInvited)}, w.events(string(c.Org))); diff != "" {
			t.Errorf("the organization's log (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]int{int(event.MemberInvited), int(event.ClientCreated)}, w.events(string(w.provider))); diff != "" {
			t.Errorf("the provider's log (-want +got):\n%s", diff)
		}
		if w.revised(w.admin) <= adminBefore || w.revised(w.service) <= serviceBefore || w.revised(w.stranger) != strangerBefore {
			t.Error("exactly the provider's staff should hear of a new client")
		}
		list, err := w.providers.ListClients(w.as(w.service), w.service, w.provider)
		w.fine("the service user's list", err)
		if diff := cmp.Diff([]provider.Client{c}, list); diff != "" {
			t.Errorf("clients (-want +got):\n%s", diff)
		}
	})
}

func TestABadClientLeavesNothingBehind(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for name, change := range map[string]func(*enroll.NewClient){
			"no name":                  func(in *enroll.NewClient) { in.Name = " " },
			"long name":                func(in *enroll.NewClient) { in.Name = type4 },
			"no address":               func(in *enroll.NewClient) { in.OwnerEmail = "" },
			"bad address":              func(in *enroll.NewClient) { in.OwnerEmail = "Owner <o@example.com>" },
			"a yearly plan":            func(in *enroll.NewClient) { in.Plan = tenant.EnterpriseAnnually },
			"an unknown plan":          func(in *enroll.NewClient) { in.Plan = 99 },
			"no seats":                 func(in *enroll.NewClient) { in.Seats = 0 },
			"negative seats":           func(in *enroll.NewClient) { in.Seats = -1 },
			"absurdly many seats":      func(in *enroll.NewClient) { in.Seats = tenant.MaxSeats + 1 },
			"key of type 4":            func(in *enroll.NewClient) { in.Key = type4 },
			"key without a mac":        func(in *enroll.NewClient) { in.Key = "0.AAAA" },
			"no key":                   func(in *enroll.NewClient) { in.Key = "" },
			"no public key":            func(in *enroll.NewClient) { in.Keys.Public = "" },
			"private key of type 4":    func(in *enroll.NewClient) { in.Keys.Private = type4 },
			"no collection":            func(in *enroll.NewClient) { in.Collection = "" },
			"collection in plain text": func(in *enroll.NewClient) { in.Collection = "Secrets" },
		} {
			in := newClient("o@example.com", 5)
			change(&in)
			_, _, err := w.enroll.CreateClient(w.as(w.admin), w.admin, w.provider, in)
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v, want a refusal", name, err)
			}
		}
		for _, table := range []string{"organizations", "members", "collections", "provider_clients", "events"} {
			if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM `+table); n != 0 {
				t.Errorf("%s has %d rows, want none", table, n)
			}
		}
	})
}

func TestOnlyAdminsOfTheProviderCreateClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		accepted, foreign := w.account("accepted"), w.account("foreign")
		dbtest.Staff(t, d, w.provider, accepted, 0, 1)
		other := dbtest.Provider(t, d, 2)
		dbtest.Staff(t, d, other, foreign, 0, 2)
		for name, user := range map[string]id.User{"service user": w.service, "stranger": w.stranger, "accepted": accepted, "foreign admin": foreign} {
			_, _, err := w.enroll.CreateClient(w.as(user), user, w.provider, newClient("o@example.com", 5))
			w.absent(name, err)
		}
		_, _, err := w.enroll.CreateClient(w.as(w.admin), w.admin, id.New[id.Provider](), newClient("o@example.com", 5))
		w.absent("a provider that does not exist", err)
	})
}
