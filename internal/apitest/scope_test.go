package apitest_test

import (
	"net/http"
	"slices"
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// known are the client organizations of which somebody's apps, lists and searches
// tell.
func known(t *testing.T, w *world, p *person) map[string][]string {
	t.Helper()
	pick := func(list any, name string) []string {
		out := []string{}
		rows, _ := list.([]any)
		for _, r := range rows {
			row, _ := r.(m)
			of, _ := row[name].(string)
			out = append(out, of)
		}
		slices.Sort(out)
		return slices.Compact(out)
	}
	get := func(path string) m { return w.Must(t, p, http.MethodGet, path, nil).JSON(t) }
	base := "/api/providers/" + w.Provider
	profile, _ := get("/api/sync")["profile"].(m)
	return map[string][]string{
		"profile":  pick(get("/api/accounts/profile")["providerOrganizations"], "id"),
		"sync":     pick(profile["providerOrganizations"], "id"),
		"clients":  pick(get(base + "/organizations")["data"], "organizationId"),
		"overview": pick(get(base + "/overview")["clients"], "organizationId"),
		"people":   pick(get(base + "/people")["data"], "organizationId"),
	}
}

// Unassigned clients do not exist for a technician; the matrix holds all routes to
// that, this test what they list.
func TestATechniciansWorldIsTheAssignedClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		both := []string{w.Org, w.SiblingOrg}
		slices.Sort(both)
		see := func(what string, p *person, want ...string) {
			t.Helper()
			for where, got := range known(t, w, p) {
				if !slices.Equal(got, want) {
					t.Errorf("%s: %s of %s has %v, want %v", what, where, p.Name, got, want)
				}
			}
		}
		see("all", w.Admin, both...)
		see("all", w.Service, both...)
		see("one", w.ScopedService, w.Org)
		see("another", w.ScopedElsewhere, w.SiblingOrg)
		see("none any more", w.ExpiredScope)

		tag := newTag(w)
		w.Must(t, w.Admin, http.MethodPut, "/api/providers/"+w.Provider+"/users/"+w.Staff[w.ScopedService]+"/reach",
			m{"assigned": true, "clients": []any{}, "tags": []any{m{"id": tag}}})
		see("by a tag that no client has", w.ScopedService)
		w.Must(t, w.Admin, http.MethodPut, "/api/providers/"+w.Provider+"/clients/"+w.SiblingClient+"/tags", m{"ids": []string{tag}})
		see("by a tag", w.ScopedService, w.SiblingOrg)
		w.Must(t, w.Admin, http.MethodDelete, "/api/providers/"+w.Provider+"/tags/"+tag, nil)
		see("after the tag", w.ScopedService)
	})
}
