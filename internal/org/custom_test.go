package org_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/tenant"
)

func TestNobodyGivesMoreThanTheyHave(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		const mine = access.PermitUsers | access.PermitEventLogs
		p.Custom(t, d, "users", mine)
		p.Custom(t, d, "equal", mine)
		p.Custom(t, d, "more", mine|access.PermitPolicies)
		staffed := dbtest.Member(t, d, p.Org, p.Account["staff"], 2, 2)
		p.Row["staff"] = staffed
		update := func(by, who string, role access.Role, permissions access.Permissions) error {
			user := p.Account[by]
			return s.UpdateMember(as(t, user), user, p.Org, p.Row[who], org.EditMember{Role: role, Permissions: permissions})
		}
		for _, c := range []struct {
			by, who     string
			role        access.Role
			permissions access.Permissions
			says        string
		}{
			{"users", "users", access.Admin, 0, "Only owners and admins"},
			{"users", "users", access.Owner, 0, "Only an owner"},
			{"users", "user", access.Admin, 0, "Only owners and admins"},
			{"users", "admin", access.User, 0, "Only owners and admins"},
			{"users", "owner", access.User, 0, "Only an owner"},
			{"users", "users", access.Custom, mine | access.PermitGroups, "permissions that you don't have"},
			{"users", "user", access.Custom, access.PermitGroups, "permissions that you don't have"},
			{"users", "more", access.Custom, mine, "permissions that you don't have"},
			{"users", "more", access.User, 0, "permissions that you don't have"},
			{"admin", "admin", access.Owner, 0, "Only an owner"},
			{"staff", "staff", access.Owner, 0, "raise your own role"},
			{"staff", "staff", access.Custom, access.PermitUsers, "raise your own role"},
			{"owner", "user", 3, 0, "has a custom role"},
			{"owner", "user", -1, 0, "has a custom role"},
		} {
			err := update(c.by, c.who, c.role, c.permissions)
			refused(t, c.by+" changes "+c.who, err, c.says)
		}
		for who, want := range map[string][2]int{"users": {4, int(mine)}, "more": {4, int(mine | access.PermitPolicies)}, "user": {2, 0}, "admin": {1, 0}, "owner": {0, 0}, "staff": {2, 0}} {
			got := [2]int{
				dbtest.Value[int](t, d, `SELECT type FROM members WHERE id = $1`, p.Row[who]),
				dbtest.Value[int](t, d, `SELECT permissions FROM members WHERE id = $1`, p.Row[who]),
			}
			if got != want {
				t.Errorf("%s is %v after refusals, want %v", who, got, want)
			}
		}
		fine(t, "a custom manager gives what they have", update("users", "user", access.Custom, access.PermitEventLogs))
		fine(t, "and takes what they have", update("users", "equal", access.User, mine))
		if n := dbtest.Value[int](t, d, `SELECT permissions FROM members WHERE id = $1`, p.Row["equal"]); n != 0 {
			t.Errorf("a user has permissions %b", n)
		}
		fine(t, "and gives up their own", update("users", "users", access.Custom, access.PermitUsers))
		refused(t, "for good", update("users", "users", access.Custom, mine), "permissions that you don't have")
		fine(t, "an admin gives all", update("admin", "user", access.Custom, access.AllPermissions))
		fine(t, "an admin becomes a user", update("admin", "admin", access.User, 0))
		absent(t, "with no way back", update("admin", "admin", access.Admin, 0))

		dbtest.Exec(t, d, `UPDATE organizations SET plan_type = $1 WHERE id = $2`, tenant.TeamsMonthly, p.Org)
		refused(t, "a plan without custom roles", update("owner", "manager", access.Custom, 0), "no custom roles")
		fine(t, "which may still be taken", update("owner", "user", access.User, 0))
	})
}

func TestCustomMembersSeeWhatTheirPermissionsSay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, nil)
		for name, permissions := range map[string]access.Permissions{
			"users": access.PermitUsers, "groups": access.PermitGroups, "edit": access.PermitEditCollections, "delete": access.PermitDeleteCollections,
			"transfer": access.PermitImportExport, "recovery": access.PermitRecovery, "bare": 0,
		} {
			p.Custom(t, d, name, permissions)
		}
		dbtest.Exec(t, d, `UPDATE members SET recovery_key = '4.x' WHERE id IN ($1, $2)`, p.Row["user"], p.Row["revoked"])
		c := dbtest.Collection(t, d, p.Org)
		dbtest.Share(t, d, p.Org, c, p.Row["manager"], false, false, true)
		// members in the list, names of collections, collections in detail
		for name, want := range map[string][3]int{
			"users": {len(p.Row), 1, 1}, "groups": {-1, 1, 1}, "edit": {-1, 1, 1}, "delete": {-1, 1, 1}, "transfer": {-1, 1, 0},
			"recovery": {1, 0, 0}, "bare": {-1, 0, 0}, "manager": {-1, 1, 1}, "user": {-1, 0, 0},
		} {
			user := p.Account[name]
			got := [3]int{-1, -1, -1}
			if list, err := s.ListMembers(as(t, user), user, p.Org, org.With{}); err == nil {
				got[0] = len(list)
			} else {
				absent(t, name, err)
			}
			names, err := s.ListCollections(as(t, user), user, p.Org)
			fine(t, name, err)
			detail, err := s.ListCollectionsInDetail(as(t, user), user, p.Org)
			fine(t, name, err)
			got[1], got[2] = len(names), len(detail)
			if got != want {
				t.Errorf("%s: members, collections, in detail: got %v, want %v", name, got, want)
			}
			_, err = s.FindCollectionInDetail(as(t, user), user, p.Org, c)
			if want[2] == 1 {
				fine(t, name, err)
			} else {
				absent(t, name, err)
			}
		}
	})
}

func TestGroupsOfACollection(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, dbtest.Columns{"admins_access_all": false})
		manager := p.Account["manager"]
		bakers, sellers := dbtest.Group(t, d, p.Org, p.Row["user"], p.Row["manager"]), dbtest.Group(t, d, p.Org, p.Row["admin"])
		create := func(in org.EditCollection) (org.Collection, error) {
			in.Name = type2
			return s.CreateCollection(as(t, manager), manager, p.Org, in)
		}
		_, err := create(org.EditCollection{Groups: []org.Access{{Group: bakers}}})
		refused(t, "one that nobody would manage", err, "full control")
		p.Heard(t, d)
		c, err := create(org.EditCollection{Groups: []org.Access{{Group: bakers, Manage: true}, {Group: bakers}}})
		fine(t, "one that a group manages", err)
		if c.Orphaned || c.Mine == nil || !c.Mine.Manage || len(c.Groups) != 1 || len(c.Members) != 0 {
			t.Errorf("created: %+v", c)
		}
		if diff := cmp.Diff([]string{"manager", "user"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard of it (-want +got):\n%s", diff)
		}
		update := func(in org.EditCollection) (org.Collection, error) {
			in.Name = type2
			return s.UpdateCollection(as(t, manager), manager, p.Org, c.ID, in)
		}
		c, err = update(org.EditCollection{KeepGroups: true, Members: []org.Access{{Member: p.Row["admin"]}}})
		fine(t, "groups are kept", err)
		if len(c.Groups) != 1 || len(c.Members) != 1 {
			t.Errorf("groups kept: %+v", c)
		}
		_, err = update(org.EditCollection{KeepMembers: true, Groups: []org.Access{}})
		refused(t, "nobody would manage it", err, "full control")
		p.Heard(t, d)
		give := func(members, groups []org.Access, list ...id.Collection) error {
			return s.GiveCollections(as(t, manager), manager, p.Org, list, members, groups)
		}
		other := dbtest.Collection(t, d, p.Org)
		absent(t, "in bulk, one that is not theirs", give(nil, []org.Access{{Group: sellers}}, c.ID, other))
		refused(t, "in bulk, to nobody", give(nil, nil, c.ID), "at least one")
		refused(t, "in bulk, nothing", give(nil, []org.Access{{Group: sellers}}), "Nothing was chosen")
		refused(t, "in bulk, control and read-only", give(nil, []org.Access{{Group: sellers, Manage: true, ReadOnly: true}}, c.ID), "cannot be combined")
		refused(t, "in bulk, so that nobody manages it", give(nil, []org.Access{{Group: bakers}}, c.ID), "full control")
		if heard := p.Heard(t, d); heard != nil {
			t.Errorf("%v heard of what was refused", heard)
		}
		fine(t, "in bulk", give([]org.Access{{Member: p.Row["user"], ReadOnly: true}}, []org.Access{{Group: sellers}}, c.ID, c.ID))
		if diff := cmp.Diff([]string{"admin", "manager", "user"}, p.Heard(t, d)); diff != "" {
			t.Errorf("who heard of it (-want +got):\n%s", diff)
		}
		got, err := s.FindCollectionInDetail(as(t, manager), manager, p.Org, c.ID)
		fine(t, "find", err)
		if len(got.Members) != 2 || len(got.Groups) != 2 {
			t.Errorf("after bulk: %+v, want the others kept", got)
		}
		shared, err := s.ListShared(as(t, p.Account["user"]), p.Account["user"])
		if err != nil || len(shared) != 1 || !shared[0].Share.ReadOnly || shared[0].Share.Manage {
			t.Errorf("the user's own row counts instead of the group's: %+v, %v", shared, err)
		}
		c, err = update(org.EditCollection{Members: []org.Access{{Member: p.Row["user"], Manage: true}}, Groups: []org.Access{}})
		fine(t, "given out of one's own hands", err)
		if c.Mine != nil || len(c.Groups) != 0 || c.Orphaned {
			t.Errorf("given away: %+v", c)
		}
		_, err = update(org.EditCollection{KeepMembers: true, KeepGroups: true})
		absent(t, "which is the end of it", err)
	})
}

func TestACollectionMayWaitForItsManagerButNotForOneWhoIsRevoked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, dbtest.Columns{"admins_access_all": false})
		admin := p.Account["admin"]
		create := func(manager string) (org.Collection, error) {
			in := org.EditCollection{Name: type2, Members: []org.Access{{Member: p.Row[manager], Manage: true}}}
			return s.CreateCollection(as(t, admin), admin, p.Org, in)
		}
		for _, name := range []string{"invited", "accepted"} {
			c, err := create(name)
			fine(t, "one for somebody who is "+name, err)
			if !c.Orphaned {
				t.Errorf("one for somebody who is %s is managed", name)
			}
			give := []org.Access{{Member: p.Row["user"], Manage: true}}
			fine(t, "and given to somebody else meanwhile", s.GiveCollections(as(t, admin), admin, p.Org, []id.Collection{c.ID}, give, nil))
			absent(t, "which ends it", s.GiveCollections(as(t, admin), admin, p.Org, []id.Collection{c.ID}, give, nil))
		}
		_, err := create("revoked")
		refused(t, "one for somebody who is revoked", err, "full control")
		c, err := create("user")
		fine(t, "one for somebody who is there", err)
		dbtest.Exec(t, d, `UPDATE members SET status = -1 WHERE id = $1`, p.Row["user"])
		give := []org.Access{{Member: p.Row["manager"], Manage: true}}
		fine(t, "after they are revoked an admin gives it on", s.GiveCollections(as(t, admin), admin, p.Org, []id.Collection{c.ID}, give, nil))
	})
}

// An admin who does not reach the items becomes nobody who does, not even by
// stepping down, and makes nobody such a one.
func TestAnAdminWhoIsKeptOutOpensItemsToNobody(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, p := service(t, d), populate(t, d, dbtest.Columns{"admins_access_all": false})
		p.Custom(t, d, "reporter", access.PermitReports|access.PermitUsers)
		admin := p.Account["admin"]
		update := func(who string, permissions access.Permissions) error {
			return s.UpdateMember(as(t, admin), admin, p.Org, p.Row[who], org.EditMember{Role: access.Custom, Permissions: permissions})
		}
		for _, opens := range []access.Permissions{access.PermitEditCollections, access.PermitDeleteCollections, access.PermitImportExport, access.PermitReports} {
			refused(t, "for another", update("user", opens), "permissions that you don't have")
			refused(t, "for themselves", update("admin", opens|access.PermitUsers), "permissions that you don't have")
		}
		refused(t, "more for whom an owner gave some", update("reporter", access.PermitReports|access.PermitImportExport), "permissions that you don't have")
		fine(t, "leave what an owner gave", update("reporter", access.PermitReports|access.PermitGroups))
		fine(t, "take it", update("reporter", access.PermitGroups))
		refused(t, "give it again", update("reporter", access.PermitReports), "permissions that you don't have")
		fine(t, "give what opens nothing", update("user", access.AllPermissions&^access.OpenItems))
		fine(t, "step down", update("admin", access.PermitUsers))
	})
}
