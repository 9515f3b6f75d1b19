package org_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/orgtest"
)

func TestListsOfMembers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		full := map[string]bool{"owner": true, "admin": true, "staff": true}
		mini := map[string]bool{"owner": true, "admin": true, "staff": true, "user": true, "manager": true}
		for name, user := range p.Account {
			list, err := s.ListMembers(as(t, user), user, p.Org, org.With{Access: true, Groups: true})
			if full[name] {
				fine(t, name, err)
				if len(list) != len(p.Row) {
					t.Errorf("%s sees %d members, want %d", name, len(list), len(p.Row))
				}
			} else {
				absent(t, name, err)
			}
			_, err = s.FindMember(as(t, user), user, p.Org, p.Row["user"])
			if full[name] {
				fine(t, name, err)
			} else {
				absent(t, name, err)
			}
			_, err = s.ListPeople(as(t, user), user, p.Org)
			if mini[name] {
				fine(t, name, err)
			} else {
				absent(t, name, err)
			}
		}
		other := populate(t, d, nil)
		owner := p.Account["owner"]
		_, err := s.FindMember(as(t, owner), owner, p.Org, other.Row["user"])
		absent(t, "a member of another organization", err)
		_, err = s.ListMembers(as(t, owner), owner, other.Org, org.With{})
		absent(t, "another organization", err)
	})
}

func TestAListOfManyMembersTakesAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, o := service(t, d), dbtest.Org(t, d, nil)
		owner := dbtest.Account(t, d, "o@example.com")
		dbtest.Member(t, d, o, owner, 0, 2)
		c := dbtest.Collection(t, d, o)
		list := func() (int, int64) {
			var count atomic.Int64
			members, err := s.ListMembers(db.CountStatements(as(t, owner), &count), owner, o, org.With{Access: true, Groups: true})
			fine(t, "list", err)
			return len(members), count.Load()
		}
		_, few := list()
		for range 299 {
			dbtest.Share(t, d, o, c, dbtest.Member(t, d, o, "", 2, 0), true, false, false)
		}
		n, many := list()
		if n != 300 || few != many {
			t.Errorf("1 member takes %d statements, %d take %d", few, n, many)
		}
	})
}

func TestTheLastOwnerStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner, admin := p.Account["owner"], p.Account["admin"]
		second := dbtest.Member(t, d, p.Org, dbtest.Account(t, d, "second@example.com"), 0, 2)
		fine(t, "an owner removes another", s.RemoveMember(as(t, owner), owner, p.Org, second))
		staffless := map[string]string{
			"provider turned off":  `UPDATE providers SET enabled = $1 WHERE id = $2`,
			"staff not confirmed":  `UPDATE provider_users SET status = CASE WHEN $1 THEN 2 ELSE 1 END WHERE provider_id = $2`,
			"provider not set up ": `UPDATE providers SET status = CASE WHEN $1 THEN 2 ELSE 0 END WHERE id = $2`,
		}
		for name, statement := range staffless {
			dbtest.Exec(t, d, statement, false, p.Provider)
			refused(t, name+": the last owner steps down", s.UpdateMember(as(t, owner), owner, p.Org, p.Row["owner"], org.EditMember{Role: access.User}), "at least one confirmed owner")
			refused(t, name+": the last owner leaves", s.Leave(as(t, owner), owner, p.Org), "at least one confirmed owner")
			dbtest.Exec(t, d, statement, true, p.Provider)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members WHERE org_id = $1`, p.Org); n != len(p.Row) {
			t.Fatalf("%d members are left, want %d", n, len(p.Row))
		}
		fine(t, "an owner who has not been confirmed may go", s.RemoveMember(as(t, owner), owner, p.Org, p.Row["accepted"]))
		fine(t, "where a provider can make somebody else one, the last owner leaves", s.Leave(as(t, owner), owner, p.Org))
		absent(t, "leaving again", s.Leave(as(t, owner), owner, p.Org))
		staff := p.Account["staff"]
		fine(t, "staff makes another", s.UpdateMember(as(t, staff), staff, p.Org, p.Row["admin"], org.EditMember{Role: access.Owner}))
		absent(t, "staff leaves, who is no member", s.Leave(as(t, staff), staff, p.Org))
		_, err := s.RemoveMembers(as(t, staff), staff, p.Org, []id.Member{p.Row["user"], p.Row["admin"]})
		fine(t, "and removes them among others", err)
		absent(t, "who has no rights now", s.Leave(as(t, admin), admin, p.Org))
		if diff := cmp.Diff([]int{1502, 1503, 1503, 1503, 1503, 1516}, events(t, d, string(p.Org))); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestTwoOwnersLeaveAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, o := service(t, d), dbtest.Org(t, d, nil)
		owners := []id.User{dbtest.Account(t, d, "a@example.com"), dbtest.Account(t, d, "b@example.com")}
		for _, user := range owners {
			dbtest.Member(t, d, o, user, 0, 2)
		}
		var all sync.WaitGroup
		for _, user := range owners {
			all.Go(func() { _ = s.Leave(as(t, user), user, o) })
		}
		all.Wait()
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members WHERE org_id = $1`, o); n != 1 {
			t.Errorf("%d owners are left, want 1", n)
		}
	})
}

func TestChangingAndRemovingMembers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p, other := service(t, d), populate(t, d, nil), populate(t, d, nil)
		admin, owner, staff := p.Account["admin"], p.Account["owner"], p.Account["staff"]
		second := dbtest.Member(t, d, p.Org, dbtest.Account(t, d, "second@example.com"), 0, 2)
		update := func(by id.User, who id.Member, role access.Role) error {
			return s.UpdateMember(as(t, by), by, p.Org, who, org.EditMember{Role: role})
		}
		refused(t, "an admin changes an owner", update(admin, second, access.User), "Only an owner")
		refused(t, "an admin makes an owner", update(admin, p.Row["user"], access.Owner), "Only an owner")
		refused(t, "an admin makes themselves an owner", update(admin, p.Row["admin"], access.Owner), "Only an owner")
		refused(t, "an admin removes an owner", s.RemoveMember(as(t, admin), admin, p.Org, second), "Only an owner")
		refused(t, "a role that there is not", update(owner, p.Row["user"], 3), "has a custom role")
		refused(t, "oneself", s.RemoveMember(as(t, owner), owner, p.Org, p.Row["owner"]), "cannot remove yourself")
		absent(t, "a member of another organization", update(owner, other.Row["user"], access.Admin))
		absent(t, "removing a member of another organization", s.RemoveMember(as(t, owner), owner, p.Org, other.Row["user"]))
		_, err := s.RemoveMembers(as(t, owner), owner, p.Org, []id.Member{p.Row["user"], other.Row["user"]})
		absent(t, "one of another organization among others", err)
		for _, name := range []string{"user", "manager", "accepted", "revoked", "stranger"} {
			absent(t, name, s.UpdateMember(as(t, p.Account[name]), p.Account[name], p.Org, p.Row["user"], org.EditMember{Role: access.Admin}))
			absent(t, name, s.RemoveMember(as(t, p.Account[name]), p.Account[name], p.Org, p.Row["user"]))
		}
		p.Heard(t, d)
		fine(t, "an admin makes an admin", update(admin, p.Row["user"], access.Admin))
		fine(t, "staff makes an owner", update(staff, p.Row["user"], access.Owner))
		if diff := cmp.Diff([]string{"user"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard of the change (-want +got):\n%s", diff)
		}
		failures, err := s.RemoveMembers(as(t, admin), admin, p.Org, []id.Member{p.Row["manager"], second, p.Row["admin"], p.Row["invited"]})
		fine(t, "remove", err)
		got := map[id.Member]bool{}
		for _, f := range failures {
			got[f.Member] = f.Reason == ""
		}
		want := map[id.Member]bool{p.Row["manager"]: true, second: false, p.Row["admin"]: false, p.Row["invited"]: true}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("removed (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{"manager"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard of the removal (-want +got):\n%s", diff)
		}
	})
}

func TestSharesOfAMember(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, dbtest.Columns{"admins_access_all": false})
		admin := p.Account["admin"]
		theirs, mine := dbtest.Collection(t, d, p.Org), dbtest.Collection(t, d, p.Org)
		closed := dbtest.Collection(t, d, p.Org)
		dbtest.Share(t, d, p.Org, mine, p.Row["admin"], false, false, true)
		dbtest.Share(t, d, p.Org, theirs, p.Row["manager"], false, false, true)
		dbtest.Share(t, d, p.Org, theirs, p.Row["user"], true, false, false)
		dbtest.Share(t, d, p.Org, closed, p.Row["manager"], false, false, true)
		foreign := dbtest.Collection(t, d, dbtest.Org(t, d, nil))
		give := func(who string, shares ...org.Access) error {
			return s.UpdateMember(as(t, admin), admin, p.Org, p.Row[who], org.EditMember{Role: access.User, Access: shares})
		}
		absent(t, "a foreign collection", give("user", org.Access{Collection: foreign}))
		absent(t, "a collection that the admin may not share", give("user", org.Access{Collection: closed}))
		refused(t, "control and hidden passwords", give("user", org.Access{Collection: mine, Manage: true, HidePasswords: true}), "cannot be combined")
		orphaned, own := dbtest.Collection(t, d, p.Org), org.Access{Collection: mine, Manage: true}
		self := func(shares ...org.Access) error {
			return s.UpdateMember(as(t, admin), admin, p.Org, p.Row["admin"], org.EditMember{Role: access.Admin, Access: shares})
		}
		refused(t, "to oneself", self(own, org.Access{Collection: orphaned, Manage: true}), "to yourself")
		fine(t, "what one has, to oneself", self(own))
		fine(t, "with the rows that the admin may only look at",
			give("user", org.Access{Collection: theirs, Manage: true}, org.Access{Collection: mine}, org.Access{Collection: mine, ReadOnly: true}))
		if diff := cmp.Diff(map[id.Collection]string{theirs: "r", mine: "w"}, shares(t, s, p, "user")); diff != "" {
			t.Errorf("shares (-want +got):\n%s", diff)
		}
		fine(t, "a role alone", give("user"))
		if diff := cmp.Diff(map[id.Collection]string{theirs: "r", mine: "w"}, shares(t, s, p, "user")); diff != "" {
			t.Errorf("nil keeps all (-want +got):\n%s", diff)
		}
		err := s.UpdateMember(as(t, admin), admin, p.Org, p.Row["user"], org.EditMember{Role: access.User, Access: []org.Access{}})
		fine(t, "an empty list, which leaves what is not the admin's to take", err)
		if diff := cmp.Diff(map[id.Collection]string{theirs: "r"}, shares(t, s, p, "user")); diff != "" {
			t.Errorf("shares (-want +got):\n%s", diff)
		}
	})
}

// shares shows a member's collections: "r" read-only, "w" writing, "m" full control.
func shares(t *testing.T, s *org.Service, p orgtest.People, who string) map[id.Collection]string {
	t.Helper()
	m, err := s.FindMember(context.WithoutCancel(t.Context()), p.Account["owner"], p.Org, p.Row[who])
	fine(t, "find", err)
	out := map[id.Collection]string{}
	for _, a := range m.Access {
		switch {
		case a.Manage:
			out[a.Collection] = "m"
		case a.ReadOnly:
			out[a.Collection] = "r"
		default:
			out[a.Collection] = "w"
		}
	}
	return out
}

func TestAnOwnerHandsTheOrganizationOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner, admin := p.Account["owner"], p.Account["admin"]
		dbtest.Exec(t, d, `DELETE FROM provider_clients WHERE org_id = $1`, p.Org) // a provider would do as the last owner
		refused(t, "the last owner steps down", s.UpdateMember(as(t, owner), owner, p.Org, p.Row["owner"], org.EditMember{Role: 1}), "at least one confirmed owner")
		refused(t, "the last owner leaves", s.Leave(as(t, owner), owner, p.Org), "at least one confirmed owner")
		fine(t, "the admin becomes an owner", s.UpdateMember(as(t, owner), owner, p.Org, p.Row["admin"], org.EditMember{Role: 0}))
		fine(t, "the old owner leaves", s.Leave(as(t, owner), owner, p.Org))
		refused(t, "the new one is the last", s.Leave(as(t, admin), admin, p.Org), "at least one confirmed owner")
	})
}
