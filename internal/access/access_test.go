package access_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

func view(t *testing.T, d *db.DB, fn func(ctx context.Context, tx *db.Tx) error) error {
	t.Helper()
	return d.View(t.Context(), func(tx *db.Tx) error { return fn(t.Context(), tx) })
}

// rights are what an account may do in an organization; "" when it is absent.
func rights(t *testing.T, d *db.DB, user id.User, org id.Org) string {
	t.Helper()
	out := ""
	err := view(t, d, func(ctx context.Context, tx *db.Tx) error {
		o, err := access.ToOrg(ctx, tx, user, org)
		if err == nil {
			out = may(o)
		}
		return err
	})
	if err != nil && !fault.Is(err, fault.NotFound) {
		t.Fatal(err)
	}
	return out
}

func TestOnlyConfirmedPeopleOfEnabledProvidersHaveRights(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org := dbtest.Org(t, d, nil)
		provider := dbtest.Provider(t, d, 2)
		dbtest.Client(t, d, provider, org)
		foreign := dbtest.Provider(t, d, 2)
		dbtest.Client(t, d, foreign, dbtest.Org(t, d, nil))
		account := func(name string) id.User { return dbtest.Account(t, d, name+"@example.com") }

		for _, c := range []struct {
			name string
			join func(id.User)
			want string
		}{
			{"stranger", func(id.User) {}, ""},
			{"revoked", func(u id.User) { dbtest.Member(t, d, org, u, 0, -1) }, ""},
			{"accepted", func(u id.User) { dbtest.Member(t, d, org, u, 0, 1) }, ""},
			{"staged", func(u id.User) { dbtest.Member(t, d, org, u, 0, 3) }, ""},
			{"owner", func(u id.User) { dbtest.Member(t, d, org, u, 0, 2) }, "SrmagGpdsetho nwcCuvx RWIEP"},
			{"admin", func(u id.User) { dbtest.Member(t, d, org, u, 1, 2) }, "SrmagGpdset.. nwcCuvx RWIEP"},
			{"user", func(u id.User) { dbtest.Member(t, d, org, u, 2, 2) }, "S...g........ ..c.... ....."},
			{"accepted-staff", func(u id.User) { dbtest.Staff(t, d, provider, u, 0, 1) }, ""},
			{"provider-admin", func(u id.User) { dbtest.Staff(t, d, provider, u, 0, 2) }, "SrmagGpdsetho nwcCuvx RWI.."},
			{"service-user", func(u id.User) { dbtest.Staff(t, d, provider, u, 1, 2) }, "SrmagGpdsetho nwcCuvx RWI.."},
			{"foreign-provider", func(u id.User) { dbtest.Staff(t, d, foreign, u, 0, 2) }, ""},
			{"foreign-member", func(u id.User) { dbtest.Member(t, d, dbtest.Org(t, d, nil), u, 0, 2) }, ""},
		} {
			u := account(c.name)
			c.join(u)
			if got := rights(t, d, u, org); got != c.want {
				t.Errorf("%s: got %q, want %q", c.name, got, c.want)
			}
		}

		staff := account("late-staff")
		dbtest.Staff(t, d, provider, staff, 0, 2)
		for name, change := range map[string][2]string{
			"disabled provider": {`UPDATE providers SET enabled = FALSE WHERE id = $1`, `UPDATE providers SET enabled = TRUE WHERE id = $1`},
			"pending provider":  {`UPDATE providers SET status = 0 WHERE id = $1`, `UPDATE providers SET status = 2 WHERE id = $1`},
		} {
			dbtest.Exec(t, d, change[0], provider)
			if got := rights(t, d, staff, org); got != "" {
				t.Errorf("%s: its staff has %q, want nothing", name, got)
			}
			if err := asStaff(t, d, staff, provider); !fault.Is(err, fault.NotFound) {
				t.Errorf("%s: ToProvider = %v, want absent", name, err)
			}
			dbtest.Exec(t, d, change[1], provider)
		}
		if err := asStaff(t, d, staff, provider); err != nil {
			t.Errorf("ToProvider = %v", err)
		}
	})
}

func asStaff(t *testing.T, d *db.DB, user id.User, provider id.Provider) error {
	t.Helper()
	return view(t, d, func(ctx context.Context, tx *db.Tx) error {
		_, err := access.ToProvider(ctx, tx, user, provider)
		return err
	})
}

func TestProviderAdminsAndServiceUsersDiffer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		provider := dbtest.Provider(t, d, 2)
		admin, service := dbtest.Account(t, d, "a@example.com"), dbtest.Account(t, d, "s@example.com")
		dbtest.Staff(t, d, provider, admin, 0, 2)
		dbtest.Staff(t, d, provider, service, 1, 2)
		err := view(t, d, func(ctx context.Context, tx *db.Tx) error {
			if s, err := access.ToProviderAsAdmin(ctx, tx, admin, provider); err != nil || !s.Admin {
				t.Errorf("admin: %+v, %v", s, err)
			}
			if s, err := access.ToProvider(ctx, tx, service, provider); err != nil || s.Admin {
				t.Errorf("service user: %+v, %v", s, err)
			}
			if _, err := access.ToProviderAsAdmin(ctx, tx, service, provider); !fault.Is(err, fault.NotFound) {
				t.Errorf("service user as admin: %v, want absent", err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// items are the grants of an account on some items, in the order of the list;
// "-" for an item that is absent to it.
func items(t *testing.T, d *db.DB, user id.User, list ...id.Cipher) []string {
	t.Helper()
	var found []access.Item
	err := view(t, d, func(ctx context.Context, tx *db.Tx) (err error) {
		found, err = access.ToItems(ctx, tx, user, list)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	out := make([]string, len(list))
	for i, cipher := range list {
		out[i] = "-"
		n := slices.IndexFunc(found, func(f access.Item) bool { return f.ID == cipher })
		if n < 0 {
			continue
		}
		out[i] = "r"
		for letter, has := range map[string]bool{"w": found[n].Write, "p": found[n].ViewPassword, "m": found[n].Manage, "d": found[n].Delete} {
			if has {
				out[i] += letter
			}
		}
		b := []byte(out[i])
		slices.Sort(b)
		out[i] = string(b)
	}
	return out
}

func TestItemsReachAnAccountThroughItsCollectionsAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org, other := dbtest.Org(t, d, nil), dbtest.Org(t, d, nil)
		user, owner, accepted := dbtest.Account(t, d, "u@example.com"), dbtest.Account(t, d, "o@example.com"), dbtest.Account(t, d, "x@example.com")
		m := dbtest.Member(t, d, org, user, 2, 2)
		dbtest.Member(t, d, org, owner, 0, 2)
		notYet := dbtest.Member(t, d, org, accepted, 0, 1)
		readOnly, hidden, full, foreign := dbtest.Collection(t, d, org), dbtest.Collection(t, d, org), dbtest.Collection(t, d, org), dbtest.Collection(t, d, other)
		dbtest.Share(t, d, org, readOnly, m, true, false, false)
		dbtest.Share(t, d, org, hidden, m, false, true, false)
		dbtest.Share(t, d, org, full, m, false, false, true)
		dbtest.Share(t, d, org, full, notYet, false, false, true)

		list := []id.Cipher{
			dbtest.Cipher(t, d, org, readOnly), dbtest.Cipher(t, d, org, hidden), dbtest.Cipher(t, d, org, readOnly, hidden),
			dbtest.Cipher(t, d, org, full), dbtest.Cipher(t, d, org), dbtest.Cipher(t, d, other, foreign), id.New[id.Cipher](),
		}
		want := []string{"pr", "drw", "dprw", "dmprw", "-", "-", "-"}
		if diff := cmp.Diff(want, items(t, d, user, list...)); diff != "" {
			t.Errorf("member (-want +got):\n%s", diff)
		}
		none := []string{"-", "-", "-", "-", "-", "-", "-"}
		if diff := cmp.Diff(none, items(t, d, owner, list...)); diff != "" {
			t.Errorf("an owner without collections (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(none, items(t, d, accepted, list...)); diff != "" {
			t.Errorf("accepted (-want +got):\n%s", diff)
		}

		dbtest.Exec(t, d, `UPDATE organizations SET limit_item_deletion = TRUE WHERE id = $1`, org)
		want = []string{"pr", "rw", "prw", "dmprw", "-", "-", "-"}
		if diff := cmp.Diff(want, items(t, d, user, list...)); diff != "" {
			t.Errorf("with limited deletion (-want +got):\n%s", diff)
		}
		dbtest.Exec(t, d, `UPDATE organizations SET enabled = FALSE WHERE id = $1`, org)
		if diff := cmp.Diff(none, items(t, d, user, list...)); diff != "" {
			t.Errorf("disabled (-want +got):\n%s", diff)
		}
	})
}

func TestGroupsOpenItemsUnlessARowOfOnesOwnSaysOtherwise(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org, user := dbtest.Org(t, d, nil), dbtest.Account(t, d, "u@example.com")
		m, you := dbtest.Member(t, d, org, user, 2, 2), dbtest.Member(t, d, org, "", 2, 2)
		bakers, sellers, others := dbtest.Group(t, d, org, m, you), dbtest.Group(t, d, org, m), dbtest.Group(t, d, org, you)
		collection := func() id.Collection { return dbtest.Collection(t, d, org) }
		oneGroup, twoGroups, overridden, foreign, both := collection(), collection(), collection(), collection(), collection()
		dbtest.ShareWithGroup(t, d, org, oneGroup, bakers, true, true, false)
		dbtest.ShareWithGroup(t, d, org, twoGroups, bakers, true, false, false)
		dbtest.ShareWithGroup(t, d, org, twoGroups, sellers, false, true, false)
		dbtest.ShareWithGroup(t, d, org, overridden, bakers, false, false, true)
		dbtest.Share(t, d, org, overridden, m, true, true, false)
		dbtest.ShareWithGroup(t, d, org, foreign, others, false, false, true)
		dbtest.ShareWithGroup(t, d, org, both, sellers, false, false, true)

		list := []id.Cipher{
			dbtest.Cipher(t, d, org, oneGroup), dbtest.Cipher(t, d, org, twoGroups), dbtest.Cipher(t, d, org, overridden),
			dbtest.Cipher(t, d, org, foreign), dbtest.Cipher(t, d, org, both, overridden, oneGroup),
		}
		want := []string{"r", "dprw", "r", "-", "dmprw"}
		if diff := cmp.Diff(want, items(t, d, user, list...)); diff != "" {
			t.Errorf("items (-want +got):\n%s", diff)
		}

		var got map[id.Collection]access.Collection
		err := view(t, d, func(ctx context.Context, tx *db.Tx) error {
			o, err := access.ToOrg(ctx, tx, user, org)
			if err != nil {
				return err
			}
			got, err = o.Collections(ctx, tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		wantCollections := map[id.Collection]access.Collection{
			oneGroup: {ID: oneGroup, Assigned: true, Orphaned: true}, twoGroups: {ID: twoGroups, Assigned: true, Orphaned: true},
			overridden: {ID: overridden, Assigned: true}, foreign: {ID: foreign}, both: {ID: both, Assigned: true, Manages: true},
		}
		if diff := cmp.Diff(wantCollections, got); diff != "" {
			t.Errorf("collections (-want +got):\n%s", diff)
		}

		for _, status := range []int{-1, 0, 1, 3} {
			dbtest.Exec(t, d, `UPDATE members SET status = $1 WHERE id = $2`, status, m)
			if diff := cmp.Diff([]string{"-", "-", "-", "-", "-"}, items(t, d, user, list...)); diff != "" {
				t.Errorf("status %d (-want +got):\n%s", status, diff)
			}
		}
	})
}

func TestItemsOfAdminsAndStaff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org, other := dbtest.Org(t, d, nil), dbtest.Org(t, d, nil)
		provider := dbtest.Provider(t, d, 2)
		dbtest.Client(t, d, provider, org)
		admin, user, staff := dbtest.Account(t, d, "a@example.com"), dbtest.Account(t, d, "u@example.com"), dbtest.Account(t, d, "s@example.com")
		dbtest.Member(t, d, org, admin, 1, 2)
		dbtest.Member(t, d, org, user, 2, 2)
		dbtest.Staff(t, d, provider, staff, 1, 2)
		mine, foreign := dbtest.Cipher(t, d, org), dbtest.Cipher(t, d, other)

		ask := func(who id.User) ([]access.Item, error) {
			var out []access.Item
			err := view(t, d, func(ctx context.Context, tx *db.Tx) (err error) {
				out, err = access.ToItemsAsAdmin(ctx, tx, who, org, access.WriteAllItems, []id.Cipher{mine, foreign})
				return err
			})
			return out, err
		}
		full := access.Grant{Write: true, ViewPassword: true, Manage: true, Delete: true}
		for _, c := range []struct {
			who  id.User
			want []access.Item
		}{
			{admin, []access.Item{{ID: mine, Org: org, Grant: full}}},
			{staff, []access.Item{{ID: mine, Org: org, Provider: provider, Grant: full}}},
		} {
			got, err := ask(c.who)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("items (-want +got):\n%s", diff)
			}
		}
		if _, err := ask(user); !fault.Is(err, fault.NotFound) {
			t.Errorf("a user: %v, want absent", err)
		}
		dbtest.Exec(t, d, `UPDATE organizations SET provider_item_access = FALSE WHERE id = $1`, org)
		if _, err := ask(staff); !fault.Is(err, fault.NotFound) {
			t.Errorf("staff kept out: %v, want absent", err)
		}
	})
}

func TestCollectionsAsTheyStandToAMember(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org, user := dbtest.Org(t, d, nil), dbtest.Account(t, d, "u@example.com")
		me, you := dbtest.Member(t, d, org, user, 2, 2), dbtest.Member(t, d, org, "", 2, 2)
		managed, assigned, orphaned := dbtest.Collection(t, d, org), dbtest.Collection(t, d, org), dbtest.Collection(t, d, org)
		dbtest.Collection(t, d, dbtest.Org(t, d, nil))
		dbtest.Share(t, d, org, managed, me, false, false, true)
		dbtest.Share(t, d, org, managed, you, true, false, false)
		dbtest.Share(t, d, org, assigned, me, false, false, false)
		dbtest.Share(t, d, org, assigned, you, false, false, true)
		var got map[id.Collection]access.Collection
		err := view(t, d, func(ctx context.Context, tx *db.Tx) error {
			o, err := access.ToOrg(ctx, tx, user, org)
			if err != nil {
				return err
			}
			got, err = o.Collections(ctx, tx)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		want := map[id.Collection]access.Collection{
			managed:  {ID: managed, Assigned: true, Manages: true},
			assigned: {ID: assigned, Assigned: true},
			orphaned: {ID: orphaned, Orphaned: true},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("collections (-want +got):\n%s", diff)
		}
	})
}

func TestACollectionIsManagedByConfirmedMembersAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org, user := dbtest.Org(t, d, nil), dbtest.Account(t, d, "u@example.com")
		me := dbtest.Member(t, d, org, user, 1, 2)
		holder := func(status int) id.Member { return dbtest.Member(t, d, org, "", 2, status) }
		want := map[id.Collection]bool{}
		direct := func(orphaned bool, m id.Member) {
			c := dbtest.Collection(t, d, org)
			dbtest.Share(t, d, org, c, m, false, false, true)
			want[c] = orphaned
		}
		grouped := func(orphaned bool, members ...id.Member) id.Collection {
			c := dbtest.Collection(t, d, org)
			dbtest.ShareWithGroup(t, d, org, c, dbtest.Group(t, d, org, members...), false, false, true)
			want[c] = orphaned
			return c
		}
		for _, status := range []int{-1, 0, 1, 3} {
			direct(true, holder(status))
			grouped(true, holder(status))
		}
		grouped(true)
		direct(false, holder(2))
		grouped(false, holder(-1), holder(2))
		overridden := holder(2) // whose own row replaces that of the group
		dbtest.Share(t, d, org, grouped(true, overridden), overridden, true, false, false)
		err := view(t, d, func(ctx context.Context, tx *db.Tx) error {
			o, err := access.ToOrg(ctx, tx, user, org)
			if err != nil {
				return err
			}
			known, err := o.Collections(ctx, tx)
			got := map[id.Collection]bool{}
			for c, k := range known {
				got[c] = k.Orphaned
			}
			if diff := cmp.Diff(want, got); diff != "" || o.Member != me {
				t.Errorf("orphaned (-want +got):\n%s", diff)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestReachTakesThreeStatementsHoweverMany(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org, user := dbtest.Org(t, d, nil), dbtest.Account(t, d, "u@example.com")
		dbtest.Member(t, d, org, user, 1, 2)
		var ciphers []id.Cipher
		for range 30 {
			ciphers = append(ciphers, dbtest.Cipher(t, d, org))
		}
		for _, n := range []int{1, 30} {
			var statements atomic.Int64
			var reached map[id.Cipher]id.Org
			err := view(t, d, func(ctx context.Context, tx *db.Tx) (err error) {
				reached, _, err = access.Reach(db.CountStatements(ctx, &statements), tx, user, ciphers[:n], nil)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if len(reached) != n || statements.Load() != 3 {
				t.Errorf("%d items: reached %d in %d statements, want all in 3", n, len(reached), statements.Load())
			}
		}
	})
}
