package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// asKey is a row of the Public API whose path and body are made for each try.
func asKey(try func(w *world) (string, any), events ...event.Type) row {
	return row{events: events, try: func(w *world, _ *person) (string, any) {
		w.RenewKeys() // the request before may have replaced the API key
		path, body := try(w)
		return "/api/public" + path, body
	}}
}

func publicRows() map[string]row {
	get := func(path string) row { return asKey(func(*world) (string, any) { return path, nil }) }
	onMember := func(fresh func(w *world) string, suffix string, body any, events ...event.Type) row {
		return asKey(func(w *world) (string, any) { return "/members/" + fresh(w) + suffix, body }, events...)
	}
	onCollection := func(body any, events ...event.Type) row {
		return asKey(func(w *world) (string, any) { return "/collections/" + w.NewCollection(), body }, events...)
	}
	revoked := func(w *world) string {
		member := invited(w)
		w.Must(w.T, w.Key, http.MethodPost, "/api/public/members/"+member+"/revoke", nil)
		return member
	}
	freshGroup := func(w *world) string {
		return w.Must(w.T, w.Key, http.MethodPost, "/api/public/groups", m{"name": "Bakers", "externalId": "cn=bakers",
			"collections": []any{m{"id": w.Collection, "readOnly": true, "hidePasswords": false, "manage": false}}}).Text(w.T, "id")
	}
	onGroup := func(suffix string, body any, events ...event.Type) row {
		return asKey(func(w *world) (string, any) { return "/groups/" + freshGroup(w) + suffix, body }, events...)
	}
	reinvite := onMember(invited, "/reinvite", nil)
	reinvite.status = http.StatusBadRequest // no mail
	seats := asKey(func(*world) (string, any) { return "/organization/subscription", m{"passwordManager": m{"seats": 300}} })
	seats.status = http.StatusBadRequest // a provider's client
	description := get("/openapi.json")
	description.who = only(func(*world) *person { return apitest.Nobody })
	return map[string]row{
		"GET /api/public/openapi.json":               description,
		"GET /api/public/members":                    get("/members"),
		"GET /api/public/members/{member}":           onMember(invited, "", nil),
		"GET /api/public/members/{member}/group-ids": onMember(invited, "/group-ids", nil),
		"PUT /api/public/members/{member}":           onMember(invited, "", m{"type": 2, "externalId": "x"}, event.MemberUpdated),
		"DELETE /api/public/members/{member}":        onMember(invited, "", nil, event.MemberRemoved),
		"POST /api/public/members/{member}/reinvite": reinvite,
		"POST /api/public/members/{member}/revoke":   onMember(invited, "/revoke", nil, event.MemberRevoked),
		"POST /api/public/members/{member}/restore":  onMember(revoked, "/restore", nil, event.MemberRestored),
		"PUT /api/public/members/{member}/group-ids": asKey(func(w *world) (string, any) {
			return "/members/" + invited(w) + "/group-ids", m{"groupIds": []string{freshGroup(w)}}
		}, event.MemberUpdatedGroups),
		"GET /api/public/groups":                    get("/groups"),
		"POST /api/public/groups":                   asKey(func(*world) (string, any) { return "/groups", m{"name": "Drivers"} }, event.GroupCreated),
		"GET /api/public/groups/{group}":            onGroup("", nil),
		"PUT /api/public/groups/{group}":            onGroup("", m{"name": "Pastry", "externalId": nil, "collections": []any{}}, event.GroupUpdated),
		"DELETE /api/public/groups/{group}":         onGroup("", nil, event.GroupDeleted),
		"GET /api/public/groups/{group}/member-ids": onGroup("/member-ids", nil),
		"PUT /api/public/groups/{group}/member-ids": asKey(func(w *world) (string, any) {
			return "/groups/" + freshGroup(w) + "/member-ids", m{"memberIds": []string{invited(w), w.Members[w.User]}}
		}, event.GroupUpdated, event.MemberUpdatedGroups),
		"GET /api/public/policies": get("/policies"),
		"GET /api/public/policies/{type}": asKey(func(w *world) (string, any) {
			w.Must(w.T, w.Key, http.MethodPut, "/api/public/policies/1", m{"enabled": true, "data": m{"minLength": 14}})
			return "/policies/1", nil
		}),
		"PUT /api/public/policies/{type}": asKey(func(*world) (string, any) {
			return "/policies/2", m{"enabled": true, "data": nil, "metadata": nil}
		}, event.PolicyUpdated),
		"GET /api/public/collections":              get("/collections"),
		"GET /api/public/collections/{collection}": onCollection(nil),
		"PUT /api/public/collections/{collection}": asKey(func(w *world) (string, any) {
			return "/collections/" + w.NewCollection(), m{"externalId": "c1", "groups": []any{m{"id": freshGroup(w), "manage": true}}}
		}, event.CollectionUpdated),
		"DELETE /api/public/collections/{collection}": onCollection(nil, event.CollectionDeleted),
		"GET /api/public/events":                      get("/events"),
		"GET /api/public/organization/subscription":   get("/organization/subscription"),
		"PUT /api/public/organization/subscription":   seats,
		"POST /api/public/members": asKey(func(*world) (string, any) {
			return "/members", m{"email": address(), "type": 2, "collections": []any{}, "groups": []any{}}
		}, event.MemberInvited),
		"POST /api/public/organization/import": asKey(func(*world) (string, any) {
			external := string(id.New[id.Member]())
			return "/organization/import", m{"overwriteExisting": false, "largeImport": false,
				"members": []any{m{"email": address(), "externalId": external, "deleted": false}},
				"groups":  []any{m{"name": "Bakers", "externalId": external, "memberExternalIds": []string{external}}}}
		}, event.MemberInvited, event.GroupCreated, event.MemberUpdatedGroups),
	}
}
