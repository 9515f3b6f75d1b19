package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/blobtest"
	"github.com/kastellan/kastellan/internal/fault"
)

// eachStore runs a test on a directory and on a bucket.
func eachStore(t *testing.T, run func(t *testing.T, s blob.Store)) {
	t.Helper()
	t.Run("directory", func(t *testing.T) { run(t, blob.NewDirectory(filepath.Join(t.TempDir(), "files"))) })
	t.Run("s3", func(t *testing.T) { run(t, bucket(blobtest.StartS3(t))) })
}

func bucket(s *blobtest.S3) *blob.S3 { return blob.NewS3(settings(s)) }

func settings(s *blobtest.S3) blob.S3Settings {
	return blob.S3Settings{
		Bucket: s.Bucket, Endpoint: s.Endpoint, Region: s.Region, AccessKey: s.AccessKey, SecretKey: s.SecretKey, PathStyle: true, Prefix: "our/",
	}
}

// noise is a body of n bytes that no store could mix up with another.
func noise(n int64) io.Reader {
	return io.LimitReader(rand.NewChaCha8([32]byte{byte(n), byte(n >> 8), byte(n >> 16)}), n)
}

func put(t *testing.T, s blob.Store, body io.Reader) string {
	t.Helper()
	name := blob.NewName()
	if err := s.Put(t.Context(), name, body); err != nil {
		t.Fatal(err)
	}
	return name
}

// holds expects the file to have these bytes.
func holds(t *testing.T, s blob.Store, name string, want io.Reader) {
	t.Helper()
	r, size, err := s.Open(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	expected, _ := io.ReadAll(want)
	if !bytes.Equal(got, expected) || size != int64(len(expected)) {
		t.Errorf("the file has %d bytes and says %d; want the %d that were put", len(got), size, len(expected))
	}
}

// names lists what was stored before a time from now.
func names(t *testing.T, s blob.Store, after time.Duration) []string {
	t.Helper()
	list := []string{}
	err := s.List(t.Context(), time.Now().Add(after), func(name string) error { list = append(list, name); return nil })
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(list)
	return list
}

func TestAStoreGivesBackWhatWasPut(t *testing.T) {
	const part = 8 << 20
	eachStore(t, func(t *testing.T, s blob.Store) {
		if err := s.Check(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, size := range []int64{0, 1, 65, 300 << 10, part - 1, part, part + 1, 2*part + 12345, 3 * part} {
			name := put(t, s, noise(size))
			holds(t, s, name, noise(size))
		}
		if list := names(t, s, time.Hour); len(list) != 9 {
			t.Errorf("the store has %d files, want the 9 that were put: %v", len(list), list)
		}
	})
}

func TestAStoreDeletesWhatIsThereAndMindsNotWhatIsNot(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		var all []string
		for i := range int64(20) {
			all = append(all, put(t, s, noise(i)))
		}
		stays := put(t, s, noise(7))
		for range 2 {
			if err := s.Delete(t.Context(), append(all, blob.NewName())...); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]string{stays}, names(t, s, time.Hour)); diff != "" {
				t.Errorf("what is there (-want +got):\n%s", diff)
			}
		}
		if err := s.Delete(t.Context()); err != nil {
			t.Errorf("deleting nothing: %v", err)
		}
		if _, _, err := s.Open(t.Context(), all[0]); fault.KindOf(err) != fault.NotFound {
			t.Errorf("open a deleted file: %v, want NotFound", err)
		}
		holds(t, s, stays, noise(7))
	})
}

func TestAStoreListsWhatIsOlder(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		name := put(t, s, noise(100))
		if list := names(t, s, -time.Hour); len(list) != 0 {
			t.Errorf("older than an hour: %v, want none", list)
		}
		if diff := cmp.Diff([]string{name}, names(t, s, time.Hour)); diff != "" {
			t.Errorf("older than the next hour (-want +got):\n%s", diff)
		}
		failed := errors.New("enough")
		err := s.List(t.Context(), time.Now().Add(time.Hour), func(string) error { return failed })
		if !errors.Is(err, failed) {
			t.Errorf("the failure of the caller: %v", err)
		}
		holds(t, s, name, noise(100))
	})
}

// cut gives some bytes and then fails.
type cut struct {
	from io.Reader
	err  error
}

func (c cut) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	if errors.Is(err, io.EOF) {
		err = c.err
	}
	return n, err
}

func TestABodyThatFailsLeavesNothing(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		for _, after := range []int64{0, 1000, 8 << 20, 20 << 20} {
			failed := fault.New(fault.Invalid, "cut off")
			if err := s.Put(t.Context(), blob.NewName(), cut{noise(after), failed}); !errors.Is(err, failed) {
				t.Errorf("after %d bytes: %v, want the failure of the body", after, err)
			}
		}
		if list := names(t, s, time.Hour); len(list) != 0 {
			t.Errorf("failed uploads left %v", list)
		}
		if left := halves(t, s); left != 0 {
			t.Errorf("%d halves are left, want none", left)
		}
	})
}

func TestAClientThatGoesAwayLeavesNothing(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		for _, after := range []int64{1000, 20 << 20} {
			ctx, cancel := context.WithCancel(t.Context())
			gone := readerFunc(func([]byte) (int, error) { cancel(); return 0, context.Canceled })
			if err := s.Put(ctx, blob.NewName(), io.MultiReader(noise(after), gone)); !errors.Is(err, context.Canceled) {
				t.Errorf("after %d bytes: %v, want a cancelled context", after, err)
			}
		}
		if list, left := names(t, s, time.Hour), halves(t, s); len(list) != 0 || left != 0 {
			t.Errorf("left are %v and %d halves", list, left)
		}
	})
}

type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// What uploads left that nobody ended goes once it is old, and not before.
func TestListRemovesOldHalves(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		for range 3 {
			if err := blob.LeaveHalf(t.Context(), s, noise(100)); err != nil {
				t.Fatal(err)
			}
		}
		if list := names(t, s, -time.Hour); len(list) != 0 || halves(t, s) != 3 {
			t.Errorf("young halves: %d are left, want 3; listed %v", halves(t, s), list)
		}
		if list := names(t, s, time.Hour); len(list) != 0 || halves(t, s) != 0 {
			t.Errorf("old halves: %d are left, want none; listed %v", halves(t, s), list)
		}
	})
}

func halves(t *testing.T, s blob.Store) int {
	t.Helper()
	n, err := blob.Halves(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A folder or a bucket may be shared with others, whose files are none of our business.
func TestForeignFilesAreLeftAlone(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		foreign := []string{"notes.txt", "ab/readme", "ab/00000000-0000-4000-8000-000000000000", "photos/2026/sea.jpg"}
		for _, name := range foreign {
			if err := blob.PutForeign(t.Context(), s, name, strings.NewReader("not ours")); err != nil {
				t.Fatal(err)
			}
		}
		ours := put(t, s, noise(10))
		if diff := cmp.Diff([]string{ours}, names(t, s, time.Hour)); diff != "" {
			t.Errorf("listed (-want +got):\n%s", diff)
		}
	})
}

func TestManyUploadsAtOnce(t *testing.T) {
	eachStore(t, func(t *testing.T, s blob.Store) {
		failed := make(chan error, 12)
		for i := range int64(12) {
			go func() {
				name, size := blob.NewName(), i<<20
				err := s.Put(t.Context(), name, noise(size))
				if err == nil {
					var r io.ReadCloser
					if r, _, err = s.Open(t.Context(), name); err == nil {
						defer r.Close()
						var got, want []byte
						got, err = io.ReadAll(r)
						if want, _ = io.ReadAll(noise(size)); !bytes.Equal(got, want) {
							err = errors.Join(err, fmt.Errorf("%d bytes are not those that were put", len(got)))
						}
					}
				}
				failed <- err
			}()
		}
		for range 12 {
			if err := <-failed; err != nil {
				t.Error(err)
			}
		}
	})
}
