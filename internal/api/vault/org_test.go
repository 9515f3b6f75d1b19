package vault_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/id"
)

func TestSharedItemsFollowTheCollection(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org := w.org("A")
		c1, c2 := w.collection(org), w.collection(org)
		ann, reader, hidden, out := w.user("ann"), w.user("reader"), w.user("hidden"), w.user("out")
		m := w.member(org, ann, member, confirmed)
		w.give(org, c1, m, "manage")
		w.give(org, c2, m, "edit")
		w.give(org, c1, w.member(org, reader, member, confirmed), "read")
		w.give(org, c1, w.member(org, hidden, member, confirmed), "hide")
		for _, status := range []int{revoked, accepted, 3} {
			w.give(org, c1, w.member(org, w.user("status"+string(rune('b'+status))), owner, status), "manage")
		}
		w.member(org, out, admin, confirmed)
		folder := w.must(ann, "POST", "/api/folders", object{"name": enc()})["id"]
		key := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		got := w.must(ann, "PUT", "/api/ciphers/"+key+"/share", object{
			"cipher":        login(object{"organizationId": org, "folderId": folder, "favorite": true, "encryptedByKeyId": "the organization's"}),
			"collectionIds": []any{c1, c2},
		})
		if got["folderId"] != folder || got["favorite"] != true || len(got["collectionIds"].([]any)) != 2 || got["organizationId"] != string(org) {
			t.Errorf("shared: %v", got)
		}
		if diff := cmp.Diff(got, w.synced(ann)[key]); diff != "" {
			t.Errorf("the share's answer is not what sync brings:\n%s", diff)
		}
		for user, want := range map[id.User]object{
			reader: {"edit": false, "viewPassword": true, "permissions": object{"delete": false, "restore": false}},
			hidden: {"edit": true, "viewPassword": false, "permissions": object{"delete": true, "restore": true}},
		} {
			c := w.synced(user)[key]
			seen := object{"edit": c["edit"], "viewPassword": c["viewPassword"], "permissions": c["permissions"]}
			if diff := cmp.Diff(want, seen); diff != "" {
				t.Errorf("grant (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff([]any{string(c1)}, c["collectionIds"]); diff != "" || c["folderId"] != nil || c["favorite"] != false {
				t.Errorf("of others, %v shows: %s", c, diff)
			}
		}
		if len(w.synced(out)) != 0 {
			t.Error("an admin without the collection has the item in the vault")
		}
		w.refused(404, reader, "PUT", "/api/ciphers/"+key, login(object{"organizationId": org}))
		w.refused(404, reader, "PUT", "/api/ciphers/"+key+"/delete", nil)
		w.must(reader, "PUT", "/api/ciphers/"+key+"/partial", object{"favorite": true})
		w.must(hidden, "PUT", "/api/ciphers/"+key, login(object{"organizationId": org}))
		w.refused(404, hidden, "PUT", "/api/ciphers/"+key, login(object{"organizationId": org, "folderId": folder}))
		if c := w.synced(ann)[key]; c["folderId"] != folder {
			t.Error("another's edit changed the folder")
		}
		w.exec(`UPDATE organizations SET limit_item_deletion = TRUE WHERE id = $1`, org)
		w.refused(404, hidden, "PUT", "/api/ciphers/"+key+"/delete", nil)
		w.must(ann, "PUT", "/api/ciphers/"+key+"/delete", nil)
		w.exec(`UPDATE organizations SET enabled = FALSE WHERE id = $1`, org)
		w.exec(`UPDATE users SET revised_at = revised_at + 1000000`)
		if len(w.synced(ann)) != 0 {
			t.Error("a disabled organization's items are in sync")
		}
		w.refused(404, ann, "GET", "/api/ciphers/"+key, nil)
		for kind, want := range map[int]int{1105: 1, 1101: 1, 1115: 1, 1100: 0} {
			if n := w.count(`SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = $2 AND cipher_id = $3`, org, kind, key); n != want {
				t.Errorf("%d events of type %d, want %d", n, kind, want)
			}
		}
	})
}

func TestSharingNeedsAPlace(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org, foreign := w.org("A"), w.org("B")
		edit, read, none, other := w.collection(org), w.collection(org), w.collection(org), w.collection(foreign)
		ann, waiting := w.user("ann"), w.user("waiting")
		m := w.member(org, ann, member, confirmed)
		w.give(org, edit, m, "edit")
		w.give(org, read, m, "read")
		w.give(org, edit, w.member(org, waiting, owner, accepted), "manage")
		w.give(foreign, other, w.member(foreign, ann, member, confirmed), "edit")
		key := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		theirs := w.must(waiting, "POST", "/api/ciphers", login(nil))["id"].(string)
		before := w.synced(ann)
		for name, c := range map[string]struct {
			as     id.User
			status int
			item   string
			org    id.Org
			in     []any
		}{
			"no collection":               {ann, 400, key, org, []any{}},
			"no collection, foreign":      {ann, 400, key, w.org("C"), nil},
			"read only":                   {ann, 404, key, org, []any{read}},
			"one read only":               {ann, 404, key, org, []any{edit, read}},
			"one not given":               {ann, 404, key, org, []any{edit, none}},
			"one of another organization": {ann, 404, key, org, []any{edit, other}},
			"another organization's only": {ann, 404, key, org, []any{other}},
			"malformed":                   {ann, 404, key, org, []any{"x"}},
			"not confirmed":               {waiting, 404, theirs, org, []any{edit}},
			"no organization":             {ann, 400, key, "", []any{edit}},
		} {
			draft := login(object{"organizationId": c.org, "id": c.item})
			for _, call := range []struct {
				method, path string
				body         object
			}{
				{"PUT", "/api/ciphers/" + c.item + "/share", object{"cipher": draft, "collectionIds": c.in}},
				{"PUT", "/api/ciphers/share", object{"ciphers": []any{draft}, "collectionIds": c.in}},
				{"POST", "/api/ciphers/create", object{"cipher": draft, "collectionIds": c.in}},
			} {
				if a := w.call(c.as, call.method, call.path, call.body); a.status != c.status {
					t.Errorf("%s: %s %s = %d %s, want %d", name, call.method, call.path, a.status, a.raw, c.status)
				}
			}
		}
		stale := login(object{"organizationId": org, "lastKnownRevisionDate": "2020-01-01T00:00:00Z"})
		w.refused(400, ann, "PUT", "/api/ciphers/"+key+"/share", object{"cipher": stale, "collectionIds": []any{edit}})
		twice := login(object{"organizationId": org, "id": key})
		w.refused(400, ann, "PUT", "/api/ciphers/share", object{"ciphers": []any{twice, twice}, "collectionIds": []any{edit}})
		if diff := cmp.Diff(before, w.synced(ann)); diff != "" {
			t.Errorf("a refused share changed something:\n%s", diff)
		}
		shared := w.must(ann, "PUT", "/api/ciphers/share", object{"ciphers": []any{twice}, "collectionIds": []any{edit, edit}})
		if len(shared["data"].([]any)) != 1 {
			t.Errorf("shared: %v", shared)
		}
		w.refused(400, ann, "PUT", "/api/ciphers/"+key+"/share", object{"cipher": login(object{"organizationId": foreign}), "collectionIds": []any{other}})
		w.refused(400, ann, "PUT", "/api/ciphers/"+key, login(object{"organizationId": foreign}))
		w.refused(400, ann, "PUT", "/api/ciphers/"+key, login(nil))
	})
}

func TestCollectionsOfAnItem(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org, foreign := w.org("A"), w.org("B")
		edit, second, read, secret, other := w.collection(org), w.collection(org), w.collection(org), w.collection(org), w.collection(foreign)
		ann, boss := w.user("ann"), w.user("boss")
		m := w.member(org, ann, member, confirmed)
		w.give(org, edit, m, "manage")
		w.give(org, second, m, "edit")
		w.give(org, read, m, "read")
		w.member(org, boss, owner, confirmed)
		key := w.must(ann, "POST", "/api/ciphers/create", object{"cipher": login(object{"organizationId": org}), "collectionIds": []any{edit}})["id"].(string)
		path := "/api/ciphers/" + key
		w.must(boss, "PUT", path+"/collections-admin", object{"collectionIds": []any{edit, read, secret}})
		in := func() int { return w.count(`SELECT COUNT(*) FROM collection_ciphers WHERE cipher_id = $1`, key) }
		for _, to := range [][]any{{edit, other}, {"x"}, {id.New[id.Collection]()}} {
			w.refused(404, ann, "PUT", path+"/collections_v2", object{"collectionIds": to})
			w.refused(404, boss, "PUT", path+"/collections-admin", object{"collectionIds": to})
		}
		got := w.must(ann, "PUT", path+"/collections_v2", object{"collectionIds": []any{second, read}})
		if got["unavailable"] != false || len(got["cipher"].(object)["collectionIds"].([]any)) != 2 || in() != 3 {
			t.Errorf("%v, in %d collections; want second and read, and the one that ann does not see untouched", got, in())
		}
		if diff := cmp.Diff(got["cipher"], any(w.synced(ann)[key])); diff != "" {
			t.Errorf("the answer is not what sync brings:\n%s", diff)
		}
		w.must(boss, "PUT", path+"/collections-admin", object{"collectionIds": []any{second, secret}})
		got = w.must(ann, "PUT", path+"/collections_v2", object{"collectionIds": []any{}})
		if got["unavailable"] != true || got["cipher"] != nil || len(w.synced(ann)) != 0 {
			t.Errorf("given away: %v", got)
		}
		w.must(boss, "PUT", path+"/collections-admin", object{"collectionIds": []any{second}})
		w.refused(400, ann, "PUT", path+"/collections_v2", object{"collectionIds": []any{}})
		w.refused(400, ann, "PUT", path+"/collections", object{})
		w.must(boss, "PUT", path+"/collections-admin", object{"collectionIds": []any{}})
		if in() != 0 || len(w.synced(ann)) != 0 {
			t.Error("an admin could not take the item out of all collections")
		}
		bulk := func(remove bool, to ...any) object {
			return object{"organizationId": org, "cipherIds": []any{key}, "collectionIds": to, "removeCollections": remove}
		}
		w.refused(404, ann, "POST", "/api/ciphers/bulk-collections", bulk(false, edit))
		w.must(boss, "POST", "/api/ciphers/bulk-collections", bulk(false, edit, second))
		w.must(ann, "POST", "/api/ciphers/bulk-collections", bulk(true, edit))
		w.refused(400, ann, "POST", "/api/ciphers/bulk-collections", bulk(true, second))
		w.refused(400, ann, "POST", "/api/ciphers/bulk-collections", bulk(false))
		w.refused(404, ann, "POST", "/api/ciphers/bulk-collections", bulk(false, read))
		w.refused(404, boss, "POST", "/api/ciphers/bulk-collections", bulk(false, other))
		if in() != 1 {
			t.Errorf("in %d collections, want 1", in())
		}
	})
}

func TestAdminConsole(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org, foreign := w.org("A"), w.org("B")
		c := w.collection(org)
		boss, user, waiting, stranger := w.user("boss"), w.user("user"), w.user("waiting"), w.user("stranger")
		tech, rival := w.technician("tech", org), w.technician("rival", foreign)
		w.member(org, boss, admin, confirmed)
		w.give(org, c, w.member(org, user, member, confirmed), "edit")
		w.member(org, waiting, owner, accepted)
		w.member(foreign, stranger, owner, confirmed)
		create := object{"cipher": login(object{"organizationId": org}), "collectionIds": []any{c}}
		made := w.must(tech, "POST", "/api/ciphers/admin", create)
		key := made["id"].(string)
		path := "/api/ciphers/" + key
		if got := w.synced(user)[key]; got == nil || got["name"] != made["name"] {
			t.Fatalf("the member does not find the technician's item: %v", got)
		}
		if len(w.synced(tech)) != 0 {
			t.Error("a technician's sync holds a client's items")
		}
		loose := w.must(boss, "POST", "/api/ciphers/admin", object{"cipher": login(object{"organizationId": org}), "collectionIds": []any{}})["id"].(string)
		list := "/api/ciphers/organization-details?organizationId=" + string(org)
		for _, as := range []id.User{boss, tech} {
			if got := w.must(as, "GET", list, nil)["data"].([]any); len(got) != 2 {
				t.Errorf("%d items in the Admin Console, want 2", len(got))
			}
			w.must(as, "GET", path+"/admin", nil)
			w.must(as, "PUT", path+"/admin", login(object{"organizationId": org}))
			w.must(as, "PUT", path+"/delete-admin", nil)
			w.must(as, "PUT", path+"/restore-admin", nil)
			w.must(as, "PUT", "/api/ciphers/delete-admin", object{"ids": []any{key, loose}, "organizationId": org})
			if got := w.must(as, "PUT", "/api/ciphers/restore-admin", object{"ids": []any{key, loose}, "organizationId": org})["data"].([]any); len(got) != 2 {
				t.Errorf("restored %d, want 2", len(got))
			}
			w.refused(404, as, "GET", path, nil) // not in their own vault
		}
		for _, as := range []id.User{waiting, stranger, rival, w.user("nobody")} {
			w.refused(404, as, "GET", list, nil)
			w.refused(404, as, "GET", path+"/admin", nil)
			w.refused(404, as, "PUT", path+"/admin", login(object{"organizationId": org}))
			w.refused(404, as, "DELETE", path+"/admin", nil)
			w.refused(404, as, "PUT", "/api/ciphers/delete-admin", object{"ids": []any{key}, "organizationId": org})
			w.refused(404, as, "PUT", "/api/ciphers/delete-admin", object{"ids": []any{key}, "organizationId": foreign})
			w.refused(404, as, "POST", "/api/ciphers/admin", create)
			w.refused(404, as, "GET", "/api/ciphers/organization-details/assigned?organizationId="+string(org), nil)
		}
		w.must(user, "PUT", path+"/partial", object{"favorite": true})
		w.must(user, "PUT", path+"/admin", login(object{"organizationId": org}))
		if w.synced(user)[key]["favorite"] != true {
			t.Error("an edit in the Admin Console took the favourite away")
		}
		w.refused(404, user, "GET", list, nil)
		w.refused(404, user, "GET", "/api/ciphers/"+loose+"/admin", nil)
		w.must(user, "GET", path+"/admin", nil) // what collections open is open there, too
		w.refused(404, user, "PUT", "/api/ciphers/delete-admin", object{"ids": []any{key, loose}, "organizationId": org})
		w.refused(404, tech, "GET", "/api/ciphers/organization-details/assigned?organizationId="+string(org), nil)
		if got := w.must(user, "GET", "/api/ciphers/organization-details/assigned?organizationId="+string(org), nil)["data"].([]any); len(got) != 1 {
			t.Errorf("assigned: %d, want 1", len(got))
		}
		for what, want := range map[string]int{"<>": 8, "=": 1} { // what was changed, and that somebody looked
			if n := w.count(`SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND provider_id IS NOT NULL AND acting_user_id = $2 AND type `+what+` 1603`, org, tech); n != want {
				t.Errorf("%d events %s 1603 name the provider, want %d", n, what, want)
			}
		}
		w.exec(`UPDATE organizations SET provider_item_access = FALSE WHERE id = $1`, org)
		w.refused(404, tech, "GET", list, nil)
		w.refused(404, tech, "GET", path+"/admin", nil)
		w.refused(404, tech, "POST", "/api/ciphers/admin", create)
		w.exec(`UPDATE organizations SET admins_access_all = FALSE WHERE id = $1`, org)
		w.refused(404, boss, "GET", path+"/admin", nil)
		w.refused(404, boss, "DELETE", path+"/admin", nil)
	})
}
