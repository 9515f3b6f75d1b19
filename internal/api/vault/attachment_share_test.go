package vault_test

import (
	"bytes"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/id"
)

// named are names and keys by id, as an item shows them.
func named(item object) map[string][2]any {
	out := map[string][2]any{}
	list, _ := item["attachments"].([]any)
	for _, a := range list {
		f := a.(object)
		out[f["id"].(string)] = [2]any{f["fileName"], f["key"]}
	}
	return out
}

func TestAnEditRenamesFiles(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ann, bob := w.user("ann"), w.user("bob")
		item := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		other := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		bobs := w.must(bob, "POST", "/api/ciphers", login(nil))["id"].(string)
		first, second := w.attach(ann, item, sealed(100)), w.attach(ann, item, sealed(100))
		old := w.attachOld(ann, item, sealed(100))
		others, foreign := w.attach(ann, other, sealed(100)), w.attach(bob, bobs, sealed(100))
		before, untouched := named(w.synced(ann)[item]), named(w.synced(ann)[other])

		name, key, oldName := enc(), enc(), enc()
		got := w.must(ann, "PUT", "/api/ciphers/"+item, login(object{"attachments2": object{
			first: object{"fileName": name, "key": key}, old: object{"fileName": oldName, "key": enc()},
			others: object{"fileName": enc(), "key": enc()}, foreign: object{"fileName": enc(), "key": enc()},
			string(id.New[id.Attachment]()): object{"fileName": enc(), "key": enc()}, "no id": object{"fileName": enc(), "key": enc()},
		}}))
		// The body of an old file is under no key of its own: none is put there.
		want := map[string][2]any{first: {name, key}, second: before[second], old: {oldName, nil}}
		if diff := cmp.Diff(want, named(got)); diff != "" {
			t.Errorf("after attachments2 (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(named(got), named(w.synced(ann)[item])); diff != "" {
			t.Errorf("sync shows other than the answer:\n%s", diff)
		}
		if diff := cmp.Diff(untouched, named(w.synced(ann)[other])); diff != "" {
			t.Errorf("a file of another item was renamed:\n%s", diff)
		}
		oldest := enc()
		want[second] = [2]any{oldest, before[second][1]}
		if diff := cmp.Diff(want, named(w.must(ann, "PUT", "/api/ciphers/"+item, login(object{"attachments": object{second: oldest}})))); diff != "" {
			t.Errorf("after attachments (-want +got):\n%s", diff)
		}
		// Clients that echo what they were given mean nothing by it.
		w.must(ann, "PUT", "/api/ciphers/"+item, login(object{"attachments": []any{object{"id": first, "fileName": enc()}}}))
		for what, value := range map[string]any{"a name in plain": "plan.pdf", "no name": nil, "a name without a MAC": "0." + enc()[2:]} {
			w.refused(400, ann, "PUT", "/api/ciphers/"+item, login(object{"attachments2": object{first: object{"fileName": value, "key": enc()}}}))
			if diff := cmp.Diff(want, named(w.synced(ann)[item])); diff != "" {
				t.Errorf("%s (-want +got):\n%s", what, diff)
			}
		}
	})
}

// attachOld attaches in one step, without a key.
func (w *world) attachOld(as id.User, item string, body []byte) string {
	w.t.Helper()
	before := map[string]bool{}
	for _, file := range listed(w.must(as, "GET", "/api/ciphers/"+item, nil)) {
		before[file] = true
	}
	a := w.send(as, "POST", "/api/ciphers/"+item+"/attachment", form(w.t, enc(), body))
	if a.status != http.StatusOK {
		w.t.Fatalf("attach = %d %s", a.status, a.raw)
	}
	for _, file := range listed(a.body) {
		if !before[file] {
			return file
		}
	}
	w.t.Fatalf("the answer shows no new file: %s", a.raw)
	return ""
}

func TestFilesComeAlongToAnOrganization(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org := w.org("A")
		c, ann, reader := w.collection(org), w.user("ann"), w.user("reader")
		w.give(org, c, w.member(org, ann, member, confirmed), "manage")
		w.give(org, c, w.member(org, reader, member, confirmed), "read")
		body := sealed(5000)
		item := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		first, second := w.attach(ann, item, body), w.attach(ann, item, sealed(100))
		awaited, _ := w.announced(ann, item, 100)
		brought := object{first: object{"fileName": enc(), "key": enc()}, second: object{"fileName": enc(), "key": enc()}}
		share := func(files object) object {
			return object{"cipher": login(object{"organizationId": org, "attachments2": files}), "collectionIds": []any{c}}
		}
		before := w.synced(ann)
		for what, files := range map[string]object{
			"none":          {},
			"one too few":   {first: brought[first]},
			"one without":   {first: brought[first], second: object{"fileName": enc()}},
			"a key, type 4": {first: brought[first], second: object{"fileName": enc(), "key": "4." + enc()[2:]}},
		} {
			w.refused(400, ann, "PUT", "/api/ciphers/"+item+"/share", share(files))
			if diff := cmp.Diff(before, w.synced(ann)); diff != "" {
				t.Errorf("%s: refused, and something changed:\n%s", what, diff)
			}
		}
		w.exec(`UPDATE organizations SET storage_limit = 5099`)
		w.refused(400, ann, "PUT", "/api/ciphers/"+item+"/share", share(brought))
		w.exec(`UPDATE organizations SET storage_limit = 5100`)
		shared := w.must(ann, "PUT", "/api/ciphers/"+item+"/share", share(brought))
		want := map[string][2]any{}
		for file, v := range brought {
			want[file] = [2]any{v.(object)["fileName"], v.(object)["key"]}
		}
		for who, got := range map[string]object{"the answer": shared, "the sync": w.synced(ann)[item], "a reader's sync": w.synced(reader)[item]} {
			if diff := cmp.Diff(want, named(got)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", who, diff)
			}
		}
		if rec := w.fetch(w.address(reader, item, first)); !bytes.Equal(rec.Body.Bytes(), body) {
			t.Errorf("a reader gets %d, %d bytes", rec.Code, rec.Body.Len())
		}
		// Where there is no room any more, items without files still come.
		w.exec(`UPDATE organizations SET storage_limit = 0`)
		bare := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		w.must(ann, "PUT", "/api/ciphers/"+bare+"/share", share(object{}))
		// What was announced would arrive under the old key.
		if a := w.upload(ann, item, awaited, sealed(100)); a.status != http.StatusNotFound {
			t.Errorf("upload of what was announced before: %d %s", a.status, a.raw)
		}
		for path, used := range map[string]float64{"/api/accounts/storage": 0, "/api/organizations/" + string(org) + "/storage": 5100} {
			if got := w.must(ann, "GET", path, nil); got["used"] != used {
				t.Errorf("%s: %v, want %v", path, got, used)
			}
		}
	})
}

// TestOldFilesAreReplacedWhenTheyAreShared: their bodies are under the account's own key,
// and cannot come along.
func TestOldFilesAreReplacedWhenTheyAreShared(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org, elsewhere := w.org("A"), w.org("B")
		ann := w.user("ann")
		c, d := w.collection(org), w.collection(elsewhere)
		w.give(org, c, w.member(org, ann, member, confirmed), "edit")
		m := w.member(elsewhere, ann, member, confirmed)
		w.give(elsewhere, d, m, "edit")
		item := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		file := w.attachOld(ann, item, sealed(100))
		kept := w.attach(ann, item, sealed(100))
		before := w.store.names()
		share := object{"cipher": login(object{"organizationId": org, "attachments2": object{
			file: object{"fileName": enc()}, kept: object{"fileName": enc(), "key": enc()},
		}}), "collectionIds": []any{c}}
		w.refused(400, ann, "PUT", "/api/ciphers/"+item+"/share", share)

		body, name, key := sealed(300), enc(), enc()
		replace := func(of string, org id.Org, fields ...string) answer {
			return w.send(ann, "POST", "/api/ciphers/"+item+"/attachment/"+of+"/share?organizationId="+string(org), form(t, name, body, fields...))
		}
		if a := replace(file, elsewhere, "key", key); a.status != http.StatusOK {
			t.Fatalf("replacement: %d %s", a.status, a.raw)
		}
		w.refused(400, ann, "PUT", "/api/ciphers/"+item+"/share", share) // that one is for another organization
		w.exec(`UPDATE members SET status = -1 WHERE id = $1`, m)
		for what, v := range map[string]struct {
			got  answer
			want int
		}{
			"without a key":              {replace(file, org), 400},
			"for a file with a key":      {replace(kept, org, "key", key), 400},
			"for no file":                {replace(string(id.New[id.Attachment]()), org, "key", key), 404},
			"for no organization":        {replace(file, id.New[id.Org](), "key", key), 404},
			"for one that one is out of": {replace(file, elsewhere, "key", key), 404},
		} {
			if v.got.status != v.want {
				t.Errorf("%s: %d %s, want %d", what, v.got.status, v.got.raw, v.want)
			}
		}
		if a := replace(file, org, "key", key); a.status != http.StatusOK {
			t.Fatalf("replacement: %d %s", a.status, a.raw)
		}
		if got := w.must(ann, "GET", "/api/organizations/"+string(org)+"/storage", nil); got["used"] != 300.0 {
			t.Errorf("a replacement takes no room: %v", got)
		}
		shared := w.must(ann, "PUT", "/api/ciphers/"+item+"/share", share)
		if got, want := named(shared)[file], [2]any{name, key}; got != want {
			t.Errorf("the file is %v, want its replacement %v", got, want)
		}
		if rec := w.fetch(w.address(ann, item, file)); !bytes.Equal(rec.Body.Bytes(), body) {
			t.Errorf("the file has %d bytes, want those of its replacement", rec.Body.Len())
		}
		if _, err := w.vault.Files.RemoveDoomed(t.Context()); err != nil {
			t.Fatal(err)
		}
		if rec := w.fetch(w.address(ann, item, file)); rec.Code != http.StatusOK {
			t.Errorf("the replacement was removed with the old file: %d", rec.Code)
		}
		// The old body, and that of the replacement for the other organization, are gone.
		if after := w.store.names(); len(after) != len(before) || w.count(`SELECT COUNT(*) FROM attachment_moves`) != 0 {
			t.Errorf("stored %v, want two files", after)
		}
	})
}

// TestStatementsDoNotGrowWithFiles counts those of one request about an item with one
// file and with many, and of a move of one item and of many.
func TestStatementsDoNotGrowWithFiles(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org := w.org("A")
		c, ann := w.collection(org), w.user("ann")
		w.give(org, c, w.member(org, ann, member, confirmed), "manage")
		withFiles := func(n int) (item string, files object) {
			item, files = w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string), object{}
			for range n {
				files[w.attach(ann, item, sealed(100))] = object{"fileName": enc(), "key": enc()}
			}
			return item, files
		}
		count := func(n int) (out []int64) {
			item, files := withFiles(n)
			path := "/api/ciphers/" + item
			for _, v := range []struct {
				method, path string
				body         any
			}{
				{"PUT", path, login(object{"attachments2": files})},
				{"GET", path, nil},
				{"POST", path + "/attachment/v2", object{"key": enc(), "fileName": enc(), "fileSize": 100}},
				{"GET", "/api/sync", nil},
			} {
				a := w.call(ann, v.method, v.path, v.body)
				if a.status != http.StatusOK {
					t.Fatalf("%s %s: %d %s", v.method, v.path, a.status, a.raw)
				}
				out = append(out, a.took)
			}
			drafts := []any{}
			for range n + 1 { // of one item alone, apps are told otherwise
				shared, files := withFiles(1)
				drafts = append(drafts, login(object{"id": shared, "organizationId": org, "attachments2": files}))
			}
			a := w.call(ann, "PUT", "/api/ciphers/share", object{"ciphers": drafts, "collectionIds": []any{c}})
			if a.status != http.StatusOK {
				t.Fatalf("share: %d %s", a.status, a.raw)
			}
			return append(out, a.took)
		}
		if diff := cmp.Diff(count(1), count(12)); diff != "" {
			t.Errorf("statements for one file and for many:\n%s", diff)
		}
	})
}

// TestStaffAttachesInTheConsoleAlone: the provider's staff is in no collection.
func TestStaffAttachesInTheConsoleAlone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		client := w.org("Client")
		tech, ann := w.technician("tech", client), w.user("ann")
		c := w.collection(client)
		w.give(client, c, w.member(client, ann, member, confirmed), "manage")
		item := w.must(ann, "POST", "/api/ciphers/create", object{"cipher": login(object{"organizationId": client}), "collectionIds": []any{c}})["id"].(string)
		path, body := "/api/ciphers/"+item+"/attachment", sealed(1000)
		in := object{"key": enc(), "fileName": enc(), "fileSize": len(body), "adminRequest": false}
		w.refused(404, tech, "POST", path+"/v2", in)
		in["adminRequest"] = true
		answer := w.must(tech, "POST", path+"/v2", in)
		file := answer["attachmentId"].(string)
		if mini, _ := answer["cipherMiniResponse"].(object); answer["cipherResponse"] != nil || !slices.Equal(listed(mini), []string{file}) {
			t.Errorf("announced: %v", answer)
		}
		if a := w.upload(tech, item, file, body); a.status != http.StatusOK {
			t.Fatalf("upload = %d %s", a.status, a.raw)
		}
		if n := w.count(`SELECT COUNT(*) FROM events WHERE type = 1103 AND cipher_id = $1 AND provider_id IS NOT NULL`, item); n == 0 {
			t.Error("the log does not say that somebody of the provider attached the file")
		}
		w.refused(404, tech, "GET", path+"/"+file, nil)
		if rec := w.fetch(w.must(tech, "GET", path+"/"+file+"/admin", nil)["url"].(string)); !bytes.Equal(rec.Body.Bytes(), body) {
			t.Errorf("download = %d", rec.Code)
		}
		if diff := cmp.Diff([]string{file}, listed(w.synced(ann)[item])); diff != "" {
			t.Errorf("a member's sync (-want +got):\n%s", diff)
		}
		w.refused(404, tech, "DELETE", path+"/"+file, nil)
		w.must(tech, "DELETE", path+"/"+file+"/admin", nil)
	})
}
