package access

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Collection is how one collection stands to the account of an Org.
type Collection struct {
	ID       id.Collection
	Assigned bool // the account has it by a row of its own
	Manages  bool // and that row gives full control
	// Orphaned is a collection that nobody manages: somebody has to be able to
	// give it away again, also where admins have no access to all items.
	Orphaned bool
}

// CanEdit tells whether the account may rename a collection and decide who has it.
func (o Org) CanEdit(c Collection) bool {
	if o.Can(ManageCollections) {
		return true
	}
	return o.Enabled && ((o.Member != "" && c.Manages) || (c.Orphaned && o.Can(SeeCollections)))
}

// CanDelete tells whether the account may delete a collection; its items stay.
func (o Org) CanDelete(c Collection) bool {
	if o.Can(DeleteCollections) {
		return true
	}
	return o.Enabled && o.Member != "" && c.Manages && (!o.LimitCollectionDeletion || o.Can(SeeCollections))
}

// CanSee tells whether the account may read a collection's name and who has it,
// as those do who administer it. What is in it is another question: see Item.
func (o Org) CanSee(c Collection) bool {
	return o.Can(SeeCollections) || (o.Enabled && o.Member != "" && c.Manages)
}

// Collections reads how all collections of the organization stand to the
// account. One statement.
func (o Org) Collections(ctx context.Context, tx *db.Tx) (map[id.Collection]Collection, error) {
	out := map[id.Collection]Collection{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var c Collection
		var mine, manages, managers int
		if err := r.Scan(&c.ID, &mine, &manages, &managers); err != nil {
			return err
		}
		c.Assigned, c.Manages, c.Orphaned = mine > 0, manages > 0, managers == 0
		out[c.ID] = c
		return nil
	}, `SELECT c.id,
		COUNT(CASE WHEN cm.member_id = $2 THEN 1 END),
		COUNT(CASE WHEN cm.member_id = $2 AND cm.manage THEN 1 END),
		COUNT(CASE WHEN cm.manage THEN 1 END)
		FROM collections c LEFT JOIN collection_members cm ON cm.org_id = c.org_id AND cm.collection_id = c.id
		WHERE c.org_id = $1 GROUP BY c.id`, o.ID, string(o.Member))
	return out, err
}
