package apitest_test

import (
	"github.com/kastellan/kastellan/internal/event"
)

// asOwner is a row about the client that takes the caller's secret.
func asOwner(suffix string, events ...event.Type) row {
	return row{events: events, try: func(w *world, p *person) (string, any) {
		return "/api/organizations/" + w.Org + suffix, secret(p, m{"type": 0})
	}}
}

func orgLifeRows() map[string]row {
	return map[string]row{
		"POST /api/organizations/{org}/api-key":                   asOwner("/api-key"),
		"POST /api/organizations/{org}/rotate-api-key":            asOwner("/rotate-api-key", event.OrgUpdated),
		"GET /api/organizations/{org}/api-key-information":        inOrg("/api-key-information", nil),
		"GET /api/organizations/{org}/api-key-information/{type}": inOrg("/api-key-information/0", nil),
	}
}
