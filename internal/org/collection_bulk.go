package org

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// maxBulkShares is how many shares one request may make: collections times those
// who get them.
const maxBulkShares = 10_000

// GiveCollections gives several collections to members and groups, in one way to
// each of them, all or nothing. Whoever else has them keeps them.
func (s *Service) GiveCollections(ctx context.Context, user id.User, org id.Org, collections []id.Collection, members, groups []Access) error {
	collections, err := Bulk(collections)
	if err != nil {
		return err
	}
	if err := checkBulk(len(collections), members, groups); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := requireCollections(ctx, tx, user, org, collections, func(o access.Org, c access.Collection) bool {
			return (len(members) == 0 || o.CanGiveToMembers(c)) && (len(groups) == 0 || o.CanGiveToGroups(c))
		})
		if err != nil {
			return err
		}
		if err := checkBulkSelf(ctx, tx, actor, collections, members, groups); err != nil {
			return err
		}
		if err := touchHolders(ctx, tx, org, collections); err != nil {
			return err
		}
		if err := mergeShares(ctx, tx, actor, collections, members, groups); err != nil {
			return err
		}
		events := make([]event.Event, len(collections))
		for i, c := range collections {
			events[i] = event.Event{Type: event.CollectionUpdated, Org: org, Provider: actor.ActingProvider(), Collection: c}
		}
		if err := event.Append(ctx, tx, events...); err != nil {
			return err
		}
		return touchHolders(ctx, tx, org, collections)
	})
}

func checkBulk(collections int, members, groups []Access) error {
	if len(members)+len(groups) == 0 {
		return fault.Field("users", "Choose at least one member or group.")
	}
	if err := checkShares(members, groups); err != nil {
		return err
	}
	if collections*(len(members)+len(groups)) > maxBulkShares {
		return fault.Newf(fault.Invalid, "That is more than %d changes at a time. Choose fewer collections, members or groups.", maxBulkShares)
	}
	return nil
}

// checkBulkSelf is checkSelf for several collections.
func checkBulkSelf(ctx context.Context, tx *db.Tx, actor access.Org, collections []id.Collection, members, groups []Access) error {
	if actor.Member == "" || actor.Can(access.WriteAllItems) {
		return nil
	}
	mine, err := groupsOfMembers(ctx, tx, actor.ID, []id.Member{actor.Member})
	if err != nil {
		return err
	}
	own := slices.Contains(membersIn(members), actor.Member)
	for _, g := range groupsIn(groups) {
		own = own || slices.Contains(mine, InGroup{Group: g, Member: actor.Member})
	}
	if !own {
		return nil
	}
	known, err := actor.Collections(ctx, tx)
	for _, c := range collections {
		if err == nil && !known[c].Manages {
			err = fault.New(fault.Forbidden, msgOwnCollection)
		}
	}
	return err
}

// mergeShares replaces the shares of these members and groups in the collections.
func mergeShares(ctx context.Context, tx *db.Tx, actor access.Org, collections []id.Collection, members, groups []Access) error {
	if err := deleteShares(ctx, tx, actor.ID, collections, membersIn(members), groupsIn(groups)); err != nil {
		return err
	}
	if err := giveToMembers(ctx, tx, actor, sharesOf(members, collections)); err != nil {
		return err
	}
	if err := giveToGroups(ctx, tx, actor, sharesOf(groups, collections)); err != nil {
		return err
	}
	if err := checkManaged(ctx, tx, actor, collections); err != nil {
		return err
	}
	return reviseCollections(ctx, tx, actor.ID, collections)
}

func deleteShares(ctx context.Context, tx *db.Tx, org id.Org, collections []id.Collection, members []id.Member, groups []id.Group) error {
	_, err := tx.Exec(ctx, `DELETE FROM collection_members WHERE org_id = $1 AND `+db.Among(tx, "collection_id", 2)+` AND `+db.Among(tx, "member_id", 3),
		org, db.List(collections), db.List(members))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `DELETE FROM collection_groups WHERE org_id = $1 AND `+db.Among(tx, "collection_id", 2)+` AND `+db.Among(tx, "group_id", 3),
		org, db.List(collections), db.List(groups))
	return err
}
