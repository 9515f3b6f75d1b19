package attachment

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

const columns = `cipher_id, id, name, key, size, file`

func scan(r db.Row) (File, error) {
	var f File
	err := r.Scan(&f.Cipher, &f.ID, &f.Name, db.Opt(&f.Key), &f.Size, db.Opt(&f.Stored))
	return f, err
}

// Of reads the files of items, the announced ones too.
func Of(ctx context.Context, tx *db.Tx, owner string, ciphers ...id.Cipher) ([]File, error) {
	return db.All(ctx, tx, scan, `SELECT `+columns+` FROM attachments
		WHERE owner_id = $1 AND `+db.Among(tx, "cipher_id", 2)+` ORDER BY created_at, id`, owner, db.List(ciphers))
}

// Find reads one file of an item.
func Find(ctx context.Context, tx *db.Tx, owner string, cipher id.Cipher, attachment id.Attachment) (File, error) {
	return db.One(ctx, tx, scan, `SELECT `+columns+` FROM attachments WHERE owner_id = $1 AND cipher_id = $2 AND id = $3`,
		owner, cipher, attachment)
}

// SizeOf counts the bytes of the files of items.
func SizeOf(ctx context.Context, tx *db.Tx, owner string, ciphers []id.Cipher) (int64, error) {
	return db.One(ctx, tx, db.Value[int64], `SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM attachments
		WHERE owner_id = $1 AND `+db.Among(tx, "cipher_id", 2), owner, db.List(ciphers))
}

// Insert adds a file.
func Insert(ctx context.Context, tx *db.Tx, owner string, f File) error {
	return db.Insert(ctx, tx, `INSERT INTO attachments (owner_id, cipher_id, id, name, key, size, file, created_at)`,
		[]any{owner, f.Cipher, f.ID, f.Name, db.Null(f.Key), f.Size, db.Null(f.Stored), tx.Now})
}

// Fill names the stored file that was awaited.
func Fill(ctx context.Context, tx *db.Tx, owner string, f File, stored blob.Stored) error {
	return tx.ExecOne(ctx, `UPDATE attachments SET file = $4, size = $5 WHERE owner_id = $1 AND cipher_id = $2 AND id = $3 AND file IS NULL`,
		owner, f.Cipher, f.ID, stored.Name, stored.Size)
}

// Delete removes a file. Its body goes after the commit.
func Delete(ctx context.Context, tx *db.Tx, owner string, f File) error {
	blob.Doomed(tx)
	return tx.ExecOne(ctx, `DELETE FROM attachments WHERE owner_id = $1 AND cipher_id = $2 AND id = $3`, owner, f.Cipher, f.ID)
}

// Named tells whether a row names a stored file.
func Named(ctx context.Context, tx *db.Tx, stored blob.Stored) (bool, error) {
	return db.One(ctx, tx, db.Value[bool], `SELECT EXISTS (SELECT 1 FROM attachments WHERE file = $1)
		OR EXISTS (SELECT 1 FROM attachment_moves WHERE file = $1)`, stored.Name)
}

// dropAwaited forgets announced files of items whose key changes: what arrives would be
// under the old one.
func dropAwaited(ctx context.Context, tx *db.Tx, owner string, ciphers []id.Cipher) error {
	_, err := tx.Exec(ctx, `DELETE FROM attachments WHERE owner_id = $1 AND `+db.Among(tx, "cipher_id", 2)+` AND file IS NULL`,
		owner, db.List(ciphers))
	return err
}

// renamed is a file's new name and key.
type renamed struct {
	Cipher id.Cipher     `json:"cipher"`
	ID     id.Attachment `json:"id"`
	Name   string        `json:"name"`
	Key    string        `json:"key,omitempty"` // empty: as it was
}

// rename writes new names and keys. A file without a key stays without: its body is not
// under one.
func rename(ctx context.Context, tx *db.Tx, owner string, files []renamed) error {
	const most = 500 // rows in one statement
	for some := range slices.Chunk(files, most) {
		j, err := json.Marshal(some)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `WITH `+db.Records(tx, "j", 1, "cipher TEXT", "id TEXT", "name TEXT", "key TEXT")+`
			UPDATE attachments SET name = j.name,
				key = CASE WHEN attachments.key IS NULL THEN NULL ELSE COALESCE(j.key, attachments.key) END
			FROM j WHERE attachments.owner_id = $2 AND attachments.cipher_id = j.cipher AND attachments.id = j.id`, string(j), owner); err != nil {
			return err
		}
	}
	return nil
}
