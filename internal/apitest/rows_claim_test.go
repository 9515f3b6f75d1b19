package apitest_test

import (
	"net/http"
	"strings"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

func domainName() string {
	return strings.ReplaceAll(string(id.New[id.ClaimedDomain]()), "-", "") + ".example"
}

// newDomain makes the client claim a fresh domain, and gives its id and name.
func newDomain(w *world) (domain, name string) {
	w.T.Helper()
	name = domainName()
	a := w.Must(w.T, w.Owner, http.MethodPost, "/api/organizations/"+w.Org+"/domain", m{"domainName": name})
	w.DNS.Set(name, a.Text(w.T, "txt"))
	return a.Text(w.T, "id"), name
}

// aboutDomain is a row about a fresh domain of the client, whose record is there.
func aboutDomain(suffix string, events ...event.Type) row {
	return row{events: events, try: func(w *world, _ *person) (string, any) {
		domain, _ := newDomain(w)
		return "/api/organizations/" + w.Org + "/domain/" + domain + suffix, nil
	}}
}

// verify is a row whose organization has not been told to keep its people for
// itself before: that follows from the first domain.
func verify() row {
	r := aboutDomain("/verify", event.DomainVerified, event.PolicyUpdated)
	try := r.try
	r.try = func(w *world, p *person) (string, any) {
		apitest.Set(w.T, w.Server, `DELETE FROM policies WHERE org_id = $1`, w.Org)
		apitest.Set(w.T, w.Server, `DELETE FROM claimed_domains WHERE org_id = $1`, w.Org)
		return try(w, p)
	}
	return r
}

func claimRows() map[string]row {
	return map[string]row{
		"GET /api/organizations/{org}/domain": inOrg("/domain", nil),
		"POST /api/organizations/{org}/domain": {events: []event.Type{event.DomainAdded}, try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/" + w.Org + "/domain", m{"domainName": domainName()}
		}},
		"GET /api/organizations/{org}/domain/{domain}":         aboutDomain(""),
		"POST /api/organizations/{org}/domain/{domain}/verify": verify(),
		"DELETE /api/organizations/{org}/domain/{domain}":      aboutDomain("", event.DomainRemoved),
		"POST /api/organizations/domain/sso/verified": {try: func(w *world, _ *person) (string, any) {
			return "/api/organizations/domain/sso/verified", m{"email": w.User.Email}
		}},
	}
}
