package access

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Item is what one account may do with one item. An account that may not even
// read an item has no Item: the functions below answer as if it did not exist.
type Item struct {
	ID       id.Cipher
	User     id.User     // the owner of a personal item
	Org      id.Org      // or the organization that owns it
	Provider id.Provider // through which the account acts; see Org.ActingProvider
	Grant
}

// Grant is the combination of all ways in which an item reaches an account.
type Grant struct {
	Write        bool
	ViewPassword bool
	Manage       bool // full control of a collection that holds the item
	Delete       bool // also restore
}

// Everything is the grant on one's own items, and of admins on all items.
var Everything = Grant{Write: true, ViewPassword: true, Manage: true, Delete: true}

// GrantOf combines collection rows: an item in several collections is as open as
// the most open one, hence the least of the restrictions is passed in.
func GrantOf(readOnly, hidePasswords, manage, limitItemDeletion bool) Grant {
	g := Grant{Write: !readOnly, ViewPassword: !hidePasswords, Manage: manage}
	g.Delete = g.Write && (manage || !limitItemDeletion)
	return g
}

// Visible is the common table expression of the organization items that reach an
// account through its collections: visible(cipher_id, org_id, read_only,
// hide_passwords, manage, collection_ids), the flags as 0 or 1, the collections
// as quoted ids with commas between, for the account in $1. Being an admin adds
// nothing here: it opens items in the Admin Console alone.
const Visible = Ways + `,
` + visibleHead + `
	FROM ways w
	JOIN collection_ciphers cc ON cc.org_id = w.org_id AND cc.collection_id = w.collection_id` + visibleFoot

// Ways is the common table expression of the collections that account $1 has:
// ways(org_id, collection_id, member_id, read_only, hide_passwords, manage), the
// flags as 0 or 1. A row of one's own replaces those of one's groups, also where
// it gives less; of several groups the most open one counts. Only confirmed
// members of enabled organizations have any.
const Ways = `ways AS (
	SELECT cm.org_id, cm.collection_id, m.id AS member_id, CASE WHEN cm.read_only THEN 1 ELSE 0 END AS read_only,
	       CASE WHEN cm.hide_passwords THEN 1 ELSE 0 END AS hide_passwords, CASE WHEN cm.manage THEN 1 ELSE 0 END AS manage
	FROM members m
	JOIN organizations o ON o.id = m.org_id AND o.enabled
	JOIN collection_members cm ON cm.org_id = m.org_id AND cm.member_id = m.id
	WHERE m.user_id = $1 AND m.status = 2
	UNION ALL
	SELECT cg.org_id, cg.collection_id, m.id, MIN(CASE WHEN cg.read_only THEN 1 ELSE 0 END),
	       MIN(CASE WHEN cg.hide_passwords THEN 1 ELSE 0 END), MAX(CASE WHEN cg.manage THEN 1 ELSE 0 END)
	FROM members m
	JOIN organizations o ON o.id = m.org_id AND o.enabled
	JOIN group_members gm ON gm.org_id = m.org_id AND gm.member_id = m.id
	JOIN collection_groups cg ON cg.org_id = gm.org_id AND cg.group_id = gm.group_id
	WHERE m.user_id = $1 AND m.status = 2 AND NOT EXISTS (
		SELECT 1 FROM collection_members d WHERE d.org_id = cg.org_id AND d.collection_id = cg.collection_id AND d.member_id = m.id)
	GROUP BY cg.org_id, cg.collection_id, m.id
)`

const visibleHead = `visible AS (
	SELECT cc.cipher_id AS cipher_id, w.org_id AS org_id, MIN(w.read_only) AS read_only, MIN(w.hide_passwords) AS hide_passwords,
	       MAX(w.manage) AS manage, string_agg('"' || cc.collection_id || '"', ',' ORDER BY cc.collection_id) AS collection_ids`

const visibleFoot = `
	GROUP BY cc.cipher_id, w.org_id
)`

// VisibleAmong is Visible for the items given by db.List as the parameter number
// n. It sets out from those items, so that one of them is not found by reading
// everything that the account can see.
func VisibleAmong(tx *db.Tx, n int) string {
	// SQLite would set out from the account all the same, but for CROSS JOIN.
	return Ways + `,
` + visibleHead + `
	FROM ciphers x
	` + db.By("CROSS JOIN", "JOIN").In(tx) + ` collection_ciphers cc ON cc.org_id = x.owner_id AND cc.cipher_id = x.id
	JOIN ways w ON w.org_id = cc.org_id AND w.collection_id = cc.collection_id
	WHERE ` + db.Among(tx, "x.id", n) + visibleFoot
}

// Holders is the common table expression of everybody who has a collection of
// the organization in $1, by a row of their own or through a group:
// holders(collection_id, member_id).
const Holders = `holders AS (
	SELECT collection_id, member_id FROM collection_members WHERE org_id = $1
	UNION
	SELECT cg.collection_id, gm.member_id FROM collection_groups cg
	JOIN group_members gm ON gm.org_id = cg.org_id AND gm.group_id = cg.group_id WHERE cg.org_id = $1
)`

// ToItems reads what an account may do with each of the items, its own ones and
// those that reach it through collections. Items that it may not see are left
// out. One statement, however many.
func ToItems(ctx context.Context, tx *db.Tx, user id.User, ciphers []id.Cipher) ([]Item, error) {
	return db.All(ctx, tx, scanItem, `WITH `+VisibleAmong(tx, 2)+`
		SELECT c.id, c.user_id, c.org_id, COALESCE(v.read_only, 0), COALESCE(v.hide_passwords, 0), COALESCE(v.manage, 1),
		       COALESCE(o.limit_item_deletion, FALSE)
		FROM ciphers c
		LEFT JOIN visible v ON v.cipher_id = c.id
		LEFT JOIN organizations o ON o.id = c.org_id
		WHERE (c.user_id = $1 OR v.cipher_id IS NOT NULL) AND `+db.Among(tx, "c.id", 2),
		user, db.List(ciphers))
}

// ToItem is ToItems for one; it answers fault.Absent when there is none.
func ToItem(ctx context.Context, tx *db.Tx, user id.User, cipher id.Cipher) (Item, error) {
	items, err := ToItems(ctx, tx, user, []id.Cipher{cipher})
	if err != nil {
		return Item{}, err
	}
	if len(items) == 0 {
		return Item{}, fault.Absent()
	}
	return items[0], nil
}

// ToItemsAsAdmin reads what an account may do with items of one organization by
// its role there, or as staff of its provider. Items of anybody else are left
// out; whoever may not do act gets fault.Absent. Two statements.
func ToItemsAsAdmin(ctx context.Context, tx *db.Tx, user id.User, org id.Org, act Act, ciphers []id.Cipher) ([]Item, error) {
	o, err := Require(ctx, tx, user, org, act)
	if err != nil {
		return nil, err
	}
	return db.All(ctx, tx, func(r db.Row) (Item, error) {
		i := Item{Org: org, Provider: o.ActingProvider(), Grant: Everything}
		err := r.Scan(&i.ID)
		return i, err
	}, `SELECT id FROM ciphers WHERE org_id = $1 AND `+db.Among(tx, "id", 2), org, db.List(ciphers))
}

// OrgOf answers which organization owns an item; a personal one has none. For
// the admin routes whose path names only the item.
func OrgOf(ctx context.Context, tx *db.Tx, cipher id.Cipher) (id.Org, error) {
	return db.One(ctx, tx, func(r db.Row) (id.Org, error) {
		var org id.Org
		err := r.Scan(db.Opt(&org))
		return org, err
	}, `SELECT org_id FROM ciphers WHERE id = $1`, cipher)
}

func scanItem(r db.Row) (Item, error) {
	var i Item
	var readOnly, hide, manage int
	var limit bool
	err := r.Scan(&i.ID, db.Opt(&i.User), db.Opt(&i.Org), &readOnly, &hide, &manage, &limit)
	i.Grant = Everything
	if i.Org != "" {
		i.Grant = GrantOf(readOnly == 1, hide == 1, manage == 1, limit)
	}
	return i, err
}
