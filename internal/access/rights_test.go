package access_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
)

var acts = []access.Act{
	access.SeeOrg, access.ReadMembers, access.ManageMembers, access.SeeCollections, access.CreateCollections, access.ManageCollections,
	access.DeleteCollections, access.ReadAllItems, access.WriteAllItems, access.ImportItems, access.ExportItems, access.PurgeItems, access.ManageOrg,
}

// letters shows a set of acts as one letter each, in the order of acts, so that
// the table below can be read as a table.
const letters = "SrmscmdRWIEPO"

func may(o access.Org) string {
	out := []byte{}
	for i, act := range acts {
		if o.Can(act) {
			out = append(out, letters[i])
		} else {
			out = append(out, '.')
		}
	}
	return string(out)
}

// as gives an Org with the rights of one kind of person under given settings.
func as(who string, settings string) access.Org {
	o := access.Org{Enabled: true, Role: access.NoRole, AdminsAccessAll: true, ProviderItemAccess: true}
	switch who {
	case "owner":
		o.Role, o.Member = access.Owner, "m"
	case "admin":
		o.Role, o.Member = access.Admin, "m"
	case "user":
		o.Role, o.Member = access.User, "m"
	case "custom":
		o.Role, o.Member = access.Custom, "m"
	case "staff":
		o.Provider = "p"
	case "staff and user":
		o.Provider, o.Role, o.Member = "p", access.User, "m"
	}
	switch settings {
	case "admins kept out":
		o.AdminsAccessAll = false
	case "creation limited":
		o.LimitCollectionCreation = true
	case "deletion limited":
		o.LimitCollectionDeletion = true
	case "items limited":
		o.LimitItemDeletion = true
	case "provider kept out":
		o.ProviderItemAccess = false
	case "disabled":
		o.Enabled = false
	}
	return o
}

// The whole table: who, under which setting, may do what.
func TestWhoMayDoWhat(t *testing.T) {
	const (
		everything   = "SrmscmdRWIEPO"
		admin        = "SrmscmdRWIEP."
		adminOut     = "Srmsc....IEP."
		member       = "S...c........"
		memberBound  = "S............"
		staff        = "SrmscmdRWI..O"
		staffOut     = "Srmscmd.....O"
		nothing      = "............."
		ownerOut     = "Srmsc....IEPO"
		closedOwner  = "Srm.........O"
		closedAdmin  = "Srm.........."
		closedMember = "S............"
	)
	table := map[string][7]string{
		// default, admins kept out, creation limited, deletion limited, items limited, provider kept out, disabled
		"owner":          {everything, ownerOut, everything, everything, everything, everything, closedOwner},
		"admin":          {admin, adminOut, admin, admin, admin, admin, closedAdmin},
		"user":           {member, member, memberBound, member, member, member, closedMember},
		"custom":         {member, member, memberBound, member, member, member, closedMember},
		"staff":          {staff, staff, staff, staff, staff, staffOut, closedOwner},
		"staff and user": {staff, staff, staff, staff, staff, staffOut, closedOwner},
		"nobody":         {nothing, nothing, nothing, nothing, nothing, nothing, nothing},
	}
	settings := []string{"default", "admins kept out", "creation limited", "deletion limited", "items limited", "provider kept out", "disabled"}
	for who, row := range table {
		for i, want := range row {
			if got := may(as(who, settings[i])); got != want {
				t.Errorf("%s, %s: got %s, want %s", who, settings[i], got, want)
			}
		}
	}
}

func TestAnOrgThatWasNeverReadGivesNoRights(t *testing.T) {
	for i, act := range acts {
		if (access.Org{Enabled: true}).Can(act) || (access.Org{}).Can(act) {
			t.Errorf("the zero value may do act %d", i)
		}
	}
	if (access.Org{Enabled: true}).MayHandle(access.User) {
		t.Error("the zero value handles members")
	}
}

func TestNobodyHandlesWhoStandsAboveThem(t *testing.T) {
	table := map[string]string{ // owner, admin, user, custom
		"owner": "yyyy", "admin": "nyyy", "user": "nnnn", "custom": "nnnn", "staff": "yyyy", "staff and user": "yyyy", "nobody": "nnnn",
	}
	for who, want := range table {
		got := ""
		for _, role := range []access.Role{access.Owner, access.Admin, access.User, access.Custom} {
			if as(who, "default").MayHandle(role) {
				got += "y"
			} else {
				got += "n"
			}
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", who, got, want)
		}
	}
}

func TestSingleCollections(t *testing.T) {
	kinds := map[string]access.Collection{
		"managed":  {Assigned: true, Manages: true},
		"assigned": {Assigned: true},
		"other's":  {},
		"orphaned": {Orphaned: true},
	}
	// see, edit, delete
	table := map[string]string{
		"owner, default, other's":            "sed",
		"admin, default, orphaned":           "sed",
		"admin, admins kept out, other's":    "s..",
		"admin, admins kept out, assigned":   "s..",
		"admin, admins kept out, managed":    "sed",
		"admin, admins kept out, orphaned":   "se.",
		"owner, admins kept out, orphaned":   "se.",
		"user, default, managed":             "sed",
		"user, default, assigned":            "...",
		"user, default, other's":             "...",
		"user, default, orphaned":            "...",
		"user, deletion limited, managed":    "se.",
		"admin, deletion limited, managed":   "sed",
		"user, disabled, managed":            "...",
		"owner, disabled, managed":           "...",
		"staff, default, other's":            "sed",
		"staff, admins kept out, other's":    "sed",
		"staff, provider kept out, orphaned": "sed",
		"staff, disabled, other's":           "...",
		"nobody, default, managed":           "...",
		"nobody, default, orphaned":          "...",
	}
	got := map[string]string{}
	for name := range table {
		for kind, c := range kinds {
			for _, who := range []string{"owner", "admin", "user", "staff", "nobody"} {
				for _, settings := range []string{"default", "admins kept out", "deletion limited", "provider kept out", "disabled"} {
					if name == fmt.Sprintf("%s, %s, %s", who, settings, kind) {
						got[name] = single(as(who, settings), c)
					}
				}
			}
		}
	}
	if diff := cmp.Diff(table, got); diff != "" {
		t.Errorf("rights (-want +got):\n%s", diff)
	}
}

func single(o access.Org, c access.Collection) string {
	out := []byte("...")
	if o.CanSee(c) {
		out[0] = 's'
	}
	if o.CanEdit(c) {
		out[1] = 'e'
	}
	if o.CanDelete(c) {
		out[2] = 'd'
	}
	return string(out)
}

func TestGrantsOfItems(t *testing.T) {
	for _, c := range []struct {
		readOnly, hide, manage, limit bool
		want                          access.Grant
	}{
		{false, false, false, false, access.Grant{Write: true, ViewPassword: true, Delete: true}},
		{false, false, false, true, access.Grant{Write: true, ViewPassword: true}},
		{false, false, true, true, access.Grant{Write: true, ViewPassword: true, Manage: true, Delete: true}},
		{false, true, false, false, access.Grant{Write: true, Delete: true}},
		{false, true, false, true, access.Grant{Write: true}},
		{true, false, false, false, access.Grant{ViewPassword: true}},
		{true, true, false, false, access.Grant{}},
		{true, true, false, true, access.Grant{}},
	} {
		if got := access.GrantOf(c.readOnly, c.hide, c.manage, c.limit); got != c.want {
			t.Errorf("%+v: got %+v", c, got)
		}
	}
}
