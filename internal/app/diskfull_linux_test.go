package app

import (
	"io"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// tinyDisk is a real file system of a given size.
func tinyDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("this user may not mount a small file system: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestFullDiskStopsTheStartWithASentence(t *testing.T) {
	for _, size := range []string{"4k", "64k", "200k"} { // no room for a certificate, the schema, all of the schema
		t.Run(size, func(t *testing.T) {
			cfg := settings(t)
			cfg.DataDir = filepath.Join(tinyDisk(t, size), "data")
			err := Run(t.Context(), cfg, "dev", Console{io.Discard, io.Discard}, parts(NotFound))
			if err == nil {
				t.Fatal("started")
			}
			got := strings.ToLower(Sentence(err))
			if !strings.Contains(got, "full") || !strings.Contains(got, "free") || !strings.Contains(got, "start again") {
				t.Errorf("sentence = %q", got)
			}
		})
	}
}
