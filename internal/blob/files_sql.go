package blob

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
)

// doomedFiles are the first of those after a name. One that moved from a row to another
// was let go by the first only: it waits until the other lets go as well.
func doomedFiles(ctx context.Context, tx *db.Tx, after string) ([]string, error) {
	return db.All(ctx, tx, db.Value[string], `SELECT name FROM doomed_files WHERE name > $1
		AND NOT EXISTS (SELECT 1 FROM attachments WHERE file = doomed_files.name)
		AND NOT EXISTS (SELECT 1 FROM attachment_moves WHERE file = doomed_files.name)
		AND NOT EXISTS (SELECT 1 FROM sends WHERE file = doomed_files.name)
		ORDER BY name LIMIT $2`, after, doomedAtOnce)
}

func forgetDoomed(ctx context.Context, tx *db.Tx, names []string) error {
	_, err := tx.Exec(ctx, `DELETE FROM doomed_files WHERE `+db.Among(tx, "name", 1), db.List(names))
	return err
}

// known are those of the names that some row knows.
func known(ctx context.Context, tx *db.Tx, names []string) ([]string, error) {
	among := db.Among(tx, "file", 1)
	return db.All(ctx, tx, db.Value[string], `SELECT file FROM attachments WHERE `+among+
		` UNION SELECT file FROM attachment_moves WHERE `+among+
		` UNION SELECT file FROM sends WHERE `+among+
		` UNION SELECT name FROM doomed_files WHERE `+db.Among(tx, "name", 1), db.List(names))
}
