package apitest_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

func eventRows() map[string]row {
	return map[string]row{
		"GET /api/events":                     get("/api/events"),
		"GET /api/organizations/{org}/events": inOrg("/events?start=2026-01-01&end=2026-12-31&type=member,item", nil),
		"GET /api/organizations/{org}/users/{member}/events": {try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/users/" + w.Members[w.User] + "/events", nil
		}},
		"GET /api/ciphers/{cipher}/events": {try: func(w *world, _ *person) (string, any) {
			return "/api/ciphers/" + w.NewOrgItem() + "/events", nil
		}},
		"GET /api/providers/{provider}/events": {try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/events", nil
		}},
		"GET /api/providers/{provider}/users/{user}/events": {try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/users/" + w.Staff[w.Service] + "/events", nil
		}},
	}
}

// TestTheLogOfAClient reads over HTTP what a technician did in a client.
func TestTheLogOfAClient(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		member := w.Invite("new@client.example", 2)
		w.Must(t, w.Service, "DELETE", "/api/organizations/"+w.Org+"/users/"+member, nil)
		latest := func(p *person, path string) map[string]any {
			t.Helper()
			list := w.Must(t, p, "GET", path, nil).JSON(t)
			if list["object"] != "list" {
				t.Fatalf("%s: %v is no list", path, list["object"])
			}
			data, _ := list["data"].([]any)
			if len(data) == 0 {
				t.Fatalf("%s: the log is empty", path)
			}
			entry, _ := data[0].(map[string]any)
			return entry
		}
		for _, entry := range []map[string]any{
			latest(w.Owner, "/api/organizations/"+w.Org+"/events"),
			latest(w.Admin, "/api/providers/"+w.Provider+"/events?type=member"),
			latest(w.Admin, "/api/providers/"+w.Provider+"/users/"+w.Staff[w.Service]+"/events"),
		} {
			for name, want := range map[string]any{
				"object": "event", "type": 1503.0, "organizationId": w.Org, "providerId": w.Provider, "organizationUserId": member,
				"systemUser": nil, "cipherId": nil,
			} {
				if entry[name] != want {
					t.Errorf("%s is %v, want %v", name, entry[name], want)
				}
			}
			if entry["actingUserId"] == nil || entry["date"] == nil || entry["ipAddress"] == nil {
				t.Errorf("who, when and from where is missing: %v", entry)
			}
		}
		for _, bad := range []string{"?continuationToken=x", "?start=x", "?type=x", "?actingUserId=x", "?start=2020-01-01&end=2026-01-01"} {
			if a := w.Do(t, w.Owner, "GET", "/api/organizations/"+w.Org+"/events"+bad, nil); a.Status != 400 {
				t.Errorf("%s: %d %s, want 400", bad, a.Status, a.Body)
			}
		}
	})
}
