package org

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Collection is a collection as those see it who administer it.
type Collection struct {
	ID         id.Collection
	Org        id.Org
	Name       string // encrypted
	ExternalID string
	RevisedAt  time.Time
	Members    []Access // who has it by a row of their own
	Groups     []Access // and through which groups
	Mine       *Access  // what the caller has, either way
	Orphaned   bool     // no confirmed member has full control of it
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
		out, err = visible(ctx, tx, actor, access.Org.CanSee)
		return err
	})
	return out, err
}

// ListCollectionsInDetail gives the collections of which the caller may know who
// has them, with who has them: from here one looks into the vault.
func (s *Service) ListCollectionsInDetail(ctx context.Context, user id.User, org id.Org) ([]Collection, error) {
	var out []Collection
	var actor access.Org
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		var err error
		if actor, err = access.Require(ctx, tx, user, org, access.SeeOrg); err != nil {
			return err
		}
		if out, err = visible(ctx, tx, actor, access.Org.CanSeeAccess); err != nil {
			return err
		}
		return describeCollections(ctx, tx, actor, out)
	})
	if err != nil {
		return nil, err
	}
	return out, access.NoteVisit(ctx, s.DB, actor)
}

// FindCollection gives one collection by itself.
func (s *Service) FindCollection(ctx context.Context, user id.User, org id.Org, collection id.Collection) (Collection, error) {
	found, _, err := s.findCollection(ctx, user, org, collection, access.Org.CanSee)
	return found, err
}

// FindCollectionInDetail gives one collection with who has it.
func (s *Service) FindCollectionInDetail(ctx context.Context, user id.User, org id.Org, collection id.Collection) (Collection, error) {
	found, actor, err := s.findCollection(ctx, user, org, collection, access.Org.CanSeeAccess)
	if err != nil {
		return Collection{}, err
	}
	return found, access.NoteVisit(ctx, s.DB, actor)
}

func (s *Service) findCollection(ctx context.Context, user id.User, org id.Org, collection id.Collection, may seeing) (out Collection, actor access.Org, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		if actor, err = access.Require(ctx, tx, user, org, access.SeeOrg); err != nil {
			return err
		}
		all, err := visible(ctx, tx, actor, may)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(c Collection) bool { return c.ID == collection })
		if i < 0 {
			return fault.Absent()
		}
		err = describeCollections(ctx, tx, actor, all[i:i+1])
		out = all[i]
		return err
	})
	return out, actor, err
}

// seeing is a rule about what the actor may know of a collection.
type seeing func(access.Org, access.Collection) bool

// visible reads the collections that the actor may see, in two statements.
func visible(ctx context.Context, tx *db.Tx, actor access.Org, may seeing) ([]Collection, error) {
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
		if k := known[c.ID]; may(actor, k) {
			c.Orphaned = k.Orphaned
			out = append(out, c)
		}
	}
	return out, nil
}

// describeCollections reads who has the collections and what the caller has in
// them, in three statements.
func describeCollections(ctx context.Context, tx *db.Tx, actor access.Org, collections []Collection) error {
	ids := make([]id.Collection, len(collections))
	place := map[id.Collection]int{}
	for i, c := range collections {
		ids[i], place[c.ID] = c.ID, i
	}
	members, err := accessOfCollections(ctx, tx, actor.ID, ids)
	if err != nil {
		return err
	}
	for _, a := range members {
		c := &collections[place[a.Collection]]
		c.Members = append(c.Members, a)
	}
	groups, err := groupAccessOfCollections(ctx, tx, actor.ID, ids)
	if err != nil {
		return err
	}
	for _, a := range groups {
		c := &collections[place[a.Collection]]
		c.Groups = append(c.Groups, a)
	}
	own, err := accessOfAccount(ctx, tx, actor)
	for _, a := range own {
		if i, asked := place[a.Collection]; asked {
			collections[i].Mine = &a
		}
	}
	return err
}
