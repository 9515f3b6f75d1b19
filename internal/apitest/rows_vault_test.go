package apitest_test

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
)

func folderRows() map[string]row {
	folder := func(w *world) string {
		return w.Must(w.T, w.Stranger, http.MethodPost, "/api/folders", m{"name": apitest.Enc()}).Text(w.T, "id")
	}
	mine := func(body func() any) row {
		return row{who: only(stranger), try: func(w *world, _ *person) (string, any) { return "/api/folders/" + folder(w), body() }}
	}
	none := func() any { return nil }
	return map[string]row{
		"GET /api/folders":         get("/api/folders"),
		"POST /api/folders":        {try: func(*world, *person) (string, any) { return "/api/folders", m{"name": apitest.Enc()} }},
		"GET /api/folders/{id}":    mine(none),
		"PUT /api/folders/{id}":    mine(func() any { return m{"name": apitest.Enc()} }),
		"DELETE /api/folders/{id}": mine(none),
		"DELETE /api/folders":      {who: only(stranger), try: func(w *world, _ *person) (string, any) { return "/api/folders", m{"ids": []string{folder(w)}} }},
		"DELETE /api/folders/all":  get("/api/folders/all"),
	}
}

// readers are those to whom the client's collection brings its items; writers
// those who may also change them there.
var (
	readers = only(user, bare, custom, manager, owner)
	writers = only(custom, manager, owner)
	// console are those who reach all items of the client by their role.
	console = only(custom, manager, owner, service, admin)
)

// orgItem is a row about a fresh item of the client.
func orgItem(who func(*world) []*person, suffix string, body func(w *world, item string) any, events ...event.Type) row {
	return row{who: who, events: events, try: func(w *world, _ *person) (string, any) {
		item := w.NewOrgItem()
		return "/api/ciphers/" + item + suffix, body(w, item)
	}}
}

func nothing(*world, string) any { return nil }

func edited(w *world, _ string) any {
	item := apitest.Item()
	item["organizationId"] = w.Org
	return item
}

func inCollection(w *world, _ string) any { return m{"collectionIds": []string{w.Collection}} }

// trashed puts the item into the trash first.
func trashed(w *world, item string) any {
	w.Must(w.T, w.Owner, http.MethodPut, "/api/ciphers/"+item+"/delete", nil)
	return nil
}

func itemRows() map[string]row {
	return map[string]row{
		"GET /api/sync":    get("/api/sync"),
		"GET /api/ciphers": get("/api/ciphers"),
		"POST /api/ciphers": {try: func(*world, *person) (string, any) {
			return "/api/ciphers", apitest.Item()
		}},
		"POST /api/ciphers/create": {who: writers, events: []event.Type{event.CipherCreated}, try: func(w *world, _ *person) (string, any) {
			return "/api/ciphers/create", m{"cipher": edited(w, ""), "collectionIds": []string{w.Collection}}
		}},
		"POST /api/ciphers/import": {try: func(*world, *person) (string, any) {
			return "/api/ciphers/import", m{"ciphers": []any{apitest.Item()}, "folders": []any{}, "folderRelationships": []any{}}
		}},
		"POST /api/ciphers/purge":                 self("/api/ciphers/purge"),
		"GET /api/ciphers/{id}":                   orgItem(readers, "", nothing),
		"PUT /api/ciphers/{id}":                   orgItem(writers, "", edited, event.CipherUpdated),
		"DELETE /api/ciphers/{id}":                orgItem(writers, "", nothing, event.CipherDeleted),
		"PUT /api/ciphers/{id}/partial":           orgItem(readers, "/partial", func(*world, string) any { return m{"favorite": true} }),
		"PUT /api/ciphers/{id}/delete":            orgItem(writers, "/delete", nothing, event.CipherSoftDeleted),
		"PUT /api/ciphers/{id}/restore":           orgItem(writers, "/restore", trashed, event.CipherRestored),
		"PUT /api/ciphers/{id}/archive":           orgItem(readers, "/archive", nothing),
		"PUT /api/ciphers/{id}/unarchive":         orgItem(readers, "/unarchive", nothing),
		"PUT /api/ciphers/{id}/collections":       orgItem(writers, "/collections", inCollection, event.CipherUpdatedCollections),
		"PUT /api/ciphers/{id}/collections_v2":    orgItem(writers, "/collections_v2", inCollection, event.CipherUpdatedCollections),
		"GET /api/ciphers/{id}/admin":             noted(orgItem(only(user, bare, custom, manager, owner, service, admin), "/admin", nothing)),
		"PUT /api/ciphers/{id}/admin":             orgItem(console, "/admin", edited, event.CipherUpdated),
		"DELETE /api/ciphers/{id}/admin":          orgItem(console, "/admin", nothing, event.CipherDeleted),
		"PUT /api/ciphers/{id}/delete-admin":      orgItem(console, "/delete-admin", nothing, event.CipherSoftDeleted),
		"PUT /api/ciphers/{id}/restore-admin":     orgItem(console, "/restore-admin", trashed, event.CipherRestored),
		"PUT /api/ciphers/{id}/collections-admin": orgItem(console, "/collections-admin", inCollection, event.CipherUpdatedCollections),
		"PUT /api/ciphers/{id}/share": {who: only(owner), events: []event.Type{event.CipherShared}, try: func(w *world, p *person) (string, any) {
			return "/api/ciphers/" + w.NewItem(p) + "/share", m{"cipher": edited(w, ""), "collectionIds": []string{w.Collection}}
		}},
	}
}

// many is a row about several items of the client at once.
func many(who func(*world) []*person, path string, before func(w *world, item string) any, events ...event.Type) row {
	return row{who: who, events: events, try: func(w *world, _ *person) (string, any) {
		ids := []string{w.NewOrgItem(), w.NewOrgItem()}
		for _, item := range ids {
			before(w, item)
		}
		return path, m{"ids": ids, "organizationId": w.Org}
	}}
}

func bulkRows() map[string]row {
	mine := func(path string) row {
		return row{who: only(stranger), try: func(w *world, p *person) (string, any) {
			return path, m{"ids": []string{w.NewItem(p)}}
		}}
	}
	return map[string]row{
		"DELETE /api/ciphers":            many(writers, "/api/ciphers", nothing, event.CipherDeleted),
		"DELETE /api/ciphers/admin":      many(console, "/api/ciphers/admin", nothing, event.CipherDeleted),
		"PUT /api/ciphers/delete":        many(writers, "/api/ciphers/delete", nothing, event.CipherSoftDeleted),
		"PUT /api/ciphers/delete-admin":  many(console, "/api/ciphers/delete-admin", nothing, event.CipherSoftDeleted),
		"PUT /api/ciphers/restore":       many(writers, "/api/ciphers/restore", trashed, event.CipherRestored),
		"PUT /api/ciphers/restore-admin": many(console, "/api/ciphers/restore-admin", trashed, event.CipherRestored),
		"PUT /api/ciphers/move":          mine("/api/ciphers/move"),
		"PUT /api/ciphers/archive":       mine("/api/ciphers/archive"),
		"PUT /api/ciphers/unarchive":     mine("/api/ciphers/unarchive"),
		"PUT /api/ciphers/share": {who: only(owner), events: []event.Type{event.CipherShared}, try: func(w *world, p *person) (string, any) {
			item, _ := edited(w, "").(m)
			item["id"] = w.NewItem(p)
			return "/api/ciphers/share", m{"ciphers": []any{item}, "collectionIds": []string{w.Collection}}
		}},
		"POST /api/ciphers/bulk-collections": {who: console, events: []event.Type{event.CipherUpdatedCollections}, try: func(w *world, _ *person) (string, any) {
			return "/api/ciphers/bulk-collections", m{
				"organizationId": w.Org, "cipherIds": []string{w.NewOrgItem()}, "collectionIds": []string{w.Collection}, "removeCollections": false,
			}
		}},
	}
}

func consoleRows() map[string]row {
	list := func(who func(*world) []*person, path string) row {
		return row{who: who, try: func(w *world, _ *person) (string, any) { return path + "?organizationId=" + w.Org, nil }}
	}
	return map[string]row{
		"GET /api/ciphers/organization-details":          noted(list(console, "/api/ciphers/organization-details")),
		"GET /api/ciphers/organization-details/assigned": list(readers, "/api/ciphers/organization-details/assigned"),
		"POST /api/ciphers/admin": {who: console, events: []event.Type{event.CipherCreated}, try: func(w *world, _ *person) (string, any) {
			return "/api/ciphers/admin", m{"cipher": edited(w, ""), "collectionIds": []string{w.Collection}}
		}},
		"GET /api/organizations/{org}/export": {who: readers, events: []event.Type{event.OrgExported}, try: inOrg("/export", nil).try},
		"POST /api/ciphers/import-organization": {who: console, events: []event.Type{event.CipherCreated}, try: func(w *world, _ *person) (string, any) {
			return "/api/ciphers/import-organization?organizationId=" + w.Org, m{
				"ciphers": []any{apitest.Item()}, "collections": []any{m{"id": w.Collection, "name": apitest.Enc()}},
				"collectionRelationships": []any{m{"key": 0, "value": 0}},
			}
		}},
	}
}
