package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// aKey is the body of a new API key, with a name that no other has.
func aKey(change m) m {
	key := apitest.AllClients()
	key["name"] = string(id.New[id.ProviderKey]())
	for name, value := range change {
		key[name] = value
	}
	return key
}

func portalKeyRows() map[string]row {
	return map[string]row{
		"GET /api/providers/{provider}/keys": inProvider("/keys", func() any { return nil }),
		"POST /api/providers/{provider}/keys": {events: []event.Type{event.ProviderKeyCreated}, try: func(w *world, p *person) (string, any) {
			return "/api/providers/" + w.Provider + "/keys", aKey(m{"masterPasswordHash": p.Password})
		}},
		"DELETE /api/providers/{provider}/keys/{key}": {events: []event.Type{event.ProviderKeyDeleted}, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/keys/" + w.NewProviderKey(w.Admin, w.Provider, aKey(nil)).Key, nil
		}},
	}
}

// asProgram is a row of the Provider API whose path and body are made for each try.
func asProgram(try func(w *world) (string, any), events ...event.Type) row {
	return row{events: events, try: func(w *world, _ *person) (string, any) {
		path, body := try(w)
		return "/api/public/provider" + path, body
	}}
}

func fleetRows() map[string]row {
	get := func(path string) row { return asProgram(func(*world) (string, any) { return path, nil }) }
	inClient := func(suffix string, body func() any, events ...event.Type) row {
		return asProgram(func(w *world) (string, any) { return "/clients/" + w.Client + suffix, body() }, events...)
	}
	onMember := func(fresh func(w *world) string, suffix string, events ...event.Type) row {
		return asProgram(func(w *world) (string, any) { return "/clients/" + w.Client + "/members/" + fresh(w) + suffix, nil }, events...)
	}
	revoked := func(w *world) string {
		member := invited(w)
		w.Must(w.T, w.Program, http.MethodPut, "/api/public/provider/clients/"+w.Client+"/members/"+member+"/revoke", nil)
		return member
	}
	none, seats := func() any { return nil }, 0
	description := get("/openapi.json")
	description.who = only(func(*world) *person { return apitest.Nobody })
	return map[string]row{
		"GET /api/public/provider/openapi.json":     description,
		"GET /api/public/provider":                  get(""),
		"GET /api/public/provider/clients":          get("/clients"),
		"GET /api/public/provider/clients/{client}": inClient("", none),
		"PUT /api/public/provider/clients/{client}": inClient("", func() any { return m{"name": "Example Client", "seats": 200} }, event.OrgUpdated),
		"POST /api/public/provider/seats": asProgram(func(w *world) (string, any) {
			seats++ // to a number that the client does not have
			return "/seats", m{"dryRun": false, "rows": []any{m{"id": w.Client, "seats": 210 + seats%20}}}
		}, event.OrgUpdated),
		"GET /api/public/provider/clients/{client}/groups":  inClient("/groups", none),
		"GET /api/public/provider/clients/{client}/members": inClient("/members", none),
		"POST /api/public/provider/clients/{client}/members": inClient("/members", func() any {
			return m{"email": address(), "type": 2, "groups": []string{}, "externalId": "u1"}
		}, event.MemberInvited),
		"PUT /api/public/provider/clients/{client}/members/{member}/revoke":  onMember(invited, "/revoke", event.MemberRevoked),
		"PUT /api/public/provider/clients/{client}/members/{member}/restore": onMember(revoked, "/restore", event.MemberRestored),
		"DELETE /api/public/provider/clients/{client}/members/{member}":      onMember(invited, "", event.MemberRemoved),
		"GET /api/public/provider/people":                                    get("/people?search=client&status=2"),
		"GET /api/public/provider/events": asProgram(func(w *world) (string, any) {
			return "/events?categories=member,provider&clients=" + w.Client, nil
		}),
		"GET /api/public/provider/baselines": asProgram(func(w *world) (string, any) {
			governed(w)
			return "/baselines", nil
		}),
		"GET /api/public/provider/baselines/drift": asProgram(func(w *world) (string, any) {
			governed(w)
			return "/baselines/drift", nil
		}),
		"POST /api/public/provider/clients/{client}/baseline/preview": asProgram(func(w *world) (string, any) {
			governed(w)
			return "/clients/" + w.Client + "/baseline/preview", nil
		}),
		"POST /api/public/provider/clients/{client}/baseline/apply": asProgram(func(w *world) (string, any) {
			governed(w)
			return "/clients/" + w.Client + "/baseline/apply", m{"subjects": []string{"policy:14"}}
		}, event.PolicyUpdated),
	}
}
