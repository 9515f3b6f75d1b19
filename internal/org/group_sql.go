package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// membership is that a member is in a group.
type membership struct {
	group  id.Group
	member id.Member
}

func scanMembership(r db.Row) (membership, error) {
	var m membership
	err := r.Scan(&m.group, &m.member)
	return m, err
}

func groupsOfMembers(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) ([]membership, error) {
	return db.All(ctx, tx, scanMembership, `SELECT group_id, member_id FROM group_members
		WHERE org_id = $1 AND `+db.Among(tx, "member_id", 2)+` ORDER BY group_id`, org, db.List(members))
}

func insertGroupMembers(ctx context.Context, tx *db.Tx, rows [][]any) error {
	return db.Insert(ctx, tx, `INSERT INTO group_members (org_id, group_id, member_id)`, rows...)
}

// joinGroups puts each of the members into each of the groups.
func joinGroups(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member, groups []id.Group) error {
	var rows [][]any
	for _, g := range groups {
		for _, m := range members {
			rows = append(rows, []any{org, g, m})
		}
	}
	return insertGroupMembers(ctx, tx, rows)
}

func leaveGroups(ctx context.Context, tx *db.Tx, org id.Org, member id.Member, groups []id.Group) error {
	if len(groups) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `DELETE FROM group_members WHERE org_id = $1 AND member_id = $2 AND `+db.Among(tx, "group_id", 3),
		org, member, db.List(groups))
	return err
}

func reviseGroups(ctx context.Context, tx *db.Tx, org id.Org, groups []id.Group) error {
	if len(groups) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE groups SET revised_at = $3 WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(groups), tx.Now)
	return err
}
