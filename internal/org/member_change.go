package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

const msgLastOwner = "An organization keeps at least one confirmed owner. Make somebody else an owner first."

// UpdateMember gives a member another role and other collections; nil keeps the
// collections. Those that the caller may not share stay as they are.
func (s *Service) UpdateMember(ctx context.Context, user id.User, org id.Org, member id.Member, role access.Role, shares []Access) error {
	if err := CheckRole(role); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := MembersByID(ctx, tx, org, []id.Member{member})
		if err != nil {
			return err
		}
		m := found[0]
		if !actor.MayHandle(m.Role) || !actor.MayHandle(role) {
			return fault.New(fault.Forbidden, "Only an owner may change an owner, or make somebody one.")
		}
		if role != access.Owner {
			if err := keepOwner(ctx, tx, org, []id.Member{member}); err != nil {
				return err
			}
		}
		if shares != nil {
			if err := replaceAccess(ctx, tx, actor, member, shares); err != nil {
				return err
			}
		}
		if err := setRole(ctx, tx, org, member, role); err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.MemberUpdated, Org: org, Provider: actor.ActingProvider(), Member: member, User: m.User}); err != nil {
			return err
		}
		return touchConfirmed(ctx, tx, found)
	})
}

// replaceAccess sets a member's shares. Clients send all rows that they were
// shown, also of collections that the caller may only look at: those are let
// stand, and new ones are refused.
func replaceAccess(ctx context.Context, tx *db.Tx, actor access.Org, member id.Member, shares []Access) error {
	known, err := actor.Collections(ctx, tx)
	if err != nil {
		return err
	}
	rows, err := accessOfMembers(ctx, tx, actor.ID, []id.Member{member})
	if err != nil {
		return err
	}
	before := map[id.Collection]Access{}
	var editable []id.Collection
	for _, a := range rows {
		before[a.Collection] = a
		if actor.CanEdit(known[a.Collection]) {
			editable = append(editable, a.Collection)
		}
	}
	var give []Access
	seen := map[id.Collection]bool{}
	for _, a := range shares {
		a.Member = member
		old, had := before[a.Collection]
		c, ok := known[a.Collection]
		switch {
		case !ok:
			return fault.Absent()
		case seen[a.Collection] || (had && !actor.CanEdit(c)):
			continue
		case !actor.CanEdit(c):
			return fault.Absent()
		case member == actor.Member && !actor.Can(access.ManageCollections) && a != old:
			return fault.New(fault.Forbidden, "You cannot give collections to yourself in this organization.")
		}
		if err := a.check(); err != nil {
			return err
		}
		seen[a.Collection] = true
		give = append(give, a)
	}
	if err := deleteAccess(ctx, tx, actor.ID, member, editable); err != nil {
		return err
	}
	return insertAccess(ctx, tx, actor.ID, give)
}

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
		var gone []Member
		for _, m := range found {
			reason := ""
			switch {
			case m.User == user:
				reason = "You cannot remove yourself. Leave the organization instead."
			case !actor.MayHandle(m.Role):
				reason = "Only an owner may remove an owner."
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
	if err := keepOwner(ctx, tx, org, ids); err != nil {
		return err
	}
	if err := touchConfirmed(ctx, tx, gone); err != nil {
		return err
	}
	if err := deleteMembers(ctx, tx, org, ids); err != nil {
		return err
	}
	return event.Append(ctx, tx, events...)
}

// keepOwner refuses an act after which none of the confirmed owners is left.
// Where there is none yet, there is none to lose.
func keepOwner(ctx context.Context, tx *db.Tx, org id.Org, without []id.Member) error {
	before, after, err := countOwners(ctx, tx, org, without)
	if err == nil && before > 0 && after == 0 {
		return fault.New(fault.Invalid, msgLastOwner)
	}
	return err
}

func touchConfirmed(ctx context.Context, tx *db.Tx, members []Member) error {
	var users []id.User
	for _, m := range members {
		if m.Status == Confirmed {
			users = append(users, m.User)
		}
	}
	return account.Touch(ctx, tx, users...)
}
