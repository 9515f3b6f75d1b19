package org

import (
	"context"
	"strings"
	"unicode"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// EditCollection is what a collection is, or shall be.
type EditCollection struct {
	Name        string
	ExternalID  string
	Members     []Access
	KeepMembers bool // who has it stays as it is
}

func (in EditCollection) check() error {
	if len(in.ExternalID) > 300 || strings.ContainsFunc(in.ExternalID, unicode.IsControl) {
		return fault.Field("externalId", "An external id has at most 300 characters, and no control characters.")
	}
	if len(in.Members) > MaxBulk {
		return fault.Newf(fault.Invalid, "At most %d members can be given a collection at a time.", MaxBulk)
	}
	for _, a := range in.Members {
		if err := a.check(); err != nil {
			return err
		}
	}
	return checkCollectionName(in.Name)
}

// CreateCollection makes a collection.
func (s *Service) CreateCollection(ctx context.Context, user id.User, org id.Org, in EditCollection) (Collection, error) {
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
		if err := setMembers(ctx, tx, actor, collection, in); err != nil {
			return err
		}
		as := event.Event{Type: event.CollectionCreated, Org: org, Provider: actor.ActingProvider(), Collection: collection}
		if err := event.Append(ctx, tx, as); err != nil {
			return err
		}
		if err := touchHolders(ctx, tx, org, []id.Collection{collection}); err != nil {
			return err
		}
		out, err = describe(ctx, tx, actor, collection, in)
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
		// Those who lose it have to hear of it too, so they are told before and after.
		if err := touchHolders(ctx, tx, org, []id.Collection{collection}); err != nil {
			return err
		}
		if err := updateCollection(ctx, tx, org, collection, in.Name, in.ExternalID); err != nil {
			return err
		}
		if !in.KeepMembers {
			if err := replaceMembers(ctx, tx, actor, collection, in); err != nil {
				return err
			}
		}
		as := event.Event{Type: event.CollectionUpdated, Org: org, Provider: actor.ActingProvider(), Collection: collection}
		if err := event.Append(ctx, tx, as); err != nil {
			return err
		}
		out, err = describe(ctx, tx, actor, collection, in)
		return err
	})
	return out, err
}

func replaceMembers(ctx context.Context, tx *db.Tx, actor access.Org, collection id.Collection, in EditCollection) error {
	if err := checkSelf(ctx, tx, actor, collection, in.Members); err != nil {
		return err
	}
	if err := deleteHolders(ctx, tx, actor.ID, collection); err != nil {
		return err
	}
	if err := setMembers(ctx, tx, actor, collection, in); err != nil {
		return err
	}
	return touchHolders(ctx, tx, actor.ID, []id.Collection{collection})
}

// checkSelf keeps admins out of items where the organization keeps them out:
// they may hand an orphaned collection to others, not to themselves.
func checkSelf(ctx context.Context, tx *db.Tx, actor access.Org, collection id.Collection, members []Access) error {
	if actor.Member == "" || actor.Can(access.ManageCollections) {
		return nil
	}
	known, err := actor.Collections(ctx, tx)
	if err != nil || known[collection].Manages {
		return err
	}
	for _, a := range members {
		if a.Member == actor.Member {
			return fault.New(fault.Forbidden, "You cannot give collections to yourself in this organization.")
		}
	}
	return nil
}

// setMembers gives a collection without members to those who shall have it. Where
// admins don't have everything, somebody must keep full control.
func setMembers(ctx context.Context, tx *db.Tx, actor access.Org, collection id.Collection, in EditCollection) error {
	ids, shares := []id.Member{}, []Access{}
	seen := map[id.Member]bool{}
	managed := actor.AdminsAccessAll
	for _, a := range in.Members {
		if seen[a.Member] {
			continue
		}
		seen[a.Member] = true
		a.Collection = collection
		managed = managed || a.Manage
		ids, shares = append(ids, a.Member), append(shares, a)
	}
	if !managed {
		return fault.Field("users", "Give at least one member full control of the collection.")
	}
	if _, err := MembersByID(ctx, tx, actor.ID, ids); err != nil {
		return err
	}
	return insertAccess(ctx, tx, actor.ID, shares)
}

// describe answers a change with the collection as it is now, also to a caller
// who has just given it out of their own hands.
func describe(ctx context.Context, tx *db.Tx, actor access.Org, collection id.Collection, in EditCollection) (Collection, error) {
	one := []Collection{{ID: collection, Org: actor.ID, Name: in.Name, ExternalID: in.ExternalID, Orphaned: true}}
	err := addMembers(ctx, tx, actor, one)
	for _, a := range one[0].Members {
		if a.Manage {
			one[0].Orphaned = false
		}
	}
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
