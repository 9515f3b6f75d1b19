package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// mayFill tells whether items may be put into collections of an organization:
// into all of them, and at least one unless the account may write all items.
func (w way) mayFill(ctx context.Context, tx *db.Tx, org id.Org, collections []id.Collection) error {
	if org == "" {
		if len(collections) > 0 {
			return fault.Field("organizationId", "Only items of an organization can be in collections.")
		}
		return nil
	}
	if len(collections) == 0 && !w.all {
		return fault.Field("collectionIds", "Choose at least one collection for the item.")
	}
	allowed, err := w.fillable(ctx, tx, org)
	if err != nil {
		return err
	}
	for _, c := range collections {
		if !allowed[c] {
			return fault.Absent()
		}
	}
	return nil
}

// fillable are the collections of an organization whose items the account may
// add and take away: those that it can edit, or all by role.
func (w way) fillable(ctx context.Context, tx *db.Tx, org id.Org) (map[id.Collection]bool, error) {
	query, args := `SELECT id FROM collections WHERE org_id = $1`, []any{org}
	if !w.all {
		query = `WITH ` + access.Ways + ` SELECT collection_id FROM ways WHERE org_id = $2 AND read_only = 0`
		args = []any{w.user, org}
	}
	out := map[id.Collection]bool{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		c, err := db.Value[id.Collection](r)
		out[c] = true
		return err
	}, query, args...)
	return out, err
}

// assign puts items into collections; pairs that exist already stay.
func assign(ctx context.Context, tx *db.Tx, org id.Org, ciphers []id.Cipher, collections []id.Collection) error {
	if len(ciphers) == 0 || len(collections) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO collection_ciphers (org_id, collection_id, cipher_id)
		SELECT $1, col.id, c.id FROM collections col JOIN ciphers c ON c.owner_id = col.org_id
		WHERE col.org_id = $1 AND `+db.Among(tx, "col.id", 2)+` AND `+db.Among(tx, "c.id", 3)+`
		ON CONFLICT DO NOTHING`, org, db.List(collections), db.List(ciphers))
	return err
}

// unassign takes items out of collections.
func unassign(ctx context.Context, tx *db.Tx, org id.Org, ciphers []id.Cipher, collections []id.Collection) error {
	if len(ciphers) == 0 || len(collections) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `DELETE FROM collection_ciphers WHERE org_id = $1 AND `+db.Among(tx, "collection_id", 2)+
		` AND `+db.Among(tx, "cipher_id", 3), org, db.List(collections), db.List(ciphers))
	return err
}

// collectionsOf reads in which collections an item is, also those that the
// account does not see.
func collectionsOf(ctx context.Context, tx *db.Tx, org id.Org, cipher id.Cipher) (map[id.Collection]bool, error) {
	out := map[id.Collection]bool{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		c, err := db.Value[id.Collection](r)
		out[c] = true
		return err
	}, `SELECT collection_id FROM collection_ciphers WHERE org_id = $1 AND cipher_id = $2`, org, cipher)
	return out, err
}

// homeless counts the items among ciphers that are in no collection.
func homeless(ctx context.Context, tx *db.Tx, org id.Org, ciphers []id.Cipher) (int, error) {
	return db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM ciphers c WHERE c.owner_id = $1 AND `+db.Among(tx, "c.id", 2)+`
		AND NOT EXISTS (SELECT 1 FROM collection_ciphers cc WHERE cc.org_id = c.owner_id AND cc.cipher_id = c.id)`, org, db.List(ciphers))
}
