package org

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

// EditCollection is what a collection is, or shall be.
type EditCollection struct {
	Name        string
	ExternalID  string
	Members     []Access
	Groups      []Access
	KeepName    bool      // the name stays as it is: whoever has no key cannot make one
	KeepMembers bool      // who has it stays as it is
	KeepGroups  bool      // through which groups stays as it is
	LastKnown   time.Time // revision date of what was edited; zero when not said
}

func (in EditCollection) check() error {
	if _, err := ExternalID("externalId", in.ExternalID); err != nil {
		return err
	}
	if err := checkShares(in.Members, in.Groups); err != nil {
		return err
	}
	if in.KeepName {
		return nil
	}
	return checkCollectionName(in.Name)
}

func checkShares(members, groups []Access) error {
	if err := atMost(len(members), "members"); err != nil {
		return err
	}
	if err := atMost(len(groups), "groups"); err != nil {
		return err
	}
	for _, a := range slices.Concat(members, groups) {
		if err := a.check(); err != nil {
			return err
		}
	}
	return nil
}

// CreateCollection makes a collection.
func (s *Service) CreateCollection(ctx context.Context, user id.User, org id.Org, in EditCollection) (Collection, error) {
	in.KeepName, in.KeepMembers, in.KeepGroups = false, false, false
	var out Collection
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.CreateCollections)
		if err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		collection := id.New[id.Collection]()
		if err := insertCollection(ctx, tx, org, collection, in.Name, in.ExternalID); err != nil {
			return err
		}
		if err := give(ctx, tx, actor, collection, in); err != nil {
			return err
		}
		as := event.Event{Type: event.CollectionCreated, Org: org, Provider: actor.ActingProvider(), Collection: collection}
		if err := event.Append(ctx, tx, as); err != nil {
			return err
		}
		if err := touchHolders(ctx, tx, org, []id.Collection{collection}); err != nil {
			return err
		}
		out, err = describe(ctx, tx, actor, collection)
		return err
	})
	return out, err
}

// UpdateCollection renames a collection and decides who has it.
func (s *Service) UpdateCollection(ctx context.Context, user id.User, org id.Org, collection id.Collection, in EditCollection) (Collection, error) {
	var out Collection
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := requireCollections(ctx, tx, user, org, []id.Collection{collection}, access.Org.CanEdit)
		if err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		before, err := describe(ctx, tx, actor, collection)
		if err != nil {
			return err
		}
		if err := tenant.UpToDate(in.LastKnown, before.RevisedAt); err != nil {
			return err
		}
		// Those who lose it have to hear of it too, so they are told before and after.
		if err := touchHolders(ctx, tx, org, []id.Collection{collection}); err != nil {
			return err
		}
		if in.KeepName {
			in.Name = before.Name
		}
		if err := updateCollection(ctx, tx, org, collection, in.Name, in.ExternalID); err != nil {
			return err
		}
		if err := regive(ctx, tx, actor, before, in); err != nil {
			return err
		}
		as := event.Event{Type: event.CollectionUpdated, Org: org, Provider: actor.ActingProvider(), Collection: collection}
		if err := event.Append(ctx, tx, as); err != nil {
			return err
		}
		out, err = describe(ctx, tx, actor, collection)
		return err
	})
	return out, err
}

// regive replaces who has a collection.
func regive(ctx context.Context, tx *db.Tx, actor access.Org, before Collection, in EditCollection) error {
	if in.KeepMembers && in.KeepGroups {
		return nil
	}
	if err := checkSelf(ctx, tx, actor, before, in); err != nil {
		return err
	}
	if !in.KeepMembers {
		if err := deleteHolders(ctx, tx, actor.ID, before.ID); err != nil {
			return err
		}
		if err := reviseMembers(ctx, tx, actor.ID, membersIn(before.Members)); err != nil {
			return err
		}
	}
	if !in.KeepGroups {
		if err := deleteGroupHolders(ctx, tx, actor.ID, before.ID); err != nil {
			return err
		}
		if err := reviseGroups(ctx, tx, actor.ID, groupsIn(before.Groups)); err != nil {
			return err
		}
	}
	if err := give(ctx, tx, actor, before.ID, in); err != nil {
		return err
	}
	return touchHolders(ctx, tx, actor.ID, []id.Collection{before.ID})
}

// checkSelf keeps admins out of items where the organization keeps them out:
// they may hand an orphaned collection to others, not to themselves, nor to
// groups that they are in.
func checkSelf(ctx context.Context, tx *db.Tx, actor access.Org, before Collection, in EditCollection) error {
	if actor.Member == "" || actor.Can(access.WriteAllItems) || (before.Mine != nil && before.Mine.Manage) {
		return nil
	}
	var own []Access
	if !in.KeepMembers {
		own = changed(before.Members, in.Members, func(a Access) bool { return a.Member == actor.Member })
	}
	if !in.KeepGroups {
		mine, err := groupsOfMembers(ctx, tx, actor.ID, []id.Member{actor.Member})
		if err != nil {
			return err
		}
		within := func(a Access) bool { return slices.Contains(mine, InGroup{Group: a.Group, Member: actor.Member}) }
		own = append(own, changed(before.Groups, in.Groups, within)...)
	}
	if len(own) > 0 {
		return fault.New(fault.Forbidden, msgOwnCollection)
	}
	return nil
}

// changed gives the shares of some that are not the same before and after.
func changed(before, after []Access, of func(Access) bool) []Access {
	var out []Access
	for _, pair := range [][2][]Access{{before, after}, {after, before}} {
		for _, a := range pair[0] {
			same := func(b Access) bool { b.Collection = a.Collection; return a == b }
			if of(a) && !slices.ContainsFunc(pair[1], same) {
				out = append(out, a)
			}
		}
	}
	return out
}

// give gives a collection that nobody has, or that those keep who shall keep it,
// to those who shall have it. Where admins don't have everything, somebody must
// have full control.
func give(ctx context.Context, tx *db.Tx, actor access.Org, collection id.Collection, in EditCollection) error {
	members, groups := sharesOf(in.Members, []id.Collection{collection}), sharesOf(in.Groups, []id.Collection{collection})
	if !in.KeepMembers {
		if err := giveToMembers(ctx, tx, actor, members); err != nil {
			return err
		}
	}
	if !in.KeepGroups {
		if err := giveToGroups(ctx, tx, actor, groups); err != nil {
			return err
		}
	}
	return checkManaged(ctx, tx, actor, []id.Collection{collection})
}

// sharesOf are the same shares in each of the collections; of two for the same
// member or group the first one counts.
func sharesOf(shares []Access, collections []id.Collection) []Access {
	type holder struct {
		member id.Member
		group  id.Group
	}
	seen := map[holder]bool{}
	var out []Access
	for _, a := range shares {
		if h := (holder{a.Member, a.Group}); !seen[h] {
			seen[h] = true
			for _, c := range collections {
				a.Collection = c
				out = append(out, a)
			}
		}
	}
	return out
}

func giveToMembers(ctx context.Context, tx *db.Tx, actor access.Org, shares []Access) error {
	ids := membersIn(shares)
	if _, err := MembersByID(ctx, tx, actor.ID, ids); err != nil {
		return err
	}
	if err := insertAccess(ctx, tx, actor.ID, shares); err != nil {
		return err
	}
	return reviseMembers(ctx, tx, actor.ID, ids)
}

func giveToGroups(ctx context.Context, tx *db.Tx, actor access.Org, shares []Access) error {
	ids, err := CheckGroups(ctx, tx, actor.ID, groupsIn(shares))
	if err != nil {
		return err
	}
	if err := insertGroupAccess(ctx, tx, actor.ID, shares); err != nil {
		return err
	}
	return reviseGroups(ctx, tx, actor.ID, ids)
}

func membersIn(shares []Access) []id.Member {
	out := make([]id.Member, len(shares))
	for i, a := range shares {
		out[i] = a.Member
	}
	return unique(out)
}

func groupsIn(shares []Access) []id.Group {
	out := make([]id.Group, len(shares))
	for i, a := range shares {
		out[i] = a.Group
	}
	return unique(out)
}

// checkManaged asks that somebody is to have full control of each of the
// collections. Unlike with access.Collection.Orphaned those count too who are not
// confirmed yet, and groups that nobody is in yet: a team is often set up before
// it comes in, and until then admins may give the collection to others.
func checkManaged(ctx context.Context, tx *db.Tx, actor access.Org, collections []id.Collection) error {
	if actor.AdminsAccessAll {
		return nil
	}
	n, err := countManaged(ctx, tx, actor.ID, collections)
	if err == nil && n < len(unique(collections)) {
		err = fault.Field("users", "Give at least one member or group full control of the collection.")
	}
	return err
}

// describe reads a collection as it is now, also for a caller who has just given
// it out of their own hands.
func describe(ctx context.Context, tx *db.Tx, actor access.Org, collection id.Collection) (Collection, error) {
	c, err := collectionByID(ctx, tx, actor.ID, collection)
	if err != nil {
		return c, err
	}
	known, err := actor.Collections(ctx, tx)
	if err != nil {
		return c, err
	}
	c.Orphaned = known[collection].Orphaned
	one := []Collection{c}
	err = describeCollections(ctx, tx, actor, one)
	return one[0], err
}

// DeleteCollections removes collections, all or none. Their items stay in the
// organization, in other collections or in none.
func (s *Service) DeleteCollections(ctx context.Context, user id.User, org id.Org, collections []id.Collection) error {
	collections, err := Bulk(collections)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := requireCollections(ctx, tx, user, org, collections, access.Org.CanDelete)
		if err != nil {
			return err
		}
		if err := touchHolders(ctx, tx, org, collections); err != nil {
			return err
		}
		if err := deleteCollections(ctx, tx, org, collections); err != nil {
			return err
		}
		events := make([]event.Event, len(collections))
		for i, c := range collections {
			events[i] = event.Event{Type: event.CollectionDeleted, Org: org, Provider: actor.ActingProvider(), Collection: c}
		}
		return event.Append(ctx, tx, events...)
	})
}

// requireCollections answers fault.Absent unless all collections are the
// organization's and the account may do this to each of them.
func requireCollections(ctx context.Context, tx *db.Tx, user id.User, org id.Org, collections []id.Collection,
	may func(access.Org, access.Collection) bool,
) (access.Org, error) {
	actor, err := access.Require(ctx, tx, user, org, access.SeeOrg)
	if err != nil {
		return actor, err
	}
	known, err := actor.Collections(ctx, tx)
	if err != nil {
		return actor, err
	}
	for _, c := range collections {
		if k, ok := known[c]; !ok || !may(actor, k) {
			return actor, fault.Absent()
		}
	}
	return actor, nil
}
