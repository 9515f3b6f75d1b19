package enroll

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

func hasKey(ctx context.Context, tx *db.Tx, organization id.Org, member id.Member) (bool, error) {
	return db.One(ctx, tx, db.Value[bool], `SELECT key IS NOT NULL FROM members WHERE org_id = $1 AND id = $2`, organization, member)
}

func collectionNames(ctx context.Context, tx *db.Tx, organization id.Org) ([]ReachedCollection, error) {
	return db.All(ctx, tx, func(r db.Row) (ReachedCollection, error) {
		var c ReachedCollection
		err := r.Scan(&c.ID, &c.Name)
		return c, err
	}, `SELECT id, name FROM collections WHERE org_id = $1 ORDER BY id`, organization)
}

func directWays(ctx context.Context, tx *db.Tx, m org.Member) (map[id.Collection]ReachedCollection, error) {
	out := map[id.Collection]ReachedCollection{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		c := ReachedCollection{Direct: true}
		err := r.Scan(&c.ID, &c.ReadOnly, &c.HidePasswords, &c.Manage)
		out[c.ID] = c
		return err
	}, `SELECT collection_id, read_only, hide_passwords, manage FROM collection_members WHERE org_id = $1 AND member_id = $2`, m.Org, m.ID)
	return out, err
}

func groupWays(ctx context.Context, tx *db.Tx, m org.Member) (map[id.Collection]ReachedCollection, error) {
	out := map[id.Collection]ReachedCollection{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var group id.Group
		var c ReachedCollection
		if err := r.Scan(&c.ID, &group, &c.ReadOnly, &c.HidePasswords, &c.Manage); err != nil {
			return err
		}
		if before, ok := out[c.ID]; ok {
			f := flags{before.ReadOnly, before.HidePasswords, before.Manage}.or(c)
			c.ReadOnly, c.HidePasswords, c.Manage, c.Groups = f.readOnly, f.hide, f.manage, before.Groups
		}
		c.Groups = append(c.Groups, group)
		out[c.ID] = c
		return nil
	}, `SELECT cg.collection_id, cg.group_id, cg.read_only, cg.hide_passwords, cg.manage FROM group_members gm
		JOIN collection_groups cg ON cg.org_id = gm.org_id AND cg.group_id = gm.group_id
		WHERE gm.org_id = $1 AND gm.member_id = $2 ORDER BY cg.collection_id, cg.group_id`, m.Org, m.ID)
	return out, err
}

// eachItem goes through the items that the member reaches, once for each
// collection that holds them.
func eachItem(ctx context.Context, tx *db.Tx, of reacher, collections []ReachedCollection, f func(id.Cipher, id.Collection)) error {
	scan := func(r db.Row) error {
		var cipher id.Cipher
		var collection id.Collection
		if err := r.Scan(&cipher, db.Opt(&collection)); err != nil {
			return err
		}
		f(cipher, collection)
		return nil
	}
	if of.all {
		return db.Each(ctx, tx, scan, `SELECT c.id, cc.collection_id FROM ciphers c
			LEFT JOIN collection_ciphers cc ON cc.org_id = c.owner_id AND cc.cipher_id = c.id
			WHERE c.org_id = $1 ORDER BY c.id, cc.collection_id`, of.member.Org)
	}
	ids := make([]id.Collection, len(collections))
	for i, c := range collections {
		ids[i] = c.ID
	}
	return db.Each(ctx, tx, scan, `SELECT cipher_id, collection_id FROM collection_ciphers
		WHERE org_id = $1 AND `+db.Among(tx, "collection_id", 2)+` ORDER BY cipher_id, collection_id`, of.member.Org, db.List(ids))
}

// lastUses reads from the log when the member last created, edited, looked at,
// copied or filled each item. Apps report the last three.
func lastUses(ctx context.Context, tx *db.Tx, m org.Member) (map[id.Cipher]time.Time, error) {
	out := map[id.Cipher]time.Time{}
	if m.User == "" {
		return out, nil
	}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var cipher id.Cipher
		var at time.Time
		err := r.Scan(&cipher, db.Time(&at))
		out[cipher] = at
		return err
	}, `SELECT cipher_id, MAX(at) FROM events WHERE tenant_id = $1 AND acting_user_id = $2 AND cipher_id IS NOT NULL
		AND (type IN (1100, 1101) OR type BETWEEN 1107 AND 1114 OR type BETWEEN 1117 AND 1132) GROUP BY cipher_id`, m.Org, m.User)
	return out, err
}
