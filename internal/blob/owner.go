package blob

import (
	"context"
	"crypto/subtle"
	"fmt"
	"io"
	"strings"

	"github.com/kastellan/kastellan/internal/fault"
)

// ownerFile says whose files are in a store. It has no name of a file, so that no list
// has it.
const ownerFile = "kastellan/owner"

// own makes sure that the files here are this server's. Another server on the same store
// would take all of them for left over: it knows none of them from its own rows.
func (f *Files) own(ctx context.Context) error {
	r, _, err := f.Store.Open(ctx, ownerFile)
	if fault.Is(err, fault.NotFound) {
		return f.Store.Put(ctx, ownerFile, strings.NewReader(f.Owner))
	}
	if err != nil {
		return err
	}
	defer r.Close()
	owner, err := io.ReadAll(io.LimitReader(r, 1<<10))
	if err != nil {
		return fmt.Errorf("read %s: %w", ownerFile, err)
	}
	if subtle.ConstantTimeCompare(owner, []byte(f.Owner)) != 1 {
		return fault.New(fault.Conflict, "The store of files belongs to a server with another secret key, so nothing is swept there. "+
			"Give each server a bucket, prefix or folder of its own; if it was the secret key that changed, delete "+ownerFile+" in the store.")
	}
	return nil
}
