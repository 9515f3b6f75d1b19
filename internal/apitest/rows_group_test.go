package apitest_test

import (
	"github.com/kastellan/kastellan/internal/event"
)

// newGroup makes a group of the client with its User in it.
func newGroup(w *world) string {
	return w.Must(w.T, w.Owner, "POST", "/api/organizations/"+w.Org+"/groups", m{
		"name": "Bakers", "collections": []any{share(w.Collection, true)}, "users": []string{w.Members[w.User]},
	}).Text(w.T, "id")
}

func share(thing string, readOnly bool) m {
	return m{"id": thing, "readOnly": readOnly, "hidePasswords": false, "manage": false}
}

func groupRows() map[string]row {
	about := func(suffix string, body any, events ...event.Type) row {
		return row{events: events, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/groups/" + newGroup(w) + suffix, body
		}}
	}
	return map[string]row{
		"GET /api/organizations/{org}/groups":                 inOrg("/groups", nil),
		"GET /api/organizations/{org}/groups/details":         inOrg("/groups/details", nil),
		"GET /api/organizations/{org}/groups/{group}":         about("", nil),
		"GET /api/organizations/{org}/groups/{group}/details": about("/details", nil),
		"GET /api/organizations/{org}/groups/{group}/users":   about("/users", nil),
		"POST /api/organizations/{org}/groups": {events: []event.Type{event.GroupCreated, event.MemberUpdatedGroups}, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/groups", m{"name": "Sellers", "collections": []any{share(w.Collection, false)}, "users": []string{w.Members[w.User]}}
		}},
		"PUT /api/organizations/{org}/groups/{group}": about("", m{"name": "Former bakers", "collections": []any{}, "users": []string{}}, event.GroupUpdated, event.MemberUpdatedGroups),
		"DELETE /api/organizations/{org}/groups": {events: []event.Type{event.GroupDeleted}, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/groups", m{"ids": []string{newGroup(w)}}
		}},
		"DELETE /api/organizations/{org}/groups/{group}": about("", nil, event.GroupDeleted),
		"POST /api/organizations/{org}/collections/bulk-access": {who: console, events: []event.Type{event.CollectionUpdated}, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/collections/bulk-access", m{
				"collectionIds": []string{w.NewCollection()}, "users": []any{share(w.Members[w.User], true)}, "groups": []any{share(newGroup(w), false)},
			}
		}},
		"DELETE /api/organizations/{org}/groups/{group}/user/{member}": {events: []event.Type{event.MemberUpdatedGroups}, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/groups/" + newGroup(w) + "/user/" + w.Members[w.User], nil
		}},
	}
}
