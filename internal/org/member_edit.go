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

// EditMember is what a member shall be and have.
type EditMember struct {
	Role        access.Role
	Permissions access.Permissions // of a custom role
	Access      []Access           // nil keeps the collections
	Groups      []id.Group         // nil keeps the groups
	ExternalID  *string            // nil keeps it
	LastKnown   time.Time          // revision date of what was edited; zero when not said
}

// UpdateMember gives a member another role, other collections and other groups.
// Collections that the caller may not give stay as they are.
func (s *Service) UpdateMember(ctx context.Context, user id.User, org id.Org, member id.Member, in EditMember) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := MembersByID(ctx, tx, org, []id.Member{member})
		if err != nil {
			return err
		}
		if err := checkEdit(ctx, tx, actor, found[0], &in); err != nil {
			return err
		}
		if err := s.newRole(ctx, tx, actor, found[0], in.Role); err != nil {
			return err
		}
		as := event.Event{Type: event.MemberUpdated, Org: org, Provider: actor.ActingProvider(), Member: member, User: found[0].User}
		events := []event.Event{as}
		if in.Access != nil {
			if err := replaceAccess(ctx, tx, actor, member, in.Access); err != nil {
				return err
			}
		}
		if in.Groups != nil {
			changed, err := replaceGroups(ctx, tx, actor, member, in.Groups)
			if err != nil {
				return err
			}
			if changed {
				as.Type = event.MemberUpdatedGroups
				events = append(events, as)
			}
		}
		if err := setRole(ctx, tx, org, member, in.Role, in.Permissions); err != nil {
			return err
		}
		if in.ExternalID != nil {
			if err := SetExternalIDs(ctx, tx, org, map[id.Member]string{member: *in.ExternalID}); err != nil {
				return err
			}
		}
		if err := event.Append(ctx, tx, events...); err != nil {
			return err
		}
		heard := push.VaultChanged
		if in.Role != found[0].Role {
			heard = push.OrgKeysChanged
		}
		return touchConfirmed(ctx, tx, heard, found)
	})
}

// newRole is what another role depends on, and who hears of it.
func (s *Service) newRole(ctx context.Context, tx *db.Tx, actor access.Org, m Member, role access.Role) error {
	if role == m.Role {
		return nil
	}
	if s.RoleForbidden != nil && (m.Status == Accepted || m.Status == Confirmed) {
		reason, err := s.RoleForbidden(ctx, tx, m, role)
		if err != nil {
			return err
		}
		if reason != "" {
			return fault.New(fault.Forbidden, reason)
		}
	}
	if role != access.Owner {
		return nil
	}
	return TellOwners(ctx, tx, s.Outbox, actor, m.Email)
}

// checkEdit holds an edit to the rules about roles, and leaves permissions in it
// only where the role has some.
func checkEdit(ctx context.Context, tx *db.Tx, actor access.Org, m Member, in *EditMember) error {
	p, err := CheckRole(ctx, tx, actor, in.Role, in.Permissions, m.Permissions)
	if err != nil {
		return err
	}
	in.Permissions = p
	if in.ExternalID != nil {
		externalID, err := ExternalID("externalId", *in.ExternalID)
		if err != nil {
			return err
		}
		in.ExternalID = &externalID
	}
	if err := mayEdit(actor, m, in.Role, p); err != nil {
		return err
	}
	if err := tenant.UpToDate(in.LastKnown, m.RevisedAt); err != nil {
		return err
	}
	if in.Role == access.Owner || m.Role != access.Owner {
		return nil
	}
	return KeepOwner(ctx, tx, actor.ID, []id.Member{m.ID})
}

// replaceAccess sets a member's shares.
func replaceAccess(ctx context.Context, tx *db.Tx, actor access.Org, member id.Member, shares []Access) error {
	if err := atMost(len(shares), "collections"); err != nil {
		return err
	}
	known, err := actor.Collections(ctx, tx)
	if err != nil {
		return err
	}
	before, err := accessOfMembers(ctx, tx, actor.ID, []id.Member{member})
	if err != nil {
		return err
	}
	for i := range shares {
		shares[i].Member = member
	}
	to, err := giving{known: known, may: actor.CanGiveToMembers, self: keptOut(actor, member)}.change(before, shares)
	if err != nil {
		return err
	}
	if err := deleteAccess(ctx, tx, actor.ID, member, to.gone); err != nil {
		return err
	}
	if err := insertAccess(ctx, tx, actor.ID, to.give); err != nil {
		return err
	}
	return reviseCollections(ctx, tx, actor.ID, to.changed)
}

// replaceGroups sets a member's groups and tells whether that changed anything.
func replaceGroups(ctx context.Context, tx *db.Tx, actor access.Org, member id.Member, groups []id.Group) (bool, error) {
	groups, err := CheckGroups(ctx, tx, actor.ID, groups)
	if err != nil {
		return false, err
	}
	before, err := groupsOfMembers(ctx, tx, actor.ID, []id.Member{member})
	if err != nil {
		return false, err
	}
	after := make([]InGroup, len(groups))
	for i, g := range groups {
		after[i] = InGroup{Group: g, Member: member}
	}
	in, out := missing(after, before), missing(before, after)
	if len(in) > 0 && keptOut(actor, member) {
		return false, fault.New(fault.Forbidden, msgOwnGroup)
	}
	if err := ChangeGroupMembers(ctx, tx, actor.ID, in, out); err != nil {
		return false, err
	}
	var changed []id.Group
	for _, c := range slices.Concat(in, out) {
		changed = append(changed, c.Group)
	}
	return len(changed) > 0, reviseGroups(ctx, tx, actor.ID, changed)
}

const msgOwnGroup = "You cannot add yourself to a group in this organization. Ask somebody who has all of its items."
