package apitest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// TestTheOverviewOverHTTP holds the bodies to what the web app and the Go client
// read, for a technician to whom one of two clients is assigned.
func TestTheOverviewOverHTTP(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		at := "/api/providers/" + w.Provider
		t.Run("overview", func(t *testing.T) {
			got := w.Must(t, w.ScopedService, "GET", at+"/overview", nil).JSON(t)
			clients, _ := got["clients"].([]any)
			if len(clients) != 1 {
				t.Fatalf("%d clients, want 1", len(clients))
			}
			client, _ := clients[0].(m)
			if last, _ := client["lastActivity"].(string); !strings.HasSuffix(last, "Z") {
				t.Errorf("last activity %v", client["lastActivity"])
			}
			client["lastActivity"] = "some time"
			want := m{
				"object": "overview", "needsMe": m{
					"confirmations": 1.0, "outOfSeats": 0.0, "drifted": 0.0, "suspended": 0.0, "noOwner": 0.0, "staffToConfirm": 0.0, "expiring": 0.0,
				},
				"seats": []any{
					m{"type": 17.0, "name": "Teams (Monthly)", "seatMinimum": 0.0, "assigned": 0.0, "purchased": 0.0},
					m{"type": 19.0, "name": "Enterprise (Monthly)", "seatMinimum": 999800.0, "assigned": 200.0, "purchased": 0.0},
				},
				"clients": []any{m{
					"id": w.Client, "organizationId": w.Org, "name": "Example Client", "enabled": true, "status": 2.0, "plan": "Enterprise (Monthly)", "planType": 19.0,
					"seats": 200.0, "occupied": 7.0, "tags": []any{}, "twoStep": 0.0, "baseline": nil, "drift": nil, "deviations": 0.0,
					"members":      m{"invited": 1.0, "accepted": 1.0, "confirmed": 5.0, "revoked": 1.0, "staged": 0.0},
					"lastActivity": "some time", "lastAccess": nil, "lastAccessBy": nil, "alerts": []any{"confirmations"},
				}},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("overview (-want +got):\n%s", diff)
			}
			dbtest.Exec(t, d, `UPDATE organizations SET seats = NULL WHERE id = $1`, w.Org)
			clients, _ = w.Must(t, w.ScopedService, "GET", at+"/overview", nil).JSON(t)["clients"].([]any)
			if seats := clients[0].(m)["seats"]; seats != nil {
				t.Errorf("a client without a limit has %v seats, want null", seats)
			}
			dbtest.Exec(t, d, `UPDATE organizations SET seats = 200 WHERE id = $1`, w.Org)
		})
		t.Run("people", func(t *testing.T) {
			got := w.Must(t, w.ScopedService, "GET", at+"/people?search=ACCEPTED@&status=1,2&type=0&twoStep=false&client="+w.Client, nil).JSON(t)
			list, _ := got["data"].([]any)
			if len(list) != 1 {
				t.Fatalf("found %v", got)
			}
			person, _ := list[0].(m)
			person["revisionDate"] = "some time"
			want := m{"object": "list", "continuationToken": nil, "total": 1.0, "data": []any{m{
				"clientId": w.Client, "organizationId": w.Org, "clientName": "Example Client", "memberId": w.Members[w.Accepted], "name": person["name"],
				"email": w.Accepted.Email, "status": 1.0, "type": 0.0, "twoStep": false, "revisionDate": "some time",
			}}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("people (-want +got):\n%s", diff)
			}
			for _, bad := range []string{"status=9", "status=confirmed", "type=3", "twoStep=perhaps", "continuationToken=x", "search=" + strings.Repeat("x", 201)} {
				if a := w.Do(t, w.ScopedService, "GET", at+"/people?"+bad, nil); a.Status != 400 {
					t.Errorf("%s: %d %s, want 400", bad, a.Status, a.Body)
				}
			}
			for _, foreign := range []string{w.SiblingClient, w.Org, "nonsense"} {
				if a := w.Do(t, w.ScopedService, "GET", at+"/people?client="+foreign, nil); a.Status != 404 {
					t.Errorf("client %s: %d %s, want 404", foreign, a.Status, a.Body)
				}
			}
		})
		t.Run("invitations", func(t *testing.T) {
			got := w.Must(t, w.ScopedService, "POST", at+"/people/check", m{"rows": []any{
				m{"client": "example client", "email": "New@client.example", "groups": nil},
				m{"client": w.Org, "email": w.User.Email, "type": 1, "groups": []string{}},
				m{"client": w.SiblingOrg, "email": "new@client.example", "type": 2},
			}}).JSON(t)
			want := m{
				"clients": []any{m{"clientId": w.Client, "name": "Example Client", "free": 193.0, "wanted": 1.0}},
				"data": []any{
					m{
						"row": 0.0, "clientId": w.Client, "organizationId": w.Org, "clientName": "Example Client", "email": "new@client.example", "type": 2.0,
						"groupIds": []any{}, "error": nil, "already": nil,
					},
					m{
						"row": 1.0, "clientId": w.Client, "organizationId": w.Org, "clientName": "Example Client", "email": w.User.Email, "type": 1.0,
						"groupIds": []any{}, "error": nil, "already": 2.0,
					},
					m{
						"row": 2.0, "clientId": nil, "organizationId": nil, "clientName": nil, "email": "new@client.example", "type": 2.0,
						"groupIds": []any{}, "error": "There is no client with this name or id.", "already": nil,
					},
				},
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("verdicts (-want +got):\n%s", diff)
			}
		})
	})
}
