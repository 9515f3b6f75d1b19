package vault_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/id"
)

func many(n int, make func(i int) any) []any {
	out := []any{}
	for i := range n {
		out = append(out, make(i))
	}
	return out
}

func TestImport(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u := w.user("ann")
		theirs := w.must(w.user("bob"), "POST", "/api/folders", object{"name": enc()})["id"]
		own := w.must(u, "POST", "/api/folders", object{"name": enc()})["id"]
		w.must(u, "POST", "/api/ciphers/import", object{
			"ciphers":             many(1201, func(int) any { return login(object{"favorite": true}) }),
			"folders":             []any{object{"name": enc()}, object{"name": enc(), "id": own}, object{"name": enc(), "id": theirs}},
			"folderRelationships": many(1200, func(i int) any { return object{"key": i, "value": i % 3} }),
		})
		per := map[any]int{}
		for _, c := range w.synced(u) {
			per[c["folderId"]]++
			if c["favorite"] != true {
				t.Fatal("a favourite was lost")
			}
		}
		if len(per) != 4 || per[own] != 400 || per[nil] != 1 || per[theirs] != 0 {
			t.Errorf("items per folder: %v", per)
		}
		if n := w.count(`SELECT COUNT(*) FROM folders WHERE user_id = $1`, u); n != 3 {
			t.Errorf("%d folders, want the one of before and two new ones", n)
		}
	})
}

func TestBadImportsStoreNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u := w.user("ann")
		one, folder := []any{login(nil)}, []any{object{"name": enc()}}
		for name, in := range map[string]object{
			"item index too high":     {"ciphers": one, "folders": folder, "folderRelationships": []any{object{"key": 1, "value": 0}}},
			"folder index too high":   {"ciphers": one, "folders": folder, "folderRelationships": []any{object{"key": 0, "value": 9999}}},
			"negative index":          {"ciphers": one, "folders": folder, "folderRelationships": []any{object{"key": -1, "value": 0}}},
			"folder in the clear":     {"ciphers": one, "folders": []any{object{"name": "Work"}}},
			"one bad item":            {"ciphers": []any{login(nil), login(object{"name": "x"})}, "folders": folder},
			"of an organization":      {"ciphers": []any{login(object{"organizationId": w.org("A")})}},
			"for another account":     {"ciphers": []any{login(nil), login(object{"encryptedFor": id.New[id.User]()})}},
			"too many items":          {"ciphers": many(7001, func(int) any { return one[0] })},
			"too many folders":        {"folders": many(2001, func(int) any { return folder[0] })},
			"too many relations":      {"ciphers": one, "folders": folder, "folderRelationships": many(7001, func(int) any { return object{"key": 0, "value": 0} })},
			"the wrong type entirely": {"ciphers": object{}},
		} {
			if a := w.call(u, "POST", "/api/ciphers/import", in); a.status != 400 {
				t.Errorf("%s: %d %.200s, want 400", name, a.status, a.raw)
			}
		}
		if n := w.count(`SELECT COUNT(*) FROM ciphers`) + w.count(`SELECT COUNT(*) FROM folders`); n != 0 {
			t.Errorf("%d rows were stored", n)
		}
	})
}

func TestImportIntoAnOrganization(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org, foreign := w.org("A"), w.org("B")
		managed, readOnly, other := w.collection(org), w.collection(org), w.collection(foreign)
		boss, user, stranger := w.user("boss"), w.user("user"), w.user("stranger")
		w.member(org, boss, owner, confirmed)
		m := w.member(org, user, member, confirmed)
		w.give(org, managed, m, "manage")
		w.give(org, readOnly, m, "read")
		w.member(foreign, stranger, owner, confirmed)
		path := "/api/ciphers/import-organization?organizationId=" + string(org)
		batch := func(collection any) object {
			return object{"ciphers": []any{login(object{"organizationId": org})}, "collections": []any{object{"name": enc(), "id": collection}},
				"collectionRelationships": []any{object{"key": 0, "value": 0}}}
		}
		for name, c := range map[string]struct {
			as     id.User
			status int
			in     object
		}{
			"a stranger without collections": {stranger, 404, object{"ciphers": []any{login(nil)}, "collections": []any{}}},
			"a stranger":                     {stranger, 404, batch(managed)},
			"a member, read only":            {user, 404, batch(readOnly)},
			"a member without collections":   {user, 400, object{"ciphers": []any{login(nil)}}},
			"an inner organization":          {boss, 404, object{"ciphers": []any{login(object{"organizationId": foreign})}}},
			"an index out of range":          {boss, 400, object{"ciphers": []any{login(nil)}, "collectionRelationships": []any{object{"key": 0, "value": 9999}}}},
			"a name in the clear":            {boss, 400, object{"ciphers": []any{login(nil)}, "collections": []any{object{"name": "Servers"}}}},
		} {
			if a := w.call(c.as, "POST", path, c.in); a.status != c.status {
				t.Errorf("%s: %d %s, want %d", name, a.status, a.raw, c.status)
			}
		}
		if n := w.count(`SELECT COUNT(*) FROM ciphers`); n != 0 {
			t.Fatalf("%d items were stored", n)
		}
		w.must(user, "POST", path, batch(managed))
		w.must(boss, "POST", path, batch(nil))
		w.must(boss, "POST", path, batch(other)) // another vault's id: made anew
		if n := w.count(`SELECT COUNT(*) FROM collection_ciphers WHERE collection_id = $1`, other); n != 0 {
			t.Error("the import wrote into another organization")
		}
		got := []int{len(w.synced(user)), len(w.synced(boss)), w.count(`SELECT COUNT(*) FROM collections WHERE org_id = $1`, org)}
		if diff := cmp.Diff([]int{1, 2, 4}, got); diff != "" {
			t.Errorf("items of user, of boss, collections (-want +got):\n%s", diff)
		}
	})
}
