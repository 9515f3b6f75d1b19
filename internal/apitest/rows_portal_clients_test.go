package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/app"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// newTag makes a tag of the provider.
func newTag(w *world) string {
	w.T.Helper()
	return w.Must(w.T, w.Admin, "POST", "/api/providers/"+w.Provider+"/tags", tagName()).Text(w.T, "id")
}

// tagName is a name that does not look like an id, of which others might exist.
func tagName() m { return m{"name": "tag " + string(id.New[id.ProviderTag]())} }

func aboutTag(suffix string, body func() any) row {
	return row{try: func(w *world, _ *person) (string, any) {
		return "/api/providers/" + w.Provider + "/tags/" + newTag(w) + suffix, body()
	}}
}

// readyService is a confirmed service user of the provider.
func readyService(w *world) string {
	who := readyStaff(w)
	w.Must(w.T, w.Admin, "POST", "/api/providers/"+w.Provider+"/users/"+who+"/confirm", m{"key": apitest.Encapsulated()})
	return who
}

// ownOrg makes an organization that belongs to somebody and has no provider.
func ownOrg(w *world, p *person) string {
	w.T.Helper()
	return w.Must(w.T, p, "POST", "/api/organizations", m{"name": "Own", "billingEmail": "own@provider.example", "planType": 19, "key": apitest.Encapsulated(),
		"keys": m{"publicKey": apitest.PublicKey(), "encryptedPrivateKey": apitest.WrappedPrivateKey()}, "collectionName": apitest.Enc()}).Text(w.T, "id")
}

// ownedClient makes a client with a confirmed owner of its own.
func ownedClient(w *world) (org, client string) {
	w.T.Helper()
	org = ownOrg(w, w.Admin)
	w.Must(w.T, w.Admin, "POST", "/api/providers/"+w.Provider+"/clients/existing", m{"organizationId": org, "key": apitest.WrappedKey()})
	list := w.Must(w.T, w.Admin, "GET", "/api/providers/"+w.Provider+"/organizations", nil).JSON(w.T)
	rows, _ := list["data"].([]any)
	for _, r := range rows {
		if row, _ := r.(m); row["organizationId"] == org {
			client, _ = row["id"].(string)
		}
	}
	return org, client
}

// spareProvider is another provider, without clients, of which p is the admin.
func spareProvider(w *world, p *person) string {
	w.T.Helper()
	link, err := app.CreateProvider(w.T.Context(), w.Base, "")
	if err != nil {
		w.T.Fatal(err)
	}
	q := apitest.Query(w.T, link)
	w.Must(w.T, p, "POST", "/api/providers/"+q.Get("providerId")+"/setup", m{
		"name": "Spare", "billingEmail": "spare@provider.example", "token": q.Get("token"), "key": apitest.Encapsulated(),
	})
	return q.Get("providerId")
}

func portalBillingRows() map[string]row {
	none := func() any { return nil }
	address := func() any {
		return m{"country": "de", "postalCode": "10115", "line1": "Example Street 1", "taxId": nil}
	}
	missing := inProvider("/billing/invoices/"+string(id.New[id.Org]()), none)
	missing.status = http.StatusNotFound
	settled := func(r row) row {
		r.suspended = true
		return r
	}
	refused := inProvider("/billing/vnext/payment-method", func() any { return m{"type": "card", "token": "x"} })
	refused.status = http.StatusBadRequest
	return map[string]row{
		"GET /api/providers/{provider}/billing/subscription":         settled(inProvider("/billing/subscription", none)),
		"GET /api/providers/{provider}/billing/invoices":             settled(inProvider("/billing/invoices", none)),
		"GET /api/providers/{provider}/billing/invoices/{invoice}":   missing,
		"GET /api/providers/{provider}/billing/vnext/address":        settled(inProvider("/billing/vnext/address", none)),
		"PUT /api/providers/{provider}/billing/vnext/address":        settled(inProvider("/billing/vnext/address", address)),
		"GET /api/providers/{provider}/billing/vnext/credit":         settled(inProvider("/billing/vnext/credit", none)),
		"GET /api/providers/{provider}/billing/vnext/payment-method": settled(inProvider("/billing/vnext/payment-method", none)),
		"PUT /api/providers/{provider}/billing/vnext/payment-method": refused,
		"GET /api/providers/{provider}/billing/vnext/warnings":       settled(inProvider("/billing/vnext/warnings", none)),
		"DELETE /api/providers/{provider}": {suspended: true, try: func(w *world, p *person) (string, any) {
			return "/api/providers/" + spareProvider(w, p), secret(p)
		}},
		"POST /api/providers/{provider}/delete-recover-token": {try: func(w *world, _ *person) (string, any) {
			which := spareProvider(w, w.Admin)
			link, err := app.ProviderDeletionLink(w.T.Context(), w.Base, which)
			if err != nil {
				w.T.Fatal(err)
			}
			return "/api/providers/" + which + "/delete-recover-token", m{"token": apitest.Query(w.T, link).Get("token")}
		}},
		"POST /api/providers/{provider}/users/{user}/offboard": {events: []event.Type{event.ProviderUserRemoved}, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/users/" + readyService(w) + "/offboard", m{"dryRun": false}
		}},
		"POST /api/providers/{provider}/organizations": {events: []event.Type{event.ClientCreated, event.MemberInvited}, try: func(w *world, _ *person) (string, any) {
			in := apitest.NewClient("")
			return "/api/providers/" + w.Provider + "/organizations", m{"clientOwnerEmail": staffAddress(), "organizationCreateRequest": m{
				"name": "Example Client", "planType": 17, "additionalSeats": 3, "key": in["key"], "keys": in["keyPair"], "collectionName": in["collectionName"],
			}}
		}},
	}
}

func portalClientRows() map[string]row {
	none := func() any { return nil }
	seats := 0
	return map[string]row{
		"POST /api/providers/{provider}/clients/seats": {client: true, events: []event.Type{event.OrgUpdated}, try: func(w *world, _ *person) (string, any) {
			seats++
			return "/api/providers/" + w.Provider + "/clients/seats", m{"rows": []any{m{"id": w.Client, "seats": 180 + seats%20}}}
		}},
		"GET /api/providers/{provider}/clients/addable": inProvider("/clients/addable", none),
		"POST /api/providers/{provider}/clients/existing": {events: []event.Type{event.ClientAdded, event.OrgUpdated}, try: func(w *world, p *person) (string, any) {
			return "/api/providers/" + w.Provider + "/clients/existing", m{"organizationId": ownOrg(w, w.Admin), "key": apitest.WrappedKey()}
		}},
		"PUT /api/providers/{provider}/clients/{client}/enabled": {events: []event.Type{event.OrgUpdated}, try: func(w *world, _ *person) (string, any) {
			_, client := ownedClient(w)
			return "/api/providers/" + w.Provider + "/clients/" + client + "/enabled", m{"enabled": false}
		}},
		"GET /api/providers/{provider}/organizations/{client}/handover": {try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/organizations/" + w.Client + "/handover", nil
		}},
		"DELETE /api/providers/{provider}/organizations/{client}": {events: []event.Type{event.ClientRemoved, event.OrgUpdated}, try: func(w *world, _ *person) (string, any) {
			_, client := ownedClient(w)
			return "/api/providers/" + w.Provider + "/organizations/" + client, nil
		}},
		"GET /api/providers/{provider}/tags":          inProvider("/tags", none),
		"POST /api/providers/{provider}/tags":         inProvider("/tags", func() any { return tagName() }),
		"PUT /api/providers/{provider}/tags/{tag}":    aboutTag("", func() any { return tagName() }),
		"DELETE /api/providers/{provider}/tags/{tag}": aboutTag("", none),
		"PUT /api/providers/{provider}/clients/{client}/tags": {try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/clients/" + w.Client + "/tags", m{"ids": []string{newTag(w)}}
		}},
		"PUT /api/providers/{provider}/users/{user}/reach": {events: []event.Type{event.ProviderUserUpdated}, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/users/" + readyService(w) + "/reach", m{"assigned": true, "clients": []any{m{"id": w.Client}}}
		}},
	}
}
