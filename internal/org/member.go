package org

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
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
	CreatedAt   time.Time
	Access      []Access
}

// Access is one member's share in one collection. One of the two ids is known
// from where the row was read.
type Access struct {
	Collection    id.Collection
	Member        id.Member
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

// CheckRole refuses roles that cannot be given to anybody.
func CheckRole(role access.Role) error {
	switch role {
	case access.Owner, access.Admin, access.User:
		return nil
	default:
		return fault.Field("type", "A member is an owner, an admin or a user. Other roles are not available.")
	}
}

// ListMembers gives everybody in an organization to those who administer it,
// with their collections when asked for. A constant number of statements.
func (s *Service) ListMembers(ctx context.Context, user id.User, org id.Org, withAccess bool) ([]Member, error) {
	var out []Member
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, access.ReadMembers); err != nil {
			return err
		}
		var err error
		if out, err = membersOf(ctx, tx, org); err != nil || !withAccess {
			return err
		}
		return addAccess(ctx, tx, org, out)
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

// FindMember gives one member with their collections.
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
		if err := addAccess(ctx, tx, org, found); err != nil {
			return err
		}
		out = found[0]
		return nil
	})
	return out, err
}

// addAccess reads the collections of the members in one statement.
func addAccess(ctx context.Context, tx *db.Tx, org id.Org, members []Member) error {
	ids := make([]id.Member, len(members))
	place := map[id.Member]int{}
	for i, m := range members {
		ids[i], place[m.ID] = m.ID, i
	}
	rows, err := accessOfMembers(ctx, tx, org, ids)
	for _, a := range rows {
		m := &members[place[a.Member]]
		m.Access = append(m.Access, a)
	}
	return err
}

// CheckAccess holds the shares that somebody wants to give to those of the
// collections that they may share, and gives them without duplicates. A
// collection that is foreign, or not theirs to share, is absent.
func CheckAccess(ctx context.Context, tx *db.Tx, actor access.Org, shares []Access) ([]Access, error) {
	if len(shares) == 0 {
		return nil, nil
	}
	if len(shares) > MaxBulk {
		return nil, fault.Newf(fault.Invalid, "At most %d collections can be given at a time.", MaxBulk)
	}
	known, err := actor.Collections(ctx, tx)
	if err != nil {
		return nil, err
	}
	var out []Access
	seen := map[id.Collection]bool{}
	for _, a := range shares {
		c, ok := known[a.Collection]
		if !ok || !actor.CanEdit(c) {
			return nil, fault.Absent()
		}
		if err := a.check(); err != nil {
			return nil, err
		}
		if !seen[a.Collection] {
			seen[a.Collection] = true
			out = append(out, a)
		}
	}
	return out, nil
}
