//go:build bench

package bench

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the limit of an import is an insert without us

	"github.com/kastellan/kastellan/compat/opaque"
	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/passhash"
)

func measureLogin(t *testing.T, u *user, figures *table) {
	stored, err := passhash.Hash(t.Context(), u.hash)
	if err != nil {
		t.Fatal(err)
	}
	limit := median(9, func() {
		if ok, err := passhash.Check(t.Context(), stored, u.hash); err != nil || !ok {
			t.Fatal(ok, err)
		}
	})
	figures.times("Log-in", median(9, u.login), limit, "checking the hash of the password", "")
}

func measureCreate(t *testing.T, u *user, figures *table) {
	body := encode(t, opaque.Login("one"))
	figure := median(100, func() { u.post("/api/ciphers", body) })
	figures.times("Creating one item", figure, median(100, func() { syncedWrite(t, u.server.Dir) }), "writing 4 kB and fsync", "")
}

// syncedWrite is what a durable transaction cannot do without.
func syncedWrite(t *testing.T, dir string) {
	f, err := os.OpenFile(filepath.Join(dir, "limit"), os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Write(make([]byte, 4096)); err != nil {
		t.Fatal(err)
	}
	if err := f.Sync(); err != nil {
		t.Fatal(err)
	}
}

func measureSync(t *testing.T, u *user, figures *table) {
	have := 101 // from measureCreate
	u.post("/api/ciphers/import", encode(t, opaque.Import("sync", 1000-have)))
	const path = "/api/sync?excludeDomains=true"
	answer := u.get(path)
	memory := fromMemory(t, answer)

	// Each first sync follows a write, so that nothing remembered can serve it.
	first := medianOfPrepared(25, func() { u.post("/api/folders", folder(t)) }, func() { u.get(path) })
	unchanged := median(50, func() { u.get(path) })
	figures.times("/sync of 1,000 items ("+bytes(int64(len(answer)))+"), after a change", first, memory, "the same bytes from memory", "3 times")
	figures.times("/sync of 1,000 items, again", unchanged, memory, "the same bytes from memory", "3 times")
	figures.times("Asking whether anything changed", median(50, func() { u.get("/api/accounts/revision-date") }),
		fromMemory(t, []byte("1790000000000")), "the same bytes from memory", "")
}

func folder(t *testing.T) []byte {
	return encode(t, map[string]string{"name": opaque.String("touch")})
}

func medianOfPrepared(n int, prepare, f func()) time.Duration {
	var spent []time.Duration
	for range n {
		prepare()
		start := time.Now()
		f()
		spent = append(spent, time.Since(start))
	}
	return middle(spent)
}

// fromMemory is how long a server takes that does nothing but send these bytes, over TLS as ours.
func fromMemory(t *testing.T, answer []byte) time.Duration {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write(answer)
	}))
	defer server.Close()
	return median(50, func() {
		res, err := server.Client().Get(server.URL)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		if _, err := io.Copy(io.Discard, res.Body); err != nil {
			t.Fatal(err)
		}
	})
}

func measureImport(t *testing.T, s *realserver.Server, figures *table) {
	const items = 5000
	body := encode(t, opaque.Import("five thousand", items))
	var spent []time.Duration
	for i := range 3 {
		u := newUser(t, s, fmt.Sprintf("import%d@example.test", i))
		start := time.Now()
		u.post("/api/ciphers/import", body)
		spent = append(spent, time.Since(start))
	}
	figures.times("Importing 5,000 items ("+bytes(int64(len(body)))+")", middle(spent), bareInsert(t, items), "5,000 rows into an empty SQLite", "")
}

// bareInsert is one transaction of prepared inserts, with the same care for the disk.
func bareInsert(t *testing.T, n int) time.Duration {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "limit.db")+"?_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("CREATE TABLE item (id TEXT PRIMARY KEY, owner TEXT NOT NULL, data TEXT NOT NULL) WITHOUT ROWID"); err != nil {
		t.Fatal(err)
	}
	data := string(encode(t, opaque.Login("limit")))
	start := time.Now()
	tx, err := db.BeginTx(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	insert, err := tx.Prepare("INSERT INTO item (id, owner, data) VALUES ($1, $2, $3)")
	if err != nil {
		t.Fatal(err)
	}
	defer insert.Close()
	for i := range n {
		if _, err := insert.Exec(fmt.Sprintf("%036d", i*7919%n), "owner", data); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return time.Since(start)
}
