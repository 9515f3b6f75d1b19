package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
)

// asOwner is a row about the client that takes the caller's secret.
func asOwner(suffix string, events ...event.Type) row {
	return row{events: events, try: func(w *world, p *person) (string, any) {
		return "/api/organizations/" + w.Org + suffix, secret(p, m{"type": 0})
	}}
}

// passingClient makes another client of the provider, whose owner is p unless p
// is staff of the provider.
func passingClient(w *world, p *person) (org string) {
	w.T.Helper()
	created := w.Must(w.T, w.Admin, http.MethodPost, "/api/providers/"+w.Provider+"/clients", apitest.NewClient(address()))
	org = created.Text(w.T, "organizationId")
	switch p {
	case w.Admin, w.Service:
	case w.ScopedService:
		w.Assign(p, w.Client, created.Text(w.T, "id"))
	default:
		promoteIn(w, org, p)
	}
	return org
}

// switchedOn turns a switch of the client on that was off.
func switchedOn(path, name, column string, kind event.Type) row {
	return row{events: []event.Type{kind}, try: func(w *world, _ *person) (string, any) {
		apitest.Set(w.T, w.Server, `UPDATE organizations SET `+column+` = FALSE WHERE id = $1`, w.Org)
		return "/api/organizations/" + w.Org + path, m{name: true}
	}}
}

func orgLifeRows() map[string]row {
	return map[string]row{
		"POST /api/organizations/{org}/api-key":                   asOwner("/api-key"),
		"POST /api/organizations/{org}/rotate-api-key":            asOwner("/rotate-api-key", event.OrgUpdated),
		"GET /api/organizations/{org}/api-key-information":        inOrg("/api-key-information", nil),
		"GET /api/organizations/{org}/api-key-information/{type}": inOrg("/api-key-information/0", nil),
		"PUT /api/organizations/{org}/collection-management":      switchedOn("/collection-management", "limitItemDeletion", "limit_item_deletion", event.OrgLimitItemDeletionOn),
		"PUT /api/organizations/{org}/provider-access":            ownersOnly(switchedOn("/provider-access", "providerItemAccess", "provider_item_access", event.OrgUpdated)),
		"DELETE /api/organizations/{org}": {events: []event.Type{event.ClientRemoved}, try: func(w *world, p *person) (string, any) {
			return "/api/organizations/" + passingClient(w, p), secret(p)
		}},
		"GET /api/organizations/{org}/subscription":           {who: only(service, admin), try: inOrg("/subscription", nil).try},
		"GET /api/organizations/{org}/billing/vnext/metadata": inOrg("/billing/vnext/metadata", nil),
		"GET /api/organizations/{org}/billing/vnext/warnings": inOrg("/billing/vnext/warnings", nil),
	}
}

func ownersOnly(r row) row {
	r.who = only(owner)
	return r
}
