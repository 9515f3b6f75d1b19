package blob

import (
	"context"
	"io"
	"time"
)

// Store is where files are: a directory, or a bucket. Names are made by this package
// (newName) and are fit for both.
type Store interface {
	// Check finds out at the start whether the store can be used. Its error is a
	// sentence that says what to do.
	Check(ctx context.Context) error
	// Put stores all that body gives. Once it answers nil the file is there for good,
	// also after a crash; when it fails nothing is there.
	Put(ctx context.Context, name string, body io.Reader) error
	// Open gives a file and its size in bytes; fault.NotFound when it is not there.
	Open(ctx context.Context, name string) (io.ReadCloser, int64, error)
	// Delete removes files; one that is not there is no error.
	Delete(ctx context.Context, names ...string) error
	// List calls each for every file that was stored before a time, and removes what is
	// left there of uploads that ended halfway before that time.
	List(ctx context.Context, before time.Time, each func(name string) error) error
}
