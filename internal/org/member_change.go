package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// Failure is why one of many things was not done; empty when it was.
type Failure struct {
	Member id.Member
	Reason string
}

// RemoveMembers takes people out of an organization. Owners that the caller may
// not remove, and the caller, are left with a reason; when no confirmed owner
// would stay, nobody is removed.
func (s *Service) RemoveMembers(ctx context.Context, user id.User, org id.Org, members []id.Member) ([]Failure, error) {
	var out []Failure
	members, err := Bulk(members)
	if err != nil {
		return nil, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		out = nil
		actor, err := access.Require(ctx, tx, user, org, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := MembersByID(ctx, tx, org, members)
		if err != nil {
			return err
		}
		claimed, err := Claimed(ctx, tx, org, accounts(found))
		if err != nil {
			return err
		}
		var gone []Member
		for _, m := range found {
			reason := ""
			switch {
			case m.User == user:
				reason = "You cannot remove yourself. Leave the organization instead."
			case !actor.MayHandle(m.Role):
				reason = "Only an owner may remove an owner."
			case HasMore(actor, m):
				reason = MsgHasMore
			case m.Status != Invited && claimed[m.User]:
				reason = msgClaimedMember
			default:
				gone = append(gone, m)
			}
			out = append(out, Failure{m.ID, reason})
		}
		return remove(ctx, tx, org, gone, event.Event{Type: event.MemberRemoved, Provider: actor.ActingProvider()})
	})
	return out, err
}

// RemoveMember is RemoveMembers for one.
func (s *Service) RemoveMember(ctx context.Context, user id.User, org id.Org, member id.Member) error {
	failures, err := s.RemoveMembers(ctx, user, org, []id.Member{member})
	if err == nil && failures[0].Reason != "" {
		err = fault.New(fault.Forbidden, failures[0].Reason)
	}
	return err
}

// Leave ends the caller's own membership.
func (s *Service) Leave(ctx context.Context, user id.User, org id.Org) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.SeeOrg)
		if err != nil {
			return err
		}
		if actor.Member == "" {
			return fault.Absent() // staff of the provider is no member
		}
		if err := mayLeave(ctx, tx, org, user); err != nil {
			return err
		}
		self := Member{ID: actor.Member, User: user, Status: Confirmed, Role: actor.Role}
		return remove(ctx, tx, org, []Member{self}, event.Event{Type: event.MemberLeft})
	})
}

func remove(ctx context.Context, tx *db.Tx, org id.Org, gone []Member, as event.Event) error {
	ids := make([]id.Member, len(gone))
	events := make([]event.Event, len(gone))
	for i, m := range gone {
		ids[i] = m.ID
		as.Org, as.Member, as.User = org, m.ID, m.User
		events[i] = as
	}
	if err := KeepOwner(ctx, tx, org, ids); err != nil {
		return err
	}
	if err := touchConfirmed(ctx, tx, push.OrgKeysChanged, gone); err != nil {
		return err
	}
	if err := deleteMembers(ctx, tx, org, ids); err != nil {
		return err
	}
	return event.Append(ctx, tx, events...)
}

// touchConfirmed tells those of the members who have something of the organization.
func touchConfirmed(ctx context.Context, tx *db.Tx, t push.Type, members []Member) error {
	var users []id.User
	for _, m := range members {
		if m.Status == Confirmed {
			users = append(users, m.User)
		}
	}
	return account.TouchAs(ctx, tx, t, users...)
}
