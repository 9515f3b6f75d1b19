package vault

import (
	"bytes"
	"context"
	"database/sql"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// seen selects the items that account $1 sees: personal ones that pass filter, and
// those in visible. The two kinds are two branches, each led by an index: one
// condition for both would read the whole table.
func seen(visible, filter string) string {
	const mark = `LEFT JOIN cipher_marks k ON k.user_id = $1 AND k.cipher_id = c.id`
	return `WITH ` + visible + `
	SELECT c.id, c.org_id, c.type, c.data, c.created_at, c.revised_at, c.deleted_at, c.attachments,
	       k.folder_id, COALESCE(k.favorite, FALSE), k.archived_at, 0, 0, 1, FALSE, ''
	FROM ciphers c ` + mark + ` WHERE c.owner_id = $1 AND c.org_id IS NULL` + filter + `
	UNION ALL
	SELECT c.id, c.org_id, c.type, c.data, c.created_at, c.revised_at, c.deleted_at, c.attachments,
	       k.folder_id, COALESCE(k.favorite, FALSE), k.archived_at,
	       v.read_only, v.hide_passwords, v.manage, o.limit_item_deletion, v.collection_ids
	FROM visible v
	JOIN organizations o ON o.id = v.org_id
	JOIN ciphers c ON c.owner_id = v.org_id AND c.id = v.cipher_id ` + mark
}

// scanSeen reads a row of seen. Data and attachments stay in the driver's memory until
// the next row, which spares sync a copy; clone them to keep them.
func scanSeen(r db.Row, c *Cipher) error {
	var readOnly, hide, manage int
	var limit bool
	err := r.Scan(&c.ID, db.Opt(&c.Org), &c.Type, (*sql.RawBytes)(&c.Data), db.Time(&c.CreatedAt), db.Time(&c.RevisedAt),
		db.Time(&c.DeletedAt), (*sql.RawBytes)(&c.attachments), db.Opt(&c.Folder), &c.Favorite, db.Time(&c.ArchivedAt), &readOnly, &hide, &manage, &limit, &c.collections)
	c.Grant = access.Everything
	if c.Org != "" {
		c.Grant = access.GrantOf(readOnly == 1, hide == 1, manage == 1, limit)
	}
	return err
}

func cloneSeen(r db.Row) (*Cipher, error) {
	c := &Cipher{}
	err := scanSeen(r, c)
	c.Data, c.attachments = bytes.Clone(c.Data), bytes.Clone(c.attachments)
	return c, err
}

// AppendSeen appends the wire objects of all items that an account sees, with
// commas between, in one statement and without holding more than one.
func AppendSeen(ctx context.Context, tx *db.Tx, user id.User, b []byte) ([]byte, error) {
	var c Cipher
	first := true
	err := db.Each(ctx, tx, func(r db.Row) error {
		if err := scanSeen(r, &c); err != nil {
			return err
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = c.AppendJSON(b)
		return nil
	}, seen(access.Visible, ``), user)
	return b, err
}

// listSeen reads all items that an account sees.
func listSeen(ctx context.Context, tx *db.Tx, user id.User) ([]*Cipher, error) {
	return db.All(ctx, tx, cloneSeen, seen(access.Visible, ``), user)
}

// findSeen reads the items among ids that an account sees.
func findSeen(ctx context.Context, tx *db.Tx, user id.User, ids []id.Cipher) ([]*Cipher, error) {
	return db.All(ctx, tx, cloneSeen, seen(access.VisibleAmong(tx, 2), ` AND `+db.Among(tx, "c.id", 2)), user, db.List(ids))
}

// findOneSeen is findSeen for one; it answers fault.Absent when there is none.
func findOneSeen(ctx context.Context, tx *db.Tx, user id.User, cipher id.Cipher) (*Cipher, error) {
	list, err := findSeen(ctx, tx, user, []id.Cipher{cipher})
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, fault.Absent()
	}
	return list[0], nil
}

// ofOrg selects items of organization $1 with all their collections, for those
// who administer it.
const ofOrg = `SELECT c.id, c.org_id, c.type, c.data, c.created_at, c.revised_at, c.deleted_at, c.attachments,
	NULL, FALSE, NULL, 0, 0, 1, FALSE,
	COALESCE((SELECT string_agg('"' || cc.collection_id || '"', ',' ORDER BY cc.collection_id)
		FROM collection_ciphers cc WHERE cc.org_id = c.owner_id AND cc.cipher_id = c.id), '')
	FROM ciphers c WHERE c.org_id = $1 AND c.owner_id = $1`

// unassigned narrows ofOrg to what is in no collection.
const unassigned = ` AND NOT EXISTS (SELECT 1 FROM collection_ciphers cc WHERE cc.org_id = c.owner_id AND cc.cipher_id = c.id)`

func findUnassigned(ctx context.Context, tx *db.Tx, org id.Org, ids []id.Cipher) ([]*Cipher, error) {
	return db.All(ctx, tx, cloneSeen, ofOrg+unassigned+` AND `+db.Among(tx, "c.id", 2), org, db.List(ids))
}

func listUnassigned(ctx context.Context, tx *db.Tx, org id.Org) ([]*Cipher, error) {
	return db.All(ctx, tx, cloneSeen, ofOrg+unassigned, org)
}

// listManaged reads the items in collections of an organization that an account
// manages, with those collections alone.
func listManaged(ctx context.Context, tx *db.Tx, user id.User, org id.Org) ([]*Cipher, error) {
	return db.All(ctx, tx, cloneSeen, `WITH `+access.Ways+`
		SELECT c.id, c.org_id, c.type, c.data, c.created_at, c.revised_at, c.deleted_at, c.attachments, NULL, FALSE, NULL, 0, 0, 1, FALSE,
		       string_agg('"' || cc.collection_id || '"', ',' ORDER BY cc.collection_id)
		FROM ways w
		JOIN collection_ciphers cc ON cc.org_id = w.org_id AND cc.collection_id = w.collection_id
		JOIN ciphers c ON c.owner_id = cc.org_id AND c.id = cc.cipher_id
		WHERE w.org_id = $2 AND w.manage = 1
		GROUP BY c.owner_id, c.id`, user, org)
}

func listOfOrg(ctx context.Context, tx *db.Tx, org id.Org) ([]*Cipher, error) {
	return db.All(ctx, tx, cloneSeen, ofOrg, org)
}

func findOfOrg(ctx context.Context, tx *db.Tx, org id.Org, ids []id.Cipher) ([]*Cipher, error) {
	return db.All(ctx, tx, cloneSeen, ofOrg+` AND `+db.Among(tx, "c.id", 2), org, db.List(ids))
}
