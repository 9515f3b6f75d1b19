package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Collection is a collection as those see it who administer it.
type Collection struct {
	ID         id.Collection
	Org        id.Org
	Name       string // encrypted
	ExternalID string
	Members    []Access // who has it
	Mine       *Access  // the caller's own share
	Orphaned   bool     // nobody has full control of it
}

// Shared is a collection as its people see it, with what they may do in it.
type Shared struct {
	Collection
	Share Access
}

// ListShared gives the collections of all organizations that were given to an
// account: what its vault shows.
func (s *Service) ListShared(ctx context.Context, user id.User) ([]Shared, error) {
	var out []Shared
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		var err error
		out, err = SharedWith(ctx, tx, user)
		return err
	})
	return out, err
}

// ListCollections gives the collections that the caller administers: all of
// them, or those that they have full control of.
func (s *Service) ListCollections(ctx context.Context, user id.User, org id.Org) ([]Collection, error) {
	var out []Collection
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.SeeOrg)
		if err != nil {
			return err
		}
		out, err = visible(ctx, tx, actor)
		return err
	})
	return out, err
}

// ListCollectionsInDetail is ListCollections with who has them. When staff of
// the provider ask, it stands in both logs before they get an answer: from here
// they look into the vault.
func (s *Service) ListCollectionsInDetail(ctx context.Context, user id.User, org id.Org) ([]Collection, error) {
	var out []Collection
	var actor access.Org
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		var err error
		if actor, err = access.Require(ctx, tx, user, org, access.SeeOrg); err != nil {
			return err
		}
		if out, err = visible(ctx, tx, actor); err != nil {
			return err
		}
		return addMembers(ctx, tx, actor, out)
	})
	if err != nil || actor.ActingProvider() == "" {
		return out, err
	}
	return out, s.DB.Update(ctx, func(tx *db.Tx) error {
		link, err := linkOf(ctx, tx, org)
		if err != nil {
			return err
		}
		return event.Append(ctx, tx,
			event.Event{Type: event.OrgAccessedByProvider, Org: org, Provider: actor.Provider},
			event.Event{Type: event.ClientAccessed, Provider: actor.Provider, ProviderClient: link})
	})
}

// FindCollection gives one collection with who has it.
func (s *Service) FindCollection(ctx context.Context, user id.User, org id.Org, collection id.Collection) (Collection, error) {
	var out Collection
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.SeeOrg)
		if err != nil {
			return err
		}
		out, err = inDetail(ctx, tx, actor, collection)
		return err
	})
	return out, err
}

func inDetail(ctx context.Context, tx *db.Tx, actor access.Org, collection id.Collection) (Collection, error) {
	all, err := visible(ctx, tx, actor)
	if err != nil {
		return Collection{}, err
	}
	for _, c := range all {
		if c.ID == collection {
			one := []Collection{c}
			err := addMembers(ctx, tx, actor, one)
			return one[0], err
		}
	}
	return Collection{}, fault.Absent()
}

// visible reads the collections that the actor administers, in two statements.
func visible(ctx context.Context, tx *db.Tx, actor access.Org) ([]Collection, error) {
	known, err := actor.Collections(ctx, tx)
	if err != nil {
		return nil, err
	}
	all, err := collectionsOf(ctx, tx, actor.ID)
	if err != nil {
		return nil, err
	}
	out := []Collection{}
	for _, c := range all {
		if k := known[c.ID]; actor.CanSee(k) {
			c.Orphaned = k.Orphaned
			out = append(out, c)
		}
	}
	return out, nil
}

// addMembers reads who has the collections, in one statement.
func addMembers(ctx context.Context, tx *db.Tx, actor access.Org, collections []Collection) error {
	ids := make([]id.Collection, len(collections))
	place := map[id.Collection]int{}
	for i, c := range collections {
		ids[i], place[c.ID] = c.ID, i
	}
	rows, err := accessOfCollections(ctx, tx, actor.ID, ids)
	for _, a := range rows {
		c := &collections[place[a.Collection]]
		c.Members = append(c.Members, a)
		if actor.Member != "" && a.Member == actor.Member {
			c.Mine = &a
		}
	}
	return err
}
