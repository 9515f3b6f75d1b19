package overview_test

import (
	"fmt"
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

func TestSearchForPeopleInAllClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		oezil, _ := w.person(w.meadow, "oe@meadow.example", "Ömer Özil", 0, 2)
		w.person(w.harbour, "lena@harbour.example", "Lena Weiß", 2, 1)
		lotte, _ := w.person(w.mill, "lotte@mill.example", "Lotte 100%", 4, -1)
		dbtest.Row(t, d, "members", dbtest.Columns{
			"org_id": w.mill.org, "id": id.New[id.Member](), "email": "invited@mill.example", "status": 0, "type": 1, "permissions": 0, "created_at": 1, "revised_at": 1,
		})
		dbtest.Member(t, d, w.mill.org, oezil, 2, 2) // in two clients
		w.twoStep(oezil, lotte)
		yes, no := true, false
		for _, c := range []struct {
			name string
			in   overview.Search
			want []string
		}{
			{"everybody", overview.Search{}, []string{"Mill invited@mill.example", "Harbour lena@harbour.example", "Mill lotte@mill.example", "Meadow oe@meadow.example", "Mill oe@meadow.example"}},
			{"a name in another case, also of letters beyond ASCII", overview.Search{Text: "özil"}, []string{"Meadow oe@meadow.example", "Mill oe@meadow.example"}},
			{"several words, of name and address", overview.Search{Text: " MEADOW ömer "}, []string{"Meadow oe@meadow.example", "Mill oe@meadow.example"}},
			{"what databases take for a pattern", overview.Search{Text: "100%"}, []string{"Mill lotte@mill.example"}},
			{"nobody", overview.Search{Text: "l_na"}, []string{}},
			{"by state", overview.Search{Statuses: []org.MemberStatus{org.Accepted, org.Invited}}, []string{"Mill invited@mill.example", "Harbour lena@harbour.example"}},
			{"by role", overview.Search{Roles: []access.Role{access.Owner, access.Custom}}, []string{"Mill lotte@mill.example", "Meadow oe@meadow.example"}},
			{"with two-step login", overview.Search{TwoStep: &yes, Text: "mill"}, []string{"Mill lotte@mill.example"}},
			{"without", overview.Search{TwoStep: &no}, []string{"Mill invited@mill.example", "Harbour lena@harbour.example"}},
			{"in some clients", overview.Search{Clients: []id.ProviderClient{w.harbour.link, w.meadow.link}}, []string{"Harbour lena@harbour.example", "Meadow oe@meadow.example"}},
		} {
			t.Run(c.name, func(t *testing.T) {
				got, err := w.s.Search(orgtest.As(t, w.service), w.service, w.provider, c.in)
				if err != nil {
					t.Fatal(err)
				}
				place := map[string]string{"Meadow Bakery": "Meadow", "Harbour Clinic": "Harbour", "Old Mill": "Mill"}
				list := map[string]bool{}
				for _, p := range got.Found {
					list[place[p.ClientName]+" "+p.Email] = p.TwoStep
				}
				want := map[string]bool{}
				for _, p := range c.want {
					want[p] = p != "Mill invited@mill.example" && p != "Harbour lena@harbour.example"
				}
				if diff := cmp.Diff(want, list); diff != "" || got.Total != len(c.want) || got.Next != (overview.Cursor{}) {
					t.Errorf("found, and who has two-step login (-want +got):\n%s\ntotal %d, next %v", diff, got.Total, got.Next)
				}
			})
		}
		got, err := w.s.Search(orgtest.As(t, w.admin), w.admin, w.provider, overview.Search{Text: "lena"})
		if err != nil {
			t.Fatal(err)
		}
		p := got.Found[0]
		want := overview.Person{
			Client: w.harbour.link, Org: w.harbour.org, ClientName: "Harbour Clinic", Member: p.Member, User: p.User, Name: "Lena Weiß",
			Email: "lena@harbour.example", Status: org.Accepted, Role: access.User, RevisedAt: p.RevisedAt,
		}
		if diff := cmp.Diff(want, p); diff != "" || p.Member == "" || p.RevisedAt.IsZero() {
			t.Errorf("person (-want +got):\n%s", diff)
		}
	})
}

func TestSearchInAClientOutOfReachIsAbsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, list := range [][]id.ProviderClient{{w.mill.link}, {w.meadow.link, w.mill.link}, {id.New[id.ProviderClient]()}} {
			_, err := w.s.Search(orgtest.As(t, w.scoped), w.scoped, w.provider, overview.Search{Clients: list})
			orgtest.Absent(t, fmt.Sprint(list), err)
		}
		_, err := w.s.Search(orgtest.As(t, w.scoped), w.scoped, w.provider, overview.Search{Clients: []id.ProviderClient{w.meadow.link}})
		orgtest.Fine(t, "a client in reach", err)
	})
}

func TestPagesOfPeopleLeaveNobodyOutAndNameNobodyTwice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		dbtest.NewFleet(t, d, w.provider, 23, 10, 0) // 230 people
		seen, pages := map[id.Member]int{}, 0
		var after overview.Cursor
		for {
			got, err := w.s.Search(orgtest.As(t, w.service), w.service, w.provider, overview.Search{After: after})
			if err != nil || got.Total != 230 {
				t.Fatalf("total %d, %v", got.Total, err)
			}
			pages++
			for _, p := range got.Found {
				seen[p.Member]++
			}
			if got.Next == (overview.Cursor{}) {
				break
			}
			if after, err = overview.ParseCursor(got.Next.Token()); err != nil {
				t.Fatal(err)
			}
		}
		twice := 0
		for _, n := range seen {
			if n > 1 {
				twice++
			}
		}
		if pages != 3 || len(seen) != 230 || twice != 0 {
			t.Errorf("%d pages name %d people, %d of them more than once", pages, len(seen), twice)
		}
	})
}

func TestForgedTokensOfPagesAreRefused(t *testing.T) {
	for _, token := range []string{"x", "!", "bm90IGFuIGlk", "MDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDA"} {
		if c, err := overview.ParseCursor(token); err == nil {
			t.Errorf("%q is taken for %v", token, c)
		}
	}
}
