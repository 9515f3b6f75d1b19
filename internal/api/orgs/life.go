package orgs

import "github.com/kastellan/kastellan/internal/wire"

// lifeRoutes are about an organization as a whole: what its owners decide.
func (a *API) lifeRoutes() []wire.Route {
	return append(a.domainRoutes(), []wire.Route{
		{Method: "POST", Path: one + "/api-key", Who: wire.OrgOwner, Handle: a.apiKey},
		{Method: "POST", Path: one + "/rotate-api-key", Who: wire.OrgOwner, Handle: a.rotateAPIKey},
		{Method: "GET", Path: one + "/api-key-information", Who: wire.OrgOwner, Handle: a.apiKeyAge},
		{Method: "GET", Path: one + "/api-key-information/{type}", Who: wire.OrgOwner, Handle: a.apiKeyAge},
	}...)
}
