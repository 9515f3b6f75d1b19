package attachment

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// patience is how long a file may take to arrive, or a replacement to be used.
const patience = 24 * time.Hour

// Replace keeps what will take an old file's place once its item belongs to org.
func Replace(ctx context.Context, tx *db.Tx, user id.User, org id.Org, f File) error {
	_, err := tx.Exec(ctx, `INSERT INTO attachment_moves (owner_id, cipher_id, attachment_id, org_id, name, key, size, file, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (owner_id, cipher_id, attachment_id) DO UPDATE SET org_id = excluded.org_id, name = excluded.name, key = excluded.key,
			size = excluded.size, file = excluded.file, created_at = excluded.created_at`,
		user, f.Cipher, f.ID, org, f.Name, f.Key, f.Size, f.Stored, tx.Now)
	return err
}

// Adopt puts replacements in the place of old files, and gives the ids of these. The items
// belong to the organization already; the rows have followed by their foreign keys.
func Adopt(ctx context.Context, tx *db.Tx, org id.Org, ciphers []id.Cipher) (map[id.Attachment]bool, error) {
	replaced := map[id.Attachment]bool{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		a, err := db.Value[id.Attachment](r)
		replaced[a] = true
		return err
	}, `SELECT attachment_id FROM attachment_moves WHERE owner_id = $1 AND org_id = $1 AND `+db.Among(tx, "cipher_id", 2), org, db.List(ciphers))
	if err != nil || len(replaced) == 0 {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `UPDATE attachments SET name = v.name, key = v.key, size = v.size, file = v.file FROM attachment_moves v
		WHERE attachments.owner_id = $1 AND `+db.Among(tx, "attachments.cipher_id", 2)+`
		AND v.owner_id = attachments.owner_id AND v.cipher_id = attachments.cipher_id AND v.attachment_id = attachments.id AND v.org_id = $1`,
		org, db.List(ciphers)); err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM attachment_moves WHERE owner_id = $1 AND `+db.Among(tx, "cipher_id", 2), org, db.List(ciphers))
	return replaced, err
}

// Sweep forgets announced files that never came, and replacements that nobody used.
func Sweep(ctx context.Context, tx *db.Tx) error {
	since := tx.Now.Add(-patience)
	if _, err := tx.Exec(ctx, `DELETE FROM attachments WHERE file IS NULL AND created_at < $1`, since); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM attachment_moves WHERE created_at < $1`, since)
	return err
}
