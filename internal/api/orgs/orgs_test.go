package orgs_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-chi/chi/v5"
	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/api/orgs"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
	"github.com/kastellan/kastellan/internal/wire"
)

var (
	type2 = "2." + strings.Repeat("A", 22) + "==|" + strings.Repeat("A", 43) + "=|" + strings.Repeat("A", 43) + "="
	type4 = "4." + strings.Repeat("A", 342) + "=="
)

type m = map[string]any

// server is the surface alone; the header Caller names who calls.
type server struct {
	t   *testing.T
	mux http.Handler
}

func newServer(t *testing.T, d *db.DB) server {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	api := &orgs.API{
		Tenants: &tenant.Service{DB: d, Tokens: keeper}, Orgs: &org.Service{DB: d},
		Enroll:      &enroll.Service{DB: d, Tokens: keeper, PublicURL: "https://v.example.com", SelfService: true},
		Policies:    &policy.Service{DB: d, Tokens: keeper},
		Memberships: func(context.Context, id.User) ([]any, error) { return []any{m{"object": "profileOrganization"}}, nil },
	}
	mux := chi.NewRouter()
	for _, r := range api.Routes() {
		if r.Who == "" {
			t.Errorf("%s %s declares nobody", r.Method, r.Path)
		}
		mux.Method(r.Method, r.Path, wire.Adapt(r.Handle))
		for _, older := range r.Also {
			method, path, _ := strings.Cut(older, " ")
			mux.Method(method, path, wire.Adapt(r.Handle))
		}
	}
	return server{t, mux}
}

// call answers with the status and the decoded body.
func (s server) call(user id.User, method, path string, body any) (int, any) {
	s.t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		s.t.Fatal(err)
	}
	text := string(raw)
	if body == nil {
		text = ""
	}
	r := httptest.NewRequest(method, path, strings.NewReader(text))
	r = r.WithContext(reqctx.WithActor(r.Context(), reqctx.Actor{User: user}))
	w := httptest.NewRecorder()
	s.mux.ServeHTTP(w, r)
	var out any
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			s.t.Fatalf("%s %s: %v: %s", method, path, err, w.Body)
		}
	}
	return w.Code, out
}

// ok is call for what must succeed.
func (s server) ok(user id.User, method, path string, body any) any {
	s.t.Helper()
	status, out := s.call(user, method, path, body)
	if status != 200 {
		s.t.Fatalf("%s %s: %d %v", method, path, status, out)
	}
	return out
}

func data(v any) []any { return v.(m)["data"].([]any) }

func TestAnOrganizationOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, user := newServer(t, d), dbtest.Account(t, d, "owner@example.com")
		o := s.ok(user, "POST", "/api/organizations", m{
			"Name": "Meadow Bakery", "billingEmail": "b@example.com", "planType": 0, "key": type4, "collectionName": type2,
			"keys": m{"publicKey": dbtest.PublicKey, "encryptedPrivateKey": type2}, "paymentToken": nil,
		}).(m)
		path := "/api/organizations/" + o["id"].(string)
		got := m{}
		for _, name := range []string{"object", "name", "billingEmail", "planType", "seats", "useEvents", "useGroups", "hasPublicAndPrivateKeys", "allowAdminAccessToAllCollectionItems"} {
			got[name] = o[name]
		}
		want := m{
			"object": "organization", "name": "Meadow Bakery", "billingEmail": "b@example.com", "planType": 20.0, "seats": nil,
			"useEvents": true, "useGroups": true, "hasPublicAndPrivateKeys": true, "allowAdminAccessToAllCollectionItems": true,
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("organization (-want +got):\n%s", diff)
		}
		if got := s.ok(user, "GET", path+"/public-key", nil); !cmp.Equal(got, m{"object": "organizationPublicKey", "publicKey": dbtest.PublicKey}) {
			t.Errorf("public key: %v", got)
		}
		for _, empty := range []string{"/groups", "/groups/details"} {
			if list := s.ok(user, "GET", path+empty, nil); !cmp.Equal(list, m{"object": "list", "data": []any{}, "continuationToken": nil}) {
				t.Errorf("%s: %v", empty, list)
			}
		}
		if list := data(s.ok(user, "GET", "/api/organizations", nil)); len(list) != 1 {
			t.Errorf("organizations: %v", list)
		}
		renamed := s.ok(user, "POST", path, m{"name": "Second"}).(m)
		if renamed["name"] != "Second" || renamed["billingEmail"] != "b@example.com" {
			t.Errorf("renamed: %v", renamed)
		}
		if status, body := s.call(user, "POST", path+"/leave", nil); status != 400 {
			t.Errorf("the last owner leaves: %d %v", status, body)
		}
	})
}

func TestMembersOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, o := newServer(t, d), dbtest.Org(t, d, nil)
		owner, new := dbtest.Account(t, d, "owner@example.com"), dbtest.Account(t, d, "new@example.com")
		dbtest.Member(t, d, o, owner, 0, 2)
		c := dbtest.Collection(t, d, o)
		users := "/api/organizations/" + string(o) + "/users"
		s.ok(owner, "POST", users+"/invite", m{
			"emails": []string{"new@example.com"}, "type": 2, "permissions": m{}, "accessSecretsManager": false, "groups": []string{},
			"collections": []m{{"id": c, "readOnly": true, "hidePasswords": false, "manage": false}},
		})
		row := data(s.ok(owner, "GET", users+"?includeCollections=true&includeGroups=true", nil))[0].(m)
		share := []any{m{"id": string(c), "readOnly": true, "hidePasswords": false, "manage": false}}
		if row["object"] != "organizationUserUserDetails" || row["userId"] != nil || row["status"] != 0.0 || row["email"] != "new@example.com" || !cmp.Equal(row["collections"], any(share)) {
			t.Errorf("invited: %v", row)
		}
		one := users + "/" + row["id"].(string)
		link := s.ok(owner, "GET", one+"/invite-link", nil).(m)
		if link["object"] != "inviteLink" {
			t.Errorf("link: %v", link)
		}
		_, rest, _ := strings.Cut(link["url"].(string), "&token=")
		signed, _, _ := strings.Cut(rest, "&")
		s.ok(new, "POST", one+"/accept", m{"token": signed, "resetPasswordKey": nil})
		keys := data(s.ok(owner, "POST", users+"/public-keys", m{"ids": []any{row["id"]}}))
		if want := []any{m{"object": "organizationUserPublicKeyResponseModel", "id": row["id"], "userId": string(new), "key": dbtest.PublicKey}}; !cmp.Equal(keys, want) {
			t.Errorf("public keys: %v", keys)
		}
		done := data(s.ok(owner, "POST", users+"/confirm", m{"keys": []m{{"id": row["id"], "key": type4}}, "defaultUserCollectionName": type2}))
		if want := []any{m{"object": "OrganizationBulkConfirmResponseModel", "id": row["id"], "error": ""}}; !cmp.Equal(done, want) {
			t.Errorf("confirmed: %v", done)
		}
		if got := s.ok(owner, "GET", one+"?", nil).(m); got["object"] != "organizationUserDetails" || got["status"] != 2.0 || got["userId"] != string(new) {
			t.Errorf("details: %v", got)
		}
		if got := data(s.ok(new, "GET", users+"/mini-details", nil)); len(got) != 2 {
			t.Errorf("mini-details: %v", got)
		}
		s.ok(owner, "PUT", one, m{"type": 1, "collections": []m{}, "groups": []m{}})
		shared := data(s.ok(new, "GET", "/api/collections", nil))
		if len(shared) != 0 {
			t.Errorf("collections after they were taken: %v", shared)
		}
		gone := data(s.ok(owner, "POST", users+"/remove", m{"ids": []any{row["id"], row["id"]}}))
		if len(gone) != 1 || gone[0].(m)["error"] != "" {
			t.Errorf("removed: %v", gone)
		}
	})
}

func TestGroupsOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, o := newServer(t, d), dbtest.Org(t, d, nil)
		owner := dbtest.Account(t, d, "owner@example.com")
		dbtest.Member(t, d, o, owner, 0, 2)
		member, c := string(dbtest.Member(t, d, o, "", 4, 0)), dbtest.Collection(t, d, o)
		base := "/api/organizations/" + string(o)
		share := m{"id": string(c), "readOnly": true, "hidePasswords": true, "manage": false}
		g := s.ok(owner, "POST", base+"/groups", m{"name": "Bakers", "collections": []m{share}, "users": []string{member}}).(m)
		plain := m{"object": "group", "id": g["id"], "organizationId": string(o), "name": "Bakers", "externalId": nil, "revisionDate": g["revisionDate"]}
		detail := m{
			"object": "groupDetails", "id": g["id"], "organizationId": string(o), "name": "Bakers", "externalId": nil, "revisionDate": g["revisionDate"],
			"collections": []any{share}, "users": []any{member},
		}
		one := base + "/groups/" + g["id"].(string)
		for name, c := range map[string][2]any{
			"created": {plain, g}, "one": {plain, s.ok(owner, "GET", one, nil)}, "details": {detail, s.ok(owner, "GET", one+"/details", nil)},
			"list": {[]any{plain}, data(s.ok(owner, "GET", base+"/groups", nil))}, "list in detail": {[]any{detail}, data(s.ok(owner, "GET", base+"/groups/details", nil))},
			"users": {[]any{member}, s.ok(owner, "GET", one+"/users", nil)},
		} {
			if diff := cmp.Diff(c[0], c[1]); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		row := s.ok(owner, "GET", base+"/users/"+member, nil).(m)
		if !cmp.Equal(row["groups"], any([]any{g["id"]})) || row["permissions"].(m)["manageUsers"] != false || len(row["permissions"].(m)) != 13 {
			t.Errorf("member: %v", row)
		}
		s.ok(owner, "PUT", base+"/users/"+member, m{"type": 4, "permissions": m{"manageUsers": true, "accessEventLogs": nil}, "lastKnownRevisionDate": row["revisionDate"]})
		if status, body := s.call(owner, "PUT", base+"/users/"+member, m{"type": 2, "lastKnownRevisionDate": row["revisionDate"]}); status != 400 || !strings.Contains(body.(m)["message"].(string), "changed by somebody else") || body.(m)["validationErrors"].(m)["lastKnownRevisionDate"] == nil {
			t.Errorf("a stale edit: %d %v", status, body)
		}
		after := s.ok(owner, "GET", base+"/users/"+member, nil).(m)
		if after["type"] != 4.0 || after["permissions"].(m)["manageUsers"] != true || after["permissions"].(m)["accessEventLogs"] != false || !cmp.Equal(after["groups"], row["groups"]) {
			t.Errorf("edited: %v", after)
		}
		s.ok(owner, "PUT", one, m{"name": "Night bakers", "collections": []m{}, "users": []m{}})
		if status, _ := s.call(owner, "PUT", one, m{"name": "x", "lastKnownRevisionDate": g["revisionDate"]}); status != 400 {
			t.Errorf("a stale edit of a group: %d", status)
		}
		s.ok(owner, "POST", base+"/groups/delete", m{"ids": []any{g["id"], g["id"]}})
		if status, _ := s.call(owner, "GET", one, nil); status != 404 {
			t.Errorf("a deleted group: %d", status)
		}
	})
}

func TestCollectionsOnTheWire(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, o := newServer(t, d), dbtest.Org(t, d, nil)
		owner := dbtest.Account(t, d, "owner@example.com")
		me := dbtest.Member(t, d, o, owner, 0, 2)
		all := "/api/organizations/" + string(o) + "/collections"
		share := m{"id": string(me), "readOnly": false, "hidePasswords": false, "manage": true}
		c := s.ok(owner, "POST", all, m{"name": type2, "externalId": nil, "groups": []m{}, "users": []m{share}}).(m)
		want := m{
			"object": "collectionAccessDetails", "id": c["id"], "organizationId": string(o), "name": type2, "externalId": nil, "type": 0.0,
			"defaultUserCollectionEmail": nil, "readOnly": false, "hidePasswords": false, "manage": true, "assigned": true, "unmanaged": false,
			"users": []any{share}, "groups": []any{}, "revisionDate": c["revisionDate"],
		}
		if c["revisionDate"] == nil {
			t.Error("the collection has no revision date")
		}
		one := all + "/" + c["id"].(string)
		for name, got := range map[string]any{"created": c, "details": s.ok(owner, "GET", one+"/details", nil), "list": data(s.ok(owner, "GET", all+"/details", nil))[0]} {
			if diff := cmp.Diff(any(want), got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
		}
		if got := s.ok(owner, "GET", one+"/users", nil); !cmp.Equal(got, any([]any{share})) {
			t.Errorf("users is %v, want a bare array", got)
		}
		renamed := s.ok(owner, "PUT", one, m{"name": type2, "externalId": "x", "groups": nil, "users": nil}).(m)
		if renamed["externalId"] != "x" || !cmp.Equal(renamed["users"], any([]any{share})) {
			t.Errorf("renamed: %v, want its members kept", renamed)
		}
		if got := data(s.ok(owner, "GET", "/api/collections", nil))[0].(m); got["object"] != "collectionDetails" || got["manage"] != true {
			t.Errorf("own: %v", got)
		}
		s.ok(owner, "POST", one+"/delete", nil)
		if got := data(s.ok(owner, "GET", all, nil)); len(got) != 0 {
			t.Errorf("after deletion: %v", got)
		}
	})
}

// Every id in a path or body that is malformed, or of something that does not
// exist, gets the same answer as one that belongs to somebody else.
func TestForeignIsTheSameAsAbsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, o, other := newServer(t, d), dbtest.Org(t, d, nil), dbtest.Org(t, d, nil)
		owner := dbtest.Account(t, d, "owner@example.com")
		dbtest.Member(t, d, o, owner, 0, 2)
		member, collection := string(dbtest.Member(t, d, other, "", 2, 0)), string(dbtest.Collection(t, d, other))
		base := "/api/organizations/" + string(o)
		for _, thing := range []string{"foreign", "unknown", "malformed"} {
			organization, mem, col := string(other), member, collection
			switch thing {
			case "unknown":
				organization, mem, col = string(id.New[id.Org]()), string(id.New[id.Member]()), string(id.New[id.Collection]())
			case "malformed":
				organization, mem, col = "1", "x'--", "..."
			}
			share := []m{{"id": col}}
			for _, c := range []struct {
				method, path string
				body         any
			}{
				{"GET", "/api/organizations/" + organization, nil},
				{"GET", "/api/organizations/" + organization + "/users", nil},
				{"GET", "/api/organizations/" + organization + "/collections/details", nil},
				{"GET", base + "/users/" + mem, nil},
				{"PUT", base + "/users/" + mem, m{"type": 2}},
				{"DELETE", base + "/users/" + mem, nil},
				{"DELETE", base + "/users", m{"ids": []string{mem}}},
				{"GET", base + "/users/" + mem + "/invite-link", nil},
				{"POST", base + "/users/" + mem + "/reinvite", nil},
				{"POST", base + "/users/" + mem + "/confirm", m{"key": type4}},
				{"POST", base + "/users/confirm", m{"keys": []m{{"id": mem, "key": type4}}}},
				{"POST", base + "/users/public-keys", m{"ids": []string{mem}}},
				{"POST", base + "/users/invite", m{"emails": []string{"a@example.com"}, "type": 2, "collections": share}},
				{"POST", base + "/users/invite", m{"emails": []string{"a@example.com"}, "type": 2, "groups": []string{col}}},
				{"GET", base + "/collections/" + col, nil},
				{"PUT", base + "/collections/" + col, m{"name": type2}},
				{"DELETE", base + "/collections/" + col, nil},
				{"DELETE", base + "/collections", m{"ids": []string{col}}},
				{"POST", base + "/collections", m{"name": type2, "users": []m{{"id": mem}}}},
			} {
				status, body := s.call(owner, c.method, c.path, c.body)
				if status != 404 || body.(m)["message"] != "Resource not found." {
					t.Errorf("%s: %s %s: %d %v", thing, c.method, c.path, status, body)
				}
			}
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events`); n != 0 {
			t.Errorf("%d events of what did not happen", n)
		}
	})
}

func TestBadBodiesAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, o := newServer(t, d), dbtest.Org(t, d, nil)
		owner := dbtest.Account(t, d, "owner@example.com")
		me := dbtest.Member(t, d, o, owner, 0, 2)
		base := "/api/organizations/" + string(o)
		for _, c := range []struct {
			method, path string
			body         any
		}{
			{"POST", base + "/users/invite", nil},
			{"POST", base + "/users/invite", m{"emails": "a@example.com", "type": 2}},
			{"POST", base + "/users/invite", m{"emails": []string{"a@example.com"}}},
			{"PUT", base + "/users/" + string(me), m{}},
			{"POST", base + "/users/confirm", m{"keys": []m{}}},
			{"POST", base + "/users/confirm", m{"keys": []m{{"id": me, "key": type2}}}},
			{"DELETE", base + "/users", m{"ids": []string{}}},
			{"DELETE", base + "/collections", m{}},
			{"POST", base + "/collections", m{"name": "Servers"}},
			{"POST", "/api/organizations", m{"name": "x"}},
		} {
			if status, body := s.call(owner, c.method, c.path, c.body); status != 400 || body.(m)["object"] != "error" {
				t.Errorf("%s %s %v: %d %v", c.method, c.path, c.body, status, body)
			}
		}
	})
}
