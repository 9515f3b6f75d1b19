package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// InsertCollection writes the first collection of a new organization. Nobody has
// it yet.
func InsertCollection(ctx context.Context, tx *db.Tx, org id.Org, name string) (id.Collection, error) {
	if err := checkCollectionName(name); err != nil {
		return "", err
	}
	collection := id.New[id.Collection]()
	return collection, insertCollection(ctx, tx, org, collection, name, "")
}

func insertCollection(ctx context.Context, tx *db.Tx, org id.Org, collection id.Collection, name, externalID string) error {
	return db.Insert(ctx, tx, `INSERT INTO collections (org_id, id, name, external_id, created_at, revised_at)`,
		[]any{org, collection, name, db.Null(externalID), tx.Now, tx.Now})
}

func updateCollection(ctx context.Context, tx *db.Tx, org id.Org, collection id.Collection, name, externalID string) error {
	return tx.ExecOne(ctx, `UPDATE collections SET name = $3, external_id = $4, revised_at = $5 WHERE org_id = $1 AND id = $2`,
		org, collection, name, db.Null(externalID), tx.Now)
}

// reviseCollections dates collections whose people have changed, so that whoever
// is editing them notices.
func reviseCollections(ctx context.Context, tx *db.Tx, org id.Org, collections []id.Collection) error {
	if len(collections) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE collections SET revised_at = $3 WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(collections), tx.Now)
	return err
}

func deleteCollections(ctx context.Context, tx *db.Tx, org id.Org, collections []id.Collection) error {
	_, err := tx.Exec(ctx, `DELETE FROM collections WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(collections))
	return err
}

const selectCollections = `SELECT id, org_id, name, external_id, revised_at FROM collections WHERE org_id = $1 `

func scanCollection(r db.Row) (Collection, error) {
	var c Collection
	err := r.Scan(&c.ID, &c.Org, &c.Name, db.Opt(&c.ExternalID), db.Time(&c.RevisedAt))
	return c, err
}

func collectionsOf(ctx context.Context, tx *db.Tx, org id.Org) ([]Collection, error) {
	return db.All(ctx, tx, scanCollection, selectCollections+`ORDER BY created_at, id`, org)
}

func collectionByID(ctx context.Context, tx *db.Tx, org id.Org, collection id.Collection) (Collection, error) {
	return db.One(ctx, tx, scanCollection, selectCollections+`AND id = $2`, org, collection)
}

// SharedWith reads the collections that were given to an account, in all enabled
// organizations of which it is a confirmed member.
func SharedWith(ctx context.Context, tx *db.Tx, user id.User) ([]Shared, error) {
	return db.All(ctx, tx, func(r db.Row) (Shared, error) {
		var s Shared
		err := r.Scan(&s.ID, &s.Org, &s.Name, db.Opt(&s.ExternalID), db.Time(&s.RevisedAt), &s.Share.Member, &s.Share.ReadOnly, &s.Share.HidePasswords, &s.Share.Manage)
		s.Share.Collection = s.ID
		return s, err
	}, `WITH `+access.Ways+`
		SELECT c.id, c.org_id, c.name, c.external_id, c.revised_at, w.member_id, w.read_only = 1, w.hide_passwords = 1, w.manage = 1
		FROM ways w JOIN collections c ON c.org_id = w.org_id AND c.id = w.collection_id ORDER BY c.created_at, c.id`, user)
}

// accessOfAccount reads what the actor has in the organization's collections, by
// rows of their own and through groups.
func accessOfAccount(ctx context.Context, tx *db.Tx, actor access.Org) ([]Access, error) {
	return db.All(ctx, tx, scanAccess, `WITH `+access.Ways+`
		SELECT collection_id, member_id, read_only = 1, hide_passwords = 1, manage = 1 FROM ways WHERE org_id = $2`, actor.User, actor.ID)
}

func accessOfCollections(ctx context.Context, tx *db.Tx, org id.Org, collections []id.Collection) ([]Access, error) {
	return db.All(ctx, tx, scanAccess, selectAccess+`AND `+db.Among(tx, "collection_id", 2)+` ORDER BY member_id`, org, db.List(collections))
}

func deleteHolders(ctx context.Context, tx *db.Tx, org id.Org, collection id.Collection) error {
	_, err := tx.Exec(ctx, `DELETE FROM collection_members WHERE org_id = $1 AND collection_id = $2`, org, collection)
	return err
}

func deleteGroupHolders(ctx context.Context, tx *db.Tx, org id.Org, collection id.Collection) error {
	_, err := tx.Exec(ctx, `DELETE FROM collection_groups WHERE org_id = $1 AND collection_id = $2`, org, collection)
	return err
}

// countManaged counts those of the collections of which somebody who is not
// revoked, or some group, is to have full control.
func countManaged(ctx context.Context, tx *db.Tx, org id.Org, collections []id.Collection) (int, error) {
	return db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM collections c WHERE c.org_id = $1 AND `+db.Among(tx, "c.id", 2)+` AND (
		EXISTS (SELECT 1 FROM collection_members cm JOIN members m ON m.org_id = cm.org_id AND m.id = cm.member_id AND m.status <> -1
			WHERE cm.org_id = $1 AND cm.collection_id = c.id AND cm.manage)
		OR EXISTS (SELECT 1 FROM collection_groups cg WHERE cg.org_id = $1 AND cg.collection_id = c.id AND cg.manage))`, org, db.List(collections))
}

// touchHolders tells the confirmed members who have the collections.
func touchHolders(ctx context.Context, tx *db.Tx, org id.Org, collections []id.Collection) error {
	users, err := db.All(ctx, tx, db.Value[id.User], `WITH `+access.Holders+` SELECT DISTINCT m.user_id FROM holders h
		JOIN members m ON m.org_id = $1 AND m.id = h.member_id AND m.status = 2
		WHERE `+db.Among(tx, "h.collection_id", 2), org, db.List(collections))
	if err != nil || len(users) == 0 {
		return err
	}
	return account.Touch(ctx, tx, users...)
}
