package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// confirmed is a fresh user of the client.
func confirmed(w *world) (p *person, member string) {
	return joined(w, newcomer(w))
}

func joined(w *world, p *person) (*person, string) {
	member := w.Invite(p.Email, 2)
	w.Accept(p, w.Owner, w.Org, member)
	w.Confirm(w.Owner, w.Org, member)
	return p, member
}

func confirmedMember(w *world) string {
	_, member := confirmed(w)
	return member
}

func revokedMember(w *world) string {
	member := confirmedMember(w)
	w.Must(w.T, w.Owner, http.MethodPut, "/api/organizations/"+w.Org+"/users/"+member+"/revoke", nil)
	return member
}

// claimedMember has an address of a domain that the client has proved.
func claimedMember(w *world) string {
	name := domainName()
	apitest.Set(w.T, w.Server, `INSERT INTO claimed_domains (org_id, id, name, txt, verified_at, checks, created_at) VALUES ($1, $2, $3, 'x', 1, 0, 1)`,
		w.Org, string(id.New[id.ClaimedDomain]()), name)
	_, member := joined(w, w.Register(w.T, "claimed", "somebody@"+name, nil))
	return member
}

// aboutMembers is a row about one fresh member in a body.
func aboutMembers(fresh func(w *world) string, suffix string, events ...event.Type) row {
	return row{events: events, try: func(w *world, _ *person) (string, any) {
		return "/api/organizations/" + w.Org + "/users" + suffix, m{"ids": []string{fresh(w)}}
	}}
}

func standingRows() map[string]row {
	return map[string]row{
		"PUT /api/organizations/{org}/users/revoke":                     aboutMembers(confirmedMember, "/revoke", event.MemberRevoked),
		"PUT /api/organizations/{org}/users/restore":                    aboutMembers(revokedMember, "/restore", event.MemberRestored),
		"DELETE /api/organizations/{org}/users/delete-account":          aboutMembers(claimedMember, "/delete-account", event.MemberAccountDeleted),
		"PUT /api/organizations/{org}/users/{member}/revoke":            aboutMember(confirmedMember, "/revoke", nil, event.MemberRevoked),
		"PUT /api/organizations/{org}/users/{member}/restore/vnext":     aboutMember(revokedMember, "/restore/vnext", m{"defaultUserCollectionName": nil}, event.MemberRestored),
		"DELETE /api/organizations/{org}/users/{member}/delete-account": aboutMember(claimedMember, "/delete-account", nil, event.MemberAccountDeleted),
		"GET /api/organizations/{org}/users/{member}/reach":             aboutMember(confirmedMember, "/reach", nil),
		// Nobody is asked to hand items over, so that nobody may decline.
		"PUT /api/organizations/{org}/users/revoke-self": {
			status: http.StatusBadRequest, who: only(user, bare, custom, manager, owner), try: inOrg("/users/revoke-self", nil).try,
		},
	}
}
