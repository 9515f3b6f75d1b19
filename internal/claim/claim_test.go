package claim_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/claim"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

// world is an organization with an owner, a clock that tests move, and the DNS.
type world struct {
	*claim.Service
	d       *db.DB
	dns     *zone
	now     time.Time
	org     id.Org
	owner   id.User
	letters *outbox
}

// outbox counts what waits in the table.
type outbox struct{ d *db.DB }

func (o *outbox) count(t *testing.T) int {
	t.Helper()
	return dbtest.Value[int](t, o.d, `SELECT COUNT(*) FROM mail_outbox`)
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{d: d, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), letters: &outbox{d}}
	d.Now = func() time.Time { return w.now }
	zone, resolver := serve(t)
	w.dns = zone
	w.Service = &claim.Service{
		DB: d, DNS: resolver, Limits: &ratelimit.Limiter{DB: d, Tokens: keeper}, PublicURL: "https://vault.example.test",
		Outbox: mail.NewOutbox(d, keeper, nil, slog.New(slog.DiscardHandler)),
	}
	w.org, w.owner = w.newOrg(t, "owner@corp.example", nil)
	return w
}

func (w *world) newOrg(t *testing.T, owner string, change dbtest.Columns) (id.Org, id.User) {
	t.Helper()
	org, user := dbtest.Org(t, w.d, change), dbtest.Account(t, w.d, owner)
	dbtest.Member(t, w.d, org, user, 0, 2)
	return org, user
}

func as(t *testing.T, user id.User) context.Context {
	t.Helper()
	return reqctx.WithActor(t.Context(), reqctx.Actor{User: user})
}

func (w *world) add(t *testing.T, name string) claim.Domain {
	t.Helper()
	d, err := w.Add(as(t, w.owner), w.owner, w.org, name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// events are the types of an organization's events in their order, with who acted.
func (w *world) events(t *testing.T, of id.Org) []int {
	t.Helper()
	var out []int
	err := w.d.View(t.Context(), func(tx *db.Tx) (err error) {
		out, err = db.All(t.Context(), tx, db.Value[int], `SELECT type FROM events WHERE tenant_id = $1 ORDER BY at, type DESC`, of)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func conflict(t *testing.T, what string, err error, says string) {
	t.Helper()
	if !fault.Is(err, fault.Conflict) || !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %v, want a conflict that says %q", what, err, says)
	}
}

func TestADomainIsProvedByItsRecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		proved := 0
		w.Proved = func(_ context.Context, _ *db.Tx, of id.Org, _ event.Event) error {
			if proved++; of != w.org {
				t.Errorf("told of %s, want %s", of, w.org)
			}
			return nil
		}
		other := dbtest.Account(t, d, "member@corp.example")
		dbtest.Member(t, d, w.org, other, 2, 2)
		dbtest.Member(t, d, w.org, dbtest.Account(t, d, "elsewhere@notcorp.example"), 2, 2)
		c := w.add(t, " Corp.Example. ")
		if c.Name != "corp.example" || len(c.TXT) != 47 || !strings.HasPrefix(c.TXT, "bw=") || c.Proved() || !c.NextCheck.Equal(w.now.Add(12*time.Hour)) {
			t.Errorf("added: %+v", c)
		}
		conflict(t, "the same again", second(w.Add(as(t, w.owner), w.owner, w.org, "corp.example")), "already")
		for _, texts := range [][]string{nil, {"bw=something else"}, {"x" + c.TXT}, {c.TXT[:40]}} {
			w.dns.set("corp.example", texts...)
			got, err := w.Verify(as(t, w.owner), w.owner, w.org, c.ID)
			if err != nil || got.Proved() || got.CheckedAt.IsZero() {
				t.Errorf("with the records %q: %+v, %v", texts, got, err)
			}
			w.now = w.now.Add(time.Second)
		}
		w.dns.set("corp.example", "v=spf1 -all", c.TXT)
		got, err := w.Verify(as(t, w.owner), w.owner, w.org, c.ID)
		if err != nil || !got.Proved() || !got.NextCheck.Equal(w.now.Add(12*time.Hour)) || got.Checks != 5 {
			t.Errorf("with the record: %+v, %v", got, err)
		}
		conflict(t, "once more", second(w.Verify(as(t, w.owner), w.owner, w.org, c.ID)), "verified already")
		if proved != 1 || w.letters.count(t) != 2 {
			t.Errorf("told %d times, %d letters; want 1 and 2", proved, w.letters.count(t))
		}
		if touched := dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, other); touched == 1 {
			t.Error("the members do not hear of it")
		}
		w.now = w.now.Add(time.Second)
		if err := w.Remove(as(t, w.owner), w.owner, w.org, c.ID); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff([]int{2003, 2000, 2003, 2003, 2003, 2002, 2001}, w.events(t, w.org)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func second[T any](_ T, err error) error { return err }

func TestADomainBelongsToWhoProvesItFirst(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		rival, head := w.newOrg(t, "head@rival.example", nil)
		mine := w.add(t, "shared.example")
		theirs, err := w.Add(as(t, head), head, rival, "shared.example")
		if err != nil {
			t.Fatal(err)
		}
		w.dns.set("shared.example", mine.TXT, theirs.TXT)
		if got, err := w.Verify(as(t, w.owner), w.owner, w.org, mine.ID); err != nil || !got.Proved() {
			t.Fatalf("%+v, %v", got, err)
		}
		conflict(t, "the second to prove it", second(w.Verify(as(t, head), head, rival, theirs.ID)), "not available")
		late, boss := w.newOrg(t, "boss@late.example", nil)
		conflict(t, "whoever comes late", second(w.Add(as(t, boss), boss, late, "SHARED.example")), "not available")
		w.now = w.now.Add(13 * time.Hour)
		if err := w.Round(t.Context()); err != nil {
			t.Error(err)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM claimed_domains`); n != 1 {
			t.Errorf("%d claims after the round, want the one that is proved", n)
		}
	})
}

func TestTheRoundAsksAndRemindsAndGivesUp(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		dbtest.Member(t, d, w.org, dbtest.Account(t, d, "plain@corp.example"), 2, 2)
		w.add(t, "slow.example")
		start, letterAt := w.now, 0
		for hour := 1; hour <= 24*8; hour++ {
			w.now = start.Add(time.Duration(hour) * time.Hour)
			if err := w.Round(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := w.letters.count(t); n == 1 && letterAt == 0 {
				letterAt = hour
			} else if n > 1 {
				t.Fatalf("%d letters after %d hours", n, hour)
			}
		}
		if letterAt != 72 {
			t.Errorf("reminded after %d hours, want 72", letterAt)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM claimed_domains`); n != 0 {
			t.Error("the claim is still there after eight days")
		}
		got := w.events(t, w.org)
		if len(got) != 16 || got[0] != 2000 || got[15] != 2001 {
			t.Errorf("events %v, want 2000, fourteen times 2003, 2001", got)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE system_user = 2 AND acting_user_id IS NULL`); n != 15 {
			t.Errorf("%d events of the server itself, want 15", n)
		}
	})
}

func TestAProvedDomainIsLostWhenItsRecordIsGoneForAWeek(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.add(t, "sold.example")
		w.dns.set("sold.example", c.TXT)
		round := func(hours int) claim.Domain {
			t.Helper()
			for range hours {
				w.now = w.now.Add(time.Hour)
				if err := w.Round(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			got, err := w.Find(as(t, w.owner), w.owner, w.org, c.ID)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		const day = 24
		if !round(12).Proved() {
			t.Fatal("not proved")
		}
		asked := w.dns.count()
		if got := round(2 * day); !got.Proved() || w.dns.count()-asked != 4 || !got.FirstMissing.IsZero() {
			t.Errorf("asked %d times in two days, want four times: %+v", w.dns.count()-asked, got)
		}
		w.dns.set("sold.example", "something else")
		if got := round(6 * day); !got.Proved() || got.FirstMissing.IsZero() {
			t.Errorf("missing for six days: %+v", got)
		}
		w.dns.set("sold.example", c.TXT)
		if got := round(day); !got.Proved() || !got.FirstMissing.IsZero() {
			t.Errorf("back after six days: %+v", got)
		}
		resolver := w.DNS
		w.DNS = deaf{}
		if got := round(20 * day); !got.Proved() || !got.FirstMissing.IsZero() {
			t.Errorf("while DNS does not answer: %+v", got)
		}
		w.DNS = resolver
		w.dns.set("sold.example", "something else")
		before := w.letters.count(t)
		if got := round(7*day + 12); got.Proved() || !got.FirstMissing.IsZero() {
			t.Errorf("missing for seven days: %+v", got)
		}
		if got := w.events(t, w.org); got[len(got)-1] != 2003 || w.letters.count(t)-before != 1 {
			t.Errorf("events %v and %d letters, want 2003 in the end and one letter", got, w.letters.count(t)-before)
		}
		w.now = w.now.Add(12 * time.Hour)
		if err := w.Round(t.Context()); err != nil {
			t.Fatal(err)
		}
		if got := w.events(t, w.org); got[len(got)-1] != 2001 {
			t.Errorf("events %v, want 2001 in the end", got)
		}
	})
}

func TestWhoManagesDomains(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c := w.add(t, "corp.example")
		foreign, head := w.newOrg(t, "head@foreign.example", nil)
		member := func(name string, role, status int, p access.Permissions) id.User {
			u := dbtest.Account(t, d, name+"@people.example")
			m := dbtest.Member(t, d, w.org, u, role, status)
			dbtest.Exec(t, d, `UPDATE members SET permissions = $2 WHERE id = $1`, m, int(p))
			return u
		}
		for name, v := range map[string]struct {
			user        id.User
			list, write bool
		}{
			"owner": {w.owner, true, true}, "admin": {member("admin", 1, 2, 0), true, true},
			"custom for single sign-on": {member("sso", 4, 2, access.PermitSSO), true, true},
			"custom for policies":       {member("policies", 4, 2, access.PermitPolicies), true, false},
			"custom for people":         {member("people", 4, 2, access.PermitUsers), false, false},
			"user":                      {member("user", 2, 2, 0), false, false},
			"accepted owner":            {member("accepted", 0, 1, 0), false, false},
			"revoked owner":             {member("revoked", 0, -1, 0), false, false},
			"foreign owner":             {head, false, false},
		} {
			list, err := w.List(as(t, v.user), v.user, w.org)
			if (err == nil) != v.list || (v.list && len(list) != 1) {
				t.Errorf("%s lists %d, %v", name, len(list), err)
			}
			_, found := w.Find(as(t, v.user), v.user, w.org, c.ID)
			_, added := w.Add(as(t, v.user), v.user, w.org, strings.ReplaceAll(name, " ", "-")+".example")
			_, verified := w.Verify(as(t, v.user), v.user, w.org, c.ID)
			removed := w.Remove(as(t, v.user), v.user, w.org, id.New[id.ClaimedDomain]())
			for what, err := range map[string]error{"find": found, "add": added, "verify": verified} {
				if (err == nil) != v.write || (err != nil && !fault.Is(err, fault.NotFound)) {
					t.Errorf("%s: %s = %v", name, what, err)
				}
			}
			if !fault.Is(removed, fault.NotFound) {
				t.Errorf("%s removes what is not there: %v", name, removed)
			}
			dbtest.Exec(t, d, `DELETE FROM claimed_domains WHERE id <> $1`, c.ID)
		}
		// Another organization's id is absent in one's own.
		for what, err := range map[string]error{
			"find": second(w.Find(as(t, head), head, foreign, c.ID)), "verify": second(w.Verify(as(t, head), head, foreign, c.ID)),
			"remove": w.Remove(as(t, head), head, foreign, c.ID),
		} {
			if !fault.Is(err, fault.NotFound) {
				t.Errorf("%s of a foreign domain: %v", what, err)
			}
		}
	})
}

func TestTheSmallerPlanHasNoDomains(t *testing.T) {
	d := dbtest.SQLite(t)
	w := newWorld(t, d)
	c := w.add(t, "corp.example")
	w.dns.set("corp.example", c.TXT)
	dbtest.Exec(t, d, `UPDATE organizations SET plan_type = 17 WHERE id = $1`, w.org)
	for what, err := range map[string]error{
		"add": second(w.Add(as(t, w.owner), w.owner, w.org, "other.example")), "verify": second(w.Verify(as(t, w.owner), w.owner, w.org, c.ID)),
	} {
		if !fault.Is(err, fault.Forbidden) || !strings.Contains(err.Error(), "Enterprise") {
			t.Errorf("%s: %v", what, err)
		}
	}
	w.now = w.now.Add(12 * time.Hour)
	if err := w.Round(t.Context()); err != nil {
		t.Error(err)
	}
	if got, err := w.Find(as(t, w.owner), w.owner, w.org, c.ID); err != nil || got.Proved() {
		t.Errorf("the round proved it: %+v, %v", got, err)
	}
}

func TestChecksByHandAreLimited(t *testing.T) {
	d := dbtest.SQLite(t)
	w := newWorld(t, d)
	c := w.add(t, "corp.example")
	for i := range 30 {
		_, err := w.Verify(as(t, w.owner), w.owner, w.org, c.ID)
		if i >= 20 && !fault.Is(err, fault.RateLimited) {
			t.Fatalf("check %d: %v, want limited", i+1, err)
		}
	}
	if n := w.dns.count(); n > 100 {
		t.Errorf("DNS was asked %d times", n)
	}
}

// deaf is a resolver that fails as one does whose server does not answer.
type deaf struct{}

func (deaf) LookupTXT(context.Context, string) ([]string, error) {
	return nil, errors.New("server misbehaving")
}

func TestDNSThatFailsProvesNothing(t *testing.T) {
	d := dbtest.SQLite(t)
	w := newWorld(t, d)
	w.DNS = deaf{}
	c := w.add(t, "corp.example")
	if got, err := w.Verify(as(t, w.owner), w.owner, w.org, c.ID); err != nil || got.Proved() || got.Checks != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestNames(t *testing.T) {
	for raw, want := range map[string]string{
		"example.com": "example.com", " EXAMPLE.com. ": "example.com", "bücher.example": "xn--bcher-kva.example",
		"a.b.example.co.uk": "a.b.example.co.uk", "example.github.io": "example.github.io",
		"com": "", "co.uk": "", "github.io": "", "": "", ".": "", "localhost": "", "10.0.0.1": "", "[::1]": "", "a..example": "", "a b.example": "",
		"user@example.com": "", "https://example.com": "", "_dmarc.example.com": "", "-x.example": "", strings.Repeat("a", 64) + ".example": "",
		strings.Repeat("a.", 130) + "example": "", "exa\x00mple.com": "",
	} {
		got, err := claim.Name(raw)
		if got != want || (err != nil) != (want == "") {
			t.Errorf("Name(%q) = %q, %v; want %q", raw, got, err, want)
		}
	}
}

func FuzzName(f *testing.F) {
	f.Add("bücher.example")
	f.Add("EXAMPLE.co.uk.")
	f.Fuzz(func(t *testing.T, raw string) {
		name, err := claim.Name(raw)
		if err != nil {
			return
		}
		if again, err := claim.Name(name); err != nil || again != name {
			t.Errorf("Name(%q) = %q, whose name is %q, %v", raw, name, again, err)
		}
		for _, r := range name {
			if r != '.' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') {
				t.Errorf("Name(%q) = %q", raw, name)
			}
		}
	})
}

func TestTellingManyMembersTakesAsManyStatementsAsOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		prove := func(domain string, members int) int64 {
			for i := range members {
				user := dbtest.Account(t, d, fmt.Sprintf("member-%d@%s", i, domain))
				dbtest.Member(t, d, w.org, user, int(access.User), 2)
			}
			c := w.add(t, domain)
			w.dns.set(domain, c.TXT)
			var n atomic.Int64
			proved, err := w.Verify(db.CountStatements(as(t, w.owner), &n), w.owner, w.org, c.ID)
			if err != nil || !proved.Proved() {
				t.Fatalf("%s: %v, %v", domain, proved, err)
			}
			return n.Load()
		}
		one, many := prove("small.example", 1), prove("large.example", 40)
		if one != many {
			t.Errorf("1 member takes %d statements, 40 take %d", one, many)
		}
		if got := w.letters.count(t); got != 41 {
			t.Errorf("%d letters, want 41", got)
		}
	})
}
