//go:build bench

package bench

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// A large client: what every page of its Admin Console asks for.
const (
	manyMembers     = 2000
	manyGroups      = 200
	manyCollections = 500
	manyItems       = 20_000
)

// consolePages are the requests behind the pages, the slowest part of each.
func consolePages(org client.OrgID) []struct{ name, path string } {
	at := "/api/organizations/" + string(org)
	return []struct{ name, path string }{
		{"People", at + "/users?includeGroups=true&includeCollections=true"},
		{"Groups", at + "/groups/details"},
		{"Collections", at + "/collections/details"},
		{"Items", "/api/ciphers/organization-details?organizationId=" + string(org)},
		{"Events, newest", at + "/events"},
		{"Policies", at + "/policies"},
	}
}

// measureOrganization times the Admin Console of a large organization, and the
// vault of one of its people.
func measureOrganization(t *testing.T, s *realserver.Server, databaseURL string, figures *table) (owner *user, org client.OrgID) {
	owner = newUser(t, s, "large@example.test")
	org, members := fillOrganization(t, s, owner, databaseURL)
	for _, page := range consolePages(org) {
		answer := owner.get(page.path)
		what := fmt.Sprintf("Large client: %s (%s)", page.name, bytes(int64(len(answer))))
		figures.times(what, median(9, func() { owner.get(page.path) }), fromMemory(t, answer), "the same bytes from memory", "")
	}
	one := members[1]
	change := func(role int) {
		owner.send("PUT", "/api/organizations/"+string(org)+"/users/"+string(one.ID), "application/json",
			encode(t, map[string]any{"type": role, "collections": one.Collections, "groups": one.Groups, "permissions": nil}))
	}
	roles := []int{1, 2}
	n := 0
	figures.times("Large client: changing one member's role", median(20, func() { n++; change(roles[n%2]) }),
		median(20, func() { syncedWrite(t, s.Dir) }), "writing 4 kB and fsync", "")
	return owner, org
}

// fillOrganization makes the collections and items through the API, really
// encrypted, and the people past it: deriving keys for thousands of accounts
// would take an hour and measure nothing.
func fillOrganization(t *testing.T, s *realserver.Server, owner *user, databaseURL string) (client.OrgID, []client.Member) {
	api, err := client.New(s.URL(), s.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	session, err := api.Login(t.Context(), client.Credentials{Email: owner.email, Password: owner.password})
	if err != nil {
		t.Fatal(err)
	}
	org, err := session.CreateOrganization(t.Context(), client.NewOrganization{Name: "Large Example", BillingEmail: owner.email, Collection: "First"})
	if err != nil {
		t.Fatal(err)
	}
	importCollections(t, session, org)
	enlist(t, s, databaseURL, id.Org(org))
	members, err := session.Members(t.Context(), org)
	if err != nil {
		t.Fatal(err)
	}
	group(t, session, org, members)
	if members, err = session.Members(t.Context(), org); err != nil {
		t.Fatal(err)
	}
	return org, members
}

func importCollections(t *testing.T, session *client.Session, org client.OrgID) {
	const batches = 4
	for batch := range batches {
		in := client.Import{Items: make([]item.View, manyItems/batches), Into: map[int]int{}}
		for n := range manyCollections / batches {
			in.Names = append(in.Names, fmt.Sprintf("Department %02d/Collection %03d", n%25, batch*manyCollections/batches+n))
		}
		for n := range in.Items {
			view := &in.Items[n]
			view.Type, view.Name = item.LoginType, fmt.Sprintf("Item %05d", batch*len(in.Items)+n)
			view.Login = &item.Login[string]{Username: "user@example.test", Password: "an invented password"}
			in.Into[n] = n % len(in.Names)
		}
		if err := session.ImportOrg(t.Context(), org, in); err != nil {
			t.Fatal(err)
		}
	}
}

// enlist writes confirmed members and their accounts.
func enlist(t *testing.T, s *realserver.Server, databaseURL string, org id.Org) {
	d := openDatabase(t, s, databaseURL)
	defer d.Close()
	for n := range manyMembers - 1 {
		dbtest.Member(t, d, org, dbtest.Account(t, d, fmt.Sprintf("person%04d.with.a.long.name@large.example.test", n)), 2, 2)
	}
}

// openDatabase opens that of a running server, to write past its API.
func openDatabase(t *testing.T, s *realserver.Server, databaseURL string) *db.DB {
	if databaseURL == "" {
		databaseURL = filepath.Join(s.Dir, "kastellan.db")
	}
	d, err := db.Open(t.Context(), databaseURL)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// group puts everybody into three groups, and gives each group five collections.
func group(t *testing.T, session *client.Session, org client.OrgID, members []client.Member) {
	collections, err := session.Collections(t.Context(), org)
	if err != nil {
		t.Fatal(err)
	}
	for n := range manyGroups {
		content := client.GroupContent{Name: fmt.Sprintf("Group %03d", n)}
		for i := range 3 * manyMembers / manyGroups {
			content.Members = append(content.Members, members[(n*10+i*67)%len(members)].ID)
		}
		for i := range 5 {
			content.Collections = append(content.Collections, client.Access[client.CollectionID]{ID: collections[(n*5+i)%len(collections)].ID})
		}
		if _, err := session.CreateGroup(t.Context(), org, content); err != nil {
			t.Fatal(err)
		}
	}
}

// scrolled is what the browser measured of one list.
type scrolled struct {
	Name        string
	Rows        int
	Open, Frame float64 // milliseconds: until the first row, and between two frames while scrolling, 95th percentile
	Dropped     float64 // share of frames that took longer than two, in percent
}

// measureConsole opens the pages of the large client in Chromium and scrolls
// through their lists.
func measureConsole(t *testing.T, s *realserver.Server, owner *user, org client.OrgID, figures *table) {
	var lists []scrolled
	if err := json.Unmarshal(runBrowser(t, "console.mjs", s.URL(), owner.email, owner.password, string(org)), &lists); err != nil {
		t.Fatal(err)
	}
	for _, l := range lists {
		figures.add(row{
			fmt.Sprintf("Large client in Chromium: %s, %d rows", l.Name, l.Rows),
			millis(time.Duration(l.Open * float64(time.Millisecond))), "", "until the first row", "",
		})
		figures.add(row{
			"… scrolling it, time between frames, 95 of 100", millis(time.Duration(l.Frame * float64(time.Millisecond))), "16.7 ms",
			fmt.Sprintf("60 frames a second; %.0f %% of frames took longer than two", l.Dropped), "",
		})
	}
}
