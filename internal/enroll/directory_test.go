package enroll_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// byKey is the context of a request with an organization's own key.
func (w *world) byKey(organization id.Org) context.Context {
	return reqctx.WithActor(w.t.Context(), reqctx.Actor{Org: organization})
}

func (w *world) importing(organization id.Org, in enroll.Import) error {
	w.t.Helper()
	return w.enroll.ImportDirectory(w.byKey(organization), access.OwnKey, organization, in)
}

// roll lists who is in an organization, as "address external-id status".
func (w *world) roll(organization id.Org) []string {
	w.t.Helper()
	return w.texts(`SELECT COALESCE(u.email, m.email) || ' ' || COALESCE(m.external_id, '-') || ' ' || m.status
		FROM members m LEFT JOIN users u ON u.id = m.user_id WHERE m.org_id = $1`, organization)
}

// grouped lists who is in which group, as "group: address".
func (w *world) grouped(organization id.Org) []string {
	w.t.Helper()
	return w.texts(`SELECT g.name || ': ' || COALESCE(u.email, m.email, '') FROM groups g
		LEFT JOIN group_members gm ON gm.org_id = g.org_id AND gm.group_id = g.id
		LEFT JOIN members m ON m.org_id = gm.org_id AND m.id = gm.member_id LEFT JOIN users u ON u.id = m.user_id WHERE g.org_id = $1`, organization)
}

func (w *world) texts(query string, args ...any) []string {
	w.t.Helper()
	var out []string
	err := w.d.View(w.t.Context(), func(tx *db.Tx) (err error) {
		out, err = db.All(w.t.Context(), tx, db.Value[string], query, args...)
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

func person(name string) enroll.ImportMember {
	return enroll.ImportMember{Email: name + "@example.com", ExternalID: "uid=" + name}
}

func same(t *testing.T, what string, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func TestADirectoryKeepsTheMembers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 50)
		amy, _ := w.member(c.Org, "amy", access.User, org.Confirmed)
		w.member(c.Org, "handmade", access.User, org.Confirmed)
		w.enroll.Outbox = mail.NewOutbox(d, w.enroll.Tokens, nil, slog.New(slog.DiscardHandler))
		dbtest.Exec(t, d, `DELETE FROM events`)
		letters := func() int { return dbtest.Value[int](t, d, `SELECT COUNT(*) FROM mail_outbox`) }

		in := enroll.Import{Overwrite: true, Members: []enroll.ImportMember{person("boss"), person("amy"), person("ben"), person("cleo")}, Groups: []enroll.ImportGroup{
			{Name: "Bakers", ExternalID: "g1", Members: []string{"uid=amy", "uid=ben", "uid=nobody", "uid=amy"}},
			{Name: "Drivers", ExternalID: "g2"},
		}}
		before := w.revised(amy)
		w.fine("first import", w.importing(c.Org, in))
		same(t, "members", []string{
			"amy@example.com uid=amy 2", "ben@example.com uid=ben 0", "boss@example.com uid=boss 0", "cleo@example.com uid=cleo 0", "handmade@example.com - 2",
		}, w.roll(c.Org))
		same(t, "groups", []string{"Bakers: amy@example.com", "Bakers: ben@example.com", "Drivers: "}, w.grouped(c.Org))
		if got := w.events(string(c.Org)); !slices.Equal(got, []int{1400, 1400, 1500, 1500, 1504, 1504}) {
			t.Errorf("events %v", got)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE system_user = 3 AND acting_user_id IS NULL`); n != 6 {
			t.Errorf("%d of 6 events were done by the Public API", n)
		}
		if letters() != 2 || w.revised(amy) <= before {
			t.Errorf("%d letters, amy is told: %v; want 2 and true", letters(), w.revised(amy) > before)
		}

		dbtest.Exec(t, d, `DELETE FROM events`)
		before = w.revised(amy)
		w.fine("the same again", w.importing(c.Org, in))
		if got := w.events(string(c.Org)); len(got) != 0 || letters() != 2 || w.revised(amy) != before {
			t.Errorf("the same again: events %v, %d letters in all", got, letters())
		}

		in.Groups = []enroll.ImportGroup{{Name: "Pastry", ExternalID: "g1", Members: []string{"uid=ben"}}}
		in.Members = []enroll.ImportMember{person("amy"), {Email: "Ben@Example.com", ExternalID: "uid=benjamin"}, {ExternalID: "uid=cleo", Deleted: true}}
		in.Groups[0].Members = []string{"uid=benjamin"}
		w.fine("changes", w.importing(c.Org, in))
		same(t, "members after changes", []string{
			"amy@example.com uid=amy 2", "ben@example.com uid=benjamin 0", "boss@example.com uid=boss 0", "handmade@example.com - 2",
		}, w.roll(c.Org))
		same(t, "groups after changes", []string{"Drivers: ", "Pastry: ben@example.com"}, w.grouped(c.Org))
		if got := w.events(string(c.Org)); !slices.Equal(got, []int{1401, 1503, 1504}) {
			t.Errorf("events of changes %v", got)
		}

		w.fine("amy is gone from the directory", w.importing(c.Org, enroll.Import{Overwrite: true, Members: []enroll.ImportMember{person("ben")}}))
		same(t, "members that stay", []string{"ben@example.com uid=ben 0", "boss@example.com uid=boss 0", "handmade@example.com - 2"}, w.roll(c.Org))
	})
}

// Without overwriteExisting nobody goes whom the directory doesn't call deleted,
// and owners never do.
func TestADirectoryRemovesNobodyByMistake(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 50)
		w.fine("import", w.importing(c.Org, enroll.Import{Members: []enroll.ImportMember{person("boss"), person("amy"), person("ben")}}))
		w.fine("less", w.importing(c.Org, enroll.Import{Members: []enroll.ImportMember{person("ben"), {ExternalID: "uid=boss", Deleted: true}}}))
		same(t, "members", []string{"amy@example.com uid=amy 0", "ben@example.com uid=ben 0", "boss@example.com uid=boss 0"}, w.roll(c.Org))
		w.fine("nobody", w.importing(c.Org, enroll.Import{Overwrite: true}))
		same(t, "members", []string{"boss@example.com uid=boss 0"}, w.roll(c.Org))
	})
}

// The connector sends a large directory in parts: people first, then groups that
// name people of the parts before.
func TestADirectoryInParts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 50)
		nobody := enroll.ImportMember{ExternalID: "uid=printer"} // without an address, as things in a directory are
		w.fine("first people", w.importing(c.Org, enroll.Import{Large: true, Members: []enroll.ImportMember{person("amy"), nobody, person("amy")}}))
		w.fine("more people", w.importing(c.Org, enroll.Import{Large: true, Members: []enroll.ImportMember{person("ben")}}))
		w.fine("groups", w.importing(c.Org, enroll.Import{Large: true, Groups: []enroll.ImportGroup{
			{Name: "All", ExternalID: "g", Members: []string{"uid=amy", "uid=ben", "uid=printer"}},
		}}))
		same(t, "members", []string{"amy@example.com uid=amy 0", "ben@example.com uid=ben 0", "boss@example.com - 0"}, w.roll(c.Org))
		same(t, "groups", []string{"All: amy@example.com", "All: ben@example.com"}, w.grouped(c.Org))
	})
}

func TestStagedPeopleWaitToBeInvited(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 2)
		dbtest.Exec(t, d, `DELETE FROM events`)
		in := enroll.Import{Stage: true, Members: []enroll.ImportMember{person("amy"), person("ben")}, Groups: []enroll.ImportGroup{
			{Name: "All", ExternalID: "g", Members: []string{"uid=amy"}},
		}}
		w.fine("more than there are seats", w.importing(c.Org, in))
		w.fine("again", w.importing(c.Org, in))
		same(t, "members", []string{"amy@example.com uid=amy 3", "ben@example.com uid=ben 3", "boss@example.com - 0"}, w.roll(c.Org))
		if got := w.events(string(c.Org)); !slices.Equal(got, []int{1400, 1504, 1523, 1523}) {
			t.Errorf("events %v", got)
		}
		rows := map[string]id.Member{}
		for _, name := range []string{"amy", "ben"} {
			rows[name] = dbtest.Value[id.Member](t, d, `SELECT id FROM members WHERE email = $1`, name+"@example.com")
		}
		_, err := w.enroll.MemberLink(w.as(w.admin), w.admin, c.Org, rows["amy"])
		w.absent("the link of somebody staged", err)
		_, err = w.enroll.ReinviteMembers(w.as(w.admin), w.admin, c.Org, []id.Member{rows["amy"], rows["ben"]})
		w.refused("two for one seat", err, "seats are in use")
		if _, err := w.enroll.ReinviteMembers(w.as(w.admin), w.admin, c.Org, []id.Member{rows["amy"]}); err != nil {
			t.Errorf("invite amy: %v", err)
		}
		same(t, "members after", []string{"amy@example.com uid=amy 0", "ben@example.com uid=ben 3", "boss@example.com - 0"}, w.roll(c.Org))
		if got := w.events(string(c.Org)); !slices.Contains(got, 1500) {
			t.Errorf("events %v, want 1500 among them", got)
		}
		if link, err := w.enroll.MemberLink(w.as(w.admin), w.admin, c.Org, rows["amy"]); err != nil || link == "" {
			t.Errorf("amy's link: %q, %v", link, err)
		}
	})
}

func TestARefusedImportChangesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 3)
		other, _ := w.client("other@example.com", 3)
		w.fine("import", w.importing(c.Org, enroll.Import{Members: []enroll.ImportMember{person("amy")}}))
		many := func(n int) (out []enroll.ImportMember) {
			for i := range n {
				out = append(out, person(fmt.Sprint("p", i)))
			}
			return out
		}
		group := func(name, externalID string) enroll.Import {
			return enroll.Import{Members: []enroll.ImportMember{person("amy")}, Groups: []enroll.ImportGroup{{Name: name, ExternalID: externalID}}}
		}
		for _, v := range []struct {
			name, says string
			in         enroll.Import
		}{
			{"no seat", "seats are in use", enroll.Import{Members: many(3), Groups: []enroll.ImportGroup{{Name: "New", ExternalID: "n"}}, Overwrite: true}},
			{"too many", "large imports", enroll.Import{Members: many(2001)}},
			{"no external id", "missing", enroll.Import{Members: []enroll.ImportMember{{Email: "a@example.com"}}}},
			{"a group twice", "same external id", enroll.Import{Groups: []enroll.ImportGroup{{Name: "A", ExternalID: "g"}, {Name: "B", ExternalID: "g"}}}},
			{"no address", `"uid=x" is not valid`, enroll.Import{Members: []enroll.ImportMember{person("a"), {ExternalID: "uid=x", Email: "nonsense"}}}},
			{"long external id", "300", enroll.Import{Members: []enroll.ImportMember{{ExternalID: strings.Repeat("x", 301), Email: "a@example.com"}}}},
			{"group without a name", "1 to 100", group(" ", "g")},
			{"group with a long name", "1 to 100", group(strings.Repeat("x", 101), "g")},
			{"group without an external id", "missing", group("G", "")},
		} {
			w.refused(v.name, w.importing(c.Org, v.in), v.says)
		}
		same(t, "members", []string{"amy@example.com uid=amy 0", "boss@example.com - 0"}, w.roll(c.Org))
		same(t, "groups", []string{}, w.grouped(c.Org))

		one := enroll.Import{Members: []enroll.ImportMember{person("eve")}}
		w.absent("with the key of another", w.enroll.ImportDirectory(w.byKey(c.Org), access.OwnKey, other.Org, one))
		w.absent("without a key", w.enroll.ImportDirectory(w.as(w.stranger), w.stranger, c.Org, one))
		w.absent("in the name of a key", w.enroll.ImportDirectory(w.as(w.stranger), access.OwnKey, c.Org, one))
	})
}

// Two thousand people cost what two do, but for the rows that one statement takes.
func TestAnImportCostsAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.enroll.Outbox = mail.NewOutbox(d, w.enroll.Tokens, nil, slog.New(slog.DiscardHandler))
		statements := func(n int) int64 {
			c, _ := w.client(fmt.Sprintf("boss%d@example.com", n), 1000)
			var in enroll.Import
			g := enroll.ImportGroup{Name: "All", ExternalID: "all"}
			for i := range n {
				m := person(fmt.Sprintf("p%d-%d", n, i))
				in.Members, g.Members = append(in.Members, m), append(g.Members, m.ExternalID)
			}
			in.Groups = []enroll.ImportGroup{g}
			var count atomic.Int64
			w.fine("import", w.enroll.ImportDirectory(db.CountStatements(w.byKey(c.Org), &count), access.OwnKey, c.Org, in))
			return count.Load()
		}
		if few, many := statements(2), statements(400); few != many || few > 20 {
			t.Errorf("%d statements for 2 people, %d for 400", few, many)
		}
	})
}

// Two connectors that run at once, as after a failover, make everything once.
func TestTwoImportsAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, _ := w.client("boss@example.com", 50)
		dbtest.Exec(t, d, `DELETE FROM events`)
		in := func() enroll.Import {
			return enroll.Import{Overwrite: true, Members: []enroll.ImportMember{person("amy"), person("ben")}, Groups: []enroll.ImportGroup{
				{Name: "All", ExternalID: "g", Members: []string{"uid=amy", "uid=ben"}},
			}}
		}
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() { errs[i] = w.enroll.ImportDirectory(w.byKey(c.Org), access.OwnKey, c.Org, in()) })
		}
		wg.Wait()
		for _, err := range errs {
			w.fine("import", err)
		}
		same(t, "members", []string{"amy@example.com uid=amy 0", "ben@example.com uid=ben 0", "boss@example.com - 0"}, w.roll(c.Org))
		same(t, "groups", []string{"All: amy@example.com", "All: ben@example.com"}, w.grouped(c.Org))
		if got := w.events(string(c.Org)); !slices.Equal(got, []int{1400, 1500, 1500, 1504, 1504}) {
			t.Errorf("events %v", got)
		}
	})
}
