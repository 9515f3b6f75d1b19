package org

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Directory is an organization as a directory knows it: by external ids.
type Directory struct {
	Members []DirectoryMember
	Groups  []DirectoryGroup // those with an external id only
}

// DirectoryMember is a member with the id that a directory gave them, if one did.
type DirectoryMember struct {
	Member
	ExternalID string
}

// DirectoryGroup is a group that a directory keeps.
type DirectoryGroup struct {
	ID         id.Group
	Name       string
	ExternalID string
	Members    map[id.Member]bool
}

// DirectoryOf reads an organization in three statements.
func DirectoryOf(ctx context.Context, tx *db.Tx, org id.Org) (Directory, error) {
	var d Directory
	members, err := db.All(ctx, tx, func(r db.Row) (DirectoryMember, error) {
		m := DirectoryMember{Member: Member{Org: org}}
		err := r.Scan(&m.ID, db.Opt(&m.User), &m.Email, &m.Status, &m.Role, db.Opt(&m.ExternalID))
		return m, err
	}, `SELECT m.id, m.user_id, COALESCE(u.email, m.email, ''), m.status, m.type, m.external_id
		FROM members m LEFT JOIN users u ON u.id = m.user_id WHERE m.org_id = $1 ORDER BY m.id`, org)
	if err != nil {
		return d, err
	}
	d.Members = members
	d.Groups, err = db.All(ctx, tx, func(r db.Row) (DirectoryGroup, error) {
		g := DirectoryGroup{Members: map[id.Member]bool{}}
		err := r.Scan(&g.ID, &g.Name, &g.ExternalID)
		return g, err
	}, `SELECT id, name, external_id FROM groups WHERE org_id = $1 AND external_id <> '' ORDER BY id`, org)
	if err != nil {
		return d, err
	}
	place := map[id.Group]int{}
	for i, g := range d.Groups {
		place[g.ID] = i
	}
	return d, db.Each(ctx, tx, func(r db.Row) error {
		var group id.Group
		var member id.Member
		if err := r.Scan(&group, &member); err != nil {
			return err
		}
		if i, ok := place[group]; ok {
			d.Groups[i].Members[member] = true
		}
		return nil
	}, `SELECT group_id, member_id FROM group_members WHERE org_id = $1`, org)
}

// GroupName reads the name of a group that a directory sends.
func GroupName(field, s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" || utf8.RuneCountInString(s) > 100 || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return "", fault.Field(field, "A group's name has 1 to 100 characters.")
	}
	return s, nil
}

// ExternalID reads the id that a directory gives to a thing; it may be empty.
func ExternalID(field, s string) (string, error) {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > 300 || !utf8.ValidString(s) || strings.ContainsFunc(s, unicode.IsControl) {
		return "", fault.Field(field, "An external id has at most 300 characters, and no control characters.")
	}
	return s, nil
}

var setExternalIDs = db.By(
	`UPDATE members SET external_id = NULLIF(j.value, ''), revised_at = $3 FROM json_each($2) j WHERE members.org_id = $1 AND members.id = j.key`,
	`UPDATE members SET external_id = NULLIF(j.value, ''), revised_at = $3 FROM jsonb_each_text($2::jsonb) j WHERE members.org_id = $1 AND members.id = j.key`)

// SetExternalIDs writes the ids that a directory gives to members; an empty one
// takes it away.
func SetExternalIDs(ctx context.Context, tx *db.Tx, org id.Org, ids map[id.Member]string) error {
	if len(ids) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, setExternalIDs.In(tx), org, db.Map(ids), tx.Now)
	return err
}

// Unstage makes invited members of staged ones.
func Unstage(ctx context.Context, tx *db.Tx, org id.Org, members []id.Member) error {
	n, err := tx.Exec(ctx, `UPDATE members SET status = 0, revised_at = $3 WHERE org_id = $1 AND status = 3 AND `+db.Among(tx, "id", 2),
		org, db.List(members), tx.Now)
	return all(len(members), n, err)
}

// Dismiss removes members for a flow that has decided so. The last confirmed
// owner stays, and with them everybody else.
func Dismiss(ctx context.Context, tx *db.Tx, actor access.Org, gone []Member) error {
	if len(gone) == 0 {
		return nil
	}
	return remove(ctx, tx, actor.ID, gone, event.Event{Type: event.MemberRemoved, Provider: actor.ActingProvider()})
}

// InsertDirectoryGroups writes new groups, without members.
func InsertDirectoryGroups(ctx context.Context, tx *db.Tx, org id.Org, groups []DirectoryGroup) error {
	rows := make([][]any, len(groups))
	for i, g := range groups {
		rows[i] = []any{org, g.ID, g.Name, g.ExternalID, tx.Now, tx.Now}
	}
	return db.Insert(ctx, tx, `INSERT INTO groups (org_id, id, name, external_id, created_at, revised_at)`, rows...)
}

var renameGroups = db.By(
	`UPDATE groups SET name = j.value, revised_at = $3 FROM json_each($2) j WHERE groups.org_id = $1 AND groups.id = j.key`,
	`UPDATE groups SET name = j.value, revised_at = $3 FROM jsonb_each_text($2::jsonb) j WHERE groups.org_id = $1 AND groups.id = j.key`)

// RenameGroups gives groups other names.
func RenameGroups(ctx context.Context, tx *db.Tx, org id.Org, names map[id.Group]string) error {
	if len(names) == 0 {
		return nil
	}
	_, err := tx.Exec(ctx, renameGroups.In(tx), org, db.Map(names), tx.Now)
	return err
}

// InGroup is that a member is in a group.
type InGroup struct {
	Group  id.Group
	Member id.Member
}

// ChangeGroupMembers puts members into groups and takes them out. Both lists name
// things of the organization, and none twice.
func ChangeGroupMembers(ctx context.Context, tx *db.Tx, org id.Org, in, out []InGroup) error {
	if len(out) > 0 {
		pairs := make([]string, len(out))
		for i, p := range out {
			pairs[i] = string(p.Group) + string(p.Member)
		}
		_, err := tx.Exec(ctx, `DELETE FROM group_members WHERE org_id = $1 AND `+db.Among(tx, "group_id || member_id", 2), org, db.List(pairs))
		if err != nil {
			return err
		}
	}
	rows := make([][]any, len(in))
	for i, p := range in {
		rows[i] = []any{org, p.Group, p.Member}
	}
	return db.Insert(ctx, tx, `INSERT INTO group_members (org_id, group_id, member_id)`, rows...)
}
