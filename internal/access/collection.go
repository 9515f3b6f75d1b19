package access

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Collection is how one collection stands to the account of an Org.
type Collection struct {
	ID       id.Collection
	Assigned bool // the account has it, by a row of its own or through groups
	Manages  bool // and has full control of it
	// Orphaned is a collection that no confirmed member manages: somebody has to be
	// able to give it away again, also where admins have no access to all items.
	Orphaned bool
}

// CanEdit tells whether the account may rename a collection and decide who has it.
func (o Org) CanEdit(c Collection) bool {
	if o.Can(ManageCollections) {
		return true
	}
	return o.Enabled && ((o.Member != "" && c.Manages) || (c.Orphaned && o.mayAdopt()))
}

// mayAdopt: who may give an orphaned collection to somebody.
func (o Org) mayAdopt() bool {
	return o.Provider != "" || o.Role == Owner || o.Role == Admin || o.has(PermitEditCollections)
}

// CanGiveToMembers tells whether the account may decide which members have a
// collection.
func (o Org) CanGiveToMembers(c Collection) bool { return o.Can(GiveToMembers) || o.CanEdit(c) }

// CanGiveToGroups tells the same of groups.
func (o Org) CanGiveToGroups(c Collection) bool { return o.Can(GiveToGroups) || o.CanEdit(c) }

// CanDelete tells whether the account may delete a collection; its items stay.
func (o Org) CanDelete(c Collection) bool {
	if o.Can(DeleteCollections) {
		return true
	}
	return o.Enabled && o.Member != "" && c.Manages && (!o.LimitCollectionDeletion || o.Role == Owner || o.Role == Admin)
}

// CanSee tells whether the account may read a collection's name, as those do who
// administer it. What is in it is another question: see Item.
func (o Org) CanSee(c Collection) bool {
	return o.Can(SeeCollections) || (o.Enabled && o.Member != "" && c.Manages)
}

// CanSeeAccess tells whether the account may read who has a collection.
func (o Org) CanSeeAccess(c Collection) bool {
	return o.Can(SeeCollectionAccess) || (o.Enabled && o.Member != "" && c.Manages)
}

// Collections reads how all collections of the organization stand to the
// account. One statement.
func (o Org) Collections(ctx context.Context, tx *db.Tx) (map[id.Collection]Collection, error) {
	out := map[id.Collection]Collection{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var c Collection
		var direct, directManages, grouped, groupManages, managed int
		if err := r.Scan(&c.ID, &direct, &directManages, &grouped, &groupManages, &managed); err != nil {
			return err
		}
		c.Assigned, c.Manages, c.Orphaned = direct+grouped > 0, groupManages > 0, managed == 0
		if direct > 0 { // a row of one's own replaces those of one's groups
			c.Manages = directManages > 0
		}
		out[c.ID] = c
		return nil
	}, `SELECT id, MAX(direct), MAX(direct_manages), MAX(grouped), MAX(group_manages), MAX(managed) FROM (
		SELECT id, 0 AS direct, 0 AS direct_manages, 0 AS grouped, 0 AS group_manages, 0 AS managed FROM collections WHERE org_id = $1
		UNION ALL
		SELECT cm.collection_id, CASE WHEN cm.member_id = $2 THEN 1 ELSE 0 END, CASE WHEN cm.member_id = $2 AND cm.manage THEN 1 ELSE 0 END,
		       0, 0, CASE WHEN cm.manage AND m.id IS NOT NULL THEN 1 ELSE 0 END
		FROM collection_members cm LEFT JOIN members m ON m.org_id = cm.org_id AND m.id = cm.member_id AND m.status = 2
		WHERE cm.org_id = $1
		UNION ALL
		SELECT cg.collection_id, 0, 0, CASE WHEN gm.member_id IS NOT NULL THEN 1 ELSE 0 END,
		       CASE WHEN gm.member_id IS NOT NULL AND cg.manage THEN 1 ELSE 0 END, CASE WHEN cg.manage AND EXISTS (
			SELECT 1 FROM group_members g JOIN members m ON m.org_id = g.org_id AND m.id = g.member_id AND m.status = 2
			WHERE g.org_id = cg.org_id AND g.group_id = cg.group_id AND NOT EXISTS (SELECT 1 FROM collection_members own
				WHERE own.org_id = cg.org_id AND own.collection_id = cg.collection_id AND own.member_id = g.member_id)) THEN 1 ELSE 0 END
		FROM collection_groups cg LEFT JOIN group_members gm ON gm.org_id = cg.org_id AND gm.group_id = cg.group_id AND gm.member_id = $2
		WHERE cg.org_id = $1) ways GROUP BY id`, o.ID, string(o.Member))
	return out, err
}
