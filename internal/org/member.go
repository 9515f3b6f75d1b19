package org

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// MemberStatus is how far a person has come into an organization.
type MemberStatus int

// The statuses. Only Confirmed carries rights.
const (
	Revoked   MemberStatus = -1
	Invited   MemberStatus = 0
	Accepted  MemberStatus = 1
	Confirmed MemberStatus = 2
	Staged    MemberStatus = 3 // a directory told of the person, whom nobody has invited yet: no seat, no letter
)

// RevocationReason is why a member was revoked, by its number on the wire.
type RevocationReason int

// The reasons. RevokedUnknown stands for a member who is not revoked, too.
const (
	RevokedUnknown   RevocationReason = 0
	RevokedManually  RevocationReason = 1
	RevokedTwoStep   RevocationReason = 2 // a policy asks for two-step login
	RevokedOwnership RevocationReason = 3 // a policy leaves no personal items, and they would not hand theirs over
	RevokedSingleOrg RevocationReason = 4 // a policy allows no other organization
)

// Member is one person in one organization.
type Member struct {
	ID     id.Member
	Org    id.Org
	User   id.User // none while invited
	Email  string  // the account's address, or the invited one
	Name   string
	Avatar string
	Key    string // not read back in lists
	Status MemberStatus
	Role   access.Role
	// Permissions of a custom role; other roles have none.
	Permissions access.Permissions
	ExternalID  string // a directory's
	Enrolled    bool   // in account recovery
	Revocation  RevocationReason
	TwoStep     bool // read in lists only
	Claimed     bool // likewise: the account belongs to the organization
	CreatedAt   time.Time
	RevisedAt   time.Time
	Access      []Access
	Groups      []id.Group
}

// Access is the share of one member, or of one group, in one collection. What is
// known from where the row was read is left out.
type Access struct {
	Collection    id.Collection
	Member        id.Member
	Group         id.Group
	ReadOnly      bool
	HidePasswords bool
	Manage        bool
}

func (a Access) check() error {
	if a.Manage && (a.ReadOnly || a.HidePasswords) {
		return fault.New(fault.Invalid, "Full control of a collection cannot be combined with read-only access or hidden passwords.")
	}
	return nil
}

// With says what is read of members besides themselves.
type With struct{ Access, Groups bool }

// ListMembers gives everybody in an organization to those who administer it.
// Whoever may only recover accounts sees those whose account they might recover.
// A constant number of statements.
func (s *Service) ListMembers(ctx context.Context, user id.User, org id.Org, with With) ([]Member, error) {
	var out []Member
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.ToOrg(ctx, tx, user, org)
		if err != nil {
			return err
		}
		all := actor.Can(access.ReadMembers)
		if !all && !actor.Can(access.RecoverAccounts) {
			return fault.Absent()
		}
		if out, err = membersOf(ctx, tx, org); err != nil {
			return err
		}
		if !all {
			out = slices.DeleteFunc(out, func(m Member) bool { return !m.Enrolled || m.Status != Confirmed })
		}
		return describeMembers(ctx, tx, org, out, with)
	})
	return out, err
}

// ListPeople gives everybody in an organization, by name and role, to anybody in it.
func (s *Service) ListPeople(ctx context.Context, user id.User, org id.Org) ([]Member, error) {
	var out []Member
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, access.SeeOrg); err != nil {
			return err
		}
		var err error
		out, err = membersOf(ctx, tx, org)
		return err
	})
	return out, err
}

// FindMember gives one member with their collections and groups.
func (s *Service) FindMember(ctx context.Context, user id.User, org id.Org, member id.Member) (Member, error) {
	var out Member
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, access.ReadMembers); err != nil {
			return err
		}
		found, err := MembersByID(ctx, tx, org, []id.Member{member})
		if err != nil {
			return err
		}
		err = describeMembers(ctx, tx, org, found, With{Access: true, Groups: true})
		out = found[0]
		return err
	})
	return out, err
}

// accounts are those of the members who have one.
func accounts(members []Member) []id.User {
	out := []id.User{}
	for _, m := range members {
		if m.User != "" {
			out = append(out, m.User)
		}
	}
	return out
}

// describeMembers reads what belongs to the members, each kind in one statement.
func describeMembers(ctx context.Context, tx *db.Tx, org id.Org, members []Member, with With) error {
	ids, users := make([]id.Member, len(members)), accounts(members)
	place := map[id.Member]int{}
	for i, m := range members {
		ids[i], place[m.ID] = m.ID, i
	}
	twoStep, err := account.WithTwoStep(ctx, tx, users)
	if err != nil {
		return err
	}
	claimed, err := Claimed(ctx, tx, org, users)
	if err != nil {
		return err
	}
	for i, m := range members {
		members[i].TwoStep, members[i].Claimed = twoStep[m.User], claimed[m.User] && m.Status != Invited
	}
	if with.Access {
		rows, err := accessOfMembers(ctx, tx, org, ids)
		if err != nil {
			return err
		}
		for _, a := range rows {
			m := &members[place[a.Member]]
			m.Access = append(m.Access, a)
		}
	}
	if !with.Groups {
		return nil
	}
	rows, err := groupsOfMembers(ctx, tx, org, ids)
	for _, in := range rows {
		m := &members[place[in.Member]]
		m.Groups = append(m.Groups, in.Group)
	}
	return err
}
