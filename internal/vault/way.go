package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// By says who acts and from where.
type By struct {
	User    id.User
	Console bool   // in the Admin Console of an organization
	Org     id.Org // which one; empty to take that of the first item
}

// Self is an account in its own vault: it finds what sync gives it.
func Self(user id.User) By { return By{User: user} }

// Console is an account in the Admin Console, where roles and the provider's
// staff count. Members without such a right find there what their collections
// open to them.
func Console(user id.User, org id.Org) By { return By{User: user, Console: true, Org: org} }

// way is how an account comes to items.
type way struct {
	user     id.User
	org      id.Org      // set in the Admin Console: no other items are found
	all      bool        // by role or provider: every item of org
	loose    bool        // by role: those that are in no collection
	provider id.Provider // through which the account acts
}

// resolve finds the way for an act on items. At most two statements.
func (by By) resolve(ctx context.Context, tx *db.Tx, act access.Act, ids ...id.Cipher) (way, error) {
	if !by.Console {
		return way{user: by.User}, nil
	}
	org := by.Org
	if org == "" && len(ids) > 0 {
		var err error
		if org, err = access.OrgOf(ctx, tx, ids[0]); err != nil {
			return way{}, err
		}
	}
	if org == "" {
		return way{}, fault.Absent()
	}
	o, err := access.ToOrg(ctx, tx, by.User, org)
	if err != nil {
		return way{}, err
	}
	return way{user: by.User, org: org, all: o.Can(act), loose: o.ReachesUnassigned(), provider: o.ActingProvider()}, nil
}

// find reads items, all of them or none: one that the account may not see makes
// the whole list absent. At most two statements.
func (w way) find(ctx context.Context, tx *db.Tx, ids []id.Cipher) ([]*Cipher, error) {
	list, err := w.list(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	if len(list) != len(ids) {
		return nil, fault.Absent()
	}
	for _, c := range list {
		if w.org != "" && c.Org != w.org {
			return nil, fault.Absent()
		}
	}
	return list, nil
}

func (w way) list(ctx context.Context, tx *db.Tx, ids []id.Cipher) ([]*Cipher, error) {
	if w.all {
		return findOfOrg(ctx, tx, w.org, ids)
	}
	list, err := findSeen(ctx, tx, w.user, ids)
	if err != nil || !w.loose || len(list) == len(ids) {
		return list, err
	}
	unassigned, err := findUnassigned(ctx, tx, w.org, ids)
	return append(list, unassigned...), err
}

// findWith is find for an act that every one of the items must be open to.
func (w way) findWith(ctx context.Context, tx *db.Tx, ids []id.Cipher, may func(access.Grant) bool) ([]*Cipher, error) {
	list, err := w.find(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for _, c := range list {
		if !may(c.Grant) {
			return nil, fault.Absent()
		}
	}
	return list, nil
}

func mayWrite(g access.Grant) bool  { return g.Write }
func mayDelete(g access.Grant) bool { return g.Delete }

// mayAssign: whoever edits an item without seeing its passwords does not bring it
// to a collection where they would see them. Clients know the same rule.
func mayAssign(g access.Grant) bool { return g.Write && g.ViewPassword }

func idsOf(list []*Cipher) []id.Cipher {
	out := make([]id.Cipher, len(list))
	for i, c := range list {
		out[i] = c.ID
	}
	return out
}
