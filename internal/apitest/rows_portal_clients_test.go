package apitest_test

import (
	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// newTag makes a tag of the provider.
func newTag(w *world) string {
	w.T.Helper()
	return w.Must(w.T, w.Admin, "POST", "/api/providers/"+w.Provider+"/tags", tagName()).Text(w.T, "id")
}

func tagName() m { return m{"name": string(id.New[id.ProviderTag]())} }

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

func portalClientRows() map[string]row {
	none := func() any { return nil }
	seats := 0
	return map[string]row{
		"POST /api/providers/{provider}/clients/seats": {client: true, events: []event.Type{event.OrgUpdated}, try: func(w *world, _ *person) (string, any) {
			seats++
			return "/api/providers/" + w.Provider + "/clients/seats", m{"rows": []any{m{"id": w.Client, "seats": 180 + seats%20}}}
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
