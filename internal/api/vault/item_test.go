package vault_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/id"
)

func TestAnItemComesBackAsItWasSent(t *testing.T) {
	parts := map[string]object{
		"login": {"username": enc(), "password": enc(), "totp": enc(), "uri": nil, "autofillOnPageLoad": true, "passwordRevisionDate": "2026-01-02T03:04:05.678Z",
			"uris": []any{object{"uri": enc(), "uriChecksum": enc(), "match": 3.0}},
			"fido2Credentials": []any{object{"credentialId": enc(), "keyType": enc(), "keyAlgorithm": enc(), "keyCurve": enc(), "keyValue": enc(), "rpId": enc(),
				"rpName": enc(), "userHandle": enc(), "userName": enc(), "userDisplayName": enc(), "counter": enc(), "discoverable": enc(), "creationDate": "2026-01-02T03:04:05.678Z"}}},
		"secureNote":     {"type": 0.0},
		"card":           texts("cardholderName brand number expMonth expYear code"),
		"identity":       texts("title firstName middleName lastName address1 address2 address3 city state postalCode country company email phone ssn username passportNumber licenseNumber"),
		"sshKey":         texts("privateKey publicKey keyFingerprint"),
		"bankAccount":    texts("bankName nameOnAccount accountType accountNumber routingNumber branchNumber pin swiftCode iban bankContactPhone"),
		"driversLicense": texts("firstName middleName lastName dateOfBirth licenseNumber issuingCountry issuingState issueDate expirationDate issuingAuthority licenseClass"),
		"passport":       texts("surname givenName dateOfBirth sex birthPlace nationality issuingCountry passportNumber passportType nationalIdentificationNumber issuingAuthority issueDate expirationDate"),
	}
	eachWorld(t, func(t *testing.T, w *world) {
		u := w.user("ann")
		for i, part := range []string{"login", "secureNote", "card", "identity", "sshKey", "bankAccount", "driversLicense", "passport"} {
			in := object{
				"type": float64(i + 1), "name": enc(), "notes": encOf(512), "key": enc(), "reprompt": 1.0, "favorite": true, part: parts[part],
				"fields":          []any{object{"type": 1.0, "name": enc(), "value": enc(), "linkedId": nil}, object{"type": 3.0, "name": enc(), "value": nil, "linkedId": 100.0}},
				"passwordHistory": []any{object{"password": enc(), "lastUsedDate": "2026-01-02T03:04:05.678Z"}},
			}
			made := w.must(u, "POST", "/api/ciphers", in)
			got := object{}
			for k := range in {
				got[k] = made[k]
			}
			if diff := cmp.Diff(in, got); diff != "" {
				t.Errorf("%s (-sent +got):\n%s", part, diff)
			}
			want := object{"object": "cipherDetails", "edit": true, "viewPassword": true, "permissions": object{"delete": true, "restore": true},
				"organizationId": nil, "folderId": nil, "collectionIds": []any{}, "attachments": nil, "deletedDate": nil, "archivedDate": nil, "data": nil}
			got = object{}
			for k := range want {
				got[k] = made[k]
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", part, diff)
			}
			for where, other := range map[string]object{
				"sync":    w.synced(u)[made["id"].(string)],
				"get":     w.must(u, "GET", "/api/ciphers/"+made["id"].(string), nil),
				"details": w.must(u, "GET", "/api/ciphers/"+made["id"].(string)+"/details", nil),
			} {
				if diff := cmp.Diff(made, other); diff != "" {
					t.Errorf("%s in %s (-create +%s):\n%s", part, where, where, diff)
				}
			}
		}
	})
}

func texts(names string) object {
	out := object{}
	for _, n := range strings.Fields(names) {
		out[n] = enc()
	}
	return out
}

func TestBadItemsAreRefusedAndNothingIsStored(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u, other := w.user("ann"), w.user("bob")
		foreign := w.must(other, "POST", "/api/folders", object{"name": enc()})["id"]
		before := w.count(`SELECT COUNT(*) FROM ciphers`)
		for name, in := range map[string]object{
			"no name":                login(object{"name": nil}),
			"name in the clear":      login(object{"name": "Bank"}),
			"without authentication": login(object{"name": "0." + enc()[2:strings.LastIndex(enc(), "|")]}),
			"a type of the future":   login(object{"name": "7." + strings.Repeat("AAAA", 20)}),
			"a private key's type":   login(object{"name": "4." + strings.Repeat("AAAA", 86)}),
			"name too long":          login(object{"name": encOf(1024)}),
			"notes too long":         login(object{"notes": encOf(10240)}),
			"unknown type":           login(object{"type": 9}),
			"no type":                login(object{"type": nil}),
			"the part of other type": login(object{"type": 3}),
			"password in the clear":  login(object{"login": object{"password": "hunter2"}}),
			"bad match":              login(object{"login": object{"uris": []any{object{"uri": enc(), "match": 6}}}}),
			"bad date":               login(object{"login": object{"passwordRevisionDate": "yesterday"}}),
			"date without zone":      login(object{"login": object{"passwordRevisionDate": "2026-01-02T03:04:05"}}),
			"passkey without date":   login(object{"login": object{"fido2Credentials": []any{object{"credentialId": enc()}}}}),
			"history without date":   login(object{"passwordHistory": []any{object{"password": enc()}}}),
			"field of unknown type":  login(object{"fields": []any{object{"type": 4, "name": enc()}}}),
			"SSH key without parts":  {"type": 5, "name": enc(), "sshKey": object{}},
			"reprompt":               login(object{"reprompt": 2}),
			"wrong JSON type":        login(object{"favorite": "yes"}),
			"data in the clear":      login(object{"data": `{"a":1}`}),
			"for another account":    login(object{"encryptedFor": other}),
			"for nobody":             login(object{"encryptedFor": "me"}),
			"with an old key":        login(object{"encryptedByKeyId": "old"}),
			"of an organization":     login(object{"organizationId": id.New[id.Org]()}),
			"too much":               login(object{"passwordHistory": manyPasswords(150)}),
		} {
			if a := w.call(u, "POST", "/api/ciphers", in); a.status != 400 || a.body["message"] == "" {
				t.Errorf("%s: %d %s, want 400", name, a.status, a.raw)
			}
		}
		for name, folder := range map[string]any{"foreign folder": foreign, "absent folder": id.New[id.Folder](), "malformed folder": "x"} {
			if a := w.call(u, "POST", "/api/ciphers", login(object{"folderId": folder})); a.status != 404 {
				t.Errorf("%s: %d %s, want 404", name, a.status, a.raw)
			}
		}
		for name, body := range map[string]string{"nothing": "", "no JSON": "{", "a list": "[]", "two": "{}{}", "bad UTF-8": "{\"type\":1,\"name\":\"\xff\"}"} {
			if a := w.send(u, "POST", "/api/ciphers", body); a.status != 400 {
				t.Errorf("%s: %d %s, want 400", name, a.status, a.raw)
			}
		}
		if a := w.send(u, "POST", "/api/ciphers", `{"name":"`+strings.Repeat("x", 3<<20)+`"}`); a.status != 413 {
			t.Errorf("3 MB: %d, want 413", a.status)
		}
		if after := w.count(`SELECT COUNT(*) FROM ciphers`); after != before {
			t.Errorf("%d items were stored", after-before)
		}
	})
}

func manyPasswords(n int) []any {
	out := make([]any, n)
	for i := range out {
		out[i] = object{"password": encOf(3584), "lastUsedDate": "2026-01-02T03:04:05Z"}
	}
	return out
}

func TestAStaleEditIsRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u := w.user("ann")
		made := w.must(u, "POST", "/api/ciphers", login(nil))
		path := "/api/ciphers/" + made["id"].(string)
		at, err := time.Parse(time.RFC3339Nano, made["revisionDate"].(string))
		if err != nil {
			t.Fatal(err)
		}
		known := func(d time.Duration) object {
			return login(object{"lastKnownRevisionDate": at.Add(d).Truncate(time.Millisecond).Format(time.RFC3339Nano)})
		}
		w.refused(400, u, "PUT", path, known(-2*time.Second))
		w.refused(400, u, "PUT", path, known(2*time.Second))
		if diff := cmp.Diff(made, w.synced(u)[made["id"].(string)]); diff != "" {
			t.Errorf("a refused edit changed the item:\n%s", diff)
		}
		edited := w.must(u, "PUT", path, known(0))
		if diff := cmp.Diff(edited, w.synced(u)[made["id"].(string)]); diff != "" {
			t.Errorf("the edit's answer is not what sync brings:\n%s", diff)
		}
		w.refused(400, u, "PUT", path, known(0))
		w.must(u, "POST", path, login(nil)) // a client that says nothing
		w.refused(400, u, "PUT", path, login(object{"organizationId": w.org("A")}))
	})
}

func TestForeignItemsAreAbsent(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u, x := w.user("ann"), w.user("mallory")
		mine := w.must(u, "POST", "/api/ciphers", login(nil))["id"].(string)
		own := w.must(x, "POST", "/api/ciphers", login(nil))["id"].(string)
		org := w.org("A")
		c := w.collection(org)
		w.give(org, c, w.member(org, x, member, confirmed), "manage")
		before := w.synced(u)
		for _, target := range []string{mine, string(id.New[id.Cipher]()), "nonsense"} {
			p := "/api/ciphers/" + target
			for _, call := range []struct {
				method, path string
				body         any
			}{
				{"GET", p, nil}, {"GET", p + "/details", nil}, {"GET", p + "/admin", nil}, {"PUT", p, login(nil)}, {"PUT", p + "/admin", login(nil)},
				{"PUT", p + "/partial", object{"favorite": true}}, {"PUT", p + "/delete", nil}, {"PUT", p + "/delete-admin", nil},
				{"PUT", p + "/restore", nil}, {"PUT", p + "/restore-admin", nil}, {"DELETE", p, nil}, {"DELETE", p + "/admin", nil}, {"POST", p + "/delete", nil},
				{"PUT", p + "/archive", nil}, {"PUT", p + "/unarchive", nil},
				{"PUT", p + "/share", object{"cipher": login(object{"organizationId": org}), "collectionIds": []any{c}}},
				{"PUT", p + "/collections", object{"collectionIds": []any{c}}}, {"PUT", p + "/collections_v2", object{"collectionIds": []any{c}}},
				{"PUT", p + "/collections-admin", object{"collectionIds": []any{c}}},
				{"PUT", "/api/ciphers/delete", object{"ids": []any{own, target}}}, {"DELETE", "/api/ciphers", object{"ids": []any{own, target}}},
				{"PUT", "/api/ciphers/delete-admin", object{"ids": []any{target}, "organizationId": org}},
				{"PUT", "/api/ciphers/restore", object{"ids": []any{own, target}}}, {"PUT", "/api/ciphers/move", object{"ids": []any{own, target}}},
				{"PUT", "/api/ciphers/archive", object{"ids": []any{own, target}}},
				{"PUT", "/api/ciphers/share", object{"ciphers": []any{login(object{"id": own, "organizationId": org}), login(object{"id": target, "organizationId": org})}, "collectionIds": []any{c}}},
				{"POST", "/api/ciphers/bulk-collections", object{"organizationId": org, "cipherIds": []any{target}, "collectionIds": []any{c}}},
			} {
				w.refused(404, x, call.method, call.path, call.body)
			}
		}
		if diff := cmp.Diff(before, w.synced(u)); diff != "" {
			t.Errorf("the item changed:\n%s", diff)
		}
		kept := w.synced(x)[own]
		if kept == nil || kept["deletedDate"] != nil || kept["organizationId"] != nil || kept["archivedDate"] != nil {
			t.Errorf("a bulk call that was refused did half of it: %v", kept)
		}
	})
}

func TestBulkListsHaveBounds(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u := w.user("ann")
		mine := w.must(u, "POST", "/api/ciphers", login(nil))["id"]
		tooMany := make([]any, 2001)
		for i := range tooMany {
			tooMany[i] = id.New[id.Cipher]()
		}
		for _, call := range []string{"PUT /api/ciphers/delete", "PUT /api/ciphers/restore", "PUT /api/ciphers/archive", "PUT /api/ciphers/unarchive", "PUT /api/ciphers/move", "DELETE /api/ciphers"} {
			method, path, _ := strings.Cut(call, " ")
			w.refused(400, u, method, path, object{"ids": []any{}})
			w.refused(400, u, method, path, object{"ids": tooMany})
			w.must(u, method, path, object{"ids": []any{mine, mine}}) // duplicates count once; the last call deletes
		}
		if len(w.synced(u)) != 0 {
			t.Error("the item is still there")
		}
	})
}

func TestLifeOfAnItem(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u := w.user("ann")
		folder := w.must(u, "POST", "/api/folders", object{"name": enc()})
		made := w.must(u, "POST", "/api/ciphers", login(nil))
		key := made["id"].(string)
		path := "/api/ciphers/" + key
		agrees := func(what string, got object) {
			t.Helper()
			if diff := cmp.Diff(got, w.synced(u)[key]); diff != "" {
				t.Errorf("%s: the answer is not what sync brings:\n%s", what, diff)
			}
		}
		got := w.must(u, "PUT", path+"/partial", object{"folderId": folder["id"], "favorite": true})
		agrees("partial", got)
		if got["folderId"] != folder["id"] || got["favorite"] != true || got["revisionDate"] != made["revisionDate"] {
			t.Errorf("partial: %v", got)
		}
		list := w.must(u, "PUT", "/api/ciphers/archive", object{"ids": []any{key}})["data"].([]any)
		agrees("archive", list[0].(object))
		if list[0].(object)["archivedDate"] == nil || list[0].(object)["folderId"] != folder["id"] {
			t.Errorf("archive: %v", list[0])
		}
		got = w.must(u, "PUT", path+"/unarchive", nil)
		agrees("unarchive", got)
		if got["archivedDate"] != nil {
			t.Errorf("unarchive: %v", got)
		}
		w.must(u, "PUT", path+"/delete", nil)
		if w.synced(u)[key]["deletedDate"] == nil {
			t.Error("delete: not in the trash")
		}
		got = w.must(u, "PUT", path+"/restore", nil)
		agrees("restore", got)
		if got["deletedDate"] != nil || got["folderId"] != folder["id"] {
			t.Errorf("restore: %v", got)
		}
		w.must(u, "DELETE", "/api/folders/"+folder["id"].(string), nil)
		if w.synced(u)[key]["folderId"] != nil {
			t.Error("the item is in a folder that is gone")
		}
		w.must(u, "PUT", path, login(nil))
		if got = w.synced(u)[key]; got["favorite"] != false {
			t.Errorf("an edit without favourite kept it: %v", got)
		}
		w.must(u, "DELETE", path, nil)
		w.refused(404, u, "GET", path, nil)
	})
}

func TestTheTrashIsPurgedAfterItsDays(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u := w.user("ann")
		org := w.org("A")
		c := w.collection(org)
		w.give(org, c, w.member(org, u, member, confirmed), "manage")
		old := w.must(u, "POST", "/api/ciphers", login(nil))["id"]
		shared := w.must(u, "POST", "/api/ciphers/create", object{"cipher": login(object{"organizationId": org}), "collectionIds": []any{c}})["id"]
		w.must(u, "PUT", "/api/ciphers/delete", object{"ids": []any{old, shared}})
		w.now = w.now.AddDate(0, 0, 20)
		young := w.must(u, "POST", "/api/ciphers", login(nil))["id"].(string)
		w.must(u, "PUT", "/api/ciphers/"+young+"/delete", nil)
		w.now = w.now.AddDate(0, 0, 10).Add(time.Minute)
		before := w.count(`SELECT revised_at FROM users WHERE id = $1`, u)
		n, err := w.vault.Purge(t.Context())
		if err != nil || n != 2 {
			t.Errorf("Purge = %d, %v; want the two old ones", n, err)
		}
		if got := w.synced(u); len(got) != 1 || got[young] == nil {
			t.Errorf("left: %v", got)
		}
		if w.count(`SELECT revised_at FROM users WHERE id = $1`, u) <= before {
			t.Error("the account was not told")
		}
	})
}

func TestEmptyingAVault(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		u, other, x := w.user("ann"), w.user("bob"), w.user("mallory")
		org := w.org("A")
		w.member(org, u, owner, confirmed)
		w.member(org, other, member, confirmed)
		w.member(org, x, owner, accepted)
		w.must(u, "POST", "/api/ciphers", login(nil))
		w.must(u, "POST", "/api/folders", object{"name": enc()})
		w.must(other, "POST", "/api/ciphers", login(nil))
		w.must(u, "POST", "/api/ciphers/admin", object{"cipher": login(object{"organizationId": org}), "collectionIds": []any{}})
		w.refused(400, u, "POST", "/api/ciphers/purge", object{"masterPasswordHash": "wrong"})
		w.must(u, "POST", "/api/ciphers/purge", object{"masterPasswordHash": "right"})
		if n := w.count(`SELECT COUNT(*) FROM ciphers`) + w.count(`SELECT COUNT(*) FROM folders`); n != 2 {
			t.Errorf("%d rows are left, want the other account's item and the organization's", n)
		}
		byOrg := "/api/ciphers/purge?organizationId=" + string(org)
		w.refused(404, x, "POST", byOrg, object{"masterPasswordHash": "right"})
		w.refused(404, other, "POST", byOrg, object{"masterPasswordHash": "right"})
		w.refused(404, u, "POST", "/api/ciphers/purge?organizationId=", object{"masterPasswordHash": "right"})
		w.refused(404, u, "POST", "/api/ciphers/purge?organizationId="+string(w.org("B")), object{"masterPasswordHash": "right"})
		w.must(u, "POST", byOrg, object{"masterPasswordHash": "right"})
		if n := w.count(`SELECT COUNT(*) FROM ciphers`); n != 1 {
			t.Errorf("%d items are left, want the other account's", n)
		}
		if n := w.count(`SELECT COUNT(*) FROM events WHERE type = 1601 AND tenant_id = $1`, org); n != 1 {
			t.Errorf("%d events of the purge, want 1", n)
		}
	})
}
