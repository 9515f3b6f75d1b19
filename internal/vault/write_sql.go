package vault

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault/attachment"
)

// insert writes new items of an account, or of an organization, and what the
// account notes about them. Their ids are made here.
func insert(ctx context.Context, tx *db.Tx, user id.User, org id.Org, drafts []Draft) ([]id.Cipher, error) {
	owner, personal := string(org), id.User("")
	if org == "" {
		owner, personal = string(user), user
	}
	ids, rows := make([]id.Cipher, len(drafts)), make([][]any, len(drafts))
	for i, d := range drafts {
		ids[i] = id.New[id.Cipher]()
		rows[i] = []any{owner, ids[i], db.Null(personal), db.Null(org), int(d.Type), d.Data, tx.Now, tx.Now}
	}
	if err := db.Insert(ctx, tx, `INSERT INTO ciphers (owner_id, id, user_id, org_id, type, data, created_at, revised_at)`, rows...); err != nil {
		return nil, err
	}
	return ids, insertMarks(ctx, tx, user, owner, ids, drafts)
}

// insertMarks writes what drafts say about folder, favourite and archive.
func insertMarks(ctx context.Context, tx *db.Tx, user id.User, owner string, ids []id.Cipher, drafts []Draft) error {
	var rows [][]any
	for i, d := range drafts {
		if d.Folder != "" || d.Favorite || !d.ArchivedAt.IsZero() {
			rows = append(rows, []any{user, owner, ids[i], db.Null(d.Folder), d.Favorite, d.ArchivedAt})
		}
	}
	return db.Insert(ctx, tx, `INSERT INTO cipher_marks (user_id, owner_id, cipher_id, folder_id, favorite, archived_at)`, rows...)
}

// replaceMarks is insertMarks for items that may have some already.
func replaceMarks(ctx context.Context, tx *db.Tx, user id.User, owner string, ids []id.Cipher, drafts []Draft) error {
	_, err := tx.Exec(ctx, `DELETE FROM cipher_marks WHERE user_id = $1 AND `+db.Among(tx, "cipher_id", 2), user, db.List(ids))
	if err != nil {
		return err
	}
	return insertMarks(ctx, tx, user, owner, ids, drafts)
}

// markAll sets one column of what an account notes about items. value is already
// fit for the column; the other columns stay.
func markAll(ctx context.Context, tx *db.Tx, user id.User, list []*Cipher, column, kind string, value any) error {
	_, err := tx.Exec(ctx, fmt.Sprintf(`INSERT INTO cipher_marks (user_id, owner_id, cipher_id, favorite, %[1]s)
		SELECT $1, owner_id, id, FALSE, CAST($2 AS %[2]s) FROM ciphers WHERE %[3]s AND %[4]s
		ON CONFLICT (user_id, cipher_id) DO UPDATE SET %[1]s = excluded.%[1]s`,
		column, kind, db.Among(tx, "owner_id", 3), db.Among(tx, "id", 4)),
		user, value, db.List(ownersOf(user, list)), db.List(idsOf(list)))
	return err
}

func updateData(ctx context.Context, tx *db.Tx, owner string, c id.Cipher, d Draft, revised time.Time) error {
	return tx.ExecOne(ctx, `UPDATE ciphers SET type = $3, data = $4, revised_at = $5 WHERE owner_id = $1 AND id = $2`,
		owner, c, int(d.Type), d.Data, revised)
}

// handOver moves personal items to an organization, with new content. The marks
// follow by their foreign key.
func handOver(ctx context.Context, tx *db.Tx, user id.User, org id.Org, items []handed) error {
	return rewrite(ctx, tx, items, `UPDATE ciphers SET owner_id = $3, user_id = NULL, org_id = $3, type = j.type, data = j.data, revised_at = j.revised
		FROM j WHERE ciphers.owner_id = $2 AND ciphers.id = j.id`, string(user), string(org))
}

// reencrypt gives personal items other ciphertext of what they are.
func reencrypt(ctx context.Context, tx *db.Tx, user id.User, items []handed) error {
	return rewrite(ctx, tx, items, `UPDATE ciphers SET data = j.data, revised_at = j.revised
		FROM j WHERE ciphers.owner_id = $2 AND ciphers.org_id IS NULL AND ciphers.id = j.id`, string(user))
}

// reencryptFolders is reencrypt for the names of folders.
func reencryptFolders(ctx context.Context, tx *db.Tx, user id.User, folders []handed) error {
	return rewrite(ctx, tx, folders, `UPDATE folders SET name = j.data, revised_at = j.revised
		FROM j WHERE folders.user_id = $2 AND folders.id = j.id`, string(user))
}

// relist makes items' lists of files anew, which answers about items give as they are. It
// is called after every change of a file. Two statements for every 500 items.
func relist(ctx context.Context, tx *db.Tx, owner string, ciphers ...id.Cipher) error {
	for some := range slices.Chunk(ciphers, 500) {
		files, err := attachment.Of(ctx, tx, owner, some...)
		if err != nil {
			return err
		}
		there := map[id.Cipher][]attachment.File{}
		for _, f := range files {
			if f.Stored != "" {
				there[f.Cipher] = append(there[f.Cipher], f)
			}
		}
		lists := make([]handed, len(some))
		for i, c := range some {
			lists[i] = handed{ID: string(c), Data: string(attachment.List(there[c]))}
		}
		if err := rewrite(ctx, tx, lists, `UPDATE ciphers SET attachments = NULLIF(j.data, '')
			FROM j WHERE ciphers.owner_id = $2 AND ciphers.id = j.id`, owner); err != nil {
			return err
		}
	}
	return nil
}

// rewrite runs a statement that takes what it writes from the table j, which is
// made of list; the statement's own parameters begin with $2. Every row of j
// must meet its match.
func rewrite(ctx context.Context, tx *db.Tx, list []handed, update string, args ...any) error {
	j, err := json.Marshal(list)
	if err != nil {
		return err
	}
	n, err := tx.Exec(ctx, `WITH `+db.Records(tx, "j", 1, "id TEXT", "type INTEGER", "data TEXT", "revised BIGINT")+` `+update,
		append([]any{string(j)}, args...)...)
	if err == nil && n != int64(len(list)) {
		return fault.Absent()
	}
	return err
}

// handed is new content for a row.
type handed struct {
	ID      string `json:"id"`
	Type    int    `json:"type"`
	Data    string `json:"data"`
	Revised int64  `json:"revised"`
}

func setDeleted(ctx context.Context, tx *db.Tx, user id.User, list []*Cipher, deleted bool) error {
	set, was := `NULL`, `IS NOT NULL`
	if deleted {
		set, was = `$1`, `IS NULL`
	}
	_, err := tx.Exec(ctx, `UPDATE ciphers SET deleted_at = `+set+`,
		revised_at = CASE WHEN revised_at >= $1 THEN revised_at + 1000 ELSE $1 END
		WHERE `+db.Among(tx, "owner_id", 2)+` AND `+db.Among(tx, "id", 3)+` AND deleted_at `+was,
		tx.Now, db.List(ownersOf(user, list)), db.List(idsOf(list)))
	return err
}

func remove(ctx context.Context, tx *db.Tx, user id.User, list []*Cipher) error {
	_, err := tx.Exec(ctx, `DELETE FROM ciphers WHERE `+db.Among(tx, "owner_id", 1)+` AND `+db.Among(tx, "id", 2),
		db.List(ownersOf(user, list)), db.List(idsOf(list)))
	return err
}

// ownerOf is the tenant of an item that the account sees.
func (w way) ownerOf(c *Cipher) string {
	if c.Org == "" {
		return string(w.user)
	}
	return string(c.Org)
}

// ownersOf are the tenants of items that an account sees.
func ownersOf(user id.User, list []*Cipher) []string {
	var out []string
	for _, c := range list {
		out = append(out, way{user: user}.ownerOf(c))
	}
	return unique(out)
}

// bump raises the revision date of items that the account sees.
func bump(ctx context.Context, tx *db.Tx, user id.User, list []*Cipher) error {
	_, err := tx.Exec(ctx, `UPDATE ciphers SET revised_at = CASE WHEN revised_at >= $1 THEN revised_at + 1000 ELSE $1 END
		WHERE `+db.Among(tx, "owner_id", 2)+` AND `+db.Among(tx, "id", 3), tx.Now, db.List(ownersOf(user, list)), db.List(idsOf(list)))
	return err
}
