package apitest_test

import (
	"net/http"
	"strings"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/event"
)

const fileSize = 100

func announcement(admin bool) m {
	return m{"key": apitest.WrappedKey(), "fileName": apitest.Enc(), "fileSize": fileSize, "adminRequest": admin}
}

// announced is an attachment of an item that waits for its file.
func announced(w *world, as *person, item string) string {
	return w.Must(w.T, as, http.MethodPost, "/api/ciphers/"+item+"/attachment/v2", announcement(false)).Text(w.T, "attachmentId")
}

// attached is an attachment of a fresh item of the client: both ids, with what is
// between them in paths.
func attached(w *world) string {
	item := w.NewOrgItem()
	path := item + "/attachment/" + announced(w, w.Owner, item)
	w.Must(w.T, w.Owner, http.MethodPost, "/api/ciphers/"+path, apitest.NewUpload(w.T, apitest.Enc(), apitest.Sealed(fileSize)))
	return path
}

// aboutFile is a row about an attachment of the client that is there.
func aboutFile(who func(*world) []*person, suffix string, events ...event.Type) row {
	return row{who: who, events: events, try: func(w *world, _ *person) (string, any) {
		return "/api/ciphers/" + attached(w) + suffix, nil
	}}
}

// aboutAwaited is a row about one that is not.
func aboutAwaited(who func(*world) []*person, suffix string, body func(w *world) any, events ...event.Type) row {
	return row{who: who, events: events, try: func(w *world, _ *person) (string, any) {
		item := w.NewOrgItem()
		return "/api/ciphers/" + item + "/attachment/" + announced(w, w.Owner, item) + suffix, body(w)
	}}
}

// aboutUpload is the body of an upload that was not announced.
func aboutUpload(w *world, _ string) any {
	return apitest.NewUpload(w.T, apitest.Enc(), apitest.Sealed(fileSize), "key", apitest.WrappedKey())
}

// oldFile is a personal attachment without a key of its own: both ids.
func oldFile(w *world, as *person) string {
	item := w.NewItem(as)
	a := w.Must(w.T, as, http.MethodPost, "/api/ciphers/"+item+"/attachment", apitest.NewUpload(w.T, apitest.Enc(), apitest.Sealed(fileSize)))
	list, _ := a.JSON(w.T)["attachments"].([]any)
	file, _ := list[0].(m)
	name, _ := file["id"].(string)
	return item + "/attachment/" + name
}

func attachmentRows() map[string]row {
	upload := func(w *world) any { return apitest.NewUpload(w.T, apitest.Enc(), apitest.Sealed(fileSize)) }
	none := func(*world) any { return nil }
	return map[string]row{
		"POST /api/ciphers/{id}/attachment/v2": orgItem(writers, "/attachment/v2", func(*world, string) any { return announcement(false) }),
		// An upload may be that of an announcement in the Admin Console, and says nothing of it.
		"POST /api/ciphers/{id}/attachment/{attachment}":         aboutAwaited(console, "", upload, event.CipherAttached),
		"GET /api/ciphers/{id}/attachment/{attachment}/renew":    aboutAwaited(console, "/renew", none),
		"GET /api/ciphers/{id}/attachment/{attachment}":          aboutFile(readers, ""),
		"GET /api/ciphers/{id}/attachment/{attachment}/admin":    noted(aboutFile(only(user, bare, custom, manager, owner, service, admin), "/admin")),
		"DELETE /api/ciphers/{id}/attachment/{attachment}":       aboutFile(writers, "", event.CipherDetached),
		"DELETE /api/ciphers/{id}/attachment/{attachment}/admin": aboutFile(console, "/admin", event.CipherDetached),
		"POST /api/ciphers/{id}/attachment":                      orgItem(writers, "/attachment", aboutUpload, event.CipherAttached),
		"POST /api/ciphers/{id}/attachment-admin":                orgItem(console, "/attachment-admin", aboutUpload, event.CipherAttached),
		"POST /api/ciphers/{id}/attachment/{attachment}/share": {who: only(owner), try: func(w *world, p *person) (string, any) {
			return "/api/ciphers/" + oldFile(w, p) + "/share?organizationId=" + w.Org, aboutUpload(w, "")
		}},
		"GET /api/attachments/file": {try: func(w *world, _ *person) (string, any) {
			url := w.Must(w.T, w.User, http.MethodGet, "/api/ciphers/"+attached(w), nil).Text(w.T, "url")
			return strings.TrimPrefix(url, w.Base.Config.PublicURL), nil
		}},
		"GET /api/accounts/storage":            get("/api/accounts/storage"),
		"GET /api/organizations/{org}/storage": inOrg("/storage", nil),
		"PUT /api/providers/{provider}/organizations/{client}/storage": {events: []event.Type{event.OrgUpdated}, try: func(w *world, _ *person) (string, any) {
			return "/api/providers/" + w.Provider + "/organizations/" + w.Client + "/storage", m{"limit": 1 << 30}
		}},
	}
}
