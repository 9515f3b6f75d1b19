package apitest_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
)

// noted is a row of a read that is noted when staff of the provider do it.
func noted(r row) row {
	r.staff = []event.Type{event.OrgAccessedByProvider, event.ClientAccessed}
	return r
}

func portalAuditRows() map[string]row {
	return map[string]row{
		"GET /api/providers/{provider}/audit": {try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/audit?categories=member,provider&types=1603&start=2026-01-01&end=2026-12-31", nil
		}},
	}
}

// TestTheAuditLogOfAllClients reads over HTTP what a technician did in a client.
func TestTheAuditLogOfAllClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		path := "/api/providers/" + w.Provider + "/audit"
		w.Must(t, w.Service, "DELETE", "/api/organizations/"+w.Org+"/users/"+w.Invite("new@client.example", 2), nil)
		list := w.Must(t, w.Admin, "GET", path+"?types=1503", nil).JSON(t)
		data, _ := list["data"].([]any)
		if list["object"] != "list" || len(data) != 1 {
			t.Fatalf("%v, want a list of the one removal", list)
		}
		entry, _ := data[0].(map[string]any)
		link := dbtest.Value[string](t, d, `SELECT id FROM provider_clients WHERE org_id = $1`, w.Org)
		for name, want := range map[string]any{
			"object": "event", "type": 1503.0, "organizationId": w.Org, "clientId": link,
			"clientName":      dbtest.Value[string](t, d, `SELECT name FROM organizations WHERE id = $1`, w.Org),
			"actingUserEmail": w.Service.Email, "apiKeyId": nil, "apiKeyName": nil,
		} {
			if entry[name] != want {
				t.Errorf("%s is %v, want %v", name, entry[name], want)
			}
		}
		if entry["actingUserName"] == nil || entry["id"] == nil {
			t.Errorf("the name is missing: %v", entry)
		}
		for _, bad := range []string{"?continuationToken=x", "?start=x", "?categories=x", "?types=x", "?types=-1", "?acting=x", "?start=2020-01-01&end=2026-01-01"} {
			if a := w.Do(t, w.Admin, "GET", path+bad, nil); a.Status != 400 {
				t.Errorf("%s: %d %s, want 400", bad, a.Status, a.Body)
			}
		}
		if a := w.Do(t, w.Admin, "GET", path+"?clients="+link+",x", nil); a.Status != 404 {
			t.Errorf("a client that is none: %d, want 404", a.Status)
		}
	})
}
