package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// Files is the one door to the store.
type Files struct {
	DB    *db.DB
	Store Store
	Owner string // the same for all nodes of one server, and for no other server
	Log   *slog.Logger

	gate gate
}

// Stored is a file that no row names yet.
type Stored struct {
	Name string
	Size int64 // bytes
}

// authenticated is the first byte of what clients encrypt: AES-CBC with HMAC. Bodies of
// the kind without a MAC (0) are refused: somebody could change them unnoticed.
const authenticated = 2

// smallest is the size of an encrypted empty file: kind, IV, MAC and one block.
const smallest = 1 + 16 + 32 + 16

// Keep stores a body of at most limit bytes as it arrives, without holding more than a
// few of them. The caller writes the name into a row, or drops the file.
func (f *Files) Keep(ctx context.Context, body io.Reader, limit int64) (Stored, error) {
	if actor, known := reqctx.ActorOf(ctx); known {
		leave, ok := f.gate.enter(actor.User)
		if !ok {
			return Stored{}, fault.New(fault.RateLimited, "Too many files are on their way to this account at once. Let some arrive first.")
		}
		defer leave()
	}
	first := make([]byte, 1)
	if _, err := io.ReadFull(body, first); err != nil || first[0] != authenticated {
		return Stored{}, errors.Join(fault.New(fault.Invalid, "The file was not encrypted in a way that this server accepts."), readFault(err))
	}
	ctx, cancel := context.WithTimeout(ctx, keepTime)
	defer cancel()
	counted := &counter{ctx: ctx, from: body, left: limit - 1}
	s := Stored{Name: newName()}
	err := f.Store.Put(ctx, s.Name, io.MultiReader(bytes.NewReader(first), counted))
	s.Size = 1 + counted.read
	switch {
	case counted.err != nil:
		return Stored{}, errors.Join(counted.err, err)
	case err != nil:
		return Stored{}, err
	case s.Size < smallest:
		return Stored{}, errors.Join(fault.New(fault.Invalid, "The file is too short to be an encrypted one."), f.Drop(ctx, s))
	}
	return s, nil
}

// Drop removes a file that no row came to name.
func (f *Files) Drop(ctx context.Context, s Stored) error {
	// The caller may have gone away; the file must go all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	return f.Store.Delete(ctx, s.Name)
}

// Open gives a file and its size in bytes.
func (f *Files) Open(ctx context.Context, name string) (io.ReadCloser, int64, error) {
	return f.Store.Open(ctx, name)
}

func readFault(err error) error {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return fmt.Errorf("read an upload: %w", err)
}
