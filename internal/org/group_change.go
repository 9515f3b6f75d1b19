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
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// EditGroup is what a group is, or shall be.
type EditGroup struct {
	Name       string
	ExternalID *string     // nil keeps it
	Access     []Access    // nil keeps the collections
	Members    []id.Member // nil keeps the members
	LastKnown  time.Time   // revision date of what was edited; zero when not said
}

func (in *EditGroup) check() (err error) {
	if in.Name, err = GroupName("name", in.Name); err != nil {
		return err
	}
	if in.ExternalID != nil {
		external, err := ExternalID("externalId", *in.ExternalID)
		if err != nil {
			return err
		}
		in.ExternalID = &external
	}
	for _, a := range in.Access {
		if err := a.check(); err != nil {
			return err
		}
	}
	if err := atMost(len(in.Access), "collections"); err != nil {
		return err
	}
	return atMost(len(in.Members), "members")
}

// CreateGroup makes a group.
func (s *Service) CreateGroup(ctx context.Context, user id.User, org id.Org, in EditGroup) (Group, error) {
	var out Group
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageGroups)
		if err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		before := Group{ID: id.New[id.Group](), Org: org}
		if err := insertGroup(ctx, tx, before, in.Name); err != nil {
			return err
		}
		out, err = changeGroup(ctx, tx, actor, event.GroupCreated, before, in)
		return err
	})
	return out, err
}

// UpdateGroup gives a group another name, other members and other collections.
// Collections that the caller may not give stay as they are.
func (s *Service) UpdateGroup(ctx context.Context, user id.User, org id.Org, group id.Group, in EditGroup) (Group, error) {
	var out Group
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageGroups)
		if err != nil {
			return err
		}
		before, err := groupInDetail(ctx, tx, org, group)
		if err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		if err := tenant.UpToDate(in.LastKnown, before.RevisedAt); err != nil {
			return err
		}
		out, err = changeGroup(ctx, tx, actor, event.GroupUpdated, before, in)
		return err
	})
	return out, err
}

// changeGroup makes a group what it shall be, from what it was before.
func changeGroup(ctx context.Context, tx *db.Tx, actor access.Org, kind event.Type, before Group, in EditGroup) (Group, error) {
	after := before
	after.Name, after.RevisedAt = in.Name, tx.Now
	if in.ExternalID != nil {
		after.ExternalID = *in.ExternalID
	}
	if in.Members != nil {
		after.Members = unique(in.Members)
	}
	people, err := MembersByID(ctx, tx, actor.ID, unique(slices.Concat(after.Members, before.Members)))
	if err != nil {
		return after, err
	}
	joined, left := missing(after.Members, before.Members), missing(before.Members, after.Members)
	if actor.Member != "" && slices.Contains(joined, actor.Member) && keptOut(actor, actor.Member) {
		return after, fault.New(fault.Forbidden, msgOwnGroup)
	}
	if err := ChangeGroupMembers(ctx, tx, actor.ID, within(before.ID, joined), within(before.ID, left)); err != nil {
		return after, err
	}
	own := actor.Member != "" && slices.Contains(slices.Concat(after.Members, before.Members), actor.Member)
	reshared := false
	if in.Access != nil {
		if after.Access, reshared, err = replaceGroupAccess(ctx, tx, actor, before, own, in.Access); err != nil {
			return after, err
		}
	}
	if err := updateGroup(ctx, tx, after); err != nil {
		return after, err
	}
	changed := slices.Concat(joined, left)
	if err := reviseMembers(ctx, tx, actor.ID, changed); err != nil {
		return after, err
	}
	return after, tellOfGroup(ctx, tx, actor, event.Event{Type: kind, Group: before.ID}, people, changed, reshared)
}

func within(group id.Group, members []id.Member) []InGroup {
	out := make([]InGroup, len(members))
	for i, m := range members {
		out[i] = InGroup{Group: group, Member: m}
	}
	return out
}

// tellOfGroup writes the events of a change and tells those whose vault it
// changes: everybody in the group when its collections did.
func tellOfGroup(ctx context.Context, tx *db.Tx, actor access.Org, as event.Event, people []Member, changed []id.Member, reshared bool) error {
	as.Org, as.Provider = actor.ID, actor.ActingProvider()
	events := []event.Event{as}
	var touched []Member
	for _, m := range people {
		moved := slices.Contains(changed, m.ID)
		if moved {
			events = append(events, event.Event{Type: event.MemberUpdatedGroups, Org: as.Org, Provider: as.Provider, Member: m.ID, User: m.User})
		}
		if moved || reshared {
			touched = append(touched, m)
		}
	}
	if err := event.Append(ctx, tx, events...); err != nil {
		return err
	}
	return touchConfirmed(ctx, tx, push.VaultChanged, touched)
}

// replaceGroupAccess sets a group's shares, answers all that it has then, and
// tells whether that changed any. own says that the actor is in the group, so
// that what it has they have.
func replaceGroupAccess(ctx context.Context, tx *db.Tx, actor access.Org, group Group, own bool, shares []Access) ([]Access, bool, error) {
	known, err := actor.Collections(ctx, tx)
	if err != nil {
		return nil, false, err
	}
	for i := range shares {
		shares[i].Group = group.ID
	}
	g := giving{known: known, may: actor.CanGiveToGroups, self: own && keptOut(actor, actor.Member)}
	to, err := g.change(group.Access, shares)
	if err != nil {
		return nil, false, err
	}
	if err := deleteGroupAccess(ctx, tx, actor.ID, group.ID, to.gone); err != nil {
		return nil, false, err
	}
	if err := insertGroupAccess(ctx, tx, actor.ID, to.give); err != nil {
		return nil, false, err
	}
	return to.all, len(to.changed) > 0, reviseCollections(ctx, tx, actor.ID, to.changed)
}

// DeleteGroups removes groups, all or none. Whoever had collections through them
// alone loses these.
func (s *Service) DeleteGroups(ctx context.Context, user id.User, org id.Org, groups []id.Group) error {
	groups, err := Bulk(groups)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageGroups)
		if err != nil {
			return err
		}
		found, err := groupsByID(ctx, tx, org, groups)
		if err != nil {
			return err
		}
		if err := describeGroups(ctx, tx, org, found); err != nil {
			return err
		}
		var events []event.Event
		var members []id.Member
		var collections []id.Collection
		for _, g := range found {
			events = append(events, event.Event{Type: event.GroupDeleted, Org: org, Provider: actor.ActingProvider(), Group: g.ID})
			members = append(members, g.Members...)
			for _, a := range g.Access {
				collections = append(collections, a.Collection)
			}
		}
		if err := touchMembers(ctx, tx, org, members); err != nil {
			return err
		}
		if err := deleteGroups(ctx, tx, org, groups); err != nil {
			return err
		}
		if err := reviseMembers(ctx, tx, org, unique(members)); err != nil {
			return err
		}
		if err := reviseCollections(ctx, tx, org, unique(collections)); err != nil {
			return err
		}
		return event.Append(ctx, tx, events...)
	})
}

// LeaveGroup takes one member out of a group.
func (s *Service) LeaveGroup(ctx context.Context, user id.User, org id.Org, group id.Group, member id.Member) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageGroups)
		if err != nil {
			return err
		}
		found, err := MembersByID(ctx, tx, org, []id.Member{member})
		if err != nil {
			return err
		}
		groups, err := groupsOfMembers(ctx, tx, org, []id.Member{member})
		if err != nil {
			return err
		}
		if !slices.Contains(groups, InGroup{Group: group, Member: member}) {
			return fault.Absent()
		}
		if err := ChangeGroupMembers(ctx, tx, org, nil, within(group, []id.Member{member})); err != nil {
			return err
		}
		if err := reviseMembers(ctx, tx, org, []id.Member{member}); err != nil {
			return err
		}
		if err := reviseGroups(ctx, tx, org, []id.Group{group}); err != nil {
			return err
		}
		as := event.Event{Type: event.MemberUpdatedGroups, Org: org, Provider: actor.ActingProvider(), Member: member, User: found[0].User}
		if err := event.Append(ctx, tx, as); err != nil {
			return err
		}
		return touchConfirmed(ctx, tx, push.VaultChanged, found)
	})
}
