package access_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
)

var acts = []access.Act{
	access.SeeOrg, access.ReadMembers, access.ManageMembers, access.RecoverAccounts, access.ReadGroups, access.ManageGroups,
	access.ManagePolicies, access.ManageDomains, access.ManageSCIM, access.ReadEvents, access.ReadReports, access.ChangeSettings, access.ManageOrg,
	access.SeeCollections, access.SeeCollectionAccess, access.CreateCollections, access.ManageCollections, access.GiveToMembers,
	access.GiveToGroups, access.DeleteCollections, access.ReadAllItems, access.WriteAllItems, access.ImportItems, access.ExportItems,
	access.PurgeItems,
}

// letters shows a set of acts as one letter each, in the order of acts, so that
// the table below can be read as a table: administration, collections, items.
const letters = "SrmagGpdsethonwcCuvxRWIEP"

func may(o access.Org) string {
	out := []byte{}
	for i, act := range acts {
		if i == 13 || i == 20 {
			out = append(out, ' ')
		}
		if o.Can(act) {
			out = append(out, letters[i])
		} else {
			out = append(out, '.')
		}
	}
	return string(out)
}

var permitted = map[string]access.Permissions{
	"events": access.PermitEventLogs, "transfer": access.PermitImportExport, "reports": access.PermitReports,
	"create": access.PermitCreateCollections, "edit": access.PermitEditCollections, "delete": access.PermitDeleteCollections,
	"groups": access.PermitGroups, "policies": access.PermitPolicies, "sso": access.PermitSSO, "users": access.PermitUsers,
	"recovery": access.PermitRecovery, "scim": access.PermitSCIM, "rules": access.PermitAccessRules,
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
	case "user with bits": // they count for custom roles alone
		o.Role, o.Member, o.Permissions = access.User, "m", access.AllPermissions
	case "custom":
		o.Role, o.Member = access.Custom, "m"
	case "custom with all":
		o.Role, o.Member, o.Permissions = access.Custom, "m", access.AllPermissions
	case "staff":
		o.Provider = "p"
	case "provider's key":
		o.Provider, o.ByProviderKey, o.KeyMayWrite = "p", true, true
	case "provider's reading key":
		o.Provider, o.ByProviderKey = "p", true
	case "staff and user":
		o.Provider, o.Role, o.Member = "p", access.User, "m"
	}
	if p, ok := permitted[who]; ok {
		o.Role, o.Member, o.Permissions = access.Custom, "m", p
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

// The whole table: who, under which setting, may do what. "default" is the row
// that holds where no other is given.
func TestWhoMayDoWhat(t *testing.T) {
	table := map[string]map[string]string{
		"owner": {
			"default":         "SrmagGpdsetho nwcCuvx RWIEP",
			"admins kept out": "SrmagGpdsetho nwc.... ..I.P",
			"disabled":        "SrmagGpdsetho ....... .....",
		},
		"admin": {
			"default":         "SrmagGpdset.. nwcCuvx RWIEP",
			"admins kept out": "SrmagGpdset.. nwc.... ..I..",
			"disabled":        "SrmagGpdset.. ....... .....",
		},
		"user": {
			"default":          "S...g........ ..c.... .....",
			"creation limited": "S............ ....... .....",
			"disabled":         "S...g........ ....... .....",
		},
		"user with bits": {
			"default":          "S...g........ ..c.... .....",
			"creation limited": "S............ ....... .....",
			"disabled":         "S...g........ ....... .....",
		},
		"custom": {
			"default":          "S...g........ ..c.... .....",
			"creation limited": "S............ ....... .....",
			"disabled":         "S...g........ ....... .....",
		},
		"custom with all": {
			"default":  "SrmagGpdset.. nwcCuvx RWIEP",
			"disabled": "SrmagGpdset.. ....... .....",
		},
		"events": {
			"default":          "S...g....e... ..c.... .....",
			"creation limited": "S........e... ....... .....",
			"disabled":         "S...g....e... ....... .....",
		},
		"transfer": {
			"default":          "S...g........ n.c.... R.IE.",
			"creation limited": "S............ n...... R.IE.",
			"disabled":         "S...g........ ....... .....",
		},
		"reports": {
			"default":          "S...g.....t.. ..c.... R....",
			"creation limited": "S...g.....t.. ....... R....",
			"disabled":         "S...g.....t.. ....... .....",
		},
		"create": {
			"default":  "S...g........ ..c.... .....",
			"disabled": "S...g........ ....... .....",
		},
		"edit": {
			"default":          "S...g........ nwcCuv. RW..P",
			"creation limited": "S............ nw.Cuv. RW..P",
			"disabled":         "S...g........ ....... .....",
		},
		"delete": {
			"default":          "S...g........ nwc...x .....",
			"creation limited": "S............ nw....x .....",
			"disabled":         "S...g........ ....... .....",
		},
		"groups": {
			"default":          "S...gG....... nwc..v. .....",
			"admins kept out":  "S...gG....... nwc.... .....",
			"creation limited": "S...gG....... nw...v. .....",
			"disabled":         "S...gG....... ....... .....",
		},
		"policies": {
			"default":          "S...g.p...... ..c.... .....",
			"creation limited": "S.....p...... ....... .....",
			"disabled":         "S...g.p...... ....... .....",
		},
		"sso": {
			"default":          "S...g..d..... ..c.... .....",
			"creation limited": "S......d..... ....... .....",
			"disabled":         "S...g..d..... ....... .....",
		},
		"users": {
			"default":          "Srm.g........ nwc.u.. .....",
			"admins kept out":  "Srm.g........ nwc.... .....",
			"creation limited": "Srm.g........ nw..u.. .....",
			"disabled":         "Srm.g........ ....... .....",
		},
		"recovery": {
			"default":          "S..ag........ ..c.... .....",
			"creation limited": "S..a......... ....... .....",
			"disabled":         "S..ag........ ....... .....",
		},
		"scim": {
			"default":          "S...g...s.... ..c.... .....",
			"creation limited": "S.......s.... ....... .....",
			"disabled":         "S...g...s.... ....... .....",
		},
		"rules": {
			"default":          "S...g........ ..c.... .....",
			"creation limited": "S............ ....... .....",
			"disabled":         "S...g........ ....... .....",
		},
		"staff": {
			"default":           "SrmagGpdsetho nwcCuvx RWI..",
			"provider kept out": "SrmagGpdsetho nwcCuvx .....",
			"disabled":          "SrmagGpdsetho ....... .....",
		},
		"staff and user": {
			"default":           "SrmagGpdsetho nwcCuvx RWI..",
			"provider kept out": "SrmagGpdsetho nwcCuvx .....",
			"disabled":          "SrmagGpdsetho ....... .....",
		},
		"provider's key": {
			"default":  "Srm.gGp..eth. nw..uv. .....",
			"disabled": "Srm.gGp..eth. ....... .....",
		},
		"provider's reading key": {
			"default":  "Sr..g....et.. nw..... .....",
			"disabled": "Sr..g....et.. ....... .....",
		},
		"nobody": {
			"default": "............. ....... .....",
		},
	}
	for who, row := range table {
		for _, settings := range allSettings {
			want, given := row[settings]
			if !given {
				want = row["default"]
			}
			if got := may(as(who, settings)); got != want {
				t.Errorf("%s, %s: got %s, want %s", who, settings, got, want)
			}
		}
	}
	if len(acts) != len(letters) {
		t.Error("an act has no letter")
	}
}

var allSettings = []string{"default", "admins kept out", "creation limited", "deletion limited", "items limited", "provider kept out", "disabled"}

func TestPermissionsHaveTheNamesThatClientsKnow(t *testing.T) {
	for p := access.Permissions(0); p <= access.AllPermissions; p += 7 {
		got, err := access.PermissionsFrom(p.Names())
		if err != nil || got != p || len(p.Names()) != 13 {
			t.Fatalf("%b: got %b, %v", p, got, err)
		}
	}
	if _, err := access.PermissionsFrom(map[string]bool{"manageUsers": true, "manageEverything": true}); err == nil {
		t.Error("an unknown permission was taken")
	}
	if got, err := access.PermissionsFrom(map[string]bool{"manageUsers": true}); err != nil || got != access.PermitUsers {
		t.Errorf("a part: got %b, %v", got, err)
	}
}

func TestNobodyGrantsWhatTheyLack(t *testing.T) {
	custom := as("users", "default")
	custom.Permissions |= access.PermitEventLogs
	for _, c := range []struct {
		who  access.Org
		give access.Permissions
		want bool
	}{
		{custom, access.PermitUsers | access.PermitEventLogs, true},
		{custom, access.PermitEventLogs | access.PermitReports, false},
		{as("events", "default"), access.PermitEventLogs, false}, // may not manage members at all
		{as("owner", "default"), access.AllPermissions, true},
		{as("admin", "default"), access.AllPermissions, true},
		{as("staff", "default"), access.AllPermissions, true},
		{as("user", "default"), 0, false},
		{as("owner", "admins kept out"), access.AllPermissions, true},
		{as("admin", "admins kept out"), access.AllPermissions &^ access.OpenItems, true},
		{as("admin", "admins kept out"), access.PermitEditCollections, false},
		{as("admin", "admins kept out"), access.PermitReports | access.PermitUsers, false},
	} {
		if got := c.who.MayGrant(c.give); got != c.want {
			t.Errorf("role %d with %b grants %b: got %v", c.who.Role, c.who.Permissions, c.give, got)
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
	// owner, admin, user, custom: whom they handle as members, and whose account they recover
	table := map[string][2]string{
		"owner": {"yyyy", "yyyy"}, "admin": {"nyyy", "nyyy"}, "user": {"nnnn", "nnnn"}, "custom": {"nnnn", "nnnn"},
		"users": {"nnyy", "nnnn"}, "recovery": {"nnnn", "nnyy"}, "custom with all": {"nnyy", "nnyy"},
		"staff": {"yyyy", "yyyy"}, "staff and user": {"yyyy", "yyyy"}, "nobody": {"nnnn", "nnnn"},
	}
	for who, want := range table {
		o := as(who, "default")
		if got := [2]string{over(o.MayHandle), over(o.MayRecover)}; got != want {
			t.Errorf("%s: got %s, want %s", who, got, want)
		}
	}
}

func over(may func(access.Role) bool) string {
	out := ""
	for _, role := range []access.Role{access.Owner, access.Admin, access.User, access.Custom} {
		if may(role) {
			out += "y"
		} else {
			out += "n"
		}
	}
	return out
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
