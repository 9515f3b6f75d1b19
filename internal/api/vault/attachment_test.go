package vault_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/id"
)

// sealed has the shape of an encrypted file of n bytes.
func sealed(n int) []byte {
	b := make([]byte, n)
	rand.Read(b)
	b[0] = 2
	return b
}

// form is the body of an upload.
func form(t testing.TB, name string, body []byte, fields ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	part, err := w.CreateFormFile("data", name)
	if err != nil {
		t.Fatal(err)
	}
	part.Write(body)
	w.Close()
	return b.String()
}

// announced is the answer to an announcement.
func (w *world) announced(as id.User, item string, size int) (attachment string, answer object) {
	w.t.Helper()
	answer = w.must(as, "POST", "/api/ciphers/"+item+"/attachment/v2", object{"key": enc(), "fileName": enc(), "fileSize": size, "adminRequest": false})
	return answer["attachmentId"].(string), answer
}

func (w *world) upload(as id.User, item, attachment string, body []byte) answer {
	w.t.Helper()
	w.now = w.now.Add(5 * time.Second)
	return w.send(as, "POST", "/api/ciphers/"+item+"/attachment/"+attachment, form(w.t, enc(), body))
}

// attach puts a file at an item.
func (w *world) attach(as id.User, item string, body []byte) string {
	w.t.Helper()
	attachment, _ := w.announced(as, item, len(body))
	if a := w.upload(as, item, attachment, body); a.status != http.StatusOK {
		w.t.Fatalf("upload = %d %s", a.status, a.raw)
	}
	return attachment
}

// fetch downloads by an address.
func (w *world) fetch(address string) *httptest.ResponseRecorder {
	w.t.Helper()
	path, ok := strings.CutPrefix(address, "https://vault.example.org")
	if !ok {
		w.t.Fatalf("address %q", address)
	}
	rec := httptest.NewRecorder()
	w.mux.ServeHTTP(rec, httptest.NewRequestWithContext(context.Background(), "GET", path, http.NoBody))
	return rec
}

func (w *world) address(as id.User, item, attachment string) string {
	w.t.Helper()
	return w.must(as, "GET", "/api/ciphers/"+item+"/attachment/"+attachment, nil)["url"].(string)
}

func listed(item object) []string {
	ids := []string{}
	list, _ := item["attachments"].([]any)
	for _, a := range list {
		ids = append(ids, a.(object)["id"].(string))
	}
	return ids
}

func TestAFileComesBackAsItWas(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ann := w.user("ann")
		item := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		body, key, name := sealed(3<<20), enc(), enc()
		before := w.synced(ann)[item]["revisionDate"]
		path := "/api/ciphers/" + item + "/attachment"
		answer := w.must(ann, "POST", path+"/v2", object{"key": key, "fileName": name, "fileSize": len(body), "adminRequest": false})
		file := answer["attachmentId"].(string)
		told := answer["cipherResponse"].(object)
		if diff := cmp.Diff([]string{file}, listed(told)); diff != "" || told["revisionDate"] == before || answer["fileUploadType"] != 0.0 {
			t.Errorf("announced: %v", answer)
		}
		if got := w.synced(ann)[item]; got["attachments"] != nil || got["revisionDate"] != told["revisionDate"] {
			t.Errorf("sync shows a file that is not there, or another date: %v", got)
		}
		w.refused(404, ann, "GET", path+"/"+file, nil)
		if a := w.upload(ann, item, file, body); a.status != http.StatusOK {
			t.Fatalf("upload = %d %s", a.status, a.raw)
		}
		want := object{"object": "attachment", "id": file, "fileName": name, "key": key, "size": strconv.Itoa(len(body)), "sizeName": "3.0 MB", "url": nil}
		synced := w.synced(ann)[item]
		if diff := cmp.Diff([]any{want}, synced["attachments"]); diff != "" || synced["revisionDate"] != told["revisionDate"] {
			t.Errorf("sync (-want +got), dated %v:\n%s", synced["revisionDate"], diff)
		}
		// The date that the client was told is the one with which it may edit.
		w.must(ann, "PUT", "/api/ciphers/"+item, login(object{"lastKnownRevisionDate": told["revisionDate"]}))

		got := w.must(ann, "GET", path+"/"+file, nil)
		want["url"] = got["url"]
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("descriptor (-want +got):\n%s", diff)
		}
		if rec := w.fetch(got["url"].(string)); rec.Code != http.StatusOK || !bytes.Equal(rec.Body.Bytes(), body) {
			t.Errorf("download = %d, %d bytes", rec.Code, rec.Body.Len())
		}
		deleted := w.must(ann, "DELETE", path+"/"+file, nil)["cipher"].(object)
		if deleted["attachments"] != nil || deleted["revisionDate"] == synced["revisionDate"] {
			t.Errorf("deleted: %v", deleted)
		}
		w.refused(404, ann, "GET", path+"/"+file, nil)
		w.refused(404, ann, "DELETE", path+"/"+file, nil)
		if n := w.count(`SELECT COUNT(*) FROM doomed_files`); n != 1 {
			t.Errorf("%d files are doomed, want that of the attachment", n)
		}
	})
}

// TestNoBrowserRunsAFile: whatever a file holds, it must be nothing but a download in the
// origin of the vault (CVE-2025-5138).
func TestNoBrowserRunsAFile(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ann := w.user("ann")
		item := w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string)
		page := append([]byte{2}, fmt.Sprintf("<html><script>alert(1)</script>%0100d", 0)...)
		rec := w.fetch(w.address(ann, item, w.attach(ann, item, page)))
		got := map[string]string{}
		for name := range rec.Header() {
			got[name] = rec.Header().Get(name)
		}
		want := map[string]string{
			"Content-Type": "application/octet-stream", "Content-Disposition": `attachment; filename="encrypted"`,
			"Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'", "X-Content-Type-Options": "nosniff",
			"Cache-Control": "no-store", "Content-Length": strconv.Itoa(len(page)),
		}
		if diff := cmp.Diff(want, got); diff != "" || !bytes.Equal(rec.Body.Bytes(), page) {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// TestFilesThatArriveAtOnce are all at the item in the end.
func TestFilesThatArriveAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ann := w.user("ann")
		item := id.Cipher(w.must(ann, "POST", "/api/ciphers", login(nil))["id"].(string))
		var want []string
		for range 5 {
			file, _ := w.announced(ann, string(item), 1000)
			want = append(want, file)
		}
		var wg sync.WaitGroup
		for _, file := range want {
			wg.Go(func() {
				if err := w.vault.Upload(t.Context(), ann, item, id.Attachment(file), bytes.NewReader(sealed(1000))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		got := listed(w.synced(ann)[string(item)])
		slices.Sort(got)
		slices.Sort(want)
		if diff := cmp.Diff(want, got); diff != "" || len(w.store.names()) != len(want) {
			t.Errorf("(-want +got):\n%s\n%d files", diff, len(w.store.names()))
		}
	})
}
