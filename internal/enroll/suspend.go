package enroll

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/push"
)

// sort judges the members that a bulk act names, in the order of their ids: those
// without a reason against it are ready, the others keep it.
func sort(found []org.Member, reason func(org.Member) string) (ready []org.Member, out []org.Failure) {
	for _, m := range found {
		r := reason(m)
		if r == "" {
			ready = append(ready, m)
		}
		out = append(out, org.Failure{Member: m.ID, Reason: r})
	}
	return ready, out
}

// first makes the error of an act on one member of the answer of a bulk act.
func first(failures []org.Failure, err error) error {
	if err == nil && failures[0].Reason != "" {
		err = fault.New(fault.Invalid, failures[0].Reason)
	}
	return err
}

func memberIDs(members []org.Member) []id.Member {
	out := make([]id.Member, len(members))
	for i, m := range members {
		out[i] = m.ID
	}
	return out
}

// mark makes one event of a kind for each of the members.
func mark(kind event.Type, actor access.Org, members []org.Member) []event.Event {
	out := make([]event.Event, len(members))
	for i, m := range members {
		out[i] = event.Event{Type: kind, Org: actor.ID, Provider: actor.ActingProvider(), Member: m.ID, User: m.User}
	}
	return out
}

// touch tells the accounts of members who have, or had, the organization in
// their vault.
func touch(ctx context.Context, tx *db.Tx, members []org.Member) error {
	var users []id.User
	for _, m := range members {
		if m.User != "" {
			users = append(users, m.User)
		}
	}
	return account.TouchAs(ctx, tx, push.OrgKeysChanged, users...)
}

// RevokeMembers suspends members: their rights end with the commit, and what they
// were is kept. Who cannot be revoked is left with a reason; when no confirmed
// owner would stay, nobody is revoked.
func (s *Service) RevokeMembers(ctx context.Context, user id.User, organization id.Org, members []id.Member) ([]org.Failure, error) {
	members, err := org.Bulk(members)
	if err != nil {
		return nil, err
	}
	var out []org.Failure
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.ManageMembers)
		if err != nil {
			return err
		}
		found, err := org.MembersByID(ctx, tx, organization, members)
		if err != nil {
			return err
		}
		var ready []org.Member
		ready, out = sort(found, func(m org.Member) string {
			switch {
			case m.User == user:
				return "You cannot revoke yourself."
			case !actor.MayHandle(m.Role):
				return msgAbove
			case org.HasMore(actor, m):
				return org.MsgHasMore
			case m.Status == org.Revoked:
				return "This person is revoked already."
			}
			return ""
		})
		return suspend(ctx, tx, actor, ready, org.RevokedManually, event.MemberRevoked)
	})
	return out, err
}

const msgAbove = "You may not do this to a person with this role."

// RevokeMember is RevokeMembers for one.
func (s *Service) RevokeMember(ctx context.Context, user id.User, organization id.Org, member id.Member) error {
	return first(s.RevokeMembers(ctx, user, organization, []id.Member{member}))
}

func suspend(ctx context.Context, tx *db.Tx, actor access.Org, members []org.Member, why org.RevocationReason, kind event.Type) error {
	if len(members) == 0 {
		return nil
	}
	ids := memberIDs(members)
	if err := org.KeepOwner(ctx, tx, actor.ID, ids); err != nil {
		return err
	}
	if err := org.Suspend(ctx, tx, actor.ID, ids, why); err != nil {
		return err
	}
	if err := event.Append(ctx, tx, mark(kind, actor, members)...); err != nil {
		return err
	}
	return touch(ctx, tx, members)
}

// RevokeSelf suspends the caller, who does not want to hand items over to an
// organization that asks for it.
func (s *Service) RevokeSelf(ctx context.Context, user id.User, organization id.Org) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, organization, access.SeeOrg)
		if err != nil {
			return err
		}
		if actor.Member == "" {
			return fault.Absent() // staff of the provider is no member
		}
		asked, err := policy.OwnershipBinds(ctx, tx, organization, user)
		if err != nil {
			return err
		}
		if !asked {
			return fault.New(fault.Forbidden, "This organization does not ask for your items. Leave it instead.")
		}
		self, err := org.MembersByID(ctx, tx, organization, []id.Member{actor.Member})
		if err != nil {
			return err
		}
		return suspend(ctx, tx, actor, self, org.RevokedOwnership, event.MemberSelfRevoked)
	})
}
