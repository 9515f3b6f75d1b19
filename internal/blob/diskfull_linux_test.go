package blob_test

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/blob"
)

func TestAFullDiskRefusesAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("this user may not mount a small file system: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	s := blob.NewDirectory(filepath.Join(dir, "files"))
	before := put(t, s, noise(300<<10))
	unavailable(t, s.Put(t.Context(), blob.NewName(), noise(2<<20)), "disk", "full", "Nothing was stored")
	if list, n := names(t, s, time.Hour), halves(t, s); len(list) != 1 || n != 0 {
		t.Errorf("left are %v and %d halves, want the one that was there", list, n)
	}
	holds(t, s, before, noise(300<<10))
	holds(t, s, put(t, s, noise(500<<10)), noise(500<<10))
}
