package blob_test

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/blobtest"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
)

// unavailable expects a sentence with all of these words.
func unavailable(t *testing.T, err error, words ...string) {
	t.Helper()
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Unavailable {
		t.Fatalf("%v, want a sentence that the store is unavailable", err)
	}
	for _, w := range words {
		if !strings.Contains(f.Msg, w) {
			t.Errorf("sentence %q lacks %q", f.Msg, w)
		}
	}
	if strings.Contains(err.Error(), "test-secret") {
		t.Errorf("the error tells the secret: %v", err)
	}
}

func TestABucketThatCannotBeUsedSaysWhatToDo(t *testing.T) {
	t.Parallel()
	s := blobtest.StartS3(t)
	for name, c := range map[string]struct {
		change func(*blob.S3Settings)
		words  []string
	}{
		"another bucket": {func(s *blob.S3Settings) { s.Bucket = "nowhere" }, []string{`"nowhere"`, "Make the bucket", "s3_bucket"}},
		"another key":    {func(s *blob.S3Settings) { s.AccessKey = "nobody" }, []string{"s3_access_key"}},
		"another secret": {func(s *blob.S3Settings) { s.SecretKey = "guessed" }, []string{"s3_secret_key"}},
		"another region": {func(s *blob.S3Settings) { s.Region = "eu-north-9" }, []string{"s3_region"}},
		"nobody there":   {func(s *blob.S3Settings) { s.Endpoint = "http://127.0.0.1:1" }, []string{"127.0.0.1:1", "does not answer", "s3_endpoint"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // each waits before it tries again
			set := settings(s)
			c.change(&set)
			store := blob.NewS3(set)
			unavailable(t, store.Check(t.Context()), c.words...)
			// It may also go wrong later, when there are only clients to tell.
			unavailable(t, store.Put(t.Context(), blob.NewName(), noise(100)), "Nothing was stored", "please")
			unavailable(t, store.Delete(t.Context(), blob.NewName()))
			_, _, err := store.Open(t.Context(), blob.NewName())
			unavailable(t, err)
		})
	}
}

func TestABucketWithoutARightSaysWhich(t *testing.T) {
	s := blobtest.StartS3(t)
	for name, c := range map[string]struct {
		refuse func(*http.Request) bool
		want   string
	}{
		"list":   {func(r *http.Request) bool { return r.URL.Query().Has("list-type") }, "list the objects"},
		"put":    {func(r *http.Request) bool { return r.Method == http.MethodPut }, "put an object"},
		"get":    {func(r *http.Request) bool { return r.URL.Query().Get("x-id") == "GetObject" }, "get an object"},
		"delete": {func(r *http.Request) bool { return r.URL.Query().Get("x-id") == "DeleteObject" }, "delete an object"},
		"begin":  {func(r *http.Request) bool { return r.Method == http.MethodPost }, "begin an upload in parts"},
		"abort":  {func(r *http.Request) bool { return r.URL.Query().Get("x-id") == "AbortMultipartUpload" }, "abort an upload in parts"},
		"halves": {func(r *http.Request) bool { return r.Method == http.MethodGet && r.URL.Query().Has("uploads") }, "list the uploads in parts"},
	} {
		t.Run(name, func(t *testing.T) {
			store := bucket(s).Through(roundTrip(func(r *http.Request) (*http.Response, error) {
				if !c.refuse(r) {
					return http.DefaultTransport.RoundTrip(r)
				}
				body := `<Error><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>`
				return &http.Response{StatusCode: http.StatusForbidden, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
			}))
			unavailable(t, store.Check(t.Context()), c.want, "Give it that right")
		})
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestTheCheckOfAStoreLeavesNothing(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		if err := s.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		if list, n := names(t, s, time.Hour), halves(t, s); len(list) != 0 || n != 0 {
			t.Errorf("left are %v and %d halves", list, n)
		}
	})
}

// A store that goes away in the middle of an upload leaves a half, which the sweep finds
// once the store is back.
func TestAStoreThatGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	s := blobtest.StartS3(t)
	d := dbtest.SQLite(t)
	f := &blob.Files{DB: d, Store: bucket(s), Log: slog.New(slog.DiscardHandler)}
	away := readerFunc(func([]byte) (int, error) { s.Stop(); return 0, io.EOF })
	_, err := f.Keep(t.Context(), io.MultiReader(encrypted(9<<20), away, noise(9<<20)), 100<<20)
	unavailable(t, err, "does not answer", "try again")
	s.Start()
	if n := halves(t, f.Store); n != 1 {
		t.Fatalf("%d halves, want the one whose store went away", n)
	}
	later(d)
	if _, err := f.Sweep(t.Context()); err != nil || halves(t, f.Store) != 0 {
		t.Errorf("sweep: %v, %d halves", err, halves(t, f.Store))
	}
	if _, err := f.Keep(t.Context(), encrypted(9<<20), 9<<20); err != nil {
		t.Errorf("the next upload: %v", err)
	}
}

// A service that takes connections and says nothing must not hold whoever waits for ever.
func TestADownloadThatStandsStillEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	ours, theirs := net.Pipe()
	defer theirs.Close()
	body := blob.Impatient(ours, func() { cancel(); ours.Close() }, 20*time.Millisecond)
	defer body.Close()
	if _, err := io.ReadAll(body); err == nil || ctx.Err() == nil {
		t.Errorf("%v, context %v; want both to have ended", err, ctx.Err())
	}
}

func TestADirectoryIsForTheServerAlone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data", "files")
	s := blob.NewDirectory(dir)
	name := put(t, s, noise(10))
	for path, want := range map[string]fs.FileMode{dir: 0o700, filepath.Join(dir, name): 0o600, filepath.Join(dir, name[:2]): 0o700, filepath.Join(dir, "incoming"): 0o700} {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v; want %v", path, info.Mode(), err, want)
		}
	}
}

func TestNoNameLeadsOutOfTheDirectory(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "secret.key"), []byte("key"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := blob.NewDirectory(filepath.Join(dir, "files"))
	put(t, s, noise(10))
	if err := os.Symlink(dir, filepath.Join(dir, "files", "up")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"../secret.key", "incoming/../../secret.key", "up/secret.key", filepath.Join(dir, "secret.key")} {
		if r, _, err := s.Open(t.Context(), name); err == nil {
			r.Close()
			t.Errorf("open %s: it leads out", name)
		}
		if err := s.Delete(t.Context(), name); err == nil {
			t.Errorf("delete %s: no failure", name)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "secret.key")); err != nil {
		t.Error(err)
	}
}

func TestADirectoryThatCannotBeMadeSaysWhatToDo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := blob.NewDirectory(filepath.Join(file, "files"))
	unavailable(t, s.Check(t.Context()), file, "data_dir")
	unavailable(t, s.Put(t.Context(), blob.NewName(), noise(10)), "Nothing was stored")
}
