package vault

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// readers selects columns of the accounts (m.user_id) that see organization items
// through collections (cc), by rows of their own or through groups. Its conditions
// are on the parameters from number 1 on. Only confirmed members of enabled
// organizations see any.
func readers(columns, where string) string {
	branch := func(holders, joined string) string {
		return `SELECT ` + columns + ` FROM collection_ciphers cc
		JOIN organizations o ON o.id = cc.org_id AND o.enabled
		` + holders + `
		JOIN members m ON m.org_id = cc.org_id AND m.id = ` + joined + ` AND m.status = 2
		WHERE ` + where
	}
	return branch(`JOIN collection_members cm ON cm.org_id = cc.org_id AND cm.collection_id = cc.collection_id`, `cm.member_id`) + `
		UNION
		` + branch(`JOIN collection_groups cg ON cg.org_id = cc.org_id AND cg.collection_id = cc.collection_id
		JOIN group_members gm ON gm.org_id = cg.org_id AND gm.group_id = cg.group_id`, `gm.member_id`)
}

// readersOf are the accounts that see some of the organization items.
func readersOf(ctx context.Context, tx *db.Tx, list []*Cipher) ([]id.User, error) {
	var orgs []id.Org
	for _, c := range list {
		if c.Org != "" {
			orgs = append(orgs, c.Org)
		}
	}
	if len(orgs) == 0 {
		return nil, nil
	}
	return db.All(ctx, tx, db.Value[id.User], readers(`m.user_id`, db.Among(tx, "cc.org_id", 1)+` AND `+db.Among(tx, "cc.cipher_id", 2)),
		db.List(unique(orgs)), db.List(idsOf(list)))
}

// readersIn are the accounts that see any item of an organization.
func readersIn(ctx context.Context, tx *db.Tx, org id.Org) ([]id.User, error) {
	return db.All(ctx, tx, db.Value[id.User], readers(`m.user_id`, `cc.org_id = $1`), org)
}

// audience are accounts that see an item in the same collections.
type audience struct {
	users       []id.User
	collections []id.Collection
}

// audiencesOf are the accounts that see one item of an organization.
func audiencesOf(ctx context.Context, tx *db.Tx, c *Cipher) ([]audience, error) {
	var byUser []audience // of one each, since the rows come by user
	err := db.Each(ctx, tx, func(r db.Row) error {
		var user id.User
		var collection id.Collection
		if err := r.Scan(&user, &collection); err != nil {
			return err
		}
		if n := len(byUser); n > 0 && byUser[n-1].users[0] == user {
			byUser[n-1].collections = append(byUser[n-1].collections, collection)
		} else {
			byUser = append(byUser, audience{[]id.User{user}, []id.Collection{collection}})
		}
		return nil
	}, readers(`m.user_id, cc.collection_id`, `cc.org_id = $1 AND cc.cipher_id = $2`)+` ORDER BY 1, 2`, c.Org, c.ID)
	var out []audience
	for _, one := range byUser {
		same := slices.IndexFunc(out, func(a audience) bool { return slices.Equal(a.collections, one.collections) })
		if same < 0 {
			out = append(out, one)
		} else {
			out[same].users = append(out[same].users, one.users[0])
		}
	}
	return out, err
}
