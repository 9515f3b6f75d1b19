package orgs

import "github.com/kastellan/kastellan/internal/wire"

// lifeRoutes are about an organization as a whole: what its owners decide.
func (a *API) lifeRoutes() []wire.Route {
	return append(a.domainRoutes(), []wire.Route{
		{Method: "POST", Path: one + "/api-key", Who: wire.OrgOwner, Handle: a.apiKey},
		{Method: "POST", Path: one + "/rotate-api-key", Who: wire.OrgOwner, Handle: a.rotateAPIKey},
		{Method: "GET", Path: one + "/api-key-information", Who: wire.OrgOwner, Handle: a.apiKeyAge},
		{Method: "GET", Path: one + "/api-key-information/{type}", Who: wire.OrgOwner, Handle: a.apiKeyAge},
		{Method: "PUT", Path: one + "/collection-management", Who: wire.OrgOwner, Handle: a.setRules},
		{Method: "PUT", Path: one + "/provider-access", Who: wire.OrgOwner, Handle: a.setProviderAccess},
		{Method: "DELETE", Path: one, Who: wire.OrgOwner, Handle: a.deleteOrganization, Also: []string{"POST " + one + "/delete"}},
		{Method: "GET", Path: one + "/subscription", Who: wire.OrgOwner, Handle: a.subscription},
		{Method: "GET", Path: one + "/billing/vnext/metadata", Who: wire.Member, Handle: a.billingMetadata,
			Also: []string{"GET " + one + "/billing/vnext/self-host/metadata"}},
		{Method: "GET", Path: one + "/billing/vnext/warnings", Who: wire.Member, Handle: a.billingWarnings},
		{Method: "GET", Path: "/api/plans", Who: wire.Anyone, Handle: a.plans},
	}...)
}
