package apitest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

// hostile are values that no field of a body expects, as JSON.
var hostile = []string{
	`null`, `true`, `""`, `[]`, `{}`, `[null]`, `["\u0000"]`, `-1`, `1.5`, `9223372036854775807`, `1e400`,
	`"a\u0000b"`, "\"\xff\xfe\"", `"\ud800"`, `"9999-12-31T23:59:59Z"`, `"` + strings.Repeat("x", 70_000) + `"`,
}

// TestNoFieldOfAnyRouteMakesTheServerFail puts each hostile value in the place of
// each value of the valid request that the matrix has for a route.
func TestNoFieldOfAnyRouteMakesTheServerFail(t *testing.T) {
	dbtest.EachAtOnce(t, func(t *testing.T, d *db.DB) {
		w, all := apitest.NewWorld(t, d), rows()
		for _, r := range w.Routes {
			line, ok := all[r.Method+" "+r.Path]
			if !ok {
				continue // another test says so
			}
			t.Run(r.Method+" "+r.Path, func(t *testing.T) {
				w.T = t
				f := fuzz{w: w, r: r, line: line}
				f.prepare()
				for _, at := range places(f.body, nil) {
					for _, bad := range hostile {
						f.send(t, put(f.body, at, json.RawMessage(bad)))
					}
				}
				for _, bad := range hostile {
					f.send(t, json.RawMessage(bad))
				}
			})
		}
	})
}

// fuzz sends spoilt requests to one route.
type fuzz struct {
	w    *world
	r    wire.Route
	line row
	as   *person
	path string
	body any
}

// prepare makes a valid request, with all that it is about.
func (f *fuzz) prepare() {
	f.as = permitted(f.w, f.r.Who, f.line)[0]
	path, body := f.line.try(f.w, f.as)
	f.path = path
	b, err := json.Marshal(body)
	if err != nil {
		f.w.T.Fatal(err)
	}
	f.body = nil
	if err := json.Unmarshal(b, &f.body); err != nil {
		f.w.T.Fatal(err)
	}
}

// send fails the test when the answer says that the server did not know what to do.
func (f *fuzz) send(t *testing.T, body any) {
	t.Helper()
	a := f.w.Raw(t, f.as, f.r.Method, f.path, encoded(t, body))
	switch {
	case a.Status >= http.StatusInternalServerError:
		t.Errorf("%s %s with %.300s = %d %s", f.r.Method, f.path, encoded(t, body), a.Status, a.Body)
		f.prepare()
	case a.Status == http.StatusTooManyRequests:
		f.w.Forgive(t)
	case a.Status < http.StatusBadRequest && f.r.Method != http.MethodGet:
		f.prepare() // what it was about may be gone
	}
}

// encoded is the JSON of a body. Raw messages go in as they are, valid or not.
func encoded(t *testing.T, v any) []byte {
	t.Helper()
	switch v := v.(type) {
	case json.RawMessage:
		return v
	case map[string]any:
		var parts []string
		for name, member := range v {
			parts = append(parts, fmt.Sprintf("%q:%s", name, encoded(t, member)))
		}
		sort.Strings(parts)
		return []byte("{" + strings.Join(parts, ",") + "}")
	case []any:
		parts := make([]string, len(v))
		for i, entry := range v {
			parts[i] = string(encoded(t, entry))
		}
		return []byte("[" + strings.Join(parts, ",") + "]")
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// places lists the ways to all values within a body.
func places(v any, way []any) [][]any {
	var out [][]any
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			at := append(slices.Clone(way), name)
			out = append(append(out, at), places(member, at)...)
		}
	case []any:
		for i, entry := range v {
			at := append(slices.Clone(way), i)
			out = append(append(out, at), places(entry, at)...)
		}
	}
	return out
}

// put is a copy of v with another value in one place.
func put(v any, at []any, value any) any {
	if len(at) == 0 {
		return value
	}
	switch v := v.(type) {
	case map[string]any:
		out := m{}
		for name, member := range v {
			out[name] = member
		}
		name, _ := at[0].(string)
		out[name] = put(v[name], at[1:], value)
		return out
	case []any:
		out := slices.Clone(v)
		i, _ := at[0].(int)
		out[i] = put(v[i], at[1:], value)
		return out
	}
	return v
}

// TestNoPathOrQueryMakesTheServerFail puts hostile text in the place of every
// parameter of a path, and of a query.
func TestNoPathOrQueryMakesTheServerFail(t *testing.T) {
	texts := []string{"%00", "%FF", "a%00b", "..%2F..", "%2e%2e", "null", "'", "%F0%9F%98%80", strings.Repeat("9", 5000)}
	dbtest.EachAtOnce(t, func(t *testing.T, d *db.DB) {
		w, all := apitest.NewWorld(t, d), rows()
		for _, r := range w.Routes {
			line, ok := all[r.Method+" "+r.Path]
			if !ok {
				continue
			}
			w.T = t
			f := fuzz{w: w, r: r, line: line}
			f.prepare()
			valid, query, _ := strings.Cut(f.path, "?")
			pattern, parts := strings.Split(r.Path, "/"), strings.Split(valid, "/")
			for _, text := range texts {
				for i := range pattern {
					if !strings.HasPrefix(pattern[i], "{") {
						continue
					}
					bad := slices.Clone(parts)
					bad[i] = text
					f.path = strings.Join(bad, "/") + "?" + query
					f.send(t, f.body)
				}
				for _, name := range []string{"organizationId", "excludeDomains", "start", "end", "continuationToken", "includeGroups"} {
					if f.path = valid + "?" + name + "=" + text; query != "" || r.Method == http.MethodGet {
						f.send(t, f.body)
					}
				}
			}
		}
	})
}

// TestNoFormFieldOrHeaderMakesTheServerFail does the same to what is no JSON.
func TestNoFormFieldOrHeaderMakesTheServerFail(t *testing.T) {
	texts := []string{"", "\x00", "a\x00b", "\xff\xfe", "-1", "9223372036854775808", strings.Repeat("x", 5000), "user." + string(id.New[id.User]()), "user.\x00"}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		for _, grant := range []string{"password", "client_credentials", "refresh_token"} {
			valid := map[string]string{
				"grant_type": grant, "username": w.User.Email, "password": w.User.Password, "scope": "api offline_access", "client_id": "cli",
				"deviceType": "25", "deviceIdentifier": w.User.Device, "deviceName": "linux", "devicePushToken": "t", "newDeviceOtp": "000000",
				"client_secret": "secret", "refresh_token": w.User.Refresh,
			}
			if grant == "client_credentials" {
				valid["client_id"], valid["scope"] = "user."+w.User.ID, "api"
				valid["client_secret"] = w.Must(t, w.User, http.MethodPost, "/api/accounts/api-key", secret(w.User)).Text(t, "apiKey")
			}
			for name := range valid {
				for _, text := range texts {
					form := map[string][]string{}
					for n, v := range valid {
						form[n] = []string{v}
					}
					form[name] = []string{text}
					a := w.Form(t, "/identity/connect/token", form)
					if a.Status >= http.StatusInternalServerError {
						t.Errorf("%s with %s=%.30q = %d %s", grant, name, text, a.Status, a.Body)
					}
					w.Forgive(t)
				}
			}
		}
		for _, name := range []string{"Authorization", "X-Request-Email", "X-Device-Identifier", "Device-Type", "Bitwarden-Client-Name", "Bitwarden-Client-Version", "X-Forwarded-For", "Content-Type"} {
			for _, text := range append(texts, "Bearer \x00", "Bearer a.b.c", "Bearer ..", "AGFAYi5jb20", "YUBi/2==", "_w") {
				for _, path := range []string{"/api/accounts/profile", "/api/devices/knowndevice"} {
					headers := map[string]string{"X-Request-Email": "YUBiLmNvbQ", "X-Device-Identifier": "x"}
					headers[name] = text
					if a := w.WithHeaders(t, apitest.Nobody, http.MethodGet, path, headers); a.Status >= http.StatusInternalServerError {
						t.Errorf("%s with %s: %.30q = %d %s", path, name, text, a.Status, a.Body)
					}
				}
			}
		}
	})
}

// TestNoOptionalTextMakesTheServerFail does the same to members that valid
// requests can do without.
func TestNoOptionalTextMakesTheServerFail(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		item := func(name string) m { i := apitest.Item(); i[name] = "a\x00b"; return i }
		for _, c := range []struct {
			as           *person
			method, path string
			body         m
		}{
			{w.Owner, http.MethodPost, "/api/organizations/" + w.Org + "/collections", m{"name": apitest.Enc(), "externalId": "a\x00b", "users": []any{}, "groups": []any{}}},
			{w.Owner, http.MethodPost, "/api/ciphers/import-organization?organizationId=" + w.Org, m{"ciphers": []any{}, "collections": []any{m{"name": apitest.Enc(), "externalId": "a\x00b"}}}},
			{w.Owner, http.MethodPut, "/api/organizations/" + w.Org, m{"name": "Example", "businessName": "a\x00b"}},
			{w.Owner, http.MethodPut, "/api/organizations/" + w.Org, m{"name": "Example", "billingEmail": "a\x00b@client.example"}},
			{w.Admin, http.MethodPut, "/api/providers/" + w.Provider, m{"name": "Example", "businessName": "a\x00b", "billingEmail": w.Admin.Email}},
			{w.User, http.MethodPut, "/api/accounts/profile", m{"masterPasswordHint": "a\x00b"}},
			{w.User, http.MethodPost, "/api/ciphers", item("archivedDate")},
			{w.User, http.MethodPost, "/api/ciphers", item("folderId")}, {w.User, http.MethodPost, "/api/ciphers", item("lastKnownRevisionDate")},
		} {
			if a := w.Do(t, c.as, c.method, c.path, c.body); a.Status != http.StatusBadRequest && a.Status != http.StatusNotFound {
				t.Errorf("%s %s with %v = %d %.200s", c.method, c.path, c.body, a.Status, a.Body)
			}
		}
	})
}

func within(v any, at []any) any {
	for _, step := range at {
		switch in := v.(type) {
		case map[string]any:
			name, _ := step.(string)
			v = in[name]
		case []any:
			i, _ := step.(int)
			if i >= len(in) {
				return nil
			}
			v = in[i]
		}
	}
	return v
}
