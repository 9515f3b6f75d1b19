package apitest_test

import (
	"net/url"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
)

// policy is the path of one type of policy of the client.
func policy(w *world, rest string) string { return "/api/organizations/" + w.Org + "/policies/" + rest }

// setPolicy saves one as its owner.
func setPolicy(w *world, rest string, on bool, data any) {
	w.T.Helper()
	w.Must(w.T, w.Owner, "PUT", policy(w, rest), m{"policy": m{"enabled": on, "data": data}, "metadata": nil})
}

func policyRows() map[string]row {
	return map[string]row{
		"GET /api/organizations/{org}/policies":                 inOrg("/policies", nil),
		"GET /api/organizations/{org}/policies/{type}":          inOrg("/policies/14", nil),
		"PUT /api/organizations/{org}/policies/{type}":          inOrg("/policies/14", m{"policy": m{"enabled": true, "data": nil}}, event.PolicyUpdated),
		"POST /api/organizations/{org}/policies/{type}/preview": inOrg("/policies/0/preview", m{"policy": m{"enabled": true}}),
		"GET /api/organizations/{org}/policies/master-password": {try: func(w *world, _ *person) (string, any) {
			setPolicy(w, "1", true, m{"minLength": 14})
			return policy(w, "master-password"), nil
		}},
		"GET /api/organizations/{org}/policies/token": {try: func(w *world, _ *person) (string, any) {
			p := &apitest.Person{Email: address()}
			return invitedTo(w, p), nil
		}},
	}
}

// invitedTo is the path at which an invited person reads the policies.
func invitedTo(w *world, p *person) string {
	w.T.Helper()
	member := w.Invite(p.Email, 2)
	q := url.Values{"email": {p.Email}, "token": {w.InvitationToken(w.Owner, w.Org, member)}, "organizationUserId": {member}}
	return policy(w, "token?") + q.Encode()
}
