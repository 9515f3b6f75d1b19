package vault_test

import (
	"bytes"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault"
)

func TestAnnouncementsThatAreRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.vault.Storage.Account = 4 << 20
		ann := w.user("ann")
		item := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		before := w.synced(ann)
		for name, change := range map[string]object{
			"no name":                {"fileName": nil},
			"a name in plain":        {"fileName": "plan.pdf"},
			"a name without a MAC":   {"fileName": "0." + enc()[2:]},
			"a name that is long":    {"fileName": encOf(1 << 10)},
			"no key":                 {"key": nil},
			"a key in plain":         {"key": "secret"},
			"no size":                {"fileSize": 0},
			"less than no size":      {"fileSize": -1},
			"more than is allowed":   {"fileSize": 8<<20 + 1},
			"more than there is for": {"fileSize": 4<<20 + 1},
			"an older revision":      {"lastKnownRevisionDate": "2026-01-01T00:00:00Z"},
		} {
			in := object{"key": enc(), "fileName": enc(), "fileSize": 1000, "adminRequest": false}
			for k, v := range change {
				in[k] = v
			}
			if a := w.call(ann, "POST", "/api/ciphers/"+item+"/attachment/v2", in); a.status != http.StatusBadRequest {
				t.Errorf("%s: %d %s, want 400", name, a.status, a.raw)
			}
		}
		if diff := cmp.Diff(before, w.synced(ann)); diff != "" || w.count(`SELECT COUNT(*) FROM attachments`) != 0 {
			t.Errorf("refused announcements changed something:\n%s", diff)
		}
	})
}

// TestUploadsThatAreRefusedLeaveNothing: neither in the store nor at the item, and the
// announcement still takes the right file.
func TestUploadsThatAreRefusedLeaveNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ann := w.user("ann")
		item := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		body := sealed(3 << 20)
		file, _ := w.announced(ann, item, len(body))
		path := "/api/ciphers/" + item + "/attachment/" + file
		before := w.synced(ann)
		plain := bytes.Clone(body)
		plain[0] = 0
		whole := form(t, enc(), body)
		for name, text := range map[string]string{
			"without a MAC":         form(t, enc(), plain),
			"nothing":               form(t, enc(), nil),
			"too short for a file":  form(t, enc(), body[:64]),
			"much too small":        form(t, enc(), body[:len(body)-1<<20-1]),
			"much too large":        form(t, enc(), append(body, sealed(1<<20+1)...)),
			"cut off":               whole[:len(whole)/2],
			"cut off in the border": whole[:len(whole)-10],
			"no form":               "{}",
			"a form without a file": strings.ReplaceAll(whole, `name="data"`, `name="date"`),
		} {
			if a := w.send(ann, "POST", path, text); a.status != http.StatusBadRequest && a.status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s: %d %s", name, a.status, a.raw)
			}
			if names := w.store.names(); len(names) != 0 {
				t.Errorf("%s left %v", name, names)
			}
		}
		if diff := cmp.Diff(before, w.synced(ann)); diff != "" {
			t.Errorf("refused uploads changed something:\n%s", diff)
		}
		if a := w.upload(ann, item, file, body[:len(body)-1<<20]); a.status != http.StatusOK {
			t.Errorf("a little smaller than announced: %d %s", a.status, a.raw)
		}
		if a := w.upload(ann, item, file, body); a.status != http.StatusBadRequest || len(w.store.names()) != 1 {
			t.Errorf("a second time: %d %s, %v", a.status, a.raw, w.store.names())
		}
	})
}

// TestWhatHappensDuringAnUpload: the rights are asked for again when the file is there,
// and whoever loses the race leaves no file.
func TestWhatHappensDuringAnUpload(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		org := w.org("A")
		c, ann := w.collection(org), w.user("ann")
		m := w.member(org, ann, member, confirmed)
		w.give(org, c, m, "manage")
		body := sealed(1000)
		for _, v := range []struct {
			name   string
			happen func(item, file string)
			status int
			files  int
		}{
			{"the same upload", func(item, file string) {
				if a := w.upload(ann, item, file, body); a.status != http.StatusOK {
					t.Errorf("the faster one: %d %s", a.status, a.raw)
				}
			}, 400, 1},
			{"the attachment is taken back", func(item, file string) { w.must(ann, "DELETE", "/api/ciphers/"+item+"/attachment/"+file, nil) }, 404, 0},
			{"the item is deleted", func(item, _ string) { w.must(ann, "DELETE", "/api/ciphers/"+item, nil) }, 404, 0},
			{"the room is taken away", func(string, string) {
				w.exec(`UPDATE organizations SET storage_limit = 1000 WHERE id = $1`, org)
			}, 400, 0},
			{"the member is revoked", func(string, string) { w.exec(`UPDATE members SET status = -1 WHERE id = $1`, m) }, 404, 0},
		} {
			w.exec(`UPDATE organizations SET storage_limit = NULL`)
			item := w.must(ann, "POST", "/api/ciphers/create", object{"cipher": login(object{"organizationId": org}), "collectionIds": []any{c}})["id"].(string)
			file, _ := w.announced(ann, item, len(body)-1) // so that it needs more room than it got
			w.store.meanwhile = func() {
				w.store.meanwhile = nil
				v.happen(item, file)
			}
			before := len(w.store.names())
			if a := w.upload(ann, item, file, body); a.status != v.status || len(w.store.names())-before != v.files {
				t.Errorf("%s: %d %s, and %d more files; want %d and %d", v.name, a.status, a.raw, len(w.store.names())-before, v.status, v.files)
			}
		}
	})
}

// TestACrashBetweenTheFileAndItsRow: the file is found by the sweep, the announcement
// takes another try and is forgotten after a day.
func TestACrashBetweenTheFileAndItsRow(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ann, body := w.user("ann"), sealed(1000)
		item := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		file, _ := w.announced(ann, item, len(body))
		w.store.meanwhile = func() { panic("the power is gone") }
		func() {
			defer func() { _ = recover() }()
			w.upload(ann, item, file, body)
		}()
		w.store.meanwhile = nil
		if names := w.store.names(); len(names) != 1 {
			t.Fatalf("stored %v", names)
		}
		kept := w.attach(ann, item, body)
		if n, err := w.vault.Files.Sweep(t.Context()); n != 1 || err != nil {
			t.Errorf("swept %d, %v", n, err)
		}
		if rec := w.fetch(w.address(ann, item, kept)); rec.Code != http.StatusOK {
			t.Errorf("the sweep took a file that is in use: %d", rec.Code)
		}
		sweep := func(after time.Duration) int {
			w.now = w.now.Add(after)
			if err := w.vault.SweepUploads(t.Context()); err != nil {
				t.Fatal(err)
			}
			return w.count(`SELECT COUNT(*) FROM attachments WHERE id = $1`, file)
		}
		if n := sweep(23 * time.Hour); n != 1 {
			t.Error("an announcement of today was forgotten")
		}
		if n := sweep(time.Hour); n != 0 || w.count(`SELECT COUNT(*) FROM attachments`) != 1 {
			t.Errorf("%d announcements of yesterday", n)
		}
	})
}

// TestRoomIsGivenOnce: many announcements at once never get more room than there is.
func TestRoomIsGivenOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const each, places = 1 << 20, 5
		w.vault.Storage.Account = places*each + each/2
		ann := w.user("ann")
		item := id.Cipher(w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string))
		var wg sync.WaitGroup
		for range 4 * places {
			wg.Go(func() {
				in := vault.Announcement{Name: enc(), Key: enc(), Size: each}
				_, _, _ = w.vault.Announce(t.Context(), vault.Self(ann), item, in) // most are refused
			})
		}
		wg.Wait()
		if n := w.count(`SELECT COUNT(*) FROM attachments`); n == 0 || n > places {
			t.Errorf("%d files were announced, and there is room for %d", n, places)
		}
		var err error
		for range places { // a crowd may have lost a race that there was room for
			_, _, err = w.vault.Announce(t.Context(), vault.Self(ann), item, vault.Announcement{Name: enc(), Key: enc(), Size: each})
		}
		if n := w.count(`SELECT COUNT(*) FROM attachments`); n != places {
			t.Errorf("%d files were announced in the end, and there is room for %d", n, places)
		}
		if err == nil || !strings.Contains(err.Error(), "5.0 MB of 5.5 MB") {
			t.Errorf("one more: %v, want a sentence with what is taken and the limit", err)
		}
		got := w.must(ann, "GET", "/api/accounts/storage", nil)
		want := object{"object": "storage", "used": float64(places * each), "limit": float64(places*each + each/2), "ownLimit": false}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("storage (-want +got):\n%s", diff)
		}
	})
}

func TestAnItemHasABoundedNumberOfFiles(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ann := w.user("ann")
		item := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		err := w.db.Update(t.Context(), func(tx *db.Tx) error {
			rows := make([][]any, 200)
			for i := range rows {
				rows[i] = []any{ann, item, id.New[id.Attachment](), enc(), enc(), 100, tx.Now}
			}
			return db.Insert(t.Context(), tx, `INSERT INTO attachments (owner_id, cipher_id, id, name, key, size, created_at)`, rows...)
		})
		if err != nil {
			t.Fatal(err)
		}
		w.refused(400, ann, "POST", "/api/ciphers/"+item+"/attachment/v2", object{"key": enc(), "fileName": enc(), "fileSize": 100})
	})
}
