package apitest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// TestADisabledOrganizationIsAdministeredAndNothingElse: its heads can put it in
// order, or delete it; its vault is closed to everybody, its key to programs.
func TestADisabledOrganizationIsAdministeredAndNothingElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		at, item := "/api/organizations/"+w.Org, w.NewOrgItem()
		apitest.Set(t, w.Server, `UPDATE organizations SET enabled = FALSE WHERE id = $1`, w.Org)
		apitest.Set(t, w.Server, `UPDATE users SET revised_at = revised_at + 1000`)
		for _, p := range []*person{w.Owner, w.Service, w.Admin} {
			for _, path := range []string{"", "/users", "/groups", "/policies", "/domain", "/events", "/api-key-information", "/public-key"} {
				w.Must(t, p, http.MethodGet, at+path, nil)
			}
			w.Must(t, p, http.MethodPut, at, m{"name": "In order"})
			w.Must(t, p, http.MethodPut, at+"/collection-management", m{"limitItemDeletion": true})
			w.Must(t, p, http.MethodPost, at+"/api-key", secret(p))
		}
		w.Must(t, w.Owner, http.MethodPut, at+"/provider-access", m{"providerItemAccess": false})
		w.Must(t, w.Owner, http.MethodPut, at+"/provider-access", m{"providerItemAccess": true})
		for _, p := range []*person{w.Owner, w.Manager, w.Custom, w.User, w.Service, w.Admin} {
			for path, body := range map[string]any{
				"GET " + at + "/export":                                         nil,
				"GET " + at + "/collections/details":                            nil,
				"GET /api/ciphers/organization-details?organizationId=" + w.Org: nil,
				"GET /api/ciphers/" + item + "/admin":                           nil,
				"POST /api/ciphers/purge?organizationId=" + w.Org:               secret(p),
				"POST /api/ciphers/admin":                                       m{"cipher": edited(w, ""), "collectionIds": []string{w.Collection}},
				"POST /api/ciphers/import-organization?organizationId=" + w.Org: m{"ciphers": []any{apitest.Item()}, "collections": []any{}, "collectionRelationships": []any{}},
				"POST " + at + "/collections":                                   m{"name": apitest.Enc(), "groups": []any{}, "users": []any{}},
			} {
				method, path, _ := strings.Cut(path, " ")
				a := w.Do(t, p, method, path, body)
				if empty := strings.Contains(string(a.Body), `"data":[]`); a.Status != http.StatusNotFound && !empty {
					t.Errorf("%s: %s %s = %d %.200s", p.Name, method, path, a.Status, a.Body)
				}
			}
		}
		if a := w.Must(t, w.User, http.MethodGet, at+"/billing/vnext/warnings", nil); !strings.Contains(string(a.Body), `"contact_provider"`) {
			t.Errorf("warnings: %s", a.Body)
		}
		w.Must(t, w.User, http.MethodPost, at+"/leave", nil)
		w.Must(t, w.Owner, http.MethodPost, at+"/delete", secret(w.Owner))
		if a := w.Must(t, w.Manager, http.MethodGet, "/api/sync", nil); strings.Contains(string(a.Body), w.Org) {
			t.Error("an organization that is gone is in sync")
		}
		if a := w.Must(t, w.Admin, http.MethodGet, "/api/providers/"+w.Provider+"/organizations", nil); strings.Contains(string(a.Body), w.Org) {
			t.Error("an organization that is gone is among the provider's clients")
		}
	})
}

// TestTheSwitchShutsStaffOut turns the provider's reach off and tries its staff on
// every route of items that it could call before.
func TestTheSwitchShutsStaffOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		at := "/api/organizations/" + w.Org + "/provider-access"
		for _, p := range everybody(w) {
			if p == w.Owner {
				continue
			}
			if a := w.Do(t, p, http.MethodPut, at, m{"providerItemAccess": true}); a.Status != http.StatusNotFound && a.Status != http.StatusUnauthorized {
				t.Errorf("%s: %d %s", p.Name, a.Status, a.Body)
			}
		}
		tried := 0
		for name, line := range rows() {
			method, route, _ := strings.Cut(name, " ")
			if line.who == nil || !strings.HasPrefix(route, "/api/ciphers") {
				continue
			}
			for _, p := range line.who(w) {
				if p != w.Service && p != w.Admin {
					continue
				}
				path, body := line.try(w, p)
				w.Must(t, w.Owner, http.MethodPut, at, m{"providerItemAccess": false})
				if a := w.Do(t, p, method, path, body); a.Status != http.StatusNotFound && !strings.HasPrefix(route, "/api/ciphers/{id}/events") {
					t.Errorf("%s: %s = %d %.200s", p.Name, name, a.Status, a.Body)
				}
				w.Must(t, w.Owner, http.MethodPut, at, m{"providerItemAccess": true})
				tried++
			}
		}
		if tried < 20 {
			t.Errorf("only %d requests were tried", tried)
		}
	})
}
