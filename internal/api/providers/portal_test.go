package providers_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// portal is a provider with an admin, a technician and a client with an owner.
type portal struct {
	server
	base       string
	boss, tech id.User
	rowTech    string
	client     id.ProviderClient
	org        id.Org
	provider   id.Provider
}

func newPortal(t *testing.T, d *db.DB) portal {
	t.Helper()
	p := portal{server: newServer(t, d), provider: dbtest.Provider(t, d, 2)}
	p.base = "/api/providers/" + string(p.provider)
	p.boss, p.tech = dbtest.Account(t, d, "boss@msp.example"), dbtest.Account(t, d, "tech@msp.example")
	dbtest.Staff(t, d, p.provider, p.boss, 0, 2)
	p.rowTech = string(dbtest.Staff(t, d, p.provider, p.tech, 1, 2))
	p.org = dbtest.Org(t, d, dbtest.Columns{"seats": 5, "status": 2, "plan_type": 17})
	p.client = dbtest.Client(t, d, p.provider, p.org)
	dbtest.Member(t, d, p.org, dbtest.Account(t, d, "owner@client.example"), 0, 2)
	return p
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestReachAndTagsOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPortal(t, d)
		tag := p.ok(p.boss, "POST", p.base+"/tags", m{"name": "Gold"}).(m)
		same(t, "tag", m{"object": "providerTag", "id": tag["id"], "name": "Gold", "clientIds": []any{}}, tag)
		p.ok(p.boss, "PUT", p.base+"/clients/"+string(p.client)+"/tags", m{"ids": []any{tag["id"]}})
		same(t, "tags", []any{m{"object": "providerTag", "id": tag["id"], "name": "Gold", "clientIds": []any{string(p.client)}}}, data(p.ok(p.tech, "GET", p.base+"/tags", nil)))
		reach := m{
			"assigned": true, "until": nil, "clients": []any{m{"id": string(p.client), "until": "2100-01-01T00:00:00.000000Z"}},
			"tags": []any{m{"id": tag["id"], "until": nil}},
		}
		at := p.base + "/users/" + p.rowTech
		p.ok(p.boss, "PUT", at+"/reach", reach)
		row := p.ok(p.boss, "GET", at, nil).(m)
		got := m{}
		for name := range reach {
			got[name] = row[name]
		}
		same(t, "reach", reach, got)
		for name, body := range map[string]m{
			"a date that is none":    {"assigned": true, "until": "tomorrow"},
			"a date that has passed": {"assigned": true, "until": "2020-01-01T00:00:00Z"},
		} {
			if status, _ := p.call(p.boss, "PUT", at+"/reach", body); status != 400 {
				t.Errorf("%s: %d, want 400", name, status)
			}
		}
		for name, body := range map[string]m{
			"a client that is none": {"assigned": true, "clients": []any{m{"id": "x"}}},
			"an unknown tag":        {"assigned": true, "tags": []any{m{"id": string(id.New[id.ProviderTag]())}}},
		} {
			if status, _ := p.call(p.boss, "PUT", at+"/reach", body); status != 404 {
				t.Errorf("%s: %d, want 404", name, status)
			}
		}
		p.ok(p.boss, "PUT", at, m{"type": 1, "reach": m{"assigned": true}})
		same(t, "clients of who reaches none", []any{}, data(p.ok(p.tech, "GET", p.base+"/organizations", nil)))
		p.ok(p.boss, "POST", p.base+"/users/invite", m{"emails": []string{"a@msp.example"}, "type": 1, "reach": reach})
		invited := data(p.ok(p.boss, "GET", p.base+"/users", nil))[0].(m)
		same(t, "the reach of an invitation", reach["clients"], invited["clients"])
	})
}

func TestSeatsOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPortal(t, d)
		if err := p.providers.SetPlans(t.Context(), p.provider, 8, 0); err != nil {
			t.Fatal(err)
		}
		plan := p.ok(p.tech, "POST", p.base+"/clients/seats", m{"dryRun": true, "rows": []any{m{"id": string(p.client), "seats": 9}}}).(m)
		row := plan["data"].([]any)[0].(m)
		if row["error"] == nil {
			t.Errorf("a technician would buy seats: %v", row)
		}
		plan = p.ok(p.boss, "POST", p.base+"/clients/seats", m{"rows": []any{m{"id": string(p.client), "seats": 9}}}).(m)
		same(t, "seat plan", m{"object": "seatPlan",
			"data": []any{m{"id": string(p.client), "name": "Meadow Bakery", "before": 5.0, "after": 9.0, "occupied": 1.0, "error": nil}},
			"plans": []any{
				m{"type": 17.0, "name": "Teams (Monthly)", "seatMinimum": 8.0, "assignedBefore": 5.0, "assignedAfter": 9.0, "purchasedBefore": 0.0, "purchasedAfter": 1.0},
				m{"type": 19.0, "name": "Enterprise (Monthly)", "seatMinimum": 0.0, "assignedBefore": 0.0, "assignedAfter": 0.0, "purchasedBefore": 0.0, "purchasedAfter": 0.0},
			},
		}, plan)
		teams := p.ok(p.tech, "GET", p.base+"/billing/subscription", nil).(m)["plans"].([]any)[0]
		same(t, "subscription", m{
			"planName": "Teams (Monthly)", "type": 17.0, "productTier": 2.0, "seatMinimum": 8.0, "purchasedSeats": 1.0, "assignedSeats": 9.0, "cost": 0.0, "cadence": "Monthly",
		}, teams.(m))
		status, body := p.call(p.boss, "PUT", p.base+"/clients/"+string(p.client), m{"name": "x", "assignedSeats": 0})
		if fields := body.(m)["validationErrors"].(m); status != 400 || fields["assignedSeats"] == nil {
			t.Errorf("no seats: %d %v", status, body)
		}
		list := data(p.ok(p.boss, "GET", p.base+"/organizations", nil))[0].(m)
		dbtest.Exec(t, d, `UPDATE organizations SET revised_at = revised_at + 5000 WHERE id = $1`, p.org)
		status, body = p.call(p.boss, "PUT", p.base+"/clients/"+string(p.client), m{"name": "x", "assignedSeats": 9, "lastKnownRevisionDate": list["revisionDate"]})
		if status != 400 {
			t.Errorf("an edit of what somebody changed meanwhile: %d %v", status, body)
		}
	})
}

func TestUnlinkingOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPortal(t, d)
		at := p.base + "/organizations/" + string(p.client)
		p.ok(p.boss, "PUT", p.base+"/clients/"+string(p.client)+"/enabled", m{"enabled": false})
		report := p.ok(p.boss, "GET", at+"/handover", nil).(m)
		name := report["owners"].([]any)[0].(m)["name"]
		staff := report["staff"].([]any)
		same(t, "report", m{
			"object": "handover", "clientId": string(p.client), "organizationId": string(p.org), "name": "Meadow Bakery",
			"owners": []any{m{"name": name, "email": "owner@client.example"}}, "members": m{"invited": 0.0, "accepted": 0.0, "confirmed": 1.0, "revoked": 0.0, "staged": 0.0},
			"seats": 5.0, "plan": "Teams (Monthly)", "planType": 17.0, "enabled": false, "policies": []any{}, "domains": []any{},
			"staff":   []any{m{"name": staff[0].(m)["name"], "email": "boss@msp.example", "type": 0.0}, m{"name": staff[1].(m)["name"], "email": "tech@msp.example", "type": 1.0}},
			"apiKeys": []any{}, "baseline": nil, "blockedBy": nil, "at": report["at"],
		}, report)
		done := p.ok(p.boss, "POST", at+"/delete", nil).(m)
		if done["at"] == nil || done["organizationId"] != string(p.org) {
			t.Errorf("unlinked: %v", done)
		}
		if status, _ := p.call(p.boss, "DELETE", at, nil); status != 404 {
			t.Errorf("once more: %d, want 404", status)
		}
		same(t, "addable by nobody else", []any{}, p.ok(p.boss, "GET", p.base+"/clients/addable", nil))
		dbtest.Member(t, d, p.org, p.boss, 0, 2)
		same(t, "addable", []any{m{"id": string(p.org), "name": "Meadow Bakery", "plan": "Teams", "seats": 5.0, "disabled": false}},
			p.ok(p.boss, "GET", p.base+"/clients/addable", nil))
		p.ok(p.boss, "POST", p.base+"/organizations/add", m{"organizationId": string(p.org), "key": type2})
		if status, _ := p.call(p.boss, "POST", p.base+"/clients/existing", m{"organizationId": string(p.org), "key": type2}); status != 409 {
			t.Errorf("linked already: %d, want 409", status)
		}
	})
}

func TestOffboardingOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPortal(t, d)
		dbtest.Member(t, d, p.org, p.tech, 2, 1)
		other := dbtest.Org(t, d, dbtest.Columns{"name": "Other"})
		link := dbtest.Client(t, d, p.provider, other)
		dbtest.Cipher(t, d, other)
		at := p.base + "/users/" + p.rowTech + "/offboard"
		preview := p.ok(p.boss, "POST", at, m{"dryRun": true}).(m)
		same(t, "preview", m{
			"object": "offboarding", "name": preview["name"], "email": "tech@msp.example", "provider": m{"removed": true, "error": nil},
			"clients": []any{m{"id": string(p.client), "organizationId": string(p.org), "name": "Meadow Bakery", "role": 2.0, "items": 0.0, "error": nil}},
			"reached": []any{m{"id": string(link), "organizationId": string(other), "name": "Other", "role": nil, "items": 1.0, "error": nil}},
			"keys":    []any{},
		}, preview)
		same(t, "report", any(preview), p.ok(p.boss, "POST", at, m{"dryRun": false}))
		if status, _ := p.call(p.boss, "POST", at, m{"dryRun": true}); status != 404 {
			t.Errorf("once more: %d, want 404", status)
		}
	})
}

func TestBillingPagesOfASuspendedProvider(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := newPortal(t, d)
		if got := p.ok(p.boss, "GET", p.base+"/billing/vnext/address", nil); got != nil {
			t.Errorf("address: %v", got)
		}
		same(t, "no warnings", m{"suspension": nil, "taxId": nil}, p.ok(p.tech, "GET", p.base+"/billing/vnext/warnings", nil).(m))
		dbtest.Exec(t, d, `UPDATE providers SET enabled = FALSE WHERE id = $1`, p.provider)
		address := m{"country": "DE", "postalCode": "10115", "line1": "Example Street 1", "line2": nil, "city": "Berlin", "state": nil, "taxId": m{"code": "eu_vat", "value": "DE000000000"}}
		same(t, "address stored", address, p.ok(p.boss, "PUT", p.base+"/billing/vnext/address", address).(m))
		same(t, "address", address, p.ok(p.boss, "GET", p.base+"/billing/vnext/address", nil).(m))
		for _, bad := range []m{{"country": "", "postalCode": "1"}, {"country": "Germany", "postalCode": "1"}, {"country": "DE", "postalCode": ""}} {
			if status, _ := p.call(p.boss, "PUT", p.base+"/billing/vnext/address", bad); status != 400 {
				t.Errorf("%v: %d, want 400", bad, status)
			}
		}
		subscription := p.ok(p.boss, "GET", p.base+"/billing/subscription", nil).(m)
		if subscription["status"] != "unpaid" || subscription["taxInformation"].(m)["taxId"] != "DE000000000" {
			t.Errorf("subscription: %v", subscription)
		}
		same(t, "warnings", any(m{"resolution": "contact_support", "subscriptionCancelsAt": nil}), p.ok(p.boss, "GET", p.base+"/billing/vnext/warnings", nil).(m)["suspension"])
		p.ok(p.boss, "GET", p.base, nil)
		for _, path := range []string{"", "/billing/subscription", "/billing/vnext/warnings"} {
			if status, _ := p.call(p.tech, "GET", p.base+path, nil); status != 404 {
				t.Errorf("a technician of a suspended provider: %s = %d, want 404", path, status)
			}
		}
		if status, _ := p.call(p.boss, "GET", p.base+"/organizations", nil); status != 404 {
			t.Errorf("clients of a suspended provider: %d, want 404", status)
		}
	})
}
