package orgs

import (
	"context"
	"net/http"

	"github.com/kastellan/kastellan/internal/claim"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

const (
	domains = one + "/domain"
	domain  = domains + "/{domain}"
)

func (a *API) domainRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: domains, Who: wire.DomainManager, Handle: a.listDomains},
		{Method: "POST", Path: domains, Who: wire.DomainManager, Handle: a.addDomain},
		{Method: "GET", Path: domain, Who: wire.DomainManager, Handle: a.getDomain},
		{Method: "POST", Path: domain + "/verify", Who: wire.DomainManager, Handle: a.verifyDomain},
		{Method: "DELETE", Path: domain, Who: wire.DomainManager, Handle: a.removeDomain, Also: []string{"POST " + domain + "/remove"}},
		// The log-in page asks where an address may log in by single sign-on: nowhere.
		{Method: "POST", Path: "/api/organizations/domain/sso/verified", Who: wire.Anyone, Handle: noDomains},
	}
}

type domainBody struct {
	Object         string    `json:"object"`
	ID             string    `json:"id"`
	OrganizationID string    `json:"organizationId"`
	TXT            string    `json:"txt"`
	DomainName     string    `json:"domainName"`
	CreationDate   wire.Date `json:"creationDate"`
	NextRunDate    wire.Date `json:"nextRunDate"`
	JobRunCount    int       `json:"jobRunCount"`
	VerifiedDate   wire.Date `json:"verifiedDate"`
	LastChecked    wire.Date `json:"lastCheckedDate"`
}

func domainOf(d claim.Domain) domainBody {
	return domainBody{
		Object: "organizationDomain", ID: string(d.ID), OrganizationID: string(d.Org), TXT: d.TXT, DomainName: d.Name,
		CreationDate: wire.Date(d.CreatedAt), NextRunDate: wire.Date(d.NextCheck), JobRunCount: d.Checks,
		VerifiedDate: wire.Date(d.VerifiedAt), LastChecked: wire.Date(d.CheckedAt),
	}
}

func (a *API) listDomains(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Claims.List(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, domainOf)))
}

func (a *API) addDomain(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[struct {
		DomainName string `json:"domainName"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	d, err := a.Claims.Add(r.Context(), user, organization, in.DomainName)
	if err != nil {
		return err
	}
	return wire.JSON(w, domainOf(d))
}

func (a *API) getDomain(w http.ResponseWriter, r *http.Request) error {
	return answerDomain(w, r, a.Claims.Find)
}

func (a *API) verifyDomain(w http.ResponseWriter, r *http.Request) error {
	return answerDomain(w, r, a.Claims.Verify)
}

func answerDomain(w http.ResponseWriter, r *http.Request, act func(context.Context, id.User, id.Org, id.ClaimedDomain) (claim.Domain, error)) error {
	user, organization, which, err := on[id.ClaimedDomain](r, "domain")
	if err != nil {
		return err
	}
	d, err := act(r.Context(), user, organization, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, domainOf(d))
}

func (a *API) removeDomain(w http.ResponseWriter, r *http.Request) error {
	user, organization, which, err := on[id.ClaimedDomain](r, "domain")
	if err != nil {
		return err
	}
	if err := a.Claims.Remove(r.Context(), user, organization, which); err != nil {
		return err
	}
	return wire.OK(w)
}

func noDomains(w http.ResponseWriter, _ *http.Request) error {
	return wire.JSON(w, wire.ListOf[domainBody](nil))
}
