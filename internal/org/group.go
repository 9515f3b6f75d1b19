package org

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Group is some of an organization's members, and the collections that they have
// through it.
type Group struct {
	ID         id.Group
	Org        id.Org
	Name       string
	ExternalID string // a directory's
	RevisedAt  time.Time
	Access     []Access    // not read in plain lists
	Members    []id.Member // likewise
}

// ListGroups gives the groups' names to everybody who may give them something:
// those who administer groups or people, and whoever has a collection to give.
func (s *Service) ListGroups(ctx context.Context, user id.User, org id.Org) ([]Group, error) {
	var out []Group
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.ToOrg(ctx, tx, user, org)
		if err != nil {
			return err
		}
		if err := maySeeGroups(ctx, tx, actor); err != nil {
			return err
		}
		out, err = groupsOf(ctx, tx, org)
		return err
	})
	return out, err
}

func maySeeGroups(ctx context.Context, tx *db.Tx, actor access.Org) error {
	if actor.Can(access.ReadGroups) {
		return nil
	}
	known, err := actor.Collections(ctx, tx)
	if err != nil {
		return err
	}
	for _, c := range known {
		if actor.CanGiveToGroups(c) {
			return nil
		}
	}
	return fault.Absent()
}

// ListGroupsInDetail gives the groups with their collections and members to those
// who administer groups or people.
func (s *Service) ListGroupsInDetail(ctx context.Context, user id.User, org id.Org) ([]Group, error) {
	var out []Group
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.ToOrg(ctx, tx, user, org)
		if err != nil {
			return err
		}
		if !actor.Can(access.ManageGroups) && !actor.Can(access.ManageMembers) {
			return fault.Absent()
		}
		if out, err = groupsOf(ctx, tx, org); err != nil {
			return err
		}
		return describeGroups(ctx, tx, org, out)
	})
	return out, err
}

// FindGroup gives one group with its collections and members.
func (s *Service) FindGroup(ctx context.Context, user id.User, org id.Org, group id.Group) (Group, error) {
	var out Group
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, access.ManageGroups); err != nil {
			return err
		}
		var err error
		out, err = groupInDetail(ctx, tx, org, group)
		return err
	})
	return out, err
}

func groupInDetail(ctx context.Context, tx *db.Tx, org id.Org, group id.Group) (Group, error) {
	found, err := groupsByID(ctx, tx, org, []id.Group{group})
	if err != nil {
		return Group{}, err
	}
	err = describeGroups(ctx, tx, org, found)
	return found[0], err
}

// describeGroups reads what belongs to the groups, each kind in one statement.
func describeGroups(ctx context.Context, tx *db.Tx, org id.Org, groups []Group) error {
	ids := make([]id.Group, len(groups))
	place := map[id.Group]int{}
	for i, g := range groups {
		ids[i], place[g.ID] = g.ID, i
	}
	shares, err := accessOfGroups(ctx, tx, org, ids)
	if err != nil {
		return err
	}
	for _, a := range shares {
		g := &groups[place[a.Group]]
		g.Access = append(g.Access, a)
	}
	within, err := membersOfGroups(ctx, tx, org, ids)
	for _, in := range within {
		g := &groups[place[in.Group]]
		g.Members = append(g.Members, in.Member)
	}
	return err
}
