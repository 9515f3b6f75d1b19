package vault

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/syncview"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct {
	Vault *vault.Service
	Sync  *syncview.Service
}

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	routes := []wire.Route{{Method: "GET", Path: "/api/sync", Who: wire.Account, Handle: a.sync}}
	routes = append(routes, a.folderRoutes()...)
	routes = append(routes, a.itemRoutes()...)
	routes = append(routes, a.attachmentRoutes()...)
	routes = append(routes, a.consoleRoutes()...)
	return append(routes, a.bulkRoutes()...)
}

func (a *API) folderRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/folders", Who: wire.Account, Handle: a.listFolders},
		{Method: "POST", Path: "/api/folders", Who: wire.Account, Handle: a.createFolder},
		{Method: "DELETE", Path: "/api/folders", Who: wire.Account, Handle: a.deleteFolders},
		{Method: "DELETE", Path: "/api/folders/all", Who: wire.Account, Handle: a.deleteAllFolders},
		{Method: "GET", Path: "/api/folders/{id}", Who: wire.Owner, Handle: a.findFolder},
		{Method: "PUT", Path: "/api/folders/{id}", Who: wire.Owner, Handle: a.renameFolder, Also: []string{"POST /api/folders/{id}"}},
		{Method: "DELETE", Path: "/api/folders/{id}", Who: wire.Owner, Handle: a.deleteFolder, Also: []string{"POST /api/folders/{id}/delete"}},
	}
}

func (a *API) itemRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/ciphers", Who: wire.Account, Handle: a.list},
		{Method: "POST", Path: "/api/ciphers", Who: wire.Account, Handle: a.create},
		{Method: "POST", Path: "/api/ciphers/create", Who: wire.Account, Handle: a.createIn},
		{Method: "POST", Path: "/api/ciphers/import", Who: wire.Account, Handle: a.importPersonal},
		{Method: "POST", Path: "/api/ciphers/purge", Who: wire.Account, Handle: a.empty},
		{Method: "GET", Path: "/api/ciphers/{id}", Who: wire.ItemReader, Handle: a.find, Also: []string{"GET /api/ciphers/{id}/details"}},
		{Method: "PUT", Path: "/api/ciphers/{id}", Who: wire.ItemWriter, Handle: a.update, Also: []string{"POST /api/ciphers/{id}"}},
		{Method: "DELETE", Path: "/api/ciphers/{id}", Who: wire.ItemWriter, Handle: a.remove, Also: []string{"POST /api/ciphers/{id}/delete"}},
		{Method: "PUT", Path: "/api/ciphers/{id}/partial", Who: wire.ItemReader, Handle: a.mark, Also: []string{"POST /api/ciphers/{id}/partial"}},
		{Method: "PUT", Path: "/api/ciphers/{id}/delete", Who: wire.ItemWriter, Handle: a.trash},
		{Method: "PUT", Path: "/api/ciphers/{id}/restore", Who: wire.ItemWriter, Handle: a.restore},
		{Method: "PUT", Path: "/api/ciphers/{id}/archive", Who: wire.ItemReader, Handle: a.archive},
		{Method: "PUT", Path: "/api/ciphers/{id}/unarchive", Who: wire.ItemReader, Handle: a.unarchive},
		{Method: "PUT", Path: "/api/ciphers/{id}/share", Who: wire.Owner, Handle: a.share, Also: []string{"POST /api/ciphers/{id}/share"}},
		{Method: "PUT", Path: "/api/ciphers/{id}/collections", Who: wire.ItemWriter, Handle: a.setCollections, Also: []string{"POST /api/ciphers/{id}/collections"}},
		{Method: "PUT", Path: "/api/ciphers/{id}/collections_v2", Who: wire.ItemWriter, Handle: a.setCollectionsV2, Also: []string{"POST /api/ciphers/{id}/collections_v2"}},
	}
}

func (a *API) consoleRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/api/ciphers/organization-details", Who: wire.MemberManager, Handle: a.listOfOrg},
		{Method: "GET", Path: "/api/ciphers/organization-details/assigned", Who: wire.Member, Handle: a.listAssigned},
		{Method: "GET", Path: "/api/organizations/{org}/export", Who: wire.Member, Handle: a.exportOrg},
		{Method: "POST", Path: "/api/ciphers/import-organization", Who: wire.Member, Handle: a.importIntoOrg},
		{Method: "POST", Path: "/api/ciphers/admin", Who: wire.MemberManager, Handle: a.createAsAdmin},
		{Method: "GET", Path: "/api/ciphers/{id}/admin", Who: wire.ItemReader, Handle: a.findAsAdmin},
		{Method: "PUT", Path: "/api/ciphers/{id}/admin", Who: wire.MemberManager, Handle: a.updateAsAdmin, Also: []string{"POST /api/ciphers/{id}/admin"}},
		{Method: "DELETE", Path: "/api/ciphers/{id}/admin", Who: wire.MemberManager, Handle: a.removeAsAdmin, Also: []string{"POST /api/ciphers/{id}/delete-admin"}},
		{Method: "PUT", Path: "/api/ciphers/{id}/delete-admin", Who: wire.MemberManager, Handle: a.trashAsAdmin},
		{Method: "PUT", Path: "/api/ciphers/{id}/restore-admin", Who: wire.MemberManager, Handle: a.restoreAsAdmin},
		{Method: "PUT", Path: "/api/ciphers/{id}/collections-admin", Who: wire.MemberManager, Handle: a.setCollectionsAsAdmin,
			Also: []string{"POST /api/ciphers/{id}/collections-admin"}},
	}
}

func (a *API) bulkRoutes() []wire.Route {
	return []wire.Route{
		{Method: "DELETE", Path: "/api/ciphers", Who: wire.ItemWriter, Handle: a.removeMany, Also: []string{"POST /api/ciphers/delete"}},
		{Method: "DELETE", Path: "/api/ciphers/admin", Who: wire.MemberManager, Handle: a.removeManyAsAdmin, Also: []string{"POST /api/ciphers/delete-admin"}},
		{Method: "PUT", Path: "/api/ciphers/delete", Who: wire.ItemWriter, Handle: a.trashMany},
		{Method: "PUT", Path: "/api/ciphers/delete-admin", Who: wire.MemberManager, Handle: a.trashManyAsAdmin},
		{Method: "PUT", Path: "/api/ciphers/restore", Who: wire.ItemWriter, Handle: a.restoreMany},
		{Method: "PUT", Path: "/api/ciphers/restore-admin", Who: wire.MemberManager, Handle: a.restoreManyAsAdmin},
		{Method: "PUT", Path: "/api/ciphers/move", Who: wire.ItemReader, Handle: a.move, Also: []string{"POST /api/ciphers/move"}},
		{Method: "PUT", Path: "/api/ciphers/archive", Who: wire.ItemReader, Handle: a.archiveMany},
		{Method: "PUT", Path: "/api/ciphers/unarchive", Who: wire.ItemReader, Handle: a.unarchiveMany},
		{Method: "PUT", Path: "/api/ciphers/share", Who: wire.Owner, Handle: a.shareMany, Also: []string{"POST /api/ciphers/share"}},
		{Method: "POST", Path: "/api/ciphers/bulk-collections", Who: wire.ItemWriter, Handle: a.assignCollections},
	}
}

// actor is the account that calls.
func actor(r *http.Request) (id.User, error) {
	who, ok := reqctx.ActorOf(r.Context())
	if !ok {
		return "", fault.New(fault.Unauthenticated, "Please log in.")
	}
	return who.User, nil
}

// self is the account in its own vault, and console in the Admin Console of the
// organization, or of the one to which the item belongs.
func self(r *http.Request) (vault.By, error) {
	user, err := actor(r)
	return vault.Self(user), err
}

func console(r *http.Request) (vault.By, error) {
	user, err := actor(r)
	return vault.Console(user, ""), err
}

type who func(*http.Request) (vault.By, error)

func (a *API) sync(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	answer, err := a.Sync.Sync(r.Context(), user, r.URL.Query().Get("excludeDomains") != "true")
	if err != nil {
		return err
	}
	return raw(w, answer)
}
