package event_test

import (
	"log/slog"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

func read[T id.Org | id.Provider | id.User](t *testing.T, d *db.DB, log T, f event.Filter) event.Page {
	t.Helper()
	var page event.Page
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		page, err = event.Read(t.Context(), tx, log, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func write(t *testing.T, d *db.DB, as id.User, events ...event.Event) {
	t.Helper()
	if err := d.Update(t.Context(), func(tx *db.Tx) error { return event.Append(ctx(t, as), tx, events...) }); err != nil {
		t.Fatal(err)
	}
}

// One act writes many events at one moment: a page that ends among them must not
// lose the rest.
func TestPagesLoseNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.UnixMicro(1_700_000_000_000_000).UTC()
		d.Now = func() time.Time { return now }
		org := id.New[id.Org]()
		events := make([]event.Event, 130)
		for i := range events {
			events[i] = event.Event{Type: event.CipherDeleted, Org: org, Cipher: id.New[id.Cipher](), At: now.Add(-time.Duration(i/70) * time.Second)}
		}
		write(t, d, "actor", events...)
		write(t, d, "actor", event.Event{Type: event.CipherDeleted, Org: id.New[id.Org]()})

		seen := map[id.Cipher]int{}
		var sizes []int
		var last time.Time
		for f := (event.Filter{}); ; {
			page := read(t, d, org, f)
			sizes = append(sizes, len(page.Entries))
			for _, e := range page.Entries {
				seen[e.Cipher]++
				if !last.IsZero() && e.At.After(last) {
					t.Errorf("%s stands after %s: the newest comes first", e.At, last)
				}
				last = e.At
			}
			if page.Next.ID == "" {
				break
			}
			after, err := event.ParseCursor(page.Next.Token())
			if err != nil || after != page.Next {
				t.Fatalf("the token of %v reads as %v, %v", page.Next, after, err)
			}
			f.After = after
		}
		if diff := cmp.Diff([]int{50, 50, 30}, sizes); diff != "" {
			t.Errorf("pages (-want +got):\n%s", diff)
		}
		for _, e := range events {
			if seen[e.Cipher] != 1 {
				t.Errorf("%s is listed %d times", e.Cipher, seen[e.Cipher])
			}
		}
	})
}

func TestAFullLastPageHasNoNext(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		org := id.New[id.Org]()
		write(t, d, "actor", slices.Repeat([]event.Event{{Type: event.OrgUpdated, Org: org}}, event.PageSize)...)
		if page := read(t, d, org, event.Filter{}); len(page.Entries) != event.PageSize || page.Next.Token() != "" {
			t.Errorf("%d entries and the token %q", len(page.Entries), page.Next.Token())
		}
	})
}

func TestFiltersNarrow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.UnixMicro(1_700_000_000_000_000).UTC()
		d.Now = func() time.Time { return now }
		org, cipher := id.New[id.Org](), id.New[id.Cipher]()
		write(t, d, "a", event.Event{Type: event.OrgUpdated, Org: org}, event.Event{Type: event.CipherUpdated, Org: org, Cipher: cipher})
		write(t, d, "b", event.Event{Type: event.GroupCreated, Org: org, Group: "g", At: now.Add(-time.Hour)},
			event.Event{Type: event.PolicyUpdated, Org: org, Policy: "p", System: event.SystemPublicAPI, At: now.Add(-2 * time.Hour)},
			event.Event{Type: event.DomainVerified, Org: org, Domain: "bakery.example", System: event.SystemDomainVerification, At: now.Add(-3 * time.Hour)})
		for _, v := range []struct {
			name string
			f    event.Filter
			want []event.Type
		}{
			{"none", event.Filter{}, []event.Type{1101, 1400, 1600, 1700, 2002}},
			{"from, inclusive", event.Filter{From: now.Add(-time.Hour)}, []event.Type{1101, 1400, 1600}},
			{"to, inclusive", event.Filter{To: now.Add(-2 * time.Hour)}, []event.Type{1700, 2002}},
			{"acting", event.Filter{Acting: "b"}, []event.Type{1400, 1700, 2002}},
			{"item", event.Filter{Cipher: cipher}, []event.Type{1101}},
			{"category", event.Filter{Categories: []event.Category{"item", "policy"}}, []event.Type{1101, 1700}},
			{"all of them", event.Filter{Acting: "a", Cipher: cipher, Categories: []event.Category{"group"}}, nil},
		} {
			var got []event.Type
			for _, e := range read(t, d, org, v.f).Entries {
				got = append(got, e.Type)
			}
			slices.Sort(got)
			if diff := cmp.Diff(v.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", v.name, diff)
			}
		}
		got := read(t, d, org, event.Filter{Categories: []event.Category{"domain", "policy", "group"}}).Entries
		want := []event.Entry{
			{Event: event.Event{Type: 1400, At: now.Add(-time.Hour), Org: org, Group: "g"}},
			{Event: event.Event{Type: 1700, At: now.Add(-2 * time.Hour), Org: org, Policy: "p", System: 3}},
			{Event: event.Event{Type: 2002, At: now.Add(-3 * time.Hour), Org: org, Domain: "bakery.example", System: 2}},
		}
		for i := range want {
			want[i].Acting, want[i].DeviceType, want[i].Addr = "b", 9, "192.0.2.1"
			got[i].ID = ""
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("entries (-want +got):\n%s", diff)
		}
	})
}

func TestWindow(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 30, 0, 0, time.UTC)
	day := func(month, d int) time.Time { return time.Date(2026, time.Month(month), d, 0, 0, 0, 0, time.UTC) }
	usualFrom, usualTo := day(10, 23), day(11, 23).Add(-time.Microsecond)
	for _, v := range []struct {
		name                         string
		start, end, wantFrom, wantTo time.Time
		refused                      bool
	}{
		{"none", time.Time{}, time.Time{}, usualFrom, usualTo, false},
		{"start alone", day(1, 1), time.Time{}, usualFrom, usualTo, false},
		{"end alone", time.Time{}, day(1, 1), usualFrom, usualTo, false},
		{"both", day(1, 1), day(2, 1), day(1, 1), day(2, 1), false},
		{"reversed", day(2, 1), day(1, 1), day(1, 1), day(2, 1), false},
		{"as wide as can be", day(1, 1), day(1, 1).AddDate(0, 0, 367), day(1, 1), day(1, 1).AddDate(0, 0, 367), false},
		{"too wide", day(1, 1), day(1, 1).AddDate(0, 0, 367).Add(time.Second), time.Time{}, time.Time{}, true},
		{"too wide, reversed", day(1, 1).AddDate(0, 0, 368), day(1, 1), time.Time{}, time.Time{}, true},
	} {
		from, to, err := event.Window(v.start, v.end, now)
		if v.refused {
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v, want a refusal", v.name, err)
			}
			continue
		}
		if err != nil || !from.Equal(v.wantFrom) || !to.Equal(v.wantTo) {
			t.Errorf("%s: %s to %s, %v; want %s to %s", v.name, from, to, err, v.wantFrom, v.wantTo)
		}
	}
}

func TestWhatCannotBeReadIsRefused(t *testing.T) {
	for _, s := range []string{"yesterday", "2026-13-01", "1700000000", "2026-11-22T10:00:00+25:00"} {
		if _, err := event.ParseMoment(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("moment %q: %v", s, err)
		}
	}
	for _, s := range []string{"2026-11-22T10:00:00.000Z", "2026-11-22T11:00:00+01:00", "2026-11-22T10:00"} {
		if at, err := event.ParseMoment(s); err != nil || !at.Equal(time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)) {
			t.Errorf("moment %q: %s, %v", s, at, err)
		}
	}
	for _, s := range []string{"x", "638000000000000000", "aGVsbG8", strings.Repeat("A", 5000), "' OR 1=1"} {
		if _, err := event.ParseCursor(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("token %.20q: %v", s, err)
		}
	}
	for _, s := range []string{"items", "item;policy", "1100", ",item"} {
		if _, err := event.ParseCategories(s); !fault.Is(err, fault.Invalid) {
			t.Errorf("categories %q: %v", s, err)
		}
	}
	if got, err := event.ParseCategories("item, member,item"); err != nil || len(got) != 2 {
		t.Errorf("categories: %v, %v", got, err)
	}
}

// What people do with their own accounts also concerns those who trust them.
func TestAPersonsEventsReachTheirOrganizationsAndProviders(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		user, other := dbtest.Account(t, d, "u@example.com"), dbtest.Account(t, d, "o@example.com")
		confirmed, accepted, disabled := dbtest.Org(t, d, nil), dbtest.Org(t, d, nil), dbtest.Org(t, d, dbtest.Columns{"enabled": false})
		employer, courting := dbtest.Provider(t, d, 2), dbtest.Provider(t, d, 2)
		dbtest.Member(t, d, confirmed, user, 2, 2)
		dbtest.Member(t, d, confirmed, other, 2, 2)
		dbtest.Member(t, d, accepted, user, 2, 1)
		dbtest.Member(t, d, disabled, user, 2, 2)
		dbtest.Staff(t, d, employer, user, 1, 2)
		dbtest.Staff(t, d, courting, user, 1, 1)

		var count atomic.Int64
		err := d.Update(t.Context(), func(tx *db.Tx) error { // nobody is logged in yet
			return event.Append(db.CountStatements(t.Context(), &count), tx,
				event.Event{Type: event.UserFailedLogIn, User: user}, event.Event{Type: event.UserLoggedIn, User: user})
		})
		if err != nil || count.Load() != 2 {
			t.Fatalf("%v, %d statements", err, count.Load())
		}
		for name, got := range map[string]event.Page{
			"own": read(t, d, user, event.Filter{}), "organization": read(t, d, confirmed, event.Filter{}), "provider": read(t, d, employer, event.Filter{}),
		} {
			if len(got.Entries) != 2 {
				t.Errorf("%s log: %+v, want two entries", name, got.Entries)
				continue
			}
			for _, e := range got.Entries {
				if e.Acting != user || e.User != user {
					t.Errorf("%s log: %s acts for %s", name, e.Acting, e.User)
				}
			}
		}
		for name, got := range map[string]event.Page{
			"other's own": read(t, d, other, event.Filter{}), "accepted": read(t, d, accepted, event.Filter{}),
			"disabled": read(t, d, disabled, event.Filter{}), "courting": read(t, d, courting, event.Filter{}),
		} {
			if len(got.Entries) != 0 {
				t.Errorf("%s log: %+v, want none", name, got.Entries)
			}
		}
	})
}

func TestSweepKeepsWhatIsYoungEnough(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.UnixMicro(1_700_000_000_000_000).UTC()
		d.Now = func() time.Time { return now }
		org := id.New[id.Org]()
		var events []event.Event
		for range 2100 {
			events = append(events, event.Event{Type: event.OrgUpdated, Org: org, At: now.Add(-31 * 24 * time.Hour)})
		}
		events = append(events, event.Event{Type: event.OrgPurged, Org: org, At: now.Add(-29 * 24 * time.Hour)})
		write(t, d, "actor", events...)
		k := &event.Keeper{DB: d, Notary: notary(t, 7), Log: slog.Default(), Days: 30}
		if err := k.Sweep(t.Context()); err != nil || dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events`) != 2101 {
			t.Fatalf("%v: entries were swept that are in no chain yet", err)
		}
		chain(t, d)
		for _, v := range []struct{ days, left int }{{0, 2101}, {32, 2101}, {30, 1}, {28, 0}} {
			k.Days = v.days
			if err := k.Sweep(t.Context()); err != nil {
				t.Fatal(err)
			}
			if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events`); got != v.left {
				t.Errorf("kept for %d days: %d left, want %d", v.days, got, v.left)
			}
		}
	})
}
