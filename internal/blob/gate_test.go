package blob_test

import (
	"bytes"
	"io"
	"testing"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// TestNobodyFillsTheStoreWithHalves: what has not arrived counts nowhere yet.
func TestNobodyFillsTheStoreWithHalves(t *testing.T) {
	f := &blob.Files{DB: dbtest.SQLite(t), Store: blob.NewDirectory(t.TempDir())}
	ann := reqctx.WithActor(t.Context(), reqctx.Actor{User: "ann"})
	bob := reqctx.WithActor(t.Context(), reqctx.Actor{User: "bob"})
	const most, size = 10, 1000
	whole := append([]byte{2}, make([]byte, size-1)...)
	var halves []*io.PipeWriter
	ended := make(chan error)
	for range most {
		from, to := io.Pipe()
		halves = append(halves, to)
		go func() {
			_, err := f.Keep(ann, from, size)
			ended <- err
		}()
		if _, err := to.Write(whole[:size/2]); err != nil { // it is let in by now
			t.Fatal(err)
		}
	}
	if _, err := f.Keep(ann, bytes.NewReader(whole), size); !fault.Is(err, fault.RateLimited) {
		t.Errorf("one more: %v, want to be told to wait", err)
	}
	if _, err := f.Keep(bob, bytes.NewReader(whole), size); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	for _, to := range halves {
		if _, err := to.Write(whole[size/2:]); err != nil {
			t.Error(err)
		}
		if err := to.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
	if _, err := f.Keep(ann, bytes.NewReader(whole), size); err != nil {
		t.Errorf("after the others have arrived: %v", err)
	}
}
