package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/app"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

func inProvider(suffix string, body func() any, events ...event.Type) row {
	return row{events: events, try: func(w *world, _ *person) (string, any) { return "/api/providers/" + w.Provider + suffix, body() }}
}

func staffAddress() string { return string(id.New[id.User]()) + "@provider.example" }

func aboutStaff(fresh func(w *world) string, suffix string, body func() any, events ...event.Type) row {
	return row{events: events, try: func(w *world, _ *person) (string, any) {
		return "/api/providers/" + w.Provider + "/users/" + fresh(w) + suffix, body()
	}}
}

func invitedStaff(w *world) string { return w.InviteStaff(staffAddress()) }

func readyStaff(w *world) string {
	p := newcomer(w)
	who := w.InviteStaff(p.Email)
	w.AcceptStaff(p, who)
	return who
}

func providerRows() map[string]row {
	none := func() any { return nil }
	key := func() any { return m{"key": apitest.Encapsulated()} }
	var joining *person
	newPerson := func(w *world) []*person { joining = newcomer(w); return []*person{joining} }
	return map[string]row{
		"GET /api/providers/{provider}": {suspended: true, try: inProvider("", none).try},
		"PUT /api/providers/{provider}": inProvider("", func() any { return m{"name": "Example Provider", "billingEmail": "bills@provider.example"} }),
		"POST /api/providers/{provider}/setup": {who: newPerson, events: []event.Type{event.ProviderUserConfirmed}, try: func(w *world, _ *person) (string, any) {
			link, err := app.CreateProvider(w.T.Context(), w.Base, "")
			if err != nil {
				w.T.Fatal(err)
			}
			q := apitest.Query(w.T, link)
			return "/api/providers/" + q.Get("providerId") + "/setup", m{
				"name": "Another", "billingEmail": "a@another.example", "token": q.Get("token"), "key": apitest.Encapsulated(),
			}
		}},
		"POST /api/providers/{provider}/clients": {events: []event.Type{event.ClientCreated, event.MemberInvited}, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/clients", apitest.NewClient(address())
		}},
		"PUT /api/providers/{provider}/clients/{client}": {events: []event.Type{event.OrgUpdated}, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/clients/" + w.Client, m{"name": "Example Client", "assignedSeats": 200}
		}},
		"GET /api/providers/{provider}/organizations": inProvider("/organizations", none),
		"GET /api/providers/{provider}/users":         inProvider("/users", none),
		"GET /api/providers/{provider}/users/{user}":  aboutStaff(invitedStaff, "", none),
		"POST /api/providers/{provider}/users/invite": inProvider("/users/invite",
			func() any { return m{"emails": []string{staffAddress()}, "type": 1} }, event.ProviderUserInvited),
		"POST /api/providers/{provider}/users/reinvite": {try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/users/reinvite", m{"ids": []string{invitedStaff(w)}}
		}},
		"POST /api/providers/{provider}/users/{user}/reinvite":   {status: http.StatusBadRequest, try: aboutStaff(invitedStaff, "/reinvite", none).try}, // no mail
		"GET /api/providers/{provider}/users/{user}/invite-link": aboutStaff(invitedStaff, "/invite-link", none),
		"POST /api/providers/{provider}/users/{user}/accept": {who: newPerson, try: func(w *world, p *person) (string, any) {
			who := w.InviteStaff(p.Email)
			return "/api/providers/" + w.Provider + "/users/" + who + "/accept", m{"token": w.StaffToken(who)}
		}},
		"POST /api/providers/{provider}/users/public-keys": {try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/users/public-keys", m{"ids": []string{readyStaff(w)}}
		}},
		"POST /api/providers/{provider}/users/confirm": {events: []event.Type{event.ProviderUserConfirmed}, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/users/confirm", m{"keys": []any{m{"id": readyStaff(w), "key": apitest.Encapsulated()}}}
		}},
		"POST /api/providers/{provider}/users/{user}/confirm": aboutStaff(readyStaff, "/confirm", key, event.ProviderUserConfirmed),
		"PUT /api/providers/{provider}/users/{user}":          aboutStaff(invitedStaff, "", func() any { return m{"type": 0} }, event.ProviderUserUpdated),
		"DELETE /api/providers/{provider}/users": {events: []event.Type{event.ProviderUserRemoved}, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/users", m{"ids": []string{invitedStaff(w)}}
		}},
		"DELETE /api/providers/{provider}/users/{user}": aboutStaff(invitedStaff, "", none, event.ProviderUserRemoved),
	}
}
