package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// inOrg is a row about the client as a whole.
func inOrg(suffix string, body any, events ...event.Type) row {
	return row{events: events, try: func(w *world, _ *person) (string, any) { return "/api/organizations/" + w.Org + suffix, body }}
}

func address() string { return string(id.New[id.User]()) + "@client.example" }

// ready is a member who has accepted and waits to be confirmed.
func ready(w *world) (member string) {
	p := newcomer(w)
	member = w.Invite(p.Email, 2)
	w.Accept(p, w.Owner, w.Org, member)
	return member
}

// aboutMember is a row about a fresh member.
func aboutMember(fresh func(w *world) string, suffix string, body any, events ...event.Type) row {
	return row{events: events, try: func(w *world, _ *person) (string, any) {
		return "/api/organizations/" + w.Org + "/users/" + fresh(w) + suffix, body
	}}
}

func invited(w *world) string { return w.Invite(address(), 2) }

func orgRows() map[string]row {
	key := m{"key": apitest.Encapsulated()}
	var joining *person
	return map[string]row{
		"GET /api/organizations": get("/api/organizations"),
		"POST /api/organizations": {events: []event.Type{event.MemberConfirmed}, try: func(*world, *person) (string, any) {
			return "/api/organizations", m{"name": "Own", "billingEmail": "own@nowhere.example", "planType": 0, "key": apitest.Encapsulated(),
				"keys": m{"publicKey": apitest.PublicKey(), "encryptedPrivateKey": apitest.WrappedPrivateKey()}, "collectionName": apitest.Enc()}
		}},
		"GET /api/organizations/{org}": inOrg("", nil),
		"PUT /api/organizations/{org}": inOrg("", m{"name": "Example Client"}, event.OrgUpdated),
		"GET /api/organizations/{org}/public-key": {
			who: only(user, bare, custom, manager, owner, service, admin, accepted, invitee), try: inOrg("/public-key", nil).try,
		},
		"POST /api/organizations/{org}/keys": {status: http.StatusBadRequest, try: func(w *world, _ *person) (string, any) { // it has keys already
			return "/api/organizations/" + w.Org + "/keys", m{"publicKey": apitest.PublicKey(), "encryptedPrivateKey": apitest.WrappedPrivateKey()}
		}},
		"POST /api/organizations/{org}/leave": {self: true, events: []event.Type{event.MemberLeft}, who: func(w *world) []*person {
			joining = newcomer(w)
			member := w.Invite(joining.Email, 2)
			w.Accept(joining, w.Owner, w.Org, member)
			w.Confirm(w.Owner, w.Org, member)
			return []*person{joining}
		}, try: func(w *world, _ *person) (string, any) { return "/api/organizations/" + w.Org + "/leave", nil }},
		"GET /api/organizations/{org}/users":              inOrg("/users?includeCollections=true", nil),
		"GET /api/organizations/{org}/users/mini-details": inOrg("/users/mini-details", nil),
		"GET /api/organizations/{org}/users/{member}":     aboutMember(invited, "?includeGroups=true", nil),
		"POST /api/organizations/{org}/users/invite": {events: []event.Type{event.MemberInvited}, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/users/invite", m{"emails": []string{address()}, "type": 2, "collections": []any{}, "groups": []any{}}
		}},
		"POST /api/organizations/{org}/users/reinvite": {try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/users/reinvite", m{"ids": []string{invited(w)}}
		}},
		"POST /api/organizations/{org}/users/{member}/reinvite":   {status: http.StatusBadRequest, try: aboutMember(invited, "/reinvite", nil).try}, // no mail
		"GET /api/organizations/{org}/users/{member}/invite-link": aboutMember(invited, "/invite-link", nil),
		"POST /api/organizations/{org}/users/{member}/accept": {who: func(w *world) []*person { joining = newcomer(w); return []*person{joining} },
			try: func(w *world, p *person) (string, any) {
				member := w.Invite(p.Email, 2)
				return "/api/organizations/" + w.Org + "/users/" + member + "/accept", m{"token": w.InvitationToken(w.Owner, w.Org, member)}
			}},
		"POST /api/organizations/{org}/users/public-keys": {try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/users/public-keys", m{"ids": []string{w.Members[w.Accepted]}}
		}},
		"POST /api/organizations/{org}/users/confirm": {events: []event.Type{event.MemberConfirmed}, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/users/confirm", m{"keys": []any{m{"id": ready(w), "key": apitest.Encapsulated()}}}
		}},
		"POST /api/organizations/{org}/users/{member}/confirm": aboutMember(ready, "/confirm", key, event.MemberConfirmed),
		"PUT /api/organizations/{org}/users/{member}":          aboutMember(invited, "", m{"type": 2, "collections": []any{}, "groups": []any{}}, event.MemberUpdated),
		"DELETE /api/organizations/{org}/users": {events: []event.Type{event.MemberRemoved}, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/users", m{"ids": []string{invited(w)}}
		}},
		"DELETE /api/organizations/{org}/users/{member}": aboutMember(invited, "", nil, event.MemberRemoved),
	}
}

func collectionRows() map[string]row {
	fresh := func(suffix string, who func(*world) []*person, body func() any, events ...event.Type) row {
		return row{who: who, events: events, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/collections/" + w.NewCollection() + suffix, body()
		}}
	}
	shared := func(suffix string) row {
		return row{who: console, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/collections/" + w.Collection + suffix, nil
		}}
	}
	none := func() any { return nil }
	return map[string]row{
		"GET /api/collections":                                          get("/api/collections"),
		"GET /api/organizations/{org}/collections":                      inOrg("/collections", nil),
		"GET /api/organizations/{org}/collections/{collection}":         shared(""),
		"GET /api/organizations/{org}/collections/{collection}/details": noted(shared("/details")),
		"GET /api/organizations/{org}/collections/{collection}/users":   noted(shared("/users")),
		"POST /api/organizations/{org}/collections": {events: []event.Type{event.CollectionCreated}, try: func(w *world, p *person) (string, any) {
			users := []any{}
			if member, ok := w.Members[p]; ok {
				users = append(users, m{"id": member, "manage": true})
			}
			return "/api/organizations/" + w.Org + "/collections", m{"name": apitest.Enc(), "groups": []any{}, "users": users}
		}},
		"PUT /api/organizations/{org}/collections/{collection}":    fresh("", console, func() any { return m{"name": apitest.Enc()} }, event.CollectionUpdated),
		"DELETE /api/organizations/{org}/collections/{collection}": fresh("", console, none, event.CollectionDeleted),
		"DELETE /api/organizations/{org}/collections": {who: console, events: []event.Type{event.CollectionDeleted}, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/collections", m{"ids": []string{w.NewCollection()}}
		}},
		"GET /api/organizations/{org}/collections/details": noted(inOrg("/collections/details", nil)),
	}
}
