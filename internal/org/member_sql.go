package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// InsertMembers writes new members with their collections and groups.
func InsertMembers(ctx context.Context, tx *db.Tx, members ...Member) error {
	var rows [][]any
	var shares []Access
	var in []InGroup
	var collections []id.Collection
	var groups []id.Group
	for _, m := range members {
		var email any
		if m.User == "" {
			email = m.Email
		}
		rows = append(rows, []any{
			m.Org, m.ID, db.Null(m.User), email, db.Null(m.Key), int(m.Status), int(m.Role), int(m.Permissions), db.Null(m.ExternalID), tx.Now, tx.Now,
		})
		for _, a := range m.Access {
			a.Member = m.ID
			shares, collections = append(shares, a), append(collections, a.Collection)
		}
		for _, g := range m.Groups {
			in, groups = append(in, InGroup{Group: g, Member: m.ID}), append(groups, g)
		}
	}
	if err := db.Insert(ctx, tx, `INSERT INTO members (org_id, id, user_id, email, key, status, type, permissions, external_id, created_at, revised_at)`, rows...); err != nil {
		return err
	}
	if len(members) == 0 {
		return nil
	}
	if err := insertAccess(ctx, tx, members[0].Org, shares); err != nil {
		return err
	}
	if err := ChangeGroupMembers(ctx, tx, members[0].Org, in, nil); err != nil {
		return err
	}
	if err := reviseCollections(ctx, tx, members[0].Org, unique(collections)); err != nil {
		return err
	}
	return reviseGroups(ctx, tx, members[0].Org, unique(groups))
}

const selectMembers = `SELECT m.id, m.org_id, m.user_id, COALESCE(u.email, m.email, ''), COALESCE(u.name, ''), u.avatar_color,
	m.status, m.type, m.permissions, m.external_id, m.recovery_key IS NOT NULL, COALESCE(m.revocation_reason, 0), m.created_at, m.revised_at
	FROM members m LEFT JOIN users u ON u.id = m.user_id `

func scanMember(r db.Row) (Member, error) {
	var m Member
	err := r.Scan(&m.ID, &m.Org, db.Opt(&m.User), &m.Email, &m.Name, db.Opt(&m.Avatar), &m.Status, &m.Role, &m.Permissions,
		db.Opt(&m.ExternalID), &m.Enrolled, &m.Revocation, db.Time(&m.CreatedAt), db.Time(&m.RevisedAt))
	return m, err
}

func membersOf(ctx context.Context, tx *db.Tx, org id.Org) ([]Member, error) {
	return db.All(ctx, tx, scanMember, selectMembers+`WHERE m.org_id = $1 ORDER BY 4, m.id`, org)
}

// MembersByID reads members of one organization. When one of them is not in it,
// all are absent.
func MembersByID(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) ([]Member, error) {
	found, err := db.All(ctx, tx, scanMember, selectMembers+`WHERE m.org_id = $1 AND `+db.Among(tx, "m.id", 2)+` ORDER BY m.id`,
		org, db.List(members))
	if err == nil && len(found) != len(members) {
		err = fault.Absent()
	}
	return found, err
}

// KnownAddresses tells which of the addresses belong to somebody in the organization.
func KnownAddresses(ctx context.Context, tx *db.Tx, org id.Org, addresses []string) (map[string]bool, error) {
	known := map[string]bool{}
	rows, err := db.All(ctx, tx, db.Value[string], `SELECT COALESCE(u.email, m.email) FROM members m LEFT JOIN users u ON u.id = m.user_id
		WHERE m.org_id = $1 AND `+db.Among(tx, "COALESCE(u.email, m.email)", 2), org, db.List(addresses))
	for _, a := range rows {
		known[a] = true
	}
	return known, err
}

// Accept ties an invited member to the account that the invitation was for.
func Accept(ctx context.Context, tx *db.Tx, org id.Org, member id.Member, user id.User) error {
	return tx.ExecOne(ctx, `UPDATE members SET user_id = $3, email = NULL, status = 1, revised_at = $4
		WHERE org_id = $1 AND id = $2 AND status = 0`, org, member, user, tx.Now)
}

var confirmMembers = db.By(
	`UPDATE members SET key = j.value, status = 2, revised_at = $3 FROM json_each($2) j
	WHERE members.org_id = $1 AND members.id = j.key AND members.status = 1`,
	`UPDATE members SET key = j.value, status = 2, revised_at = $3 FROM jsonb_each_text($2::jsonb) j
	WHERE members.org_id = $1 AND members.id = j.key AND members.status = 1`)

// Confirm gives accepted members the organization's key, each under their own
// public key, and with it their rights. keys must not be empty.
func Confirm(ctx context.Context, tx *db.Tx, org id.Org, keys map[id.Member]string) error {
	n, err := tx.Exec(ctx, confirmMembers.In(tx), org, db.Map(keys), tx.Now)
	if err == nil && int(n) != len(keys) {
		err = fault.New(fault.Conflict, "Somebody changed these members at the same time. Load the list again.")
	}
	return err
}

func setRole(ctx context.Context, tx *db.Tx, org id.Org, member id.Member, role access.Role, p access.Permissions) error {
	return tx.ExecOne(ctx, `UPDATE members SET type = $3, permissions = $4, revised_at = $5 WHERE org_id = $1 AND id = $2`,
		org, member, int(role), int(p), tx.Now)
}

func reviseMembers(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) error {
	if len(members) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE members SET revised_at = $3 WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(members), tx.Now)
	return err
}

func deleteMembers(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) error {
	_, err := tx.Exec(ctx, `DELETE FROM members WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(members))
	return err
}

// heads are those who can lead an organization: its confirmed owners, how many of
// them would leave, and the confirmed staff of its provider.
type heads struct{ owners, leaving, staff int }

func headsOf(ctx context.Context, tx *db.Tx, org id.Org, without []id.Member) (heads, error) {
	return db.One(ctx, tx, func(r db.Row) (heads, error) {
		var h heads
		err := r.Scan(&h.owners, &h.leaving, &h.staff)
		return h, err
	}, `SELECT COUNT(*), COUNT(CASE WHEN `+db.Among(tx, "id", 2)+` THEN 1 END),
			(SELECT COUNT(*) FROM provider_clients pc
			JOIN providers p ON p.id = pc.provider_id AND p.enabled AND p.status <> 0
			JOIN provider_users pu ON pu.provider_id = p.id AND pu.status = 2 WHERE pc.org_id = $1)
		FROM members WHERE org_id = $1 AND status = 2 AND type = 0`, org, db.List(without))
}

func insertAccess(ctx context.Context, tx *db.Tx, org id.Org, shares []Access) error {
	rows := make([][]any, len(shares))
	for i, a := range shares {
		rows[i] = []any{org, a.Collection, a.Member, a.ReadOnly, a.HidePasswords, a.Manage}
	}
	return db.Insert(ctx, tx, `INSERT INTO collection_members (org_id, collection_id, member_id, read_only, hide_passwords, manage)`, rows...)
}

func deleteAccess(ctx context.Context, tx *db.Tx, org id.Org, member id.Member, collections []id.Collection) error {
	if len(collections) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, `DELETE FROM collection_members WHERE org_id = $1 AND member_id = $2 AND `+db.Among(tx, "collection_id", 3),
		org, member, db.List(collections))
	return err
}

func scanAccess(r db.Row) (Access, error) {
	var a Access
	err := r.Scan(&a.Collection, &a.Member, &a.ReadOnly, &a.HidePasswords, &a.Manage)
	return a, err
}

const selectAccess = `SELECT collection_id, member_id, read_only, hide_passwords, manage FROM collection_members WHERE org_id = $1 `

func accessOfMembers(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) ([]Access, error) {
	return db.All(ctx, tx, scanAccess, selectAccess+`AND `+db.Among(tx, "member_id", 2)+` ORDER BY collection_id`, org, db.List(members))
}
