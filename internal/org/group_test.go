package org_test

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

func TestWhoSeesAndChangesGroups(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, dbtest.Columns{"limit_collection_creation": true})
		p.Custom(t, d, "groups", access.PermitGroups)
		p.Custom(t, d, "users", access.PermitUsers)
		p.Custom(t, d, "reports", access.PermitReports)
		p.Custom(t, d, "bare", 0)
		g := dbtest.Group(t, d, p.Org, p.Row["user"])
		c := dbtest.Collection(t, d, p.Org)
		dbtest.Share(t, d, p.Org, c, p.Row["manager"], false, false, true)
		dbtest.ShareWithGroup(t, d, p.Org, c, g, true, false, false)

		// names, in detail, one, change
		for name, want := range map[string]string{
			"owner": "ndoc", "admin": "ndoc", "staff": "ndoc", "groups": "ndoc", "users": "nd..", "reports": "n...", "manager": "n...",
			"bare": "....", "user": "....", "accepted": "....", "revoked": "....", "stranger": "....",
		} {
			user, got := p.Account[name], []byte("....")
			may := func(i int, letter byte, err error) {
				if err == nil {
					got[i] = letter
				} else {
					absent(t, name, err)
				}
			}
			_, err := s.ListGroups(as(t, user), user, p.Org)
			may(0, 'n', err)
			_, err = s.ListGroupsInDetail(as(t, user), user, p.Org)
			may(1, 'd', err)
			_, err = s.FindGroup(as(t, user), user, p.Org, g)
			may(2, 'o', err)
			_, err = s.UpdateGroup(as(t, user), user, p.Org, g, org.EditGroup{Name: "Bakers"})
			_, creating := s.CreateGroup(as(t, user), user, p.Org, org.EditGroup{Name: "Sellers"})
			if (err == nil) != (creating == nil) {
				t.Errorf("%s: change %v, create %v", name, err, creating)
			}
			may(3, 'c', err)
			if string(got) != want {
				t.Errorf("%s: got %s, want %s", name, got, want)
			}
			if want[3] == '.' {
				absent(t, name, s.DeleteGroups(as(t, user), user, p.Org, []id.Group{g}))
				absent(t, name, s.LeaveGroup(as(t, user), user, p.Org, g, p.Row["user"]))
			}
		}
		owner := p.Account["owner"]
		got, err := s.FindGroup(as(t, owner), owner, p.Org, g)
		fine(t, "find", err)
		want := org.Group{ID: g, Org: p.Org, Name: "Bakers", RevisedAt: got.RevisedAt, Access: []org.Access{{Collection: c, Group: g, ReadOnly: true}}, Members: []id.Member{p.Row["user"]}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("after refusals (-want +got):\n%s", diff)
		}
	})
}

func TestTheLifeOfAGroup(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner, c := p.Account["owner"], dbtest.Collection(t, d, p.Org)
		cipher := dbtest.Cipher(t, d, p.Org, c)
		reads := func(who string) bool {
			found := false
			fine(t, "read", d.View(t.Context(), func(tx *db.Tx) error {
				items, err := access.ToItems(t.Context(), tx, p.Account[who], []id.Cipher{cipher})
				found = len(items) == 1
				return err
			}))
			return found
		}
		expect := func(what string, readers, heard []string) {
			t.Helper()
			var got []string
			for _, who := range []string{"accepted", "invited", "manager", "revoked", "user"} {
				if who != "invited" && reads(who) {
					got = append(got, who)
				}
			}
			if diff := cmp.Diff([][]string{readers, heard}, [][]string{got, p.Heard(t, d)}); diff != "" {
				t.Errorf("%s: readers, and who heard of it (-want +got):\n%s", what, diff)
			}
		}
		p.Heard(t, d)
		row := func(who ...string) []id.Member {
			out := []id.Member{}
			for _, w := range who {
				out = append(out, p.Row[w])
			}
			return out
		}
		share := org.Access{Collection: c, ReadOnly: true}
		g, err := s.CreateGroup(as(t, owner), owner, p.Org, org.EditGroup{
			Name: " Bakers ", Members: row("user", "revoked", "accepted", "invited", "user"), Access: []org.Access{share, share, {Collection: c, Manage: true}},
		})
		fine(t, "create", err)
		if g.Name != "Bakers" || len(g.Members) != 4 || len(g.Access) != 1 || !g.Access[0].ReadOnly {
			t.Errorf("created: %+v, want duplicates once", g)
		}
		expect("created", []string{"user"}, []string{"user"})
		change := func(what string, in org.EditGroup) {
			t.Helper()
			_, err := s.UpdateGroup(as(t, owner), owner, p.Org, g.ID, in)
			fine(t, what, err)
		}
		change("another name", org.EditGroup{Name: "Night bakers"})
		expect("renamed", []string{"user"}, nil)
		change("other members", org.EditGroup{Name: "Night bakers", Members: row("manager", "accepted")})
		expect("other members", []string{"manager"}, []string{"manager", "user"})
		change("writing", org.EditGroup{Name: "Night bakers", Access: []org.Access{{Collection: c}}})
		expect("writing", []string{"manager"}, []string{"manager"})
		change("no collections", org.EditGroup{Name: "Night bakers", Access: []org.Access{}})
		expect("no collections", nil, []string{"manager"})
		change("again", org.EditGroup{Name: "Night bakers", Access: []org.Access{share}, Members: row("manager", "user")})
		expect("again", []string{"manager", "user"}, []string{"manager", "user"})
		fine(t, "leave", s.LeaveGroup(as(t, owner), owner, p.Org, g.ID, p.Row["user"]))
		absent(t, "leave again", s.LeaveGroup(as(t, owner), owner, p.Org, g.ID, p.Row["user"]))
		expect("left", []string{"manager"}, []string{"user"})
		fine(t, "delete, twice the same", s.DeleteGroups(as(t, owner), owner, p.Org, []id.Group{g.ID, g.ID}))
		expect("deleted", nil, []string{"manager"})
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE type = 1504 AND tenant_id = $1`, p.Org); n != 4+4+2+1 {
			t.Errorf("%d events about members and their groups, want 11", n)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE type IN (1400, 1401, 1402) AND group_id = $1`, g.ID); n != 7 {
			t.Errorf("%d events name the group, want 7", n)
		}
	})
}

func TestForeignAndBadGroupsAreRefused(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p, other := service(t, d), populate(t, d, nil), populate(t, d, nil)
		owner := p.Account["owner"]
		g, foreign := dbtest.Group(t, d, p.Org, p.Row["user"]), dbtest.Group(t, d, other.Org, other.Row["user"])
		c, theirs := dbtest.Collection(t, d, p.Org), dbtest.Collection(t, d, other.Org)
		try := func(what string, check func(testing.TB, string, error), in org.EditGroup) {
			t.Helper()
			_, err := s.CreateGroup(as(t, owner), owner, p.Org, in)
			check(t, "create with "+what, err)
			_, err = s.UpdateGroup(as(t, owner), owner, p.Org, g, in)
			check(t, "update with "+what, err)
		}
		says := func(text string) func(testing.TB, string, error) {
			return func(t testing.TB, what string, err error) { t.Helper(); refused(t, what, err, text) }
		}
		try("a foreign member among others", absent, org.EditGroup{Name: "x", Members: []id.Member{p.Row["user"], other.Row["user"]}})
		try("a foreign collection among others", absent, org.EditGroup{Name: "x", Access: []org.Access{{Collection: c}, {Collection: theirs}}})
		try("no name", says("1 to 100"), org.EditGroup{Name: "  "})
		try("a long name", says("1 to 100"), org.EditGroup{Name: strings.Repeat("x", 101)})
		try("control and read-only", says("cannot be combined"), org.EditGroup{Name: "x", Access: []org.Access{{Collection: c, Manage: true, ReadOnly: true}}})
		try("too many members", says("At most 2000"), org.EditGroup{Name: "x", Members: make([]id.Member, org.MaxBulk+1)})
		try("too many collections", says("At most 2000"), org.EditGroup{Name: "x", Access: make([]org.Access, org.MaxBulk+1)})
		del := func(groups ...id.Group) error { return s.DeleteGroups(as(t, owner), owner, p.Org, groups) }
		absent(t, "delete a foreign one among others", del(g, foreign))
		refused(t, "delete none", del(), "Nothing was chosen")
		refused(t, "delete too many", del(make([]id.Group, org.MaxBulk+1)...), "At most 2000")
		_, err := s.FindGroup(as(t, owner), owner, p.Org, foreign)
		absent(t, "find a foreign one", err)
		_, err = s.UpdateGroup(as(t, owner), owner, p.Org, foreign, org.EditGroup{Name: "x"})
		absent(t, "change a foreign one", err)
		absent(t, "a foreign member leaves", s.LeaveGroup(as(t, owner), owner, p.Org, g, other.Row["user"]))
		absent(t, "leave a foreign one", s.LeaveGroup(as(t, owner), owner, p.Org, foreign, p.Row["user"]))
		member := func(groups ...id.Group) error {
			return s.UpdateMember(as(t, owner), owner, p.Org, p.Row["user"], org.EditMember{Role: access.User, Groups: groups})
		}
		absent(t, "a member in a foreign group", member(g, foreign))
		refused(t, "a member in too many", member(make([]id.Group, org.MaxBulk+1)...), "At most 2000")
		_, err = s.CreateCollection(as(t, owner), owner, p.Org, org.EditCollection{Name: type2, Groups: []org.Access{{Group: g}, {Group: foreign}}})
		absent(t, "a collection for a foreign group", err)
		absent(t, "given to a foreign group", s.GiveCollections(as(t, owner), owner, p.Org, []id.Collection{c}, nil, []org.Access{{Group: foreign}}))
		absent(t, "a foreign one given", s.GiveCollections(as(t, owner), owner, p.Org, []id.Collection{c, theirs}, nil, []org.Access{{Group: g}}))
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM groups`); n != 2 {
			t.Errorf("%d groups after refusals, want 2", n)
		}
		for table, want := range map[string]int{"group_members": 2, "collection_groups": 0, "events": 0} {
			if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM `+table); n != want {
				t.Errorf("%d rows in %s after refusals, want %d", n, table, want)
			}
		}
	})
}

// TestWhoeverIsKeptOutStaysOut tries the ways to give oneself more through groups.
func TestWhoeverIsKeptOutStaysOut(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, dbtest.Columns{"admins_access_all": false})
		p.Custom(t, d, "groups", access.PermitGroups|access.PermitUsers)
		closed, orphaned := dbtest.Collection(t, d, p.Org), dbtest.Collection(t, d, p.Org)
		dbtest.Share(t, d, p.Org, closed, p.Row["manager"], false, false, true)
		full := dbtest.Group(t, d, p.Org, p.Row["user"])
		dbtest.ShareWithGroup(t, d, p.Org, closed, full, false, false, false)
		update := func(who string, g id.Group, in org.EditGroup) error {
			in.Name = "Bakers"
			_, err := s.UpdateGroup(as(t, p.Account[who]), p.Account[who], p.Org, g, in)
			return err
		}
		for _, all := range []bool{false, true} {
			dbtest.Exec(t, d, `UPDATE organizations SET admins_access_all = $1 WHERE id = $2`, all, p.Org)
			for _, who := range []string{"owner", "admin", "groups"} {
				if all && who != "groups" {
					continue // who has everything anyway
				}
				role := map[string]access.Role{"owner": access.Owner, "admin": access.Admin, "groups": access.Custom}[who]
				own := dbtest.Group(t, d, p.Org, p.Row[who])
				refused(t, who+" joins", update(who, full, org.EditGroup{Members: []id.Member{p.Row["user"], p.Row[who]}}), "yourself")
				_, err := s.CreateGroup(as(t, p.Account[who]), p.Account[who], p.Org, org.EditGroup{Name: "New", Members: []id.Member{p.Row[who]}})
				refused(t, who+" founds", err, "yourself")
				edit := org.EditMember{Role: role, Permissions: access.PermitGroups | access.PermitUsers, Groups: []id.Group{own, full}}
				refused(t, who+" joins by their own row", s.UpdateMember(as(t, p.Account[who]), p.Account[who], p.Org, p.Row[who], edit), "yourself")
				edit.Groups = []id.Group{own}
				fine(t, who+" stays", s.UpdateMember(as(t, p.Account[who]), p.Account[who], p.Org, p.Row[who], edit))
				if who != "groups" {
					refused(t, who+" adopts through their own group", update(who, own, org.EditGroup{Access: []org.Access{{Collection: orphaned, Manage: true}}}), "yourself")
					_, err = s.UpdateCollection(as(t, p.Account[who]), p.Account[who], p.Org, orphaned, org.EditCollection{Name: type2, Groups: []org.Access{{Group: own, Manage: true}}, KeepMembers: true})
					refused(t, who+" adopts through a collection", err, "yourself")
					err = s.GiveCollections(as(t, p.Account[who]), p.Account[who], p.Org, []id.Collection{orphaned}, nil, []org.Access{{Group: own, Manage: true}})
					refused(t, who+" adopts in bulk", err, "yourself")
				}
				if all {
					refused(t, who+" gives to their own group", update(who, own, org.EditGroup{Access: []org.Access{{Collection: closed}}}), "yourself")
				} else {
					absent(t, who+" gives what is closed to them", update(who, own, org.EditGroup{Access: []org.Access{{Collection: closed}}}))
				}
			}
		}
		dbtest.Exec(t, d, `UPDATE organizations SET admins_access_all = FALSE WHERE id = $1`, p.Org)
		fine(t, "what the admin may not give is let stand", update("admin", full, org.EditGroup{Access: []org.Access{{Collection: orphaned, Manage: true}}}))
		got, err := s.FindGroup(as(t, p.Account["admin"]), p.Account["admin"], p.Org, full)
		fine(t, "find", err)
		want := map[id.Collection]bool{closed: false, orphaned: true}
		manages := map[id.Collection]bool{}
		for _, a := range got.Access {
			manages[a.Collection] = a.Manage
		}
		if diff := cmp.Diff(want, manages); diff != "" {
			t.Errorf("shares (-want +got):\n%s", diff)
		}
	})
}

func TestTwoAdminsEditTheSame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner, c, g := p.Account["owner"], dbtest.Collection(t, d, p.Org), dbtest.Group(t, d, p.Org)
		edits := map[string]func(known time.Time) error{
			"member": func(known time.Time) error {
				return s.UpdateMember(as(t, owner), owner, p.Org, p.Row["user"], org.EditMember{Role: access.User, LastKnown: known})
			},
			"group": func(known time.Time) error {
				_, err := s.UpdateGroup(as(t, owner), owner, p.Org, g, org.EditGroup{Name: "Bakers", LastKnown: known})
				return err
			},
			"collection": func(known time.Time) error {
				_, err := s.UpdateCollection(as(t, owner), owner, p.Org, c, org.EditCollection{Name: type2, KeepMembers: true, KeepGroups: true, LastKnown: known})
				return err
			},
		}
		loaded := func() map[string]time.Time {
			m, err := s.FindMember(as(t, owner), owner, p.Org, p.Row["user"])
			fine(t, "member", err)
			group, err := s.FindGroup(as(t, owner), owner, p.Org, g)
			fine(t, "group", err)
			collection, err := s.FindCollection(as(t, owner), owner, p.Org, c)
			fine(t, "collection", err)
			return map[string]time.Time{"member": m.RevisedAt, "group": group.RevisedAt, "collection": collection.RevisedAt}
		}
		user := p.Row["user"]
		for what, change := range map[string]struct {
			act   func() error
			stale []string
		}{
			"the member gets the collection and joins the group": {func() error {
				return s.UpdateMember(as(t, owner), owner, p.Org, user, org.EditMember{Role: access.User, Access: []org.Access{{Collection: c}}, Groups: []id.Group{g}})
			}, []string{"collection", "group", "member"}},
			"the group gets the collection": {func() error {
				_, err := s.UpdateGroup(as(t, owner), owner, p.Org, g, org.EditGroup{Name: "Bakers", Access: []org.Access{{Collection: c}}})
				return err
			}, []string{"collection", "group"}},
			"the collection goes to another member": {func() error {
				return s.GiveCollections(as(t, owner), owner, p.Org, []id.Collection{c}, []org.Access{{Member: p.Row["manager"]}}, nil)
			}, []string{"collection"}},
		} {
			for _, statement := range []string{`UPDATE members SET revised_at = 1`, `UPDATE groups SET revised_at = 1`, `UPDATE collections SET revised_at = 1`,
				`DELETE FROM group_members`, `DELETE FROM collection_groups`, `DELETE FROM collection_members`} {
				dbtest.Exec(t, d, statement)
			}
			known := loaded()
			fine(t, what, change.act())
			var stale []string
			for name, edit := range edits {
				if err := edit(known[name]); fault.Is(err, fault.Invalid) && strings.Contains(err.Error(), "changed by somebody else") {
					stale = append(stale, name)
				} else {
					fine(t, what+": "+name, err)
				}
			}
			slices.Sort(stale)
			if diff := cmp.Diff(change.stale, stale); diff != "" {
				t.Errorf("%s: stale (-want +got):\n%s", what, diff)
			}
			for name, known := range loaded() {
				fine(t, "loaded again: "+name, edits[name](known))
			}
		}
	})
}

func TestOfTwoEditsAtOnceOneIsMade(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner, g := p.Account["owner"], dbtest.Group(t, d, p.Org)
		known, err := s.FindGroup(as(t, owner), owner, p.Org, g)
		fine(t, "find", err)
		var all sync.WaitGroup
		var done atomic.Int64
		for _, who := range []string{"user", "manager"} {
			all.Go(func() {
				_, err := s.UpdateGroup(as(t, owner), owner, p.Org, g, org.EditGroup{Name: who, Members: []id.Member{p.Row[who]}, LastKnown: known.RevisedAt})
				if err == nil {
					done.Add(1)
				}
			})
		}
		all.Wait()
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM group_members WHERE group_id = $1`, g); done.Load() != 1 || n != 1 {
			t.Errorf("%d edits were made, %d members are in the group; want 1 and 1", done.Load(), n)
		}
	})
}

func TestGroupsOfAnySizeTakeAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		owner := p.Account["owner"]
		counts := func(n int) []int64 {
			var members []id.Member
			var shares, toGroup []org.Access
			var collections []id.Collection
			for range n {
				members = append(members, dbtest.Member(t, d, p.Org, dbtest.Account(t, d, string(id.New[id.User]())+"@example.com"), 2, 2))
				c := dbtest.Collection(t, d, p.Org)
				collections, shares = append(collections, c), append(shares, org.Access{Collection: c})
			}
			var out []int64
			count := func(act func(s *org.Service, n *atomic.Int64)) {
				var n atomic.Int64
				act(s, &n)
				out = append(out, n.Load())
			}
			var g org.Group
			count(func(s *org.Service, n *atomic.Int64) {
				var err error
				g, err = s.CreateGroup(db.CountStatements(as(t, owner), n), owner, p.Org, org.EditGroup{Name: "Bakers", Members: members, Access: shares})
				fine(t, "create", err)
			})
			toGroup = []org.Access{{Group: g.ID, Manage: true}}
			count(func(s *org.Service, n *atomic.Int64) {
				fine(t, "bulk", s.GiveCollections(db.CountStatements(as(t, owner), n), owner, p.Org, collections, []org.Access{{Member: members[0]}}, toGroup))
			})
			count(func(s *org.Service, n *atomic.Int64) {
				list, err := s.ListGroupsInDetail(db.CountStatements(as(t, owner), n), owner, p.Org)
				fine(t, "list", err)
				if len(list) != 1 || len(list[0].Members) != len(members) {
					t.Errorf("groups: %+v", list)
				}
			})
			count(func(s *org.Service, n *atomic.Int64) {
				_, err := s.UpdateGroup(db.CountStatements(as(t, owner), n), owner, p.Org, g.ID, org.EditGroup{Name: "Bakers", Members: members[:1], Access: shares[:1]})
				fine(t, "update", err)
			})
			count(func(s *org.Service, n *atomic.Int64) {
				fine(t, "delete", s.DeleteGroups(db.CountStatements(as(t, owner), n), owner, p.Org, []id.Group{g.ID}))
			})
			return out
		}
		few, many := counts(2), counts(200)
		if diff := cmp.Diff(few, many); diff != "" {
			t.Errorf("statements for create, give, list, update, delete; of 2 and of 200 (-2 +200):\n%s", diff)
		}
	})
}
