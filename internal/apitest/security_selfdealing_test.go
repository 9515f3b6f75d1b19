package apitest_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"

	rights "github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// dealer is a member who is kept out of items and tries to get at them with what
// they may administer.
type dealer struct {
	*world
	who                                *person
	rand                               *rand.Rand
	collections, groups, people, items []string
}

// TestNobodyDealsToThemselves lets people who administer something, but have not
// all items, send acts at random. None may leave them with more than they had:
// no item, no way to change one, no password, no role and no permission.
func TestNobodyDealsToThemselves(t *testing.T) {
	dbtest.EachAtOnce(t, func(t *testing.T, d *db.DB) {
		w := apitest.NewWorld(t, d)
		deal := &dealer{world: w, people: []string{w.Members[w.Owner], w.Members[w.User], w.Members[w.Manager], w.Members[w.Custom], w.Members[w.Accepted]}}
		for range 4 {
			c := w.NewCollection()
			item := apitest.Item()
			item["organizationId"] = w.Org
			deal.items = append(deal.items, w.Must(t, w.Owner, http.MethodPost, "/api/ciphers/create", m{"cipher": item, "collectionIds": []string{c}}).Text(t, "id"))
			deal.collections = append(deal.collections, c)
		}
		for range 3 {
			deal.groups = append(deal.groups, w.Must(t, w.Owner, http.MethodPost, "/api/organizations/"+w.Org+"/groups",
				m{"name": "Bakers", "collections": []any{}, "users": []string{}}).Text(t, "id"))
		}
		_, deal.Members[w.Service] = joined(w, w.Service)
		apitest.Set(t, w.Server, `UPDATE organizations SET provider_item_access = FALSE WHERE id = $1`, w.Org)
		for seed, v := range []struct {
			who  *person
			all  bool // the admins' access to all items
			mask rights.Permissions
		}{
			{w.Manager, false, 0},
			{w.Custom, false, rights.AllPermissions &^ rights.PermitEditCollections},
			{w.Custom, true, rights.AllPermissions &^ rights.PermitEditCollections},
			{w.Custom, true, rights.PermitUsers},
			{w.Custom, true, rights.PermitGroups | rights.PermitCreateCollections},
			{w.User, true, 0},
			{w.Service, true, 0}, // staff of the provider that is a user besides
		} {
			deal.who, deal.rand = v.who, rand.New(rand.NewPCG(uint64(seed), 1))
			deal.people[1] = w.Members[v.who]
			deal.try(t, v.all, v.mask)
		}
	})
}

// deals is how many acts each of them tries.
const deals = 100

func (d *dealer) try(t *testing.T, all bool, mask rights.Permissions) {
	t.Helper()
	self, role, taken := d.Members[d.who], d.role(), 0
	for n := range deals {
		if n%10 == 0 {
			apitest.Set(t, d.Server, `UPDATE organizations SET admins_access_all = TRUE WHERE id = $1`, d.Org)
			apitest.Set(t, d.Server, `UPDATE members SET type = 0 WHERE org_id = $1 AND id = $2`, d.Org, d.Members[d.Owner])
			d.shuffle(t)
			apitest.Set(t, d.Server, `UPDATE organizations SET admins_access_all = $2 WHERE id = $1`, d.Org, all)
			apitest.Set(t, d.Server, `UPDATE members SET type = $3, permissions = $4 WHERE org_id = $1 AND id = $2`, d.Org, self, role, int(mask))
		}
		before := d.has(t)
		method, path, body := d.act()
		a := d.Do(t, d.who, method, path, body)
		if a.Status == http.StatusOK {
			taken++
		}
		if a.Status >= 500 {
			t.Fatalf("%s %s %v = %d %s", method, path, body, a.Status, a.Body)
		}
		for thing, had := range d.has(t) {
			if had && !before[thing] {
				t.Fatalf("%s (all: %v, permissions: %b): %s %s %v = %d gave them %s", d.who.Name, all, mask, method, path, body, a.Status, thing)
			}
		}
	}
	if taken == 0 && d.who != d.User {
		t.Errorf("%s: every act was refused", d.who.Name)
	}
}

// role is the number of the person's role.
func (d *dealer) role() int {
	return map[*person]int{d.Manager: 1, d.Custom: 4, d.User: 2, d.Service: 2}[d.who]
}

// shuffle gives everything to somebody else, at random.
func (d *dealer) shuffle(t *testing.T) {
	t.Helper()
	for _, g := range d.groups {
		var shares []any
		for _, c := range d.some(d.collections) {
			shares = append(shares, d.share(c))
		}
		d.Must(t, d.Owner, http.MethodPut, "/api/organizations/"+d.Org+"/groups/"+g, m{"name": "Bakers", "collections": append([]any{}, shares...), "users": d.some(d.people)})
	}
	for _, c := range d.collections {
		users := []any{manages(d.Members[d.Owner])}
		if d.rand.IntN(2) == 0 {
			users = append(users, d.share(d.Members[d.who]))
		}
		apitest.Set(t, d.Server, `DELETE FROM collection_members WHERE org_id = $1 AND collection_id = $2`, d.Org, c)
		for _, u := range users {
			s, _ := u.(m)
			apitest.Set(t, d.Server, `INSERT INTO collection_members (org_id, collection_id, member_id, read_only, hide_passwords, manage) VALUES ($1, $2, $3, $4, $5, $6)`,
				d.Org, c, s["id"], s["readOnly"], s["hidePasswords"], s["manage"])
		}
	}
	apitest.Set(t, d.Server, `UPDATE users SET revised_at = revised_at + 1000`)
}

func manages(who string) m {
	return m{"id": who, "readOnly": false, "hidePasswords": false, "manage": true}
}

func (d *dealer) one(list []string) string { return list[d.rand.IntN(len(list))] }

func (d *dealer) some(list []string) []string {
	out := []string{}
	for _, s := range list {
		if d.rand.IntN(2) == 0 {
			out = append(out, s)
		}
	}
	return out
}

func (d *dealer) permissions() map[string]bool {
	return rights.Permissions(d.rand.IntN(int(rights.AllPermissions) + 1)).Names()
}

func (d *dealer) share(thing string) m {
	manage := d.rand.IntN(3) == 0
	return m{"id": thing, "readOnly": !manage && d.rand.IntN(2) == 0, "hidePasswords": !manage && d.rand.IntN(2) == 0, "manage": manage}
}

func (d *dealer) shares(things []string) []any {
	out := []any{}
	for _, s := range d.some(things) {
		out = append(out, d.share(s))
	}
	return out
}

// act is something that a person who administers might send.
func (d *dealer) act() (method, path string, body any) {
	at := "/api/organizations/" + d.Org
	type call struct {
		method, path string
		body         any
	}
	list := []call{
		{http.MethodPut, "/users/" + d.one(d.people), m{
			"type": []int{0, 1, 2, 4}[d.rand.IntN(4)], "permissions": d.permissions(),
			"collections": d.shares(d.collections), "groups": d.some(d.groups),
		}},
		{http.MethodPut, "/users/" + d.Members[d.who], m{"type": 4, "permissions": d.permissions(), "collections": d.shares(d.collections), "groups": d.some(d.groups)}},
		{http.MethodPut, "/groups/" + d.one(d.groups), m{"name": "Sellers", "collections": d.shares(d.collections), "users": d.some(d.people)}},
		{http.MethodPut, "/groups/" + d.one(d.groups), m{"name": "Sellers", "collections": d.shares(d.collections), "users": nil}},
		{http.MethodPut, "/groups/" + d.one(d.groups), m{"name": "Sellers", "collections": nil, "users": d.some(d.people)}},
		{http.MethodPost, "/groups", m{"name": "Others", "collections": d.shares(d.collections), "users": d.some(d.people)}},
		{http.MethodDelete, "/groups/" + d.one(d.groups) + "/user/" + d.one(d.people), nil},
		{http.MethodPut, "/collections/" + d.one(d.collections), m{"name": apitest.Enc(), "users": d.shares(d.people), "groups": d.shares(d.groups)}},
		{http.MethodPut, "/collections/" + d.one(d.collections), m{"name": apitest.Enc(), "users": nil, "groups": d.shares(d.groups)}},
		{http.MethodPost, "/collections", m{"name": apitest.Enc(), "users": []any{manages(d.Members[d.who])}, "groups": d.shares(d.groups)}},
		{http.MethodPost, "/collections/bulk-access", m{"collectionIds": d.some(d.collections), "users": d.shares(d.people), "groups": d.shares(d.groups)}},
	}
	if n := d.rand.IntN(len(list) + 3); n < len(list) {
		return list[n].method, at + list[n].path, list[n].body
	}
	item := "/api/ciphers/" + d.one(d.items)
	switch d.rand.IntN(3) {
	case 0:
		return http.MethodPut, item + "/collections", m{"collectionIds": d.some(d.collections)}
	case 1:
		return http.MethodPut, item + "/collections-admin", m{"collectionIds": d.some(d.collections)}
	default:
		return http.MethodPost, "/api/ciphers/bulk-collections", m{
			"organizationId": d.Org, "cipherIds": d.some(d.items), "collectionIds": d.some(d.collections), "removeCollections": d.rand.IntN(2) == 0,
		}
	}
}

// has is all that the person has.
func (d *dealer) has(t *testing.T) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	sync := d.Must(t, d.who, http.MethodGet, "/api/sync", nil).JSON(t)
	items, _ := sync["ciphers"].([]any)
	for _, e := range items {
		c, _ := e.(map[string]any)
		out["item "+c["id"].(string)] = true
		for _, flag := range []string{"edit", "viewPassword"} {
			out[flag+" of item "+c["id"].(string)], _ = c[flag].(bool)
		}
	}
	profile, _ := sync["profile"].(map[string]any)
	orgs, _ := profile["organizations"].([]any)
	for _, e := range orgs {
		o, _ := e.(map[string]any)
		if o["id"] != d.Org {
			continue
		}
		// Admins have every permission but those that open items; users have none.
		rank := map[any]int{2.0: 0, 4.0: 1, 1.0: 2, 0.0: 3}[o["type"]]
		for r := range rank {
			out[fmt.Sprint("rank ", r)] = true
		}
		permissions, _ := o["permissions"].(map[string]any)
		for name, given := range permissions {
			yes, _ := given.(bool)
			opens := name == "editAnyCollection" || name == "accessImportExport" || name == "accessReports" || name == "deleteAnyCollection"
			out["permission "+name] = yes || (rank >= 2 && !opens)
		}
	}
	a := d.Do(t, d.who, http.MethodGet, "/api/ciphers/organization-details?organizationId="+d.Org, nil)
	for _, part := range strings.Split(string(a.Body), `"id":"`)[1:] {
		out["item "+part[:36]] = true
	}
	return out
}
