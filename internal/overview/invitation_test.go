package overview_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/orgtest"
	"github.com/kastellan/kastellan/internal/overview"
)

func group(t *testing.T, d *db.DB, org id.Org, name string) id.Group {
	t.Helper()
	g := id.New[id.Group]()
	dbtest.Row(t, d, "groups", dbtest.Columns{"org_id": org, "id": g, "name": name, "created_at": 1, "revised_at": 1})
	return g
}

func TestADryRunOfInvitations(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.client("Twin", dbtest.Columns{})
		w.client("twin", dbtest.Columns{})
		endless := w.client("Endless", dbtest.Columns{})
		w.person(w.meadow, "revoked@meadow.example", "Gone", 2, -1)
		w.person(w.harbour, "owner@harbour.example", "Owner", 0, 2)
		bakers, twins := group(t, d, w.meadow.org, "Bakers"), []string{"Twins"}
		group(t, d, w.meadow.org, twins[0])
		group(t, d, w.meadow.org, twins[0])
		group(t, d, w.mill.org, "Millers")
		revoked, confirmed := org.Revoked, org.Confirmed
		w.judge(t, []inviteCase{
			{"by name, in any case", overview.Wish{Client: " meadow  BAKERY", Email: " New@Meadow.example ", Role: 2, Groups: []string{"bakers", " "}}, w.meadow.link, []id.Group{bakers}, nil, ""},
			{"by the id of the link", overview.Wish{Client: string(w.mill.link), Email: "a@example.com", Role: 0}, w.mill.link, nil, nil, ""},
			{"by the id of the organization", overview.Wish{Client: strings.ToUpper(string(w.mill.org)), Email: "b@example.com", Role: 1}, w.mill.link, nil, nil, ""},
			{"no such client", overview.Wish{Client: "Nowhere", Email: "a@example.com", Role: 2}, "", nil, nil, "no client"},
			{"an empty name", overview.Wish{Email: "a@example.com", Role: 2}, "", nil, nil, "no client"},
			{"two clients of that name", overview.Wish{Client: "Twin", Email: "a@example.com", Role: 2}, "", nil, nil, "Several clients"},
			{"no address", overview.Wish{Client: "Old Mill", Email: "nobody", Role: 2}, w.mill.link, nil, nil, "address"},
			{"a custom role", overview.Wish{Client: "Old Mill", Email: "c@example.com", Role: access.Custom}, w.mill.link, nil, nil, "custom role"},
			{"no role at all", overview.Wish{Client: "Old Mill", Email: "c@example.com", Role: 3}, w.mill.link, nil, nil, "an owner, an admin or a user"},
			{"a group of another client", overview.Wish{Client: "Old Mill", Email: "c@example.com", Role: 2, Groups: []string{"Bakers"}}, w.mill.link, nil, nil, `no group "Bakers"`},
			{"two groups of that name", overview.Wish{Client: "Meadow Bakery", Email: "c@example.com", Role: 2, Groups: twins}, w.meadow.link, nil, nil, "several groups"},
			{"twice on the list", overview.Wish{Client: string(w.mill.org), Email: "A@example.com", Role: 2}, w.mill.link, nil, nil, "more than once"},
			{"was a member", overview.Wish{Client: "Meadow Bakery", Email: "revoked@meadow.example", Role: 2}, w.meadow.link, nil, &revoked, ""},
			{"is a member", overview.Wish{Client: "Harbour Clinic", Email: "Owner@harbour.example", Role: 2}, w.harbour.link, nil, &confirmed, ""},
			{"the last seat", overview.Wish{Client: "Harbour Clinic", Email: "d@example.com", Role: 2}, w.harbour.link, nil, nil, ""},
			{"no seat left", overview.Wish{Client: "Harbour Clinic", Email: "e@example.com", Role: 2}, w.harbour.link, nil, nil, "1 of 2 seats"},
			{"without a limit", overview.Wish{Client: "Endless", Email: "e@example.com", Role: 2}, endless.link, nil, nil, ""},
		})
	})
}

// inviteCase is a line of a list and the verdict that it should get.
type inviteCase struct {
	name    string
	wish    overview.Wish
	of      id.ProviderClient
	groups  []id.Group
	already *org.MemberStatus
	says    string
}

func (w *world) judge(t *testing.T, cases []inviteCase) {
	t.Helper()
	var list []overview.Wish
	for _, c := range cases {
		list = append(list, c.wish)
	}
	got, into, err := w.s.Check(orgtest.As(t, w.service), w.service, w.provider, list)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range cases {
		v := got[i]
		var of id.ProviderClient
		if v.Of != nil {
			of = v.Of.ID
		}
		if of != c.of || !cmp.Equal(c.groups, v.GroupIDs) || !cmp.Equal(c.already, v.Already) {
			t.Errorf("%s: client %q, groups %v, already %v; want %q, %v, %v", c.name, of, v.GroupIDs, v.Already, c.of, c.groups, c.already)
		}
		if (c.says == "") != (v.Error == "") || !strings.Contains(v.Error, c.says) {
			t.Errorf("%s: error %q, want %q", c.name, v.Error, c.says)
		}
	}
	wanted := map[string][2]int{}
	for _, r := range into {
		wanted[r.Name] = [2]int{r.Wanted, r.Free()}
	}
	delete(wanted, "Endless")
	if diff := cmp.Diff(map[string][2]int{"Meadow Bakery": {1, 5}, "Old Mill": {2, 4}, "Harbour Clinic": {2, 1}}, wanted); diff != "" {
		t.Errorf("seats wanted and free (-want +got):\n%s", diff)
	}
}

func TestAListNamesNoClientOutOfReach(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, name := range []string{"Old Mill", string(w.mill.link), string(w.mill.org)} {
			got, into, err := w.s.Check(orgtest.As(t, w.scoped), w.scoped, w.provider, []overview.Wish{{Client: name, Email: "a@example.com", Role: 2}})
			if err != nil || len(into) != 0 || got[0].Of != nil || got[0].Error != "There is no client with this name or id." {
				t.Errorf("%s: %+v, %v", name, got, err)
			}
		}
	})
}

func TestListsHaveASize(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, n := range []int{0, 5001} {
			_, _, err := w.s.Check(orgtest.As(t, w.admin), w.admin, w.provider, make([]overview.Wish, n))
			orgtest.Refused(t, "a list of another size", err, "1 to 5000 rows")
		}
	})
}
