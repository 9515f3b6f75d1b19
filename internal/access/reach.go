package access

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Reach tells which of the items and organizations that a client speaks of are
// within the account's reach: the items that it may read, with the organization
// that owns them, and the organizations that it belongs to or serves, with the
// provider through which it acts there. Three statements, however many.
func Reach(ctx context.Context, tx *db.Tx, user id.User, ciphers []id.Cipher, orgs []id.Org) (
	items map[id.Cipher]id.Org, ties map[id.Org]id.Provider, err error,
) {
	items, ties = map[id.Cipher]id.Org{}, map[id.Org]id.Provider{}
	assigned, err := ToItems(ctx, tx, user, ciphers)
	if err != nil {
		return nil, nil, err
	}
	for _, i := range assigned {
		items[i.ID] = i.Org
	}
	owned, err := db.All(ctx, tx, func(r db.Row) (Item, error) {
		var i Item
		err := r.Scan(&i.ID, &i.Org)
		return i, err
	}, `SELECT id, org_id FROM ciphers WHERE org_id IS NOT NULL AND `+db.Among(tx, "id", 1), db.List(ciphers))
	if err != nil {
		return nil, nil, err
	}
	for _, i := range owned {
		orgs = append(orgs, i.Org)
	}
	mine, err := ToOrgs(ctx, tx, user, orgs)
	if err != nil {
		return nil, nil, err
	}
	all := map[id.Org]bool{}
	for _, o := range mine {
		ties[o.ID] = o.ActingProvider()
		all[o.ID] = o.Can(ReadAllItems)
	}
	for _, i := range owned {
		if all[i.Org] {
			items[i.ID] = i.Org
		}
	}
	return items, ties, nil
}
