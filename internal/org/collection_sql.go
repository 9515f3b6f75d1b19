package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

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

func collectionsOf(ctx context.Context, tx *db.Tx, org id.Org) ([]Collection, error) {
	return db.All(ctx, tx, func(r db.Row) (Collection, error) {
		var c Collection
		err := r.Scan(&c.ID, &c.Org, &c.Name, db.Opt(&c.ExternalID))
		return c, err
	}, `SELECT id, org_id, name, external_id FROM collections WHERE org_id = $1 ORDER BY created_at, id`, org)
}

// SharedWith reads the collections that were given to an account, in all enabled
// organizations of which it is a confirmed member.
func SharedWith(ctx context.Context, tx *db.Tx, user id.User) ([]Shared, error) {
	return db.All(ctx, tx, func(r db.Row) (Shared, error) {
		var s Shared
		var readOnly, hide, manage int
		err := r.Scan(&s.ID, &s.Org, &s.Name, db.Opt(&s.ExternalID), &s.Share.Member, &readOnly, &hide, &manage)
		s.Share.Collection = s.ID
		s.Share.ReadOnly, s.Share.HidePasswords, s.Share.Manage = readOnly == 1, hide == 1, manage == 1
		return s, err
	}, `WITH `+access.Ways+`
		SELECT c.id, c.org_id, c.name, c.external_id, w.member_id, w.read_only, w.hide_passwords, w.manage
		FROM ways w JOIN collections c ON c.org_id = w.org_id AND c.id = w.collection_id ORDER BY c.created_at, c.id`, user)
}

func accessOfCollections(ctx context.Context, tx *db.Tx, org id.Org, collections []id.Collection) ([]Access, error) {
	return db.All(ctx, tx, scanAccess, selectAccess+`AND `+db.Among(tx, "collection_id", 2)+` ORDER BY member_id`, org, db.List(collections))
}

func deleteHolders(ctx context.Context, tx *db.Tx, org id.Org, collection id.Collection) error {
	_, err := tx.Exec(ctx, `DELETE FROM collection_members WHERE org_id = $1 AND collection_id = $2`, org, collection)
	return err
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

func linkOf(ctx context.Context, tx *db.Tx, org id.Org) (id.ProviderClient, error) {
	return db.One(ctx, tx, db.Value[id.ProviderClient], `SELECT id FROM provider_clients WHERE org_id = $1`, org)
}
