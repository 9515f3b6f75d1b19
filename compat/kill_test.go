//go:build compat

package compat

import (
	"bytes"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "modernc.org/sqlite" // for the check of the file

	"github.com/kastellan/kastellan/compat/opaque"
	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// TestKill ends the server with kill -9 in the middle of creates and imports, again and again.
// After each restart every acknowledged write must be there, and every import whole or not at all.
func TestKill(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		s := realserver.Start(t, "")
		testKill(t, s, 50)
		checkFile(t, filepath.Join(s.Dir, "kastellan.db"))
	})
	t.Run("postgres", func(t *testing.T) { testKill(t, realserver.Start(t, dbtest.PostgresURL(t)), 10) })
}

const (
	importSize = 150 // items of one import: large enough to be hit in its middle
	writers    = 3   // of each kind, side by side
)

func testKill(t *testing.T, s *realserver.Server, times int) {
	p := register(t, s, "survivor")
	k := &killer{server: s, token: p.accessToken(t), promised: map[string]bool{}}
	interrupted := 0
	for round := range times {
		k.round(t, round)
		s.Start()
		interrupted += k.check(t, round)
		if t.Failed() {
			return
		}
	}
	// A test that never hits a request in flight would prove nothing.
	if interrupted == 0 {
		t.Errorf("in %d rounds no request was interrupted", times)
	}
	t.Logf("%d kills, %d acknowledged writes, %d requests interrupted", times, len(k.promised), interrupted)
}

// checkFile asks SQLite itself whether the file is sound.
func checkFile(t *testing.T, path string) {
	t.Helper()
	file, err := sql.Open("sqlite", "file:"+path+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var verdict string
	if err := file.QueryRow("PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		t.Errorf("integrity check: %q, %v", verdict, err)
	}
	var orphans int
	if err := file.QueryRow("SELECT count(*) FROM pragma_foreign_key_check").Scan(&orphans); err != nil || orphans != 0 {
		t.Errorf("foreign keys that point nowhere: %d, %v", orphans, err)
	}
}

// killer writes, remembers what the server acknowledged, and checks that it is kept.
type killer struct {
	server *realserver.Server
	token  string

	mu       sync.Mutex
	promised map[string]bool // tags of acknowledged writes
	tried    int             // requests of this round that got no answer
}

// round writes from several connections until the server is killed under them.
func (k *killer) round(t *testing.T, round int) {
	k.tried = 0
	var wg sync.WaitGroup
	// The first promise of a round may take long on a busy machine; without one the kill would test little.
	promised := make(chan struct{}, 1)
	for w := range writers {
		wg.Go(func() { k.write(t, "/api/ciphers", fmt.Sprintf("c%d-%d", round, w), promised) })
		wg.Go(func() { k.write(t, "/api/ciphers/import", fmt.Sprintf("i%d-%d", round, w), promised) })
	}
	select {
	case <-promised:
	case <-time.After(10 * time.Second):
		t.Errorf("round %d: the server acknowledged nothing within 10 s", round)
	}
	time.Sleep(between(t, 0, 80*time.Millisecond))
	k.server.Stop(syscall.SIGKILL)
	wg.Wait()
}

// write sends one request after the other until one gets no answer.
func (k *killer) write(t *testing.T, path, tag string, promised chan<- struct{}) {
	for n := 0; ; n++ {
		one := fmt.Sprintf("%s-%d", tag, n)
		body := opaque.Login(one)
		if strings.HasSuffix(path, "/import") {
			body = opaque.Import(one, importSize)
		}
		status, err := k.post(path, body)
		k.mu.Lock()
		switch {
		case err != nil:
			k.tried++
		case status == http.StatusOK:
			k.promised[one] = true
			select {
			case promised <- struct{}{}:
			default: // somebody was first
			}
		default:
			t.Errorf("POST %s answered %d", path, status)
			err = fmt.Errorf("status %d", status)
		}
		k.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (k *killer) post(path string, body any) (int, error) {
	payload, err := json.Marshal(body)
	if err != nil {
		return 0, err
	}
	req, err := http.NewRequest(http.MethodPost, k.server.URL()+path, bytes.NewReader(payload))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := k.do(req)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	// Only a whole answer is a promise.
	_, err = io.Copy(io.Discard, res.Body)
	return res.StatusCode, err
}

func (k *killer) do(req *http.Request) (*http.Response, error) {
	req.Header.Set("Authorization", "Bearer "+k.token)
	req.Header.Set("Device-Type", "25")
	req.Header.Set("Bitwarden-Client-Name", "cli")
	req.Header.Set("Bitwarden-Client-Version", "2026.9.0")
	return k.server.HTTP.Do(req)
}

// check reads the whole vault and answers how many requests the kill interrupted.
func (k *killer) check(t *testing.T, round int) int {
	t.Helper()
	items, folders := k.vault(t)
	stored := map[string]int{}
	for _, item := range items {
		tag, _, _ := strings.Cut(markOf(t, item.Name), "/")
		stored[tag]++
		if strings.HasPrefix(tag, "i") && folders[item.FolderID] != tag {
			t.Errorf("round %d: an item of import %s is in the folder of %q", round, tag, folders[item.FolderID])
		}
	}
	for tag := range k.promised {
		if stored[tag] == 0 {
			t.Errorf("round %d: the acknowledged write %s is lost", round, tag)
		}
	}
	for tag, n := range stored {
		want := 1
		if strings.HasPrefix(tag, "i") {
			want = importSize
		}
		if n != want {
			t.Errorf("round %d: %d items of write %s are stored, want %d or none", round, n, tag, want)
		}
	}
	return k.tried
}

type storedItem struct{ Name, FolderID string }

func (k *killer) vault(t *testing.T) ([]storedItem, map[string]string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, k.server.URL()+"/api/sync?excludeDomains=true", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := k.do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var sync struct {
		Ciphers []storedItem
		Folders []struct{ ID, Name string }
	}
	if err := json.NewDecoder(res.Body).Decode(&sync); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("sync answered %d: %v", res.StatusCode, err)
	}
	folders := map[string]string{}
	for _, f := range sync.Folders {
		folders[f.ID] = markOf(t, f.Name)
	}
	return sync.Ciphers, folders
}

func between(t testing.TB, low, high time.Duration) time.Duration {
	t.Helper()
	n, err := rand.Int(rand.Reader, big.NewInt(int64(high-low)))
	if err != nil {
		t.Fatal(err)
	}
	return low + time.Duration(n.Int64())
}

func markOf(t testing.TB, s string) string {
	t.Helper()
	mark, err := opaque.Mark(s)
	if err != nil {
		t.Fatal(err)
	}
	return mark
}
