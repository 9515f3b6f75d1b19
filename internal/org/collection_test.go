package org_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

func ids(list []org.Collection) []id.Collection {
	out := []id.Collection{}
	for _, c := range list {
		out = append(out, c.ID)
	}
	slices.Sort(out)
	return out
}

func TestWhoSeesWhichCollections(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		managed, assigned, closed := dbtest.Collection(t, d, p.Org), dbtest.Collection(t, d, p.Org), dbtest.Collection(t, d, p.Org)
		for _, who := range []string{"manager", "accepted", "revoked"} {
			dbtest.Share(t, d, p.Org, managed, p.Row[who], false, false, true)
			dbtest.Share(t, d, p.Org, assigned, p.Row[who], false, false, false)
		}
		all := []id.Collection{managed, assigned, closed}
		slices.Sort(all)
		for name, want := range map[string][]id.Collection{"owner": all, "admin": all, "staff": all, "manager": {managed}, "user": {}} {
			user := p.Account[name]
			list, err := s.ListCollections(as(t, user), user, p.Org)
			fine(t, name, err)
			if diff := cmp.Diff(want, ids(list)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", name, diff)
			}
			list, err = s.ListCollectionsInDetail(as(t, user), user, p.Org)
			fine(t, name, err)
			if diff := cmp.Diff(want, ids(list)); diff != "" {
				t.Errorf("%s, in detail (-want +got):\n%s", name, diff)
			}
			_, err = s.FindCollection(as(t, user), user, p.Org, assigned)
			if slices.Contains(want, assigned) {
				fine(t, name, err)
			} else {
				absent(t, name, err)
			}
		}
		for _, name := range []string{"accepted", "revoked", "stranger"} {
			user := p.Account[name]
			_, err := s.ListCollections(as(t, user), user, p.Org)
			absent(t, name, err)
			if list, err := s.ListShared(as(t, user), user); err != nil || len(list) != 0 {
				t.Errorf("%s has %v, %v", name, list, err)
			}
		}
		manager := p.Account["manager"]
		if list, err := s.ListShared(as(t, manager), manager); err != nil || len(list) != 2 {
			t.Errorf("the manager's vault has %v, %v; want two collections", list, err)
		}
		foreign := dbtest.Collection(t, d, dbtest.Org(t, d, nil))
		owner := p.Account["owner"]
		_, err := s.FindCollection(as(t, owner), owner, p.Org, foreign)
		absent(t, "a foreign collection", err)
	})
}

func TestStaffThatLooksIntoAVaultIsSeen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		for _, name := range []string{"owner", "staff"} {
			_, err := s.ListCollectionsInDetail(as(t, p.Account[name]), p.Account[name], p.Org)
			fine(t, name, err)
		}
		if diff := cmp.Diff([]int{int(event.OrgAccessedByProvider)}, events(t, d, string(p.Org))); diff != "" {
			t.Errorf("the organization's log (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]int{int(event.OrgAccessedByProvider), int(event.ClientAccessed)}, events(t, d, string(p.Provider))); diff != "" {
			t.Errorf("the provider's log (-want +got):\n%s", diff)
		}
		got := dbtest.Value[string](t, d, `SELECT provider_client_id FROM events WHERE type = 1903`)
		if got != string(p.Link) {
			t.Errorf("the event names client %s, want %s", got, p.Link)
		}
	})
}

func TestManyCollectionsTakeAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner := p.Account["owner"]
		list := func() (int, int64) {
			var count atomic.Int64
			got, err := s.ListCollectionsInDetail(db.CountStatements(as(t, owner), &count), owner, p.Org)
			fine(t, "list", err)
			return len(got), count.Load()
		}
		dbtest.Collection(t, d, p.Org)
		_, few := list()
		for range 299 {
			dbtest.Share(t, d, p.Org, dbtest.Collection(t, d, p.Org), p.Row["user"], true, false, false)
		}
		if n, many := list(); n != 300 || few != many {
			t.Errorf("1 collection takes %d statements, %d take %d", few, n, many)
		}
	})
}

func TestCreatingCollections(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p, other := service(t, d), populate(t, d, nil), populate(t, d, nil)
		create := func(who string, members ...org.Access) error {
			_, err := s.CreateCollection(as(t, p.Account[who]), p.Account[who], p.Org, org.EditCollection{Name: type2, Members: members})
			return err
		}
		for _, who := range []string{"owner", "admin", "user", "staff"} {
			fine(t, who, create(who))
		}
		for _, who := range []string{"accepted", "revoked", "stranger"} {
			absent(t, who, create(who))
		}
		absent(t, "a member of another organization", create("owner", org.Access{Member: other.Row["user"]}))
		refused(t, "control and read-only", create("owner", org.Access{Member: p.Row["user"], Manage: true, ReadOnly: true}), "cannot be combined")
		owner := p.Account["owner"]
		for name, in := range map[string]org.EditCollection{"plain name": {Name: "Servers"}, "type 4": {Name: type4}, "no name": {}} {
			_, err := s.CreateCollection(as(t, owner), owner, p.Org, in)
			refused(t, name, err, "encrypted")
		}
		p.Heard(t, d)
		fine(t, "for a user and somebody invited, twice", create("owner", org.Access{Member: p.Row["user"]}, org.Access{Member: p.Row["invited"]}, org.Access{Member: p.Row["user"]}))
		if diff := cmp.Diff([]string{"user"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard of it (-want +got):\n%s", diff)
		}
		dbtest.Exec(t, d, `UPDATE organizations SET limit_collection_creation = TRUE, admins_access_all = FALSE WHERE id = $1`, p.Org)
		absent(t, "a user, where only admins create", create("user"))
		refused(t, "one that nobody would manage", create("owner", org.Access{Member: p.Row["user"]}), "full control")
		fine(t, "one that somebody manages", create("owner", org.Access{Member: p.Row["user"], Manage: true}))
	})
}

func TestChangingCollections(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p, other := service(t, d), populate(t, d, nil), populate(t, d, nil)
		c, foreign := dbtest.Collection(t, d, p.Org), dbtest.Collection(t, d, other.Org)
		dbtest.Share(t, d, p.Org, c, p.Row["manager"], false, false, true)
		dbtest.Share(t, d, p.Org, c, p.Row["user"], false, false, false)
		update := func(who string, c id.Collection, in org.EditCollection) error {
			_, err := s.UpdateCollection(as(t, p.Account[who]), p.Account[who], p.Org, c, in)
			return err
		}
		keep := org.EditCollection{Name: type2, KeepMembers: true}
		for _, who := range []string{"owner", "admin", "manager", "staff"} {
			fine(t, who, update(who, c, keep))
			absent(t, who+", a foreign one", update(who, foreign, keep))
		}
		for _, who := range []string{"user", "accepted", "revoked", "stranger"} {
			absent(t, who, update(who, c, keep))
			absent(t, who, s.DeleteCollections(as(t, p.Account[who]), p.Account[who], p.Org, []id.Collection{c}))
		}
		absent(t, "a foreign member", update("owner", c, org.EditCollection{Name: type2, Members: []org.Access{{Member: other.Row["user"]}}}))
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM collection_members WHERE collection_id = $1`, c); n != 2 {
			t.Fatalf("%d members have the collection after a refusal, want 2", n)
		}
		p.Heard(t, d)
		fine(t, "from user to admin", update("manager", c, org.EditCollection{Name: type2, Members: []org.Access{{Member: p.Row["manager"], Manage: true}, {Member: p.Row["admin"]}}}))
		if diff := cmp.Diff([]string{"admin", "manager", "user"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard of it (-want +got):\n%s", diff)
		}

		dbtest.Exec(t, d, `UPDATE organizations SET admins_access_all = FALSE WHERE id = $1`, p.Org)
		absent(t, "an owner who is kept out", update("owner", c, keep))
		orphan := dbtest.Collection(t, d, p.Org)
		refused(t, "an orphan, to oneself", update("owner", orphan, org.EditCollection{Name: type2, Members: []org.Access{{Member: p.Row["owner"], Manage: true}}}), "to yourself")
		fine(t, "an orphan, to somebody else", update("owner", orphan, org.EditCollection{Name: type2, Members: []org.Access{{Member: p.Row["user"], Manage: true}}}))
	})
}

func TestDeletingCollections(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p, other := service(t, d), populate(t, d, nil), populate(t, d, nil)
		mine, theirs, foreign := dbtest.Collection(t, d, p.Org), dbtest.Collection(t, d, p.Org), dbtest.Collection(t, d, other.Org)
		dbtest.Share(t, d, p.Org, mine, p.Row["manager"], false, false, true)
		cipher := dbtest.Cipher(t, d, p.Org, mine)
		del := func(who string, list ...id.Collection) error {
			return s.DeleteCollections(as(t, p.Account[who]), p.Account[who], p.Org, list)
		}
		absent(t, "a manager, one of two", del("manager", mine, theirs))
		absent(t, "an owner, with a foreign one", del("owner", mine, foreign))
		refused(t, "none", del("owner"), "Nothing was chosen")
		refused(t, "too many", del("owner", make([]id.Collection, org.MaxBulk+1)...), "At most 2000")
		dbtest.Exec(t, d, `UPDATE organizations SET limit_collection_deletion = TRUE WHERE id = $1`, p.Org)
		absent(t, "a manager, where only admins delete", del("manager", mine))
		dbtest.Exec(t, d, `UPDATE organizations SET limit_collection_deletion = FALSE WHERE id = $1`, p.Org)
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM collections`); n != 3 {
			t.Fatalf("%d collections after refusals, want 3", n)
		}
		p.Heard(t, d)
		fine(t, "a manager, twice the same", del("manager", mine, mine))
		fine(t, "staff", del("staff", theirs))
		if diff := cmp.Diff([]string{"manager"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard of it (-want +got):\n%s", diff)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM ciphers WHERE id = $1`, cipher); n != 1 {
			t.Error("the item went with its collection")
		}
		if diff := cmp.Diff([]int{1302, 1302}, events(t, d, string(p.Org))); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}
