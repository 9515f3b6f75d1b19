package blob_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/blobtest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// mortal is a process that lives through the life of a file and is killed at one of its
// steps. It is told so in the environment.
type mortal struct {
	Database  string
	Directory string // empty: the bucket
	Bucket    blob.S3Settings
	Size      int64 // of the file
	DieAt     int   // the step; the steps are counted from 1

	steps int
}

const mortalIn = "BLOB_TEST_MORTAL"

func TestMain(m *testing.M) {
	text := os.Getenv(mortalIn)
	if text == "" {
		os.Exit(m.Run())
	}
	var p mortal
	err := json.Unmarshal([]byte(text), &p)
	if err == nil {
		err = p.live(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// step is one of the moments that a crash may come at. The kernel ends the process as it
// does when memory runs out: nothing is tidied up.
func (p *mortal) step(name string) {
	if p.steps++; p.steps == p.DieAt {
		fmt.Println(name)
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {} // until the signal is here
	}
}

// live stores a file, names it in the Send of an account, and deletes the account.
func (p *mortal) live(ctx context.Context) error {
	d, err := db.Open(ctx, p.Database)
	if err != nil {
		return err
	}
	defer d.Close()
	f := &blob.Files{DB: d, Log: slog.New(slog.DiscardHandler)}
	if p.Directory != "" {
		f.Store = blob.NewDirectory(p.Directory).At(p.step)
	} else {
		f.Store = blob.NewS3(p.Bucket).Through(tellingTransport{p.step})
	}
	p.step("nothing")
	s, err := f.Keep(ctx, io.MultiReader(encrypted(p.Size/2), p.arrived(), noise(p.Size-p.Size/2)), p.Size)
	if err != nil {
		return err
	}
	p.step("kept")
	if err := p.change(ctx, d, `UPDATE sends SET file = $1`, s.Name); err != nil {
		return err
	}
	if err := p.change(ctx, d, `DELETE FROM users`); err != nil {
		return err
	}
	// The worker's removal, with a step before the name is forgotten and after it.
	f.Store = telling{f.Store, p.step}
	if _, err := f.RemoveDoomed(ctx); err != nil {
		return err
	}
	p.step("forgotten")
	return nil
}

func (p *mortal) arrived() io.Reader {
	return readerFunc(func([]byte) (int, error) { p.step("half of it has arrived"); return 0, io.EOF })
}

func (p *mortal) change(ctx context.Context, d *db.DB, statement string, args ...any) error {
	err := d.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, statement, args...)
		p.step("not committed: " + statement)
		return err
	})
	p.step("committed: " + statement)
	return err
}

// telling is a store with a step after each removal.
type telling struct {
	blob.Store
	step func(string)
}

func (s telling) Delete(ctx context.Context, names ...string) error {
	err := s.Store.Delete(ctx, names...)
	s.step("deleted")
	return err
}

// tellingTransport has a step before each request and after each answer.
type tellingTransport struct{ step func(string) }

func (t tellingTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	what := r.Method + " " + strings.Join(slices.Sorted(maps.Keys(r.URL.Query())), " ")
	t.step("not sent: " + what)
	res, err := http.DefaultTransport.RoundTrip(r)
	t.step("answered: " + what)
	return res, err
}

func TestNoCrashLosesOrLeavesAFile(t *testing.T) {
	for name, database := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "kastellan.db") },
		"postgres": func(t *testing.T) string { return dbtest.PostgresURL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			t.Run("directory", func(t *testing.T) {
				t.Parallel()
				everyCrash(t, mortal{Database: database(t), Directory: filepath.Join(t.TempDir(), "files"), Size: 100_000}, 15)
			})
			t.Run("s3", func(t *testing.T) {
				t.Parallel()
				everyCrash(t, mortal{Database: database(t), Bucket: settings(blobtest.StartS3(t)), Size: 100_000}, 13)
			})
			t.Run("s3 in parts", func(t *testing.T) {
				t.Parallel()
				everyCrash(t, mortal{Database: database(t), Bucket: settings(blobtest.StartS3(t)), Size: 9 << 20}, 19)
			})
		})
	}
}

// everyCrash lets the process live again and again, each time up to the next step, and
// looks at what it left.
func everyCrash(t *testing.T, p mortal, steps int) {
	d, err := db.Open(t.Context(), p.Database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if _, err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	var store blob.Store = blob.NewS3(p.Bucket)
	if p.Directory != "" {
		store = blob.NewDirectory(p.Directory)
	}
	f := &blob.Files{DB: d, Store: store, Log: slog.New(slog.DiscardHandler)}
	for p.DieAt = 1; ; p.DieAt++ {
		dbtest.Exec(t, d, `DELETE FROM users`)
		if _, err := f.RemoveDoomed(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(p.Directory); p.Directory != "" && err != nil { // so that each life has the same steps
			t.Fatal(err)
		}
		world := dbtest.Account(t, d, fmt.Sprintf("crash-%d@example.com", p.DieAt))
		dbtest.Row(t, d, "sends", dbtest.Columns{
			"user_id": world, "id": "send", "type": 1, "key": "-", "name": "-", "hidden": false, "auth_type": 2, "access_count": 0,
			"disabled": false, "hide_email": false, "created_at": 1, "revised_at": 1, "deletes_at": 1,
		})
		at, killed := p.run(t)
		if !killed {
			if p.DieAt <= steps {
				t.Errorf("the life of a file had %d steps, want %d or more", p.DieAt-1, steps)
			}
			return
		}
		t.Run(strings.ReplaceAll(at, "/", "|"), func(t *testing.T) { afterwards(t, f, p.Size) })
	}
}

func (p *mortal) run(t *testing.T) (at string, killed bool) {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), mortalIn+"="+string(text))
	var said strings.Builder
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err == nil {
		return "", false
	}
	e, ok := errors.AsType[*exec.ExitError](err)
	if !ok || !e.Sys().(syscall.WaitStatus).Signaled() {
		t.Fatalf("the process failed: %v\n%s", err, said.String())
	}
	return strings.TrimSpace(string(out)), true
}

// afterwards starts again: rows have their files from the first moment; what nobody names
// goes with the worker and the sweep, once it is old enough.
func afterwards(t *testing.T, f *blob.Files, size int64) {
	named := func() []string {
		list := []string{}
		err := f.DB.View(t.Context(), func(tx *db.Tx) (err error) {
			list, err = db.All(t.Context(), tx, db.Value[string], `SELECT file FROM sends WHERE file IS NOT NULL`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	whole := func() {
		for _, name := range named() {
			holds(t, f.Store, name, io.MultiReader(encrypted(size/2), noise(size-size/2)))
		}
	}
	whole()
	f.DB.Now = time.Now
	if _, err := f.RemoveDoomed(t.Context()); err != nil {
		t.Fatal(err)
	}
	later(f.DB)
	defer func() { f.DB.Now = time.Now }()
	if _, err := f.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(named(), names(t, f.Store, 100*time.Hour)); diff != "" {
		t.Errorf("the store holds other files than rows name (-rows +store):\n%s", diff)
	}
	if n, left := halves(t, f.Store), doomed(t, f.DB); n != 0 || len(left) != 0 {
		t.Errorf("%d halves are left, and doomed are %v", n, left)
	}
	whole()
}
