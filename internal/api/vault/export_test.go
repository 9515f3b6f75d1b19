package vault_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/id"
)

// shop is an organization with three collections of one item each, one item in
// two of them, one in none, and one in the trash.
type shop struct {
	*world
	org                     id.Org
	mine, edited, closed    id.Collection
	inMine, inEdited, inAll string
	inClosed, loose, binned string
	head                    id.User // an owner who manages nothing
}

func newShop(w *world) *shop {
	s := &shop{world: w, org: w.org("A"), head: w.user("head")}
	w.member(s.org, s.head, owner, confirmed)
	s.mine, s.edited, s.closed = w.collection(s.org), w.collection(s.org), w.collection(s.org)
	make := func(in ...any) string {
		return w.must(s.head, "POST", "/api/ciphers/admin", object{"cipher": login(object{"organizationId": s.org}), "collectionIds": in})["id"].(string)
	}
	s.inMine, s.inEdited, s.inClosed, s.loose, s.binned = make(s.mine), make(s.edited), make(s.closed), make(), make(s.mine)
	s.inAll = make(s.mine, s.closed)
	w.must(s.head, "PUT", "/api/ciphers/"+s.binned+"/delete-admin", nil)
	return s
}

// joins makes somebody a member who manages one collection and edits another.
func (s *shop) joins(name string, role int, p access.Permissions) id.User {
	s.t.Helper()
	user := s.user(name)
	m := s.member(s.org, user, role, confirmed)
	s.exec(`UPDATE members SET permissions = $2 WHERE id = $1`, m, int(p))
	s.give(s.org, s.mine, m, "manage")
	s.give(s.org, s.edited, m, "edit")
	return user
}

// ids are those of a list, sorted.
func ids(list any) []string {
	out := []string{}
	for _, e := range list.([]any) {
		out = append(out, e.(object)["id"].(string))
	}
	slices.Sort(out)
	return out
}

func sorted(list ...string) []string {
	slices.Sort(list)
	return list
}

func TestEverybodyExportsWhatIsTheirs(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		s := newShop(w)
		path := "/api/organizations/" + string(s.org) + "/export"
		everything := sorted(s.inMine, s.inEdited, s.inAll, s.inClosed, s.loose)
		allCollections := sorted(string(s.mine), string(s.edited), string(s.closed))
		managed, managedCollection := sorted(s.inMine, s.inAll), []string{string(s.mine)}
		staff, foreign := w.technician("tech", s.org), w.user("foreign")
		w.member(w.org("B"), foreign, owner, confirmed)
		plain := w.user("plain")
		w.member(s.org, plain, member, confirmed)
		exporter := s.joins("exporter", 4, access.PermitImportExport)
		expect := func(name string, as id.User, collections, items []string) {
			t.Helper()
			got := w.must(as, "GET", path, nil)
			if diff := cmp.Diff(collections, ids(got["collections"])); diff != "" {
				t.Errorf("%s: collections (-want +got):\n%s", name, diff)
			}
			if diff := cmp.Diff(items, ids(got["ciphers"])); diff != "" {
				t.Errorf("%s: items (-want +got):\n%s", name, diff)
			}
		}
		expect("owner", s.head, allCollections, everything)
		expect("custom for export", exporter, allCollections, everything)
		for i, p := range []access.Permissions{access.PermitReports, access.PermitEditCollections, access.PermitEventLogs, access.PermitUsers, 0} {
			expect(fmt.Sprintf("custom %d", p), s.joins(fmt.Sprintf("custom%d", i), 4, p), managedCollection, unassignedToo(managed, s.loose, p))
		}
		manager := s.joins("manager", member, 0)
		expect("manager of a collection", manager, managedCollection, managed)
		expect("user", plain, []string{}, []string{})
		for _, c := range w.must(manager, "GET", path, nil)["ciphers"].([]any) {
			if diff := cmp.Diff([]any{string(s.mine)}, c.(object)["collectionIds"]); diff != "" {
				t.Errorf("an export names collections that it does not hold:\n%s", diff)
			}
		}
		waiting, gone := w.user("waiting"), w.user("gone")
		w.member(s.org, waiting, owner, accepted)
		w.member(s.org, gone, owner, revoked)
		for _, as := range []id.User{staff, foreign, waiting, gone, w.user("nobody")} {
			w.refused(404, as, "GET", path, nil)
		}
		if n := w.count(`SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1602`, s.org); n != 10 {
			t.Errorf("%d exports are logged, want 10", n)
		}
		w.exec(`UPDATE organizations SET admins_access_all = FALSE WHERE id = $1`, s.org)
		expect("owner without access to all", s.head, []string{}, []string{s.loose})
		expect("admin who manages one", s.joins("boss", admin, 0), managedCollection, sorted(s.inMine, s.inAll, s.loose))
		expect("custom for export all the same", exporter, allCollections, everything)
		w.exec(`UPDATE organizations SET enabled = FALSE WHERE id = $1`, s.org)
		for _, as := range []id.User{s.head, exporter, manager} {
			w.refused(404, as, "GET", path, nil)
		}
	})
}

func unassignedToo(list []string, loose string, p access.Permissions) []string {
	if p == access.PermitEditCollections {
		return sorted(append(slices.Clone(list), loose)...)
	}
	return list
}

func TestAnExportTakesTheSameStatementsHoweverLarge(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		s := newShop(w)
		manager := s.joins("manager", member, 0)
		path := "/api/organizations/" + string(s.org) + "/export"
		small := [2]int64{w.call(s.head, "GET", path, nil).took, w.call(manager, "GET", path, nil).took}
		var items, relations []object
		for i := range 60 {
			items, relations = append(items, login(nil)), append(relations, object{"key": i, "value": 0})
		}
		w.must(s.head, "POST", "/api/ciphers/import-organization?organizationId="+string(s.org), object{
			"ciphers": items, "collections": []any{object{"id": s.mine, "name": enc()}}, "collectionRelationships": relations,
		})
		large := [2]int64{w.call(s.head, "GET", path, nil).took, w.call(manager, "GET", path, nil).took}
		if small != large || large[0] > 8 || large[1] > 8 {
			t.Errorf("%v statements for a few items, %v for many", small, large)
		}
	})
}

// TestAdminsWithoutAccessToAllReachWhatIsNobodys: an item in no collection would
// be lost otherwise.
func TestAdminsWithoutAccessToAllReachWhatIsNobodys(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		s := newShop(w)
		boss, plain := s.joins("boss", admin, 0), s.joins("plain", member, 0)
		staff := w.technician("tech", s.org)
		w.exec(`UPDATE organizations SET admins_access_all = FALSE WHERE id = $1`, s.org)
		list := "/api/ciphers/organization-details?organizationId=" + string(s.org)
		if diff := cmp.Diff(sorted(s.inMine, s.inAll, s.binned, s.loose), ids(w.must(boss, "GET", list, nil)["data"])); diff != "" {
			t.Errorf("the Admin Console of an admin (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]string{s.loose}, ids(w.must(s.head, "GET", list, nil)["data"])); diff != "" {
			t.Errorf("that of an owner (-want +got):\n%s", diff)
		}
		w.refused(404, plain, "GET", list, nil)
		w.refused(404, plain, "GET", "/api/ciphers/"+s.loose+"/admin", nil)
		w.refused(404, boss, "GET", "/api/ciphers/"+s.inClosed+"/admin", nil)
		w.refused(404, boss, "PUT", "/api/ciphers/"+s.inClosed+"/admin", login(object{"organizationId": s.org}))
		w.refused(404, boss, "PUT", "/api/ciphers/delete-admin", object{"ids": []any{s.loose, s.inClosed}, "organizationId": s.org})
		w.must(boss, "PUT", "/api/ciphers/delete-admin", object{"ids": []any{s.loose, s.inMine}, "organizationId": s.org})
		w.must(boss, "PUT", "/api/ciphers/restore-admin", object{"ids": []any{s.loose, s.inMine}, "organizationId": s.org})
		w.must(boss, "PUT", "/api/ciphers/"+s.loose+"/admin", login(object{"organizationId": s.org}))
		w.refused(404, boss, "PUT", "/api/ciphers/"+s.loose+"/collections-admin", object{"collectionIds": []any{s.closed}})
		w.must(boss, "PUT", "/api/ciphers/"+s.loose+"/collections-admin", object{"collectionIds": []any{s.mine}})
		w.refused(404, s.head, "GET", "/api/ciphers/"+s.loose+"/admin", nil) // it has a place again
		w.refused(400, boss, "PUT", "/api/ciphers/"+s.loose+"/collections-admin", object{"collectionIds": []any{}})
		if n := len(w.must(staff, "GET", list, nil)["data"].([]any)); n != 6 {
			t.Errorf("the provider's staff sees %d items, want 6", n)
		}
		w.exec(`UPDATE organizations SET provider_item_access = FALSE WHERE id = $1`, s.org)
		w.refused(404, staff, "GET", list, nil)
		w.refused(404, staff, "GET", "/api/ciphers/"+s.inMine+"/admin", nil)
	})
}

// TestCustomRolesReachItemsAsTheirPermissionsSay goes through the routes of items
// with each permission that concerns them.
func TestCustomRolesReachItemsAsTheirPermissionsSay(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		s := newShop(w)
		list := "/api/ciphers/organization-details?organizationId=" + string(s.org)
		for i, v := range []struct {
			permits                        access.Permissions
			reads, writes, imports, purges int
		}{
			{0, 404, 404, 404, 404}, {access.PermitUsers, 404, 404, 404, 404}, {access.PermitDeleteCollections, 404, 404, 404, 404},
			{access.PermitReports, 200, 404, 404, 404}, {access.PermitImportExport, 200, 404, 200, 404}, {access.PermitEditCollections, 200, 200, 404, 200},
		} {
			as := w.user(fmt.Sprintf("custom%d", i))
			w.exec(`UPDATE members SET permissions = $2 WHERE id = $1`, w.member(s.org, as, 4, confirmed), int(v.permits))
			item := "/api/ciphers/" + s.inClosed
			batch := object{"ciphers": []any{login(nil)}, "collections": []any{object{"id": s.closed, "name": enc()}}, "collectionRelationships": []any{object{"key": 0, "value": 0}}}
			for _, c := range []struct {
				what, method, path string
				body               any
				want               int
			}{
				{"list", "GET", list, nil, v.reads}, {"read", "GET", item + "/admin", nil, v.reads},
				{"write", "PUT", item + "/admin", login(object{"organizationId": s.org}), v.writes},
				{"trash", "PUT", item + "/delete-admin", nil, v.writes}, {"restore", "PUT", item + "/restore-admin", nil, v.writes},
				{"collections", "PUT", item + "/collections-admin", object{"collectionIds": []any{s.closed}}, v.writes},
				{"bulk", "POST", "/api/ciphers/bulk-collections", object{"organizationId": s.org, "cipherIds": []any{s.inClosed}, "collectionIds": []any{s.mine}}, v.writes},
				{"create", "POST", "/api/ciphers/admin", object{"cipher": login(object{"organizationId": s.org}), "collectionIds": []any{s.closed}}, v.writes},
				{"import", "POST", "/api/ciphers/import-organization?organizationId=" + string(s.org), batch, v.imports},
				{"purge", "POST", "/api/ciphers/purge?organizationId=" + string(s.org), object{"masterPasswordHash": "right"}, v.purges},
			} {
				if a := w.call(as, c.method, c.path, c.body); a.status != c.want {
					t.Errorf("permissions %d: %s = %d %s, want %d", v.permits, c.what, a.status, a.raw, c.want)
				}
			}
		}
	})
}

func TestMembersImportWhereTheyMayEdit(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		s := newShop(w)
		user := s.joins("user", member, 0)
		read, other := w.collection(s.org), w.collection(w.org("B"))
		w.exec(`INSERT INTO collection_members (org_id, collection_id, member_id, read_only, hide_passwords, manage)
			SELECT org_id, $2, id, TRUE, FALSE, FALSE FROM members WHERE user_id = $1`, user, read)
		path := "/api/ciphers/import-organization?organizationId=" + string(s.org)
		batch := func(in ...id.Collection) object {
			var collections, items, relations []any
			for i, c := range in {
				collections = append(collections, object{"id": c, "name": enc()})
				items, relations = append(items, login(nil)), append(relations, object{"key": i, "value": i})
			}
			return object{"ciphers": items, "collections": collections, "collectionRelationships": relations}
		}
		w.must(user, "POST", path, batch(s.mine, s.edited))
		before := w.count(`SELECT COUNT(*) FROM ciphers`)
		for name, in := range map[string][]id.Collection{"read only": {read}, "not theirs": {s.closed}, "mixed": {s.mine, s.closed}, "mixed with read only": {s.edited, read}} {
			if a := w.call(user, "POST", path, batch(in...)); a.status != 404 {
				t.Errorf("%s: %d %s", name, a.status, a.raw)
			}
		}
		w.refused(400, user, "POST", path, object{"ciphers": []any{login(nil)}, "collections": []any{}, "collectionRelationships": []any{}})
		if n := w.count(`SELECT COUNT(*) FROM ciphers`); n != before {
			t.Errorf("refused imports left %d items", n-before)
		}
		// Another organization's collection is made anew, and belongs to whom may make one.
		w.must(user, "POST", path, batch(other))
		w.exec(`UPDATE organizations SET limit_collection_creation = TRUE WHERE id = $1`, s.org)
		w.refused(404, user, "POST", path, batch(other))
		if n := w.count(`SELECT COUNT(*) FROM collection_ciphers WHERE collection_id = $1`, other); n != 0 {
			t.Errorf("%d items in another organization's collection", n)
		}
	})
}
