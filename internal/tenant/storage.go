package tenant

import (
	"context"
	"fmt"
	"strconv"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Storage is what the attachments of an organization take, and the limit that its
// provider set for them.
type Storage struct {
	Used  int64  // bytes; announced files count, and those that wait to come to it
	Limit *int64 // bytes; nil: as the server is set
}

// Of is the limit that holds on a server with a default.
func (s Storage) Of(server int64) int64 {
	if s.Limit != nil {
		return *s.Limit
	}
	return server
}

// StorageOf reads how an organization stands.
func StorageOf(ctx context.Context, tx *db.Tx, org id.Org) (Storage, error) {
	return db.One(ctx, tx, func(r db.Row) (Storage, error) {
		var s Storage
		err := r.Scan(&s.Limit, &s.Used)
		return s, err
	}, `SELECT o.storage_limit, CAST(
		COALESCE((SELECT SUM(size) FROM attachments WHERE owner_id = o.id), 0) +
		COALESCE((SELECT SUM(size) FROM attachment_moves WHERE org_id = o.id), 0) AS BIGINT)
		FROM organizations o WHERE o.id = $1`, org)
}

// SetStorage sets the limit of an organization; nil takes it back. Files that are there
// already stay, however many.
func SetStorage(ctx context.Context, tx *db.Tx, org id.Org, limit *int64) error {
	const most = 1 << 50 // a pebibyte: more is a slip of the keyboard
	if limit != nil && (*limit < 0 || *limit > most) {
		return fault.Field("limit", "The limit is a number of bytes from 0 to 1 PB, or null for the server's own.")
	}
	return tx.ExecOne(ctx, `UPDATE organizations SET storage_limit = $2, revised_at = $3 WHERE id = $1`, org, limit, tx.Now)
}

// Gigabytes is how official apps are told a limit: in whole ones, begun ones included.
func Gigabytes(bytes int64) int { return int((bytes + 1<<30 - 1) >> 30) }

// Readable is a number of bytes for people to read.
func Readable(bytes int64) string {
	if bytes < 1024 {
		return strconv.FormatInt(bytes, 10) + " Bytes"
	}
	v := float64(bytes)
	units := []string{"KB", "MB", "GB", "TB"}
	for i, unit := range units {
		// What would round to 1024.0 is one of the next unit.
		if v /= 1024; v < 1023.95 || i == len(units)-1 {
			return fmt.Sprintf("%.1f %s", v, unit)
		}
	}
	return ""
}
