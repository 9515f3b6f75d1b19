package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

const attachmentColumns = `cipher_id, id, name, key, size, file`

func scanAttachment(r db.Row) (Attachment, error) {
	var a Attachment
	err := r.Scan(&a.cipher, &a.ID, &a.Name, db.Opt(&a.Key), &a.Size, db.Opt(&a.file))
	return a, err
}

// attachmentsOf reads the files of items, the announced ones too.
func attachmentsOf(ctx context.Context, tx *db.Tx, owner string, ciphers []id.Cipher) ([]Attachment, error) {
	return db.All(ctx, tx, scanAttachment, `SELECT `+attachmentColumns+` FROM attachments
		WHERE owner_id = $1 AND `+db.Among(tx, "cipher_id", 2)+` ORDER BY created_at, id`, owner, db.List(ciphers))
}

func findAttachment(ctx context.Context, tx *db.Tx, owner string, cipher id.Cipher, attachment id.Attachment) (Attachment, error) {
	return db.One(ctx, tx, scanAttachment, `SELECT `+attachmentColumns+` FROM attachments
		WHERE owner_id = $1 AND cipher_id = $2 AND id = $3`, owner, cipher, attachment)
}

func insertAttachment(ctx context.Context, tx *db.Tx, owner string, a Attachment) error {
	return db.Insert(ctx, tx, `INSERT INTO attachments (owner_id, cipher_id, id, name, key, size, file, created_at)`,
		[]any{owner, a.cipher, a.ID, a.Name, db.Null(a.Key), a.Size, db.Null(a.file), tx.Now})
}

// fill names the file that was awaited.
func fill(ctx context.Context, tx *db.Tx, owner string, a Attachment, stored blob.Stored) error {
	return tx.ExecOne(ctx, `UPDATE attachments SET file = $4, size = $5 WHERE owner_id = $1 AND cipher_id = $2 AND id = $3 AND file IS NULL`,
		owner, a.cipher, a.ID, stored.Name, stored.Size)
}

func deleteAttachment(ctx context.Context, tx *db.Tx, owner string, cipher id.Cipher, attachment id.Attachment) error {
	return tx.ExecOne(ctx, `DELETE FROM attachments WHERE owner_id = $1 AND cipher_id = $2 AND id = $3`, owner, cipher, attachment)
}

// dropAwaited forgets announced files of items whose key changes: what arrives would be
// under the old one.
func dropAwaited(ctx context.Context, tx *db.Tx, owner string, ciphers []id.Cipher) error {
	_, err := tx.Exec(ctx, `DELETE FROM attachments WHERE owner_id = $1 AND `+db.Among(tx, "cipher_id", 2)+` AND file IS NULL`,
		owner, db.List(ciphers))
	return err
}

// relist makes the items' lists of files anew, which answers about items give as they
// are. It is called after every change of the table. Two statements.
func relist(ctx context.Context, tx *db.Tx, owner string, ciphers []id.Cipher) error {
	all, err := attachmentsOf(ctx, tx, owner, ciphers)
	if err != nil {
		return err
	}
	there := map[id.Cipher][]Attachment{}
	for _, a := range all {
		if a.file != "" {
			there[a.cipher] = append(there[a.cipher], a)
		}
	}
	lists := make([]handed, len(ciphers))
	for i, c := range ciphers {
		lists[i] = handed{ID: string(c), Data: string(appendAttachments(nil, there[c]))}
	}
	return rewrite(ctx, tx, lists, `UPDATE ciphers SET attachments = NULLIF(j.data, '')
		FROM j WHERE ciphers.owner_id = $2 AND ciphers.id = j.id`, owner)
}

// rename gives files other names and keys. A file without a key stays without: its body
// is not under one.
func rename(ctx context.Context, tx *db.Tx, owner string, files []handed) error {
	return rewrite(ctx, tx, files, `UPDATE attachments SET name = j.data, key = CASE WHEN attachments.key IS NULL THEN NULL ELSE COALESCE(j.key, attachments.key) END
		FROM j WHERE attachments.owner_id = $2 AND attachments.cipher_id = j.item AND attachments.id = j.id`, owner)
}
