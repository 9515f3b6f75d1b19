//go:build bench

package bench

import (
	gobytes "bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/compat/opaque"
	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/blobtest"
)

const (
	// largeFile is as the aim says; the server's own limit is a little above.
	largeFile = 500_000_000
	// largeFileMemory is how much more memory than idle it may take.
	largeFileMemory = 64_000_000
)

// measureFiles sends a large file to a fresh server and gets it back, with a directory and
// with a bucket.
func measureFiles(t *testing.T, figures *table) {
	plain := filepath.Join(t.TempDir(), "plain")
	written := plainCopy(t, plain)
	read := plainDownload(t, plain)
	for _, store := range []struct {
		name string
		env  func() []string
	}{
		{"a directory", func() []string { return nil }},
		{"S3", func() []string { return blobtest.StartS3(t).Env() }},
	} {
		s := realserver.Start(t, "", store.env()...)
		u := newUser(t, s, "files@example.test")
		cipher, attachment := announceLarge(t, u)
		path := "/api/ciphers/" + cipher + "/attachment/" + attachment

		up, upMemory := watched(t, s.PID(), func() { u.upload(path) })
		down, downMemory := watched(t, s.PID(), func() { u.download(path) })
		figures.times("Uploading 500 MB to "+store.name, up, written, "writing a file and fsync", "")
		figures.times("Downloading 500 MB from "+store.name, down, read, "sending that file over TLS", "")
		addMemory(t, figures, "uploading 500 MB to "+store.name, upMemory)
		addMemory(t, figures, "downloading 500 MB from "+store.name, downMemory)
	}
}

func addMemory(t *testing.T, figures *table, what string, more int64) {
	t.Helper()
	figures.add(row{"Memory above idle, " + what, bytes(more), bytes(largeFile), fmt.Sprintf("the file itself (%.2f times)", float64(more)/largeFile), "64 MB"})
	if more > largeFileMemory {
		t.Errorf("%s took %s more memory than idle, want at most %s", what, bytes(more), bytes(largeFileMemory))
	}
}

// watched runs f and says how long it took, and how much more memory the process took at
// its peak than before.
func watched(t *testing.T, pid int, f func()) (spent time.Duration, more int64) {
	t.Helper()
	time.Sleep(2 * time.Second) // until it is idle
	idle := memory(t, pid, "VmRSS")
	// The kernel begins to look for the peak anew.
	if err := os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", pid), []byte("5"), 0o200); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	f()
	spent = time.Since(start)
	return spent, memory(t, pid, "VmHWM") - idle
}

// large is a file as clients encrypt it: the kind, then bytes without any order.
func large() io.Reader {
	noise := make([]byte, 1<<20)
	rand.NewChaCha8([32]byte{1}).Read(noise)
	return io.LimitReader(io.MultiReader(strings.NewReader("\x02"), &loop{of: noise}), largeFile)
}

// loop gives the same bytes again and again, for little work.
type loop struct {
	of []byte
	at int
}

func (l *loop) Read(p []byte) (int, error) {
	n := copy(p, l.of[l.at:])
	l.at = (l.at + n) % len(l.of)
	return n, nil
}

func announceLarge(t *testing.T, u *user) (cipher, attachment string) {
	t.Helper()
	var item struct {
		ID string `json:"id"`
	}
	decode(t, u.post("/api/ciphers", encode(t, opaque.Login("large"))), &item)
	var awaited struct {
		ID string `json:"attachmentId"`
	}
	decode(t, u.post("/api/ciphers/"+item.ID+"/attachment/v2", encode(t, map[string]any{
		"key": opaque.String("key"), "fileName": opaque.String("name"), "fileSize": largeFile,
	})), &awaited)
	return item.ID, awaited.ID
}

func decode(t *testing.T, body []byte, to any) {
	t.Helper()
	if err := json.Unmarshal(body, to); err != nil {
		t.Fatalf("%v: %s", err, body)
	}
}

// upload streams the file as a form, as clients do.
func (u *user) upload(path string) {
	u.t.Helper()
	const before = "--limit\r\nContent-Disposition: form-data; name=\"data\"; filename=\"2.name\"\r\nContent-Type: application/octet-stream\r\n\r\n"
	const after = "\r\n--limit--\r\n"
	req, err := http.NewRequest(http.MethodPost, u.server.URL()+path, io.MultiReader(strings.NewReader(before), large(), strings.NewReader(after)))
	if err != nil {
		u.t.Fatal(err)
	}
	req.ContentLength = int64(len(before)) + largeFile + int64(len(after))
	req.Header.Set("Content-Type", "multipart/form-data; boundary=limit")
	req.Header.Set("Authorization", "Bearer "+u.token)
	res, err := u.server.HTTP.Do(req)
	if err != nil {
		u.t.Fatal(err)
	}
	defer res.Body.Close()
	if answer, _ := io.ReadAll(res.Body); res.StatusCode != http.StatusOK {
		u.t.Fatalf("upload: %d: %s", res.StatusCode, answer)
	}
}

// download asks for the address of the file and fetches it from there.
func (u *user) download(path string) {
	u.t.Helper()
	var at struct {
		URL string `json:"url"`
	}
	if err := json.Unmarshal(u.get(path), &at); err != nil {
		u.t.Fatal(err)
	}
	res, err := u.server.HTTP.Get(at.URL)
	if err != nil {
		u.t.Fatal(err)
	}
	defer res.Body.Close()
	if err := sameAsLarge(res.Body); err != nil || res.StatusCode != http.StatusOK {
		u.t.Fatalf("download: %d, %v", res.StatusCode, err)
	}
}

func sameAsLarge(got io.Reader) error {
	want, a, b := large(), make([]byte, 1<<20), make([]byte, 1<<20)
	for {
		n, err := io.ReadFull(got, a)
		m, _ := io.ReadFull(want, b)
		if !gobytes.Equal(a[:n], b[:m]) {
			return fmt.Errorf("other bytes came back than were sent")
		}
		if err != nil {
			return nil // the end of both
		}
	}
}

// plainCopy is what storing a file durably cannot do without.
func plainCopy(t *testing.T, path string) time.Duration {
	t.Helper()
	start := time.Now()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := io.Copy(f, large()); err != nil {
		t.Fatal(err)
	}
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}

// plainDownload is how long a server takes that does nothing but send a file.
func plainDownload(t *testing.T, path string) time.Duration {
	t.Helper()
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, path) }))
	defer server.Close()
	start := time.Now()
	res, err := server.Client().Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := sameAsLarge(res.Body); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}
