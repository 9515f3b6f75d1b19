package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

const selectGroups = `SELECT id, org_id, name, external_id, revised_at FROM groups WHERE org_id = $1 `

func scanGroup(r db.Row) (Group, error) {
	var g Group
	err := r.Scan(&g.ID, &g.Org, &g.Name, db.Opt(&g.ExternalID), db.Time(&g.RevisedAt))
	return g, err
}

func groupsOf(ctx context.Context, tx *db.Tx, org id.Org) ([]Group, error) {
	return db.All(ctx, tx, scanGroup, selectGroups+`ORDER BY name, id`, org)
}

// groupsByID reads groups of one organization. When one of them is not its own,
// all are absent.
func groupsByID(ctx context.Context, tx *db.Tx, org id.Org, groups []id.Group) ([]Group, error) {
	found, err := db.All(ctx, tx, scanGroup, selectGroups+`AND `+db.Among(tx, "id", 2)+` ORDER BY id`, org, db.List(groups))
	if err == nil && len(found) != len(groups) {
		err = fault.Absent()
	}
	return found, err
}

func insertGroup(ctx context.Context, tx *db.Tx, g Group, name string) error {
	return db.Insert(ctx, tx, `INSERT INTO groups (org_id, id, name, created_at, revised_at)`, []any{g.Org, g.ID, name, tx.Now, tx.Now})
}

func updateGroup(ctx context.Context, tx *db.Tx, g Group) error {
	return tx.ExecOne(ctx, `UPDATE groups SET name = $3, external_id = $4, revised_at = $5 WHERE org_id = $1 AND id = $2`,
		g.Org, g.ID, g.Name, db.Null(g.ExternalID), tx.Now)
}

func reviseGroups(ctx context.Context, tx *db.Tx, org id.Org, groups []id.Group) error {
	if len(groups) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE groups SET revised_at = $3 WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(groups), tx.Now)
	return err
}

func deleteGroups(ctx context.Context, tx *db.Tx, org id.Org, groups []id.Group) error {
	_, err := tx.Exec(ctx, `DELETE FROM groups WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(groups))
	return err
}

const selectInGroup = `SELECT group_id, member_id FROM group_members WHERE org_id = $1 AND `

func scanInGroup(r db.Row) (InGroup, error) {
	var in InGroup
	err := r.Scan(&in.Group, &in.Member)
	return in, err
}

func groupsOfMembers(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) ([]InGroup, error) {
	return db.All(ctx, tx, scanInGroup, selectInGroup+db.Among(tx, "member_id", 2)+` ORDER BY group_id`, org, db.List(members))
}

func membersOfGroups(ctx context.Context, tx *db.Tx, org id.Org, groups []id.Group) ([]InGroup, error) {
	return db.All(ctx, tx, scanInGroup, selectInGroup+db.Among(tx, "group_id", 2)+` ORDER BY member_id`, org, db.List(groups))
}

// touchMembers tells those of the members who are confirmed.
func touchMembers(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) error {
	users, err := db.All(ctx, tx, db.Value[id.User], `SELECT user_id FROM members WHERE org_id = $1 AND status = 2 AND `+db.Among(tx, "id", 2),
		org, db.List(members))
	if err != nil || len(users) == 0 {
		return err
	}
	return account.Touch(ctx, tx, users...)
}

const selectGroupAccess = `SELECT collection_id, group_id, read_only, hide_passwords, manage FROM collection_groups WHERE org_id = $1 AND `

func scanGroupAccess(r db.Row) (Access, error) {
	var a Access
	err := r.Scan(&a.Collection, &a.Group, &a.ReadOnly, &a.HidePasswords, &a.Manage)
	return a, err
}

func accessOfGroups(ctx context.Context, tx *db.Tx, org id.Org, groups []id.Group) ([]Access, error) {
	return db.All(ctx, tx, scanGroupAccess, selectGroupAccess+db.Among(tx, "group_id", 2)+` ORDER BY collection_id`, org, db.List(groups))
}

func groupAccessOfCollections(ctx context.Context, tx *db.Tx, org id.Org, collections []id.Collection) ([]Access, error) {
	return db.All(ctx, tx, scanGroupAccess, selectGroupAccess+db.Among(tx, "collection_id", 2)+` ORDER BY group_id`, org, db.List(collections))
}

func insertGroupAccess(ctx context.Context, tx *db.Tx, org id.Org, shares []Access) error {
	rows := make([][]any, len(shares))
	for i, a := range shares {
		rows[i] = []any{org, a.Collection, a.Group, a.ReadOnly, a.HidePasswords, a.Manage}
	}
	return db.Insert(ctx, tx, `INSERT INTO collection_groups (org_id, collection_id, group_id, read_only, hide_passwords, manage)`, rows...)
}

func deleteGroupAccess(ctx context.Context, tx *db.Tx, org id.Org, group id.Group, collections []id.Collection) error {
	if len(collections) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `DELETE FROM collection_groups WHERE org_id = $1 AND group_id = $2 AND `+db.Among(tx, "collection_id", 3),
		org, group, db.List(collections))
	return err
}
