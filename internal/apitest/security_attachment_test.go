package apitest_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

// download is the address of a file, without the server; path has the ids of item and file.
func download(w *world, as *person, path string) string {
	w.T.Helper()
	return strings.TrimPrefix(w.Must(w.T, as, http.MethodGet, "/api/ciphers/"+path, nil).Text(w.T, "url"), w.Base.Config.PublicURL)
}

// personalFile is a file at an item of one's own: both ids.
func personalFile(w *world, as *person) string {
	w.T.Helper()
	item := w.NewItem(as)
	path := item + "/attachment/" + announced(w, as, item)
	w.Must(w.T, as, http.MethodPost, "/api/ciphers/"+path, apitest.NewUpload(w.T, apitest.Enc(), apitest.Sealed(fileSize)))
	return path
}

// TestADownloadEndsWithTheRight: an address that was given out is worth no more than the
// right of whoever got it.
func TestADownloadEndsWithTheRight(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		at := "/api/organizations/" + w.Org
		for name, c := range map[string]struct {
			admin bool // asked for by the provider's staff in the Admin Console
			act   func(p *person, member, item, file string)
			want  int
		}{
			"nothing happens":   {want: 200},
			"the item is trash": {want: 200, act: func(_ *person, _, item, _ string) { w.Must(t, w.Owner, "PUT", "/api/ciphers/"+item+"/delete", nil) }},
			"the item is deleted": {want: 404, act: func(_ *person, _, item, _ string) {
				w.Must(t, w.Owner, "DELETE", "/api/ciphers/"+item, nil)
			}},
			"the file is deleted": {want: 404, act: func(_ *person, _, item, file string) {
				w.Must(t, w.Owner, "DELETE", "/api/ciphers/"+item+"/attachment/"+file, nil)
			}},
			"the item leaves the collection": {want: 404, act: func(_ *person, _, item, _ string) {
				w.Must(t, w.Owner, "PUT", "/api/ciphers/"+item+"/collections-admin", m{"collectionIds": []string{}})
			}},
			"the member is removed": {want: 404, act: func(_ *person, member, _, _ string) { w.Must(t, w.Owner, "DELETE", at+"/users/"+member, nil) }},
			"the member is revoked": {want: 404, act: func(_ *person, member, _, _ string) { w.Must(t, w.Owner, "PUT", at+"/users/"+member+"/revoke", nil) }},
			"the device is removed": {want: 404, act: func(p *person, _, _, _ string) {
				w.Must(t, p, "DELETE", "/api/devices/"+deviceOf(w, p), nil)
			}},
			"staff keeps the right": {admin: true, want: 200},
			"the client closes its items to staff": {admin: true, want: 404, act: func(*person, string, string, string) {
				w.Must(t, w.Owner, "PUT", at+"/provider-access", m{"providerItemAccess": false})
			}},
		} {
			t.Run(name, func(t *testing.T) {
				w.T = t
				apitest.Set(t, w.Server, `UPDATE organizations SET provider_item_access = TRUE WHERE id = $1`, w.Org)
				path := attached(w)
				item, file, _ := strings.Cut(path, "/attachment/")
				p, member, suffix := w.Service, "", "/admin"
				if !c.admin {
					p, member = confirmedReader(w)
					suffix = ""
				}
				address := download(w, p, path+suffix)
				if c.act != nil {
					c.act(p, member, item, file)
				}
				if a := w.Do(t, apitest.Nobody, http.MethodGet, address, nil); a.Status != c.want {
					t.Errorf("%d %s, want %d", a.Status, a.Body, c.want)
				}
			})
		}
	})
}

// TestADownloadEndsWithTheAPIKey that it was asked for with, as the access token does.
func TestADownloadEndsWithTheAPIKey(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		p := w.User
		program := *p
		program.Token = byAPIKey(w, p, w.Must(t, p, http.MethodPost, "/api/accounts/api-key", secret(p)).Text(t, "apiKey")).Text(t, "access_token")
		path := personalFile(w, p)
		byKey, bySession := download(w, &program, path), download(w, p, path)
		status(t, "with the key", w.Do(t, apitest.Nobody, http.MethodGet, byKey, nil), http.StatusOK)
		w.Must(t, p, http.MethodPost, "/api/accounts/rotate-api-key", secret(p))
		status(t, "with the key of before", w.Do(t, apitest.Nobody, http.MethodGet, byKey, nil), http.StatusNotFound)
		status(t, "by a session", w.Do(t, apitest.Nobody, http.MethodGet, bySession, nil), http.StatusOK)
	})
}

// confirmedReader is a new member who may read the collection.
func confirmedReader(w *world) (p *person, member string) {
	w.T.Helper()
	p = newcomer(w)
	member = w.Invite(p.Email, 2, m{"id": w.Collection, "readOnly": true, "hidePasswords": true, "manage": false})
	w.Accept(p, w.Owner, w.Org, member)
	w.Confirm(w.Owner, w.Org, member)
	return p, member
}

func deviceOf(w *world, p *person) string {
	w.T.Helper()
	list, _ := w.Must(w.T, p, http.MethodGet, "/api/devices", nil).JSON(w.T)["data"].([]any)
	device, _ := list[0].(m)["id"].(string)
	return device
}

// TestAnAttachmentIsAbsentUnderAnotherItem mixes the ids of two items of the same people.
func TestAnAttachmentIsAbsentUnderAnotherItem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		item, file, _ := strings.Cut(attached(w), "/attachment/")
		waiting := announced(w, w.Owner, item)
		elsewhere := map[string]string{"another item": w.NewOrgItem(), "a personal item": w.NewItem(w.Owner), "no item": string(id.New[id.Cipher]())}
		before := fingerprint(t, w)
		form := apitest.NewUpload(t, apitest.Enc(), apitest.Sealed(fileSize), "key", apitest.WrappedKey())
		for name, other := range elsewhere {
			for _, c := range []struct {
				method, file, suffix string
				body                 any
			}{
				{"GET", file, "", nil}, {"GET", file, "/admin", nil}, {"GET", waiting, "/renew", nil}, {"POST", waiting, "", form},
				{"POST", file, "/share?organizationId=" + w.Org, form}, {"DELETE", file, "", nil}, {"DELETE", file, "/admin", nil},
				{"GET", waiting, "", nil}, {"GET", "v2", "", nil}, {"GET", "..", "", nil},
			} {
				path := "/api/ciphers/" + other + "/attachment/" + c.file + c.suffix
				if a := w.Do(t, w.Owner, c.method, path, c.body); a.Status != http.StatusNotFound {
					t.Errorf("%s: %s %s = %d %s", name, c.method, path, a.Status, a.Body)
				}
			}
		}
		if diff := cmp.Diff(before, fingerprint(t, w)); diff != "" {
			t.Errorf("something changed:\n%s", diff)
		}
	})
}

// TestNoOtherTokenOpensAFile: addresses are signed for one file, for some minutes.
func TestNoOtherTokenOpensAFile(t *testing.T) {
	d := dbtest.SQLite(t)
	w := apitest.NewWorld(t, d)
	keeper, err := token.NewKeeper(w.Base.Secret)
	if err != nil {
		t.Fatal(err)
	}
	path := attached(w)
	query := strings.TrimPrefix(download(w, w.User, path), "/api/attachments/file?token=")
	good, err := url.QueryUnescape(query)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := keeper.Verify(token.AttachmentFile, good)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(p token.Purpose, ttl time.Duration, change m) string {
		out := m{}
		for k, v := range claims {
			out[k] = v
		}
		for k, v := range change {
			out[k] = v
		}
		signed, err := keeper.Sign(p, ttl, out)
		if err != nil {
			t.Fatal(err)
		}
		return signed
	}
	other := attached(w)
	item, file, _ := strings.Cut(other, "/attachment/")
	for name, signed := range map[string]string{
		"none": "", "garbage": "x.y.z", "cut": good[:len(good)-2], "an access token": w.User.Token,
		"one for something else":     sign(token.SendFile, time.Minute, nil),
		"an expired one":             sign(token.AttachmentFile, -time.Minute, nil),
		"the file of another item":   sign(token.AttachmentFile, time.Minute, m{"attachment": file}),
		"another item with the file": sign(token.AttachmentFile, time.Minute, m{"cipher": item}),
		"somebody who sees nothing":  sign(token.AttachmentFile, time.Minute, m{"sub": w.Stranger.ID}),
		"another stamp":              sign(token.AttachmentFile, time.Minute, m{"stamp": "x"}),
		"no device":                  sign(token.AttachmentFile, time.Minute, m{"device": ""}),
	} {
		if a := w.Do(t, apitest.Nobody, http.MethodGet, "/api/attachments/file?token="+url.QueryEscape(signed), nil); a.Status != http.StatusNotFound {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	if a := w.Do(t, apitest.Nobody, http.MethodGet, "/api/attachments/file?token="+url.QueryEscape(sign(token.AttachmentFile, time.Minute, nil)), nil); a.Status != http.StatusOK {
		t.Errorf("the right one: %d %s", a.Status, a.Body)
	}
}

// TestAFileIsNoPage asks the whole server, which has headers of its own for pages.
func TestAFileIsNoPage(t *testing.T) {
	w := apitest.NewWorld(t, dbtest.SQLite(t))
	a := w.Do(t, apitest.Nobody, http.MethodGet, download(w, w.User, attached(w)), nil)
	for name, want := range map[string]string{
		"Content-Type": "application/octet-stream", "Content-Disposition": `attachment; filename="encrypted"`, "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'", "Cache-Control": "no-store",
	} {
		if got := a.Header.Values(name); len(got) != 1 || got[0] != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if a.Header.Get("Set-Cookie") != "" || len(a.Body) != fileSize {
		t.Errorf("%d bytes with %v", len(a.Body), a.Header)
	}
}
