package apitest_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"

	rights "github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// synced are the ids of what a person gets of a kind in /sync.
func synced(t *testing.T, w *world, p *person, kind string) []string {
	t.Helper()
	var out []string
	list, _ := w.Must(t, p, http.MethodGet, "/api/sync", nil).JSON(t)[kind].([]any)
	for _, e := range list {
		thing, _ := e.(map[string]any)
		s, _ := thing["id"].(string)
		out = append(out, s)
	}
	return out
}

// revision is when something last changed for a person.
func revision(t *testing.T, w *world, p *person) string {
	t.Helper()
	return string(w.Must(t, p, http.MethodGet, "/api/accounts/revision-date", nil).Body)
}

// TestAGroupOpensAndClosesAtOnce follows a logged-in member through changes of a
// group that they are in.
func TestAGroupOpensAndClosesAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		collection, base := w.NewCollection(), "/api/organizations/"+w.Org
		item := apitest.Item()
		item["organizationId"] = w.Org
		cipher := w.Must(t, w.Owner, "POST", "/api/ciphers/create", m{"cipher": item, "collectionIds": []string{collection}}).Text(t, "id")
		before := revision(t, w, w.User)
		follow := func(what string, open bool) {
			t.Helper()
			if now := revision(t, w, w.User); now <= before {
				t.Errorf("%s: the revision date went from %s to %s", what, before, now)
			} else {
				before = now
			}
			for kind, thing := range map[string]string{"ciphers": cipher, "collections": collection} {
				if slices.Contains(synced(t, w, w.User, kind), thing) != open {
					t.Errorf("%s: %s in sync, want %v", what, kind, open)
				}
			}
			want := http.StatusNotFound
			if open {
				want = http.StatusOK
			}
			if a := w.Do(t, w.User, "GET", "/api/ciphers/"+cipher, nil); a.Status != want {
				t.Errorf("%s: the item answers %d, want %d", what, a.Status, want)
			}
		}
		body := func(users []string, collections ...any) m {
			return m{"name": "Bakers", "users": users, "collections": append([]any{}, collections...)}
		}
		me := []string{w.Members[w.User]}
		group := w.Must(t, w.Manager, "POST", base+"/groups", body(me, share(collection, true))).Text(t, "id")
		one := base + "/groups/" + group
		follow("created", true)
		if a := w.Do(t, w.User, "PUT", "/api/ciphers/"+cipher, item); a.Status != http.StatusNotFound {
			t.Errorf("writing to what is read-only: %d", a.Status)
		}
		w.Must(t, w.Manager, "PUT", one, body(me, share(collection, false)))
		follow("to write", true)
		w.Must(t, w.User, "PUT", "/api/ciphers/"+cipher, item)
		before = revision(t, w, w.User)
		w.Must(t, w.Manager, "PUT", one, body(me))
		follow("without collections", false)
		w.Must(t, w.Service, "PUT", base+"/collections/"+collection, m{"name": apitest.Enc(), "users": nil, "groups": []any{share(group, false)}})
		follow("given by the collection", true)
		w.Must(t, w.Manager, "DELETE", one+"/user/"+w.Members[w.User], nil)
		follow("left", false)
		w.Must(t, w.Manager, "PUT", base+"/users/"+w.Members[w.User], m{"type": 2, "collections": nil, "groups": []string{group}})
		follow("back by the member", true)
		w.Must(t, w.Manager, "DELETE", one, nil)
		follow("deleted", false)
		w.Must(t, w.Owner, "DELETE", base+"/collections/"+collection, nil)
		list := w.Must(t, w.Manager, "GET", "/api/ciphers/organization-details?organizationId="+w.Org, nil).JSON(t)
		all, _ := list["data"].([]any)
		if !slices.ContainsFunc(all, func(e any) bool { i, _ := e.(map[string]any); return i["id"] == cipher }) {
			t.Error("an item without collections is out of the admins' reach")
		}
	})
}

// TestACustomMemberIsNoAdmin tries over HTTP, with a log-in of before, what a
// custom member may not do with the permissions that they are left.
func TestACustomMemberIsNoAdmin(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		base := "/api/organizations/" + w.Org
		only := func(p rights.Permissions) {
			given := m{"type": 4, "collections": []any{share(w.Collection, false)}, "groups": []any{}, "permissions": p.Names()}
			w.Must(t, w.Owner, "PUT", base+"/users/"+w.Members[w.Custom], given)
		}
		all := rights.AllPermissions.Names()
		self, theirs := base+"/users/"+w.Members[w.Custom], base+"/users/"+w.Members[w.User]
		expect := func(status int, method, path string, body any) {
			t.Helper()
			if a := w.Do(t, w.Custom, method, path, body); a.Status != status {
				t.Errorf("%s %s %v: %d %s, want %d", method, path, body, a.Status, a.Body, status)
			}
		}
		closed := w.NewCollection()
		rich := w.Must(t, w.Owner, "POST", base+"/groups", m{"name": "All", "users": []string{}, "collections": []any{share(closed, false)}}).Text(t, "id")

		only(rights.PermitUsers)
		expect(400, "PUT", self, m{"type": 1})
		expect(400, "PUT", self, m{"type": 0})
		expect(400, "PUT", self, m{"type": 4, "permissions": all})
		expect(400, "PUT", self, m{"type": 4, "permissions": m{"manageUsers": true}, "collections": []any{share(closed, false)}})
		expect(400, "PUT", self, m{"type": 4, "permissions": m{"manageUsers": true}, "groups": []string{rich}})
		expect(400, "PUT", theirs, m{"type": 4, "permissions": all})
		expect(400, "PUT", base+"/users/"+w.Members[w.Manager], m{"type": 2})
		expect(400, "DELETE", base+"/users/"+w.Members[w.Manager], nil)
		expect(400, "POST", base+"/users/invite", m{"emails": []string{address()}, "type": 1})
		expect(400, "POST", base+"/users/invite", m{"emails": []string{address()}, "type": 4, "permissions": all})
		expect(404, "PUT", base+"/groups/"+rich, m{"name": "All", "users": []string{w.Members[w.Custom]}})
		expect(404, "POST", base+"/collections/bulk-access", m{"collectionIds": []string{closed}, "groups": []any{share(rich, false)}})
		expect(200, "POST", base+"/users/invite", m{"emails": []string{address()}, "type": 4, "permissions": m{"manageUsers": true, "aNewOne": true, "another": 1}, "groups": []string{rich}})
		var inGroup []string
		if err := json.Unmarshal(w.Must(t, w.Owner, "GET", base+"/groups/"+rich+"/users", nil).Body, &inGroup); err != nil || len(inGroup) != 1 {
			t.Errorf("in the group are %v, %v; want who was invited into it", inGroup, err)
		}
		expect(200, "PUT", theirs, m{"type": 4, "permissions": m{"manageUsers": true}, "collections": nil, "groups": nil})

		only(rights.PermitGroups)
		expect(404, "PUT", self, m{"type": 4, "permissions": all})
		expect(404, "GET", base+"/users", nil)
		expect(400, "PUT", base+"/groups/"+rich, m{"name": "All", "users": []string{w.Members[w.Custom]}})
		expect(200, "PUT", base+"/groups/"+rich, m{"name": "All", "users": []string{w.Members[w.User]}})
		if got := synced(t, w, w.Custom, "collections"); !slices.Equal(got, []string{w.Collection}) {
			t.Errorf("the custom member has %v, want %v", got, w.Collection)
		}

		only(0)
		expect(404, "PUT", base+"/groups/"+rich, m{"name": "All"})
		expect(404, "POST", base+"/users/invite", m{"emails": []string{address()}, "type": 2})
	})
}

// TestGroupsKeepTenantsApart mixes ids of two organizations in every place that
// takes some, and sends lists of awkward lengths.
func TestGroupsKeepTenantsApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		base, group := "/api/organizations/"+w.Org, newGroup(w)
		foreign := w.Must(t, w.OtherOwner, "POST", "/api/organizations/"+w.OtherOrg+"/groups", m{"name": "Theirs", "collections": []any{}, "users": []any{}}).Text(t, "id")
		stranger := w.Members[w.OtherOwner]
		many := make([]string, 2001)
		for i := range many {
			many[i] = string(id.New[id.Group]())
		}
		before := fingerprint(t, w)
		for _, thing := range [][3]string{
			{foreign, stranger, w.OtherCollection},
			{string(id.New[id.Group]()), string(id.New[id.Member]()), string(id.New[id.Collection]())},
			{"x'--", "x'--", "x'--"},
		} {
			g, member, collection := thing[0], thing[1], thing[2]
			ours := m{"name": "x", "users": []string{w.Members[w.User]}, "collections": []any{share(w.Collection, true)}}
			for _, c := range []struct {
				method, path string
				body         any
			}{
				{"GET", base + "/groups/" + g, nil},
				{"GET", base + "/groups/" + g + "/details", nil},
				{"GET", base + "/groups/" + g + "/users", nil},
				{"PUT", base + "/groups/" + g, ours},
				{"DELETE", base + "/groups/" + g, nil},
				{"DELETE", base + "/groups", m{"ids": []string{group, g}}},
				{"DELETE", base + "/groups/" + g + "/user/" + w.Members[w.User], nil},
				{"DELETE", base + "/groups/" + group + "/user/" + member, nil},
				{"POST", base + "/groups", m{"name": "x", "users": []string{w.Members[w.User], member}}},
				{"POST", base + "/groups", m{"name": "x", "collections": []any{share(w.Collection, true), share(collection, true)}}},
				{"PUT", base + "/groups/" + group, m{"name": "x", "users": []string{w.Members[w.User], member}}},
				{"PUT", base + "/groups/" + group, m{"name": "x", "collections": []any{share(collection, true)}}},
				{"PUT", base + "/users/" + w.Members[w.User], m{"type": 2, "groups": []string{group, g}}},
				{"POST", base + "/users/invite", m{"emails": []string{address()}, "type": 2, "groups": []string{group, g}}},
				{"POST", base + "/collections", m{"name": apitest.Enc(), "groups": []any{share(g, true)}}},
				{"PUT", base + "/collections/" + w.Collection, m{"name": apitest.Enc(), "groups": []any{share(group, true), share(g, true)}}},
				{"POST", base + "/collections/bulk-access", m{"collectionIds": []string{w.Collection, collection}, "groups": []any{share(group, true)}}},
				{"POST", base + "/collections/bulk-access", m{"collectionIds": []string{w.Collection}, "groups": []any{share(group, true), share(g, true)}}},
				{"POST", base + "/collections/bulk-access", m{"collectionIds": []string{w.Collection}, "users": []any{share(member, true)}}},
			} {
				if a := w.Do(t, w.Owner, c.method, c.path, c.body); a.Status != http.StatusNotFound {
					t.Errorf("%s %s %v: %d %s, want 404", c.method, c.path, c.body, a.Status, a.Body)
				}
			}
		}
		for _, c := range []struct {
			method, path string
			body         any
		}{
			{"DELETE", base + "/groups", m{"ids": many}},
			{"DELETE", base + "/groups", m{"ids": []string{}}},
			{"DELETE", base + "/groups", m{}},
			{"POST", base + "/groups", m{"name": "x", "users": many}},
			{"POST", base + "/groups", m{"users": []string{}}},
			{"PUT", base + "/users/" + w.Members[w.User], m{"type": 2, "groups": many}},
			{"POST", base + "/collections/bulk-access", m{"collectionIds": many, "groups": []any{share(group, true)}}},
			{"POST", base + "/collections/bulk-access", m{"collectionIds": []string{}, "groups": []any{share(group, true)}}},
			{"POST", base + "/collections/bulk-access", m{"collectionIds": []string{w.Collection}}},
			{"PUT", base + "/groups/" + group, m{"name": "x", "lastKnownRevisionDate": "2020-01-01T00:00:00Z"}},
		} {
			if a := w.Do(t, w.Owner, c.method, c.path, c.body); a.Status != http.StatusBadRequest {
				t.Errorf("%s %s: %d %s, want 400", c.method, c.path, a.Status, a.Body)
			}
		}
		if after := fingerprint(t, w); !slices.Equal(before, after) {
			t.Errorf("something changed:\n%v\n%v", before, after)
		}
	})
}
