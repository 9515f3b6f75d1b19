//go:build compat

package compat

import (
	"io/fs"
	"path/filepath"
	"testing"
	"time"

	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/blobtest"
)

// TestFilesOnS3 has the server keep its files in a real S3-compatible store. The other
// tests have them in a directory.
func TestFilesOnS3(t *testing.T) {
	eachDatabase(t, func(t *testing.T, url string) {
		store := blobtest.StartS3(t)
		s := realserver.Start(t, url, store.Env()...)
		owner := register(t, s, "sara")
		desk, other := install(t, s), install(t, s)
		desk.login(t, owner)
		other.login(t, owner)
		bucket := filepath.Join(store.Dir, store.Bucket)

		t.Run("attachments", func(t *testing.T) {
			f := filing{h: house{server: s, owner: owner}, desk: desk, phone: other}
			id := f.note(t, "Contract")
			path, body := randomFile(t, "contract.pdf", 70_001)
			seen := desk.attach(t, id, path)
			if got := objects(t, bucket); got != 1 {
				t.Errorf("%d objects in the store, want 1", got)
			}
			other.must(t, "sync")
			other.mustGet(t, body, id, "contract.pdf")
			other.must(t, "delete", "attachment", files(seen)["contract.pdf"], "--itemid", id)
			becomesEmpty(t, bucket)
			f.personal(t)
		})
		t.Run("a file Send", func(t *testing.T) {
			sharing{server: s, owner: owner, desk: desk, guest: install(t, s)}.file(t)
		})
		becomesEmpty(t, bucket)
	})
}

// objects counts what a store keeps.
func objects(t *testing.T, bucket string) (n int) {
	t.Helper()
	must(t, filepath.WalkDir(bucket, func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			n++
		}
		return err
	}))
	return n
}

// becomesEmpty waits: files go after the commit that let go of them.
func becomesEmpty(t *testing.T, bucket string) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); objects(t, bucket) > 0; time.Sleep(100 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Errorf("%d objects are left in the store", objects(t, bucket))
			return
		}
	}
}
