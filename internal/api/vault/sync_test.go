package vault_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/id"
)

func TestSyncHasEverythingThatClientsExpect(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org, client := w.org("A"), w.org("Client")
		tech := w.technician("tech", client)
		c := w.collection(org)
		m := w.member(org, tech, member, confirmed)
		w.give(org, c, m, "hide")
		w.member(w.org("Waiting"), tech, owner, accepted)
		w.must(tech, "POST", "/api/folders", object{"name": enc()})
		got := w.must(tech, "GET", "/api/sync?excludeDomains=true", nil)
		for _, list := range []string{"folders", "collections", "ciphers", "policies", "sends"} {
			if _, ok := got[list].([]any); !ok {
				t.Errorf("%s is no list: %v", list, got[list])
			}
		}
		for _, absent := range []string{"policiesNew"} {
			if _, there := got[absent]; there {
				t.Errorf("%s is there", absent)
			}
		}
		if d, there := got["domains"]; !there || d != nil {
			t.Errorf("domains = %v, want null", d)
		}
		if d := w.must(tech, "GET", "/api/sync", nil)["domains"].(object); d["object"] != "domains" || len(d["globalEquivalentDomains"].([]any)) == 0 {
			t.Errorf("domains = %v", d)
		}
		profile := got["profile"].(object)
		if _, there := profile["organizationsNew"]; there {
			t.Error("organizationsNew is there")
		}
		want := object{"id": string(tech), "email": "tech@example.org", "premium": true, "securityStamp": "stamp", "object": "profile", "emailVerified": true}
		if diff := cmp.Diff(want, pick(profile, want)); diff != "" {
			t.Errorf("profile (-want +got):\n%s", diff)
		}
		orgs, clients := profile["organizations"].([]any), profile["providerOrganizations"].([]any)
		if len(orgs) != 1 || len(clients) != 1 || len(profile["providers"].([]any)) != 1 {
			t.Fatalf("organizations %v, clients %v", orgs, clients)
		}
		want = object{"id": string(org), "organizationUserId": string(m), "key": "4.key", "status": 2.0, "type": 2.0, "enabled": true, "seats": 10.0,
			"productTierType": 3.0, "providerId": nil, "usePolicies": true, "useTotp": true, "hasPublicAndPrivateKeys": false, "object": "profileOrganization"}
		if diff := cmp.Diff(want, pick(orgs[0].(object), want)); diff != "" {
			t.Errorf("organization (-want +got):\n%s", diff)
		}
		want = object{"id": string(client), "organizationUserId": nil, "key": "2.okey", "status": 2.0, "type": 0.0, "providerName": "MSP", "keyConnectorEnabled": false}
		if diff := cmp.Diff(want, pick(clients[0].(object), want)); diff != "" {
			t.Errorf("client (-want +got):\n%s", diff)
		}
		if p, ok := orgs[0].(object)["permissions"].(object); !ok || p["manageUsers"] != false {
			t.Errorf("permissions = %v, want an object of falses", orgs[0].(object)["permissions"])
		}
		want = object{"id": string(c), "organizationId": string(org), "readOnly": false, "hidePasswords": true, "manage": false, "type": 0.0}
		if diff := cmp.Diff(want, pick(got["collections"].([]any)[0].(object), want)); diff != "" {
			t.Errorf("collection (-want +got):\n%s", diff)
		}
		unlock := got["userDecryption"].(object)["masterPasswordUnlock"].(object)
		want = object{"salt": "tech@example.org", "kdf": object{"kdfType": 0.0, "iterations": 600000.0, "memory": nil, "parallelism": nil}, "containedKeyId": "current"}
		if diff := cmp.Diff(want, pick(unlock, want)); diff != "" {
			t.Errorf("unlock (-want +got):\n%s", diff)
		}
	})
}

func pick(from, names object) object {
	out := object{}
	for k := range names {
		out[k] = from[k]
	}
	return out
}

func TestAnUnchangedSyncIsAnsweredFromMemoryAndAChangeBitesAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u := w.user("ann")
		made := w.must(u, "POST", "/api/ciphers", login(nil))["id"].(string)
		first := w.call(u, "GET", "/api/sync?excludeDomains=true", nil)
		again := w.call(u, "GET", "/api/sync?excludeDomains=true", nil)
		if !bytes.Equal(first.raw, again.raw) || again.took != 1 {
			t.Errorf("the second answer took %d statements, want 1", again.took)
		}
		// All of this happens in one moment of the clock: the revision must grow all the same.
		for _, change := range []struct {
			method, path string
			body         any
		}{
			{"PUT", "/api/ciphers/" + made, login(nil)}, {"PUT", "/api/ciphers/" + made + "/partial", object{"favorite": true}},
			{"POST", "/api/folders", object{"name": enc()}}, {"PUT", "/api/ciphers/" + made + "/archive", nil},
			{"PUT", "/api/ciphers/" + made + "/delete", nil}, {"DELETE", "/api/ciphers/" + made, nil}, {"DELETE", "/api/folders/all", nil},
		} {
			before := w.call(u, "GET", "/api/sync?excludeDomains=true", nil)
			if a := w.call(u, change.method, change.path, change.body); a.status != 200 {
				t.Fatalf("%s %s = %d %s", change.method, change.path, a.status, a.raw)
			}
			if after := w.call(u, "GET", "/api/sync?excludeDomains=true", nil); bytes.Equal(before.raw, after.raw) {
				t.Errorf("%s %s does not show in sync", change.method, change.path)
			}
		}
		if a := w.call(w.user("bob"), "GET", "/api/sync?excludeDomains=true", nil); bytes.Contains(a.raw, []byte("ann@example.org")) {
			t.Error("one account's answer went to another")
		}
	})
}

func TestOnlyThoseWhoSeeAnItemAreTold(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org := w.org("A")
		c, elsewhere := w.collection(org), w.collection(org)
		ann, bob, other := w.user("ann"), w.user("bob"), w.user("other")
		m := w.member(org, ann, member, confirmed)
		w.give(org, c, m, "manage")
		w.give(org, elsewhere, m, "manage")
		w.give(org, c, w.member(org, bob, member, confirmed), "read")
		w.give(org, elsewhere, w.member(org, other, owner, confirmed), "manage")
		revision := func(u id.User) int { return w.count(`SELECT revised_at FROM users WHERE id = $1`, u) }
		told := func(what string, act func()) {
			t.Helper()
			before := []int{revision(ann), revision(bob), revision(other)}
			act()
			after := []int{revision(ann), revision(bob), revision(other)}
			if before[0] == after[0] || before[1] == after[1] || before[2] != after[2] {
				t.Errorf("%s: revisions before %v, after %v; want the first two told", what, before, after)
			}
		}
		var key string
		told("create", func() {
			key = w.must(ann, "POST", "/api/ciphers/create", object{"cipher": login(object{"organizationId": org}), "collectionIds": []any{c}})["id"].(string)
		})
		told("update", func() { w.must(ann, "PUT", "/api/ciphers/"+key, login(object{"organizationId": org})) })
		told("trash", func() { w.must(ann, "PUT", "/api/ciphers/"+key+"/delete", nil) })
		told("delete", func() { w.must(ann, "DELETE", "/api/ciphers/"+key, nil) })
		before := revision(bob)
		key = w.must(ann, "POST", "/api/ciphers/create", object{"cipher": login(object{"organizationId": org}), "collectionIds": []any{c}})["id"].(string)
		w.must(bob, "PUT", "/api/ciphers/"+key+"/partial", object{"favorite": true})
		mid := revision(ann)
		w.must(bob, "PUT", "/api/ciphers/archive", object{"ids": []any{key}})
		if revision(ann) != mid || revision(bob) == before {
			t.Error("what an account notes about an item is its own affair")
		}
		lost := revision(bob)
		w.must(ann, "PUT", "/api/ciphers/"+key+"/collections_v2", object{"collectionIds": []any{elsewhere}})
		if revision(bob) == lost || len(w.synced(bob)) != 0 || len(w.synced(other)) != 1 {
			t.Error("who loses an item, or gets one, must hear of it")
		}
	})
}

// The number of statements must not depend on how much there is.
func TestStatementsAreConstant(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		counts := map[string][]int64{}
		for _, n := range []int{1, 500} {
			u, org := w.user("user"+string(rune('a'+n%7))), w.org("A")
			c := w.collection(org)
			w.give(org, c, w.member(org, u, member, confirmed), "manage")
			for range min(n, 20) - 1 {
				extra := w.org("more")
				w.give(extra, w.collection(extra), w.member(extra, u, member, confirmed), "edit")
				w.technicianAlso(u, w.org("client"))
			}
			measure := func(name, method, path string, body any) answer {
				t.Helper()
				w.now = w.now.Add(5 * time.Second)
				a := w.call(u, method, path, body)
				if a.status != 200 {
					t.Fatalf("%s of %d = %d %.300s", name, n, a.status, a.raw)
				}
				counts[name] = append(counts[name], a.took)
				return a
			}
			measure("import", "POST", "/api/ciphers/import", object{
				"ciphers": many(n, func(int) any { return login(nil) }), "folders": many(n, func(int) any { return object{"name": enc()} }),
				"folderRelationships": many(n, func(i int) any { return object{"key": i, "value": i} }),
			})
			measure("sync", "GET", "/api/sync?excludeDomains=true", nil)
			var ids, drafts []any
			for k := range w.synced(u) {
				ids = append(ids, k)
				drafts = append(drafts, login(object{"id": k, "organizationId": org}))
			}
			list := object{"ids": ids, "organizationId": org}
			measure("archive", "PUT", "/api/ciphers/archive", list)
			measure("move", "PUT", "/api/ciphers/move", list)
			measure("share", "PUT", "/api/ciphers/share", object{"ciphers": drafts, "collectionIds": []any{c}})
			measure("sync of an organization", "GET", "/api/sync?excludeDomains=true", nil)
			measure("trash", "PUT", "/api/ciphers/delete", list)
			measure("restore", "PUT", "/api/ciphers/restore", list)
			measure("list", "GET", "/api/ciphers", nil)
			measure("assigned", "GET", "/api/ciphers/organization-details/assigned?organizationId="+string(org), nil)
			measure("one", "PUT", "/api/ciphers/"+ids[0].(string), login(object{"organizationId": org}))
			measure("collections", "POST", "/api/ciphers/bulk-collections", object{"organizationId": org, "cipherIds": ids, "collectionIds": []any{c}})
			measure("delete", "DELETE", "/api/ciphers", list)
		}
		for name, got := range counts {
			if got[0] != got[1] {
				t.Errorf("%s: %d statements for one item, %d for 500", name, got[0], got[1])
			}
		}
	})
}

// technicianAlso makes an account staff of one more provider.
func (w *world) technicianAlso(user id.User, org id.Org) {
	w.t.Helper()
	p := id.New[id.Provider]()
	w.exec(`INSERT INTO providers (id, name, billing_email, status, type, enabled, created_at, revised_at) VALUES ($1, 'MSP', 'p@example.org', 1, 0, TRUE, 1, 1)`, p)
	w.exec(`INSERT INTO provider_users (provider_id, id, user_id, key, status, type, created_at, revised_at) VALUES ($1, $2, $3, '4.pkey', 2, 1, 1, 1)`, p, id.New[id.ProviderUser](), user)
	w.exec(`INSERT INTO provider_clients (provider_id, id, org_id, key, created_at, revised_at) VALUES ($1, $2, $3, '2.okey', 1, 1)`, p, id.New[id.ProviderClient](), org)
}

func TestFolders(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u, x := w.user("ann"), w.user("mallory")
		f := w.must(u, "POST", "/api/folders", object{"name": enc(), "id": "junk"})
		path := "/api/folders/" + f["id"].(string)
		renamed := w.must(u, "PUT", path, object{"name": enc()})
		listed := w.must(u, "GET", "/api/folders", nil)["data"].([]any)
		synced := w.must(u, "GET", "/api/sync", nil)["folders"].([]any)
		for where, got := range map[string]any{"get": w.must(u, "GET", path, nil), "list": listed[0], "sync": synced[0]} {
			if diff := cmp.Diff(any(renamed), any(got)); diff != "" {
				t.Errorf("%s (-renamed +got):\n%s", where, diff)
			}
		}
		for _, bad := range []string{"", "Work", "4." + strings.Repeat("AAAA", 86), encOf(1024)} {
			w.refused(400, u, "POST", "/api/folders", object{"name": bad})
			w.refused(400, u, "PUT", path, object{"name": bad})
		}
		own := w.must(x, "POST", "/api/folders", object{"name": enc()})["id"]
		w.refused(404, x, "GET", path, nil)
		w.refused(404, x, "PUT", path, object{"name": enc()})
		w.refused(404, x, "DELETE", path, nil)
		w.refused(404, x, "DELETE", "/api/folders", object{"ids": []any{own, f["id"]}})
		w.refused(400, x, "DELETE", "/api/folders", object{"ids": []any{}})
		w.must(x, "DELETE", "/api/folders", object{"ids": []any{own, own}})
		w.must(x, "DELETE", "/api/folders/all", nil)
		if n := w.count(`SELECT COUNT(*) FROM folders`); n != 1 {
			t.Errorf("%d folders, want ann's", n)
		}
	})
}
