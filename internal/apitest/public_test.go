package apitest_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// asked is the data of a list of the Public API.
func asked(t *testing.T, w *world, path string) ([]map[string]any, map[string]any) {
	t.Helper()
	list := w.Must(t, w.Key, http.MethodGet, "/api/public"+path, nil).JSON(t)
	raw, ok := list["data"].([]any)
	if !ok {
		t.Fatalf("%s has no data: %v", path, list)
	}
	data := make([]map[string]any, len(raw))
	for i, e := range raw {
		data[i], _ = e.(map[string]any)
	}
	return data, list
}

func TestProgramsReadTheLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		item, other := w.NewOrgItem(), w.NewOrgItem()
		apitest.Set(t, w.Server, `DELETE FROM events`)
		for range 60 {
			w.Must(t, w.Owner, http.MethodPut, "/api/ciphers/"+item+"/delete", nil)
			w.Must(t, w.Owner, http.MethodPut, "/api/ciphers/"+item+"/restore", nil)
		}
		w.Must(t, w.Owner, http.MethodPut, "/api/ciphers/"+other+"/delete", nil)
		invited(w)
		for name, v := range map[string]struct {
			query string
			want  int
		}{
			"all":                              {"", 122},
			"item":                             {"?itemId=" + other, 1},
			"actor":                            {"?actingUserId=" + w.User.ID, 0},
			"actor counts before item":         {"?itemId=" + other + "&actingUserId=" + w.Owner.ID, 122},
			"item counts before secret":        {"?secretId=" + item + "&itemId=" + other, 1},
			"a secret, of which there is none": {"?secretId=" + string(id.New[id.Cipher]()), 0},
			"an item of nobody":                {"?itemId=" + string(id.New[id.Cipher]()), 0},
			"long ago":                         {"?start=2020-01-01T00:00:00Z&end=2020-02-01T00:00:00Z", 0},
			"one end alone, which is as good as none": {"?end=2020-02-01T00:00:00Z", 122},
		} {
			seen := map[string]bool{}
			sep := "?"
			if v.query != "" {
				sep = "&"
			}
			for path := "/events" + v.query; path != ""; {
				data, list := asked(t, w, path)
				for _, e := range data {
					seen[fmt.Sprint(e["date"], e["type"], e["itemId"])] = true
				}
				path = ""
				if next, more := list["continuationToken"].(string); more {
					path = "/events" + v.query + sep + "continuationToken=" + next
				}
			}
			if len(seen) != v.want {
				t.Errorf("%s: %d events, want %d", name, len(seen), v.want)
			}
		}
		for _, bad := range []string{"itemId=x", "actingUserId=x", "start=x", "continuationToken=x", "start=2020-01-01&end=2022-01-01"} {
			if a := w.Do(t, w.Key, http.MethodGet, "/api/public/events?"+bad, nil); a.Status != 400 {
				t.Errorf("%s: %d %s, want 400", bad, a.Status, a.Body)
			}
		}
	})
}

// TestProgramsKeepPeopleAndGroups walks through the life of a member and a group.
func TestProgramsKeepPeopleAndGroups(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		call := func(method, path string, body any) map[string]any {
			t.Helper()
			a := w.Must(t, w.Key, method, "/api/public"+path, body)
			if len(a.Body) == 0 {
				return nil
			}
			return a.JSON(t)
		}
		share := m{"id": w.Collection, "readOnly": true, "hidePasswords": false, "manage": false}
		group, _ := call("POST", "/groups", m{"name": "Bakers", "externalId": "g1", "collections": []any{share}})["id"].(string)
		made := call("POST", "/members", m{"email": "new@client.example", "type": 4, "externalId": "u1",
			"permissions": m{"manageUsers": true}, "collections": []any{share}, "groups": []string{group}})
		who, _ := made["id"].(string)
		want := m{
			"object": "member", "id": who, "userId": nil, "name": nil, "email": "new@client.example", "twoFactorEnabled": false, "status": 0.0,
			"type": 4.0, "externalId": "u1", "permissions": permissionsOf(access.PermitUsers), "collections": []any{map[string]any(share)},
			"resetPasswordEnrolled": false, "ssoExternalId": nil,
		}
		if diff := cmp.Diff(want, made); diff != "" {
			t.Errorf("the new member (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(made, call("GET", "/members/"+who, nil)); diff != "" {
			t.Errorf("read again (-made +read):\n%s", diff)
		}
		if got := idList(t, w, "/groups/"+group+"/member-ids"); !slices.Equal(got, []string{who}) {
			t.Errorf("in the group: %v", got)
		}

		// What a change leaves out is taken away.
		changed := call("PUT", "/members/"+who, m{"type": 2})
		want["type"], want["externalId"], want["permissions"], want["collections"] = 2.0, nil, nil, []any{}
		if diff := cmp.Diff(want, changed); diff != "" {
			t.Errorf("after a change (-want +got):\n%s", diff)
		}
		if got := idList(t, w, "/members/"+who+"/group-ids"); len(got) != 0 {
			t.Errorf("groups after a change: %v", got)
		}
		call("PUT", "/members/"+who+"/group-ids", m{"groupIds": []string{group}})
		if got := idList(t, w, "/members/"+who+"/group-ids"); !slices.Equal(got, []string{group}) {
			t.Errorf("groups: %v", got)
		}
		call("PUT", "/groups/"+group+"/member-ids", m{"memberIds": []string{w.Members[w.User]}})
		if got := idList(t, w, "/groups/"+group+"/member-ids"); !slices.Equal(got, []string{w.Members[w.User]}) {
			t.Errorf("in the group: %v", got)
		}

		call("POST", "/members/"+who+"/revoke", nil)
		if got := call("GET", "/members/"+who, nil)["status"]; got != -1.0 {
			t.Errorf("revoked: status %v", got)
		}
		call("POST", "/members/"+who+"/restore", nil)
		if got := call("GET", "/members/"+who, nil)["status"]; got != 0.0 {
			t.Errorf("restored: status %v", got)
		}

		other := call("PUT", "/collections/"+w.Collection, m{"externalId": "c1", "groups": []any{m{"id": group, "manage": true}}})
		if diff := cmp.Diff(m{"object": "collection", "id": w.Collection, "externalId": "c1",
			"groups": []any{map[string]any{"id": group, "readOnly": false, "hidePasswords": false, "manage": true}}}, other); diff != "" {
			t.Errorf("collection (-want +got):\n%s", diff)
		}
		if mine := w.Must(t, w.User, http.MethodGet, "/api/collections", nil).JSON(t)["data"].([]any); len(mine) != 1 {
			t.Errorf("the user's own share went with it: %v", mine)
		}
		call("DELETE", "/groups/"+group, nil)
		call("DELETE", "/members/"+who, nil)
		if a := w.Do(t, w.Key, "GET", "/api/public/members/"+who, nil); a.Status != 404 {
			t.Errorf("removed: %d", a.Status)
		}
		for _, v := range []struct {
			path string
			body m
		}{
			{"/members", m{"email": address(), "type": 2, "permissions": m{"manageUsers": true}}},
			{"/members", m{"email": address(), "type": 3}},
			{"/members", m{"email": address()}},
			{"/members", m{"type": 2}},
			{"/members", m{"email": address(), "type": 4, "permissions": m{"manageEverything": true}}},
			{"/groups", m{"name": ""}},
			{"/groups", m{"name": "X", "collections": []any{m{"id": w.Collection, "manage": true, "readOnly": true}}}},
			{"/organization/import", m{"members": []any{}, "overwriteExisting": true}},
			{"/organization/import", m{"groups": []any{}, "members": []any{}}},
		} {
			if a := w.Do(t, w.Key, "POST", "/api/public"+v.path, v.body); a.Status != 400 {
				t.Errorf("%s %v: %d %s, want 400", v.path, v.body, a.Status, a.Body)
			}
		}
	})
}

func permissionsOf(p access.Permissions) map[string]any {
	out := map[string]any{}
	for name, given := range p.Names() {
		out[name] = given
	}
	return out
}

// idList reads an answer that is an array of ids.
func idList(t *testing.T, w *world, path string) []string {
	t.Helper()
	var out []string
	if err := json.Unmarshal(w.Must(t, w.Key, http.MethodGet, "/api/public"+path, nil).Body, &out); err != nil {
		t.Fatal(err)
	}
	return out
}
