package enroll

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// Reach is what one member may know of an organization, so that it can be
// changed when they go. It does not ask whether they are revoked or the
// organization is disabled: what was read before stays known.
type Reach struct {
	Collections []ReachedCollection
	Items       []ReachedItem
}

// ReachedCollection is a collection that a member has, by a row of their own
// (Direct), through groups, or as somebody who administers all.
type ReachedCollection struct {
	ID            id.Collection
	Name          string // encrypted
	ReadOnly      bool
	HidePasswords bool
	Manage        bool
	Direct        bool
	Groups        []id.Group
}

// ReachedItem is an item that a member may open.
type ReachedItem struct {
	ID          id.Cipher
	Collections []id.Collection // through which it reaches them
	Grant       access.Grant
	LastUsed    time.Time // zero when nothing tells that they ever opened it
}

// MemberReach tells what a member may know, to those who manage members. Whoever
// never was confirmed never had the key, and knows nothing.
func (s *Service) MemberReach(ctx context.Context, user id.User, organization id.Org, member id.Member) (Reach, error) {
	var out Reach
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := org.MembersByID(ctx, tx, organization, []id.Member{member})
		if err != nil {
			return err
		}
		had, err := hasKey(ctx, tx, organization, member)
		if err != nil || !had {
			return err
		}
		of := reacher{member: found[0], limit: actor.LimitItemDeletion, all: readsAll(actor, found[0])}
		if out.Collections, err = of.collections(ctx, tx); err != nil {
			return err
		}
		out.Items, err = of.items(ctx, tx, out.Collections)
		return err
	})
	return out, err
}

// readsAll tells whether the member's role opens all items, whatever the
// collections say.
func readsAll(actor access.Org, m org.Member) bool {
	as := access.Org{
		ID: actor.ID, Enabled: true, Member: m.ID, Role: m.Role, Permissions: m.Permissions, AdminsAccessAll: actor.AdminsAccessAll,
	}
	return as.Can(access.ReadAllItems)
}

// reacher is a member, and what decides how far they reach.
type reacher struct {
	member org.Member
	limit  bool // only managers of a collection delete its items
	all    bool
}

// collections combines the ways to each collection as access does: a row of one's
// own replaces those of groups, of which the most open one counts.
func (of reacher) collections(ctx context.Context, tx *db.Tx) ([]ReachedCollection, error) {
	names, err := collectionNames(ctx, tx, of.member.Org)
	if err != nil {
		return nil, err
	}
	direct, err := directWays(ctx, tx, of.member)
	if err != nil {
		return nil, err
	}
	grouped, err := groupWays(ctx, tx, of.member)
	if err != nil {
		return nil, err
	}
	var out []ReachedCollection
	for _, c := range names {
		own, isDirect := direct[c.ID]
		through, isGrouped := grouped[c.ID]
		switch {
		case isDirect:
			own.Groups = through.Groups
			c = own.named(c.Name)
		case isGrouped:
			c = through.named(c.Name)
		case of.all:
			c.Manage = true
		default:
			continue
		}
		out = append(out, c)
	}
	return out, nil
}

func (c ReachedCollection) named(name string) ReachedCollection {
	c.Name = name
	return c
}

// items are those in the collections, or all where the member administers all.
func (of reacher) items(ctx context.Context, tx *db.Tx, collections []ReachedCollection) ([]ReachedItem, error) {
	ways := map[id.Collection]ReachedCollection{}
	for _, c := range collections {
		ways[c.ID] = c
	}
	used, err := lastUses(ctx, tx, of.member)
	if err != nil {
		return nil, err
	}
	var out []ReachedItem
	place := map[id.Cipher]int{}
	sum := []flags{}
	err = eachItem(ctx, tx, of, collections, func(cipher id.Cipher, collection id.Collection) {
		i, seen := place[cipher]
		if !seen {
			i, place[cipher] = len(out), len(out)
			out = append(out, ReachedItem{ID: cipher, LastUsed: used[cipher]})
			sum = append(sum, closed)
		}
		if way, ok := ways[collection]; ok {
			out[i].Collections = append(out[i].Collections, collection)
			sum[i] = sum[i].or(way)
		}
	})
	for i := range out {
		out[i].Grant = access.GrantOf(sum[i].readOnly, sum[i].hide, sum[i].manage, of.limit)
		if of.all {
			out[i].Grant = access.Everything
		}
	}
	return out, err
}

// flags are those of several collections together: the most open one counts.
type flags struct{ readOnly, hide, manage bool }

var closed = flags{readOnly: true, hide: true}

func (f flags) or(c ReachedCollection) flags {
	return flags{f.readOnly && c.ReadOnly, f.hide && c.HidePasswords, f.manage || c.Manage}
}
