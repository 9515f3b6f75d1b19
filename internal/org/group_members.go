package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// SetGroupMembers decides who is in a group, and leaves everything else of it.
func (s *Service) SetGroupMembers(ctx context.Context, user id.User, org id.Org, group id.Group, members []id.Member) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageGroups)
		if err != nil {
			return err
		}
		before, err := groupInDetail(ctx, tx, org, group)
		if err != nil {
			return err
		}
		if err := atMost(len(members), "members"); err != nil {
			return err
		}
		_, err = changeGroup(ctx, tx, actor, event.GroupUpdated, before, EditGroup{Name: before.Name, Members: append([]id.Member{}, members...)})
		return err
	})
}

// SetMemberGroups decides which groups a member is in, and leaves everything else
// of the member. It stands in the log also when it was so before.
func (s *Service) SetMemberGroups(ctx context.Context, user id.User, org id.Org, member id.Member, groups []id.Group) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := MembersByID(ctx, tx, org, []id.Member{member})
		if err != nil {
			return err
		}
		if err := mayHandle(actor, found[0].Role); err != nil {
			return err
		}
		if _, err := replaceGroups(ctx, tx, actor, member, groups); err != nil {
			return err
		}
		if err := reviseMembers(ctx, tx, org, []id.Member{member}); err != nil {
			return err
		}
		as := event.Event{Type: event.MemberUpdatedGroups, Org: org, Provider: actor.ActingProvider(), Member: member, User: found[0].User}
		if err := event.Append(ctx, tx, as); err != nil {
			return err
		}
		return touchConfirmed(ctx, tx, push.VaultChanged, found)
	})
}

// Regroup is ChangeGroupMembers for a flow that has decided so; whoever edits one
// of the members or groups at the same time hears of it.
func Regroup(ctx context.Context, tx *db.Tx, org id.Org, in, out []InGroup) error {
	if err := ChangeGroupMembers(ctx, tx, org, in, out); err != nil {
		return err
	}
	var members []id.Member
	var groups []id.Group
	for _, pair := range append(append([]InGroup{}, in...), out...) {
		members, groups = append(members, pair.Member), append(groups, pair.Group)
	}
	if err := reviseMembers(ctx, tx, org, unique(members)); err != nil {
		return err
	}
	return reviseGroups(ctx, tx, org, unique(groups))
}
