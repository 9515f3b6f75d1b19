package event_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

const (
	bakery = "0a000000-0000-4000-8000-000000000001"
	mill   = "0a000000-0000-4000-8000-000000000002"
)

// written makes two logs of ten chained entries, and one that waits.
func written(t *testing.T, d *db.DB) {
	t.Helper()
	for _, table := range []string{"events", "event_chains", "organizations"} {
		dbtest.Exec(t, d, `DELETE FROM `+table)
	}
	dbtest.Org(t, d, dbtest.Columns{"id": bakery, "name": "Meadow Bakery"})
	for range 2 {
		write(t, d, "a", many(bakery, 5)...)
		write(t, d, "a", many(mill, 5)...)
		chain(t, d)
	}
}

// told is what a verification says, an entry per line.
func told(t *testing.T, d *db.DB, since *event.Anchor) []string {
	t.Helper()
	v, err := (&event.Verifier{DB: d, Notary: notary(t, 7)}).Verify(t.Context(), since)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, one := range v.Damages {
		out = append(out, strings.Join(strings.Fields(fmt.Sprint(one.Log.ID, " ", one.Log.Name, " ", one.Entry, " ", one.What)), " "))
	}
	return out
}

// TestWhatWasDoneToALogIsTold does to a log what somebody could who writes to the
// database, but has not the server's key.
func TestWhatWasDoneToALogIsTold(t *testing.T) {
	place := func(n string) string {
		return ` WHERE tenant_id = '` + bakery + `' AND seq = ` + n
	}
	of := ` WHERE tenant_id = '` + bakery + `'`
	const log = bakery + " Meadow Bakery "
	changed := "is not what the server wrote there after the entry before it"
	sealBroken := log + "0 what is known of the ends of its chain was changed by somebody else than the server"
	const removed = "register 0 1 of 2 chains are there; others were removed, or removed and begun anew. An earlier anchor tells which"
	cases := []struct {
		name string
		do   []string
		want []string
	}{
		{"nothing", nil, nil},
		{"another time", []string{`UPDATE events SET at = at - 1` + place("4")}, []string{log + "4 " + changed}},
		{"another person", []string{`UPDATE events SET acting_user_id = 'b'` + place("10")}, []string{log + "10 " + changed}},
		{"nobody", []string{`UPDATE events SET acting_user_id = NULL` + place("1")}, []string{log + "1 " + changed}},
		{"another address", []string{`UPDATE events SET ip_address = '192.0.2.9'` + place("1")}, []string{log + "1 " + changed}},
		{"into another log", []string{`UPDATE events SET tenant_id = '` + mill + `', seq = 11` + place("10")}, []string{
			log + "10 is missing at the end", mill + " 11 " + changed, mill + " 11 stands after the end of the chain",
		}},
		{"an entry in the middle taken out", []string{`DELETE FROM events` + place("4")}, []string{log + "4 is missing, without which the entry after cannot be checked"}},
		{"three taken out", []string{`DELETE FROM events` + place("4") + ` OR seq IN (5, 6) AND tenant_id = '` + bakery + `'`}, []string{log + "4 and all up to entry 6 are missing, without which the entry after cannot be checked"}},
		{"taken out and closed up", []string{`DELETE FROM events` + place("4"), `UPDATE events SET seq = seq - 1` + of + ` AND seq > 4 AND seq < 6`},
			[]string{log + "4 " + changed, log + "5 is missing, without which the entry after cannot be checked"}},
		{"the end cut off", []string{`DELETE FROM events` + of + ` AND seq > 8`}, []string{log + "9 and all up to entry 10 are missing at the end"}},
		{"the end cut off, and the chain said to end there", []string{
			`DELETE FROM events` + of + ` AND seq > 8`, `UPDATE event_chains SET seq = 8, mac = (SELECT mac FROM events` + place("8") + `)` + of,
		}, []string{sealBroken}},
		{"the beginning swept by somebody else", []string{
			`UPDATE event_chains SET swept_seq = 3, swept_mac = (SELECT mac FROM events` + place("3") + `)` + of, `DELETE FROM events` + of + ` AND seq <= 3`,
		}, []string{sealBroken}},
		{"a forged entry in place of another", []string{`DELETE FROM events` + place("4"), `INSERT INTO events (tenant_id, id, at, type, org_id, seq, mac)
			SELECT tenant_id, 'forged', at, 1600, org_id, 4, mac FROM events` + place("3")}, []string{log + "4 " + changed, log + "5 " + changed}},
		{"a forged entry at the end", []string{`INSERT INTO events (tenant_id, id, at, type, org_id, seq, mac)
			SELECT tenant_id, 'forged', at, 1600, org_id, 11, mac FROM events` + place("10")}, []string{log + "11 " + changed, log + "11 stands after the end of the chain"}},
		{"two entries swapped", []string{`UPDATE events SET seq = -4` + place("4"), `UPDATE events SET seq = 4` + place("5"), `UPDATE events SET seq = 5` + place("-4")},
			[]string{log + "4 " + changed, log + "5 " + changed, log + "6 " + changed}},
		{"two entries swapped with their macs", []string{
			`UPDATE events SET seq = -4, mac = (SELECT mac FROM events` + place("5") + `)` + place("4"),
			`UPDATE events SET seq = 4` + place("5"), `UPDATE events SET seq = 5` + place("-4"),
		}, []string{log + "4 " + changed, log + "5 " + changed}},
		{"what is known of the chain removed", []string{`DELETE FROM event_chains` + of}, []string{
			log + "0 it has entries, but what is known of its chain was removed", removed,
		}},
		{"begun anew", []string{`UPDATE events SET seq = NULL, mac = NULL, acting_user_id = 'b'` + of, `DELETE FROM event_chains` + of}, []string{removed}},
		{"gone as a whole", []string{`DELETE FROM events` + of, `DELETE FROM event_chains` + of}, []string{removed}},
		{"and the count made to fit", []string{
			`DELETE FROM events` + of, `DELETE FROM event_chains` + of, `UPDATE event_chains SET seq = 1 WHERE tenant_id = 'register'`,
		}, []string{"register 0 how many logs there are was changed by somebody else than the server"}},
		{"and the count removed", []string{`DELETE FROM events` + of, `DELETE FROM event_chains WHERE tenant_id <> '` + mill + `'`},
			[]string{"register 0 how many logs there are is not known any more: that was removed"}},

		{"all entries removed", []string{`DELETE FROM events` + of}, []string{log + "1 and all up to entry 10 are missing at the end"}},
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, v := range cases {
			written(t, d)
			for _, statement := range v.do {
				dbtest.Exec(t, d, statement)
			}
			if got := told(t, d, nil); strings.Join(got, "\n") != strings.Join(v.want, "\n") {
				t.Errorf("%s, told:\n%s\nwant:\n%s", v.name, strings.Join(got, "\n"), strings.Join(v.want, "\n"))
			}
		}
	})
}

// A chain does not go on over damage to its ends, and the other logs do.
func TestADamagedLogStandsStill(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		written(t, d)
		dbtest.Exec(t, d, `DELETE FROM event_chains WHERE tenant_id = $1`, bakery)
		write(t, d, "a", many(bakery, 600)...)
		write(t, d, "a", many(mill, 3)...)
		damaged, err := chainer(t, d).CatchUp(t.Context())
		if err != nil || len(damaged) != 1 || damaged[0] != bakery {
			t.Errorf("%v, damaged %v; want the bakery", err, damaged)
		}
		v, err := (&event.Verifier{DB: d, Notary: notary(t, 7)}).Verify(t.Context(), nil)
		if err != nil || v.Unchained != 600 || v.Entries != 23 || len(v.Damages) != 2 {
			t.Errorf("%v, %+v; want 600 that wait, 23 entries, and the damage told of the log and of the register", err, v)
		}
		k := &event.Keeper{DB: d, Notary: notary(t, 7), Log: slog.Default(), Days: 1}
		d.Now = func() time.Time { return time.Now().Add(48 * time.Hour) }
		dbtest.Exec(t, d, `UPDATE events SET type = 1 WHERE tenant_id = $1 AND seq = 5`, mill)
		if err := k.Sweep(t.Context()); err != nil || dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE seq IS NOT NULL`) != 23 {
			t.Errorf("%v: the sweep took away evidence", err)
		}
	})
}

func TestAnAnchorProvesWhatTheChainsCannot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		written(t, d)
		n := notary(t, 7)
		text := n.Encode(whole(t, d, 20).Anchor)
		anchor, err := n.Decode(text)
		if err != nil {
			t.Fatal(err)
		}
		write(t, d, "a", many(bakery, 2)...)
		chain(t, d)
		if got := told(t, d, &anchor); got != nil {
			t.Errorf("a log that grew: %v", got)
		}
		// Somebody puts the database back to what it once was.
		older := whole(t, d, 22)
		dbtest.Exec(t, d, `DELETE FROM events WHERE tenant_id = $1`, mill)
		dbtest.Exec(t, d, `DELETE FROM event_chains WHERE tenant_id = $1`, mill)
		if got := told(t, d, nil); len(got) != 1 || !strings.Contains(got[0], "1 of 2 chains are there") {
			t.Errorf("without an anchor nobody can know which log is gone without a trace, but that one is: %v", got)
		}
		want := mill + " 0 the whole log is gone; it had 10 entries when the anchor was made"
		if got := told(t, d, &anchor); len(got) != 2 || got[0] != want {
			t.Errorf("told %q, want %q first", got, want)
		}
		write(t, d, "a", many(mill, 12)...)
		chain(t, d)
		if got := told(t, d, nil); len(got) != 1 || !strings.Contains(got[0], "2 of 3 chains are there") {
			t.Errorf("a log written anew, without an anchor: %q", got)
		}
		if got := told(t, d, &anchor); len(got) != 2 || !strings.HasSuffix(got[0], "the log was written anew") {
			t.Errorf("a log written anew: %q", got)
		}
		if got := told(t, d, &older.Anchor); len(got) != 2 {
			t.Errorf("a log written anew, by a later anchor: %q", got)
		}
	})
}

func TestARestoredEndIsShorterThanTheAnchor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		written(t, d)
		old := []any{bakery}
		for _, column := range []string{"seq", "mac", "seal"} {
			old = append(old, dbtest.Value[any](t, d, `SELECT `+column+` FROM event_chains WHERE tenant_id = $1`, bakery))
		}
		write(t, d, "a", many(bakery, 2)...)
		chain(t, d)
		anchor := whole(t, d, 22).Anchor
		dbtest.Exec(t, d, `UPDATE event_chains SET seq = $2, mac = $3, seal = $4 WHERE tenant_id = $1`, old...)
		dbtest.Exec(t, d, `DELETE FROM events WHERE tenant_id = $1 AND seq > 10`, bakery)
		if got := told(t, d, nil); got != nil {
			t.Errorf("the chain by itself: %v", got)
		}
		want := bakery + " Meadow Bakery 11 was there when the anchor was made, which knew 12, and is gone"
		if got := told(t, d, &anchor); len(got) != 1 || got[0] != want {
			t.Errorf("told %q, want %q", got, want)
		}
	})
}

func TestASweptLogIsWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.UnixMicro(1_700_000_000_000_000).UTC()
		d.Now = func() time.Time { return now }
		written(t, d)
		early := whole(t, d, 20).Anchor
		now = now.Add(20 * 24 * time.Hour)
		// Reported late, so that an old entry follows a young one.
		write(t, d, "a", event.Event{Type: event.CipherViewed, Org: bakery}, event.Event{Type: event.CipherViewed, Org: bakery, At: now.Add(-time.Hour)})
		chain(t, d)
		write(t, d, "a", event.Event{Type: event.CipherViewed, Org: bakery, At: now.Add(-19 * 24 * time.Hour)})
		chain(t, d)
		middle := whole(t, d, 23).Anchor
		k := &event.Keeper{DB: d, Notary: notary(t, 7), Log: slog.Default(), Days: 10}
		if err := k.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		v := whole(t, d, 3)
		if v.Swept != 20 || v.Logs != 2 {
			t.Errorf("%d swept of %d logs, want 20 of 2", v.Swept, v.Logs)
		}
		write(t, d, "a", many(mill, 1)...)
		chain(t, d)
		for name, anchor := range map[string]event.Anchor{"from before what was swept": early, "of what is left": middle, "of now": v.Anchor} {
			if got := told(t, d, &anchor); got != nil {
				t.Errorf("an anchor %s: %v", name, got)
			}
		}
		now = now.Add(20 * 24 * time.Hour)
		if err := k.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		whole(t, d, 0)
		if got := told(t, d, &v.Anchor); got != nil {
			t.Errorf("all is swept: %v", got)
		}
	})
}

func TestOnlyOnesOwnAnchorsAndKeysCount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		written(t, d)
		text := string(notary(t, 7).Encode(whole(t, d, 20).Anchor))
		for name, bad := range map[string]string{
			"no JSON": "x", "another file": `{"format":"else"}`, "a changed number": strings.Replace(text, `"entries": 10`, `"entries": 9`, 1),
			"a log left out": strings.Replace(text, bakery, id.New[string](), 1), "no hex": strings.Replace(text, `"mac": "`, `"mac": "z`, 1),
		} {
			if _, err := notary(t, 7).Decode([]byte(bad)); bad == text || !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v, want a refusal", name, err)
			}
		}
		if _, err := notary(t, 8).Decode([]byte(text)); !fault.Is(err, fault.Invalid) {
			t.Errorf("another server's: %v, want a refusal", err)
		}
		if v, err := (&event.Verifier{DB: d, Notary: notary(t, 8)}).Verify(t.Context(), nil); !fault.Is(err, fault.Invalid) {
			t.Errorf("with another key: %v, %+v, want a refusal", err, v)
		}
	})
}

// Without the count of the chains none begins, and those that there are go on.
func TestNoChainBeginsWithoutTheRegister(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, harm := range []string{`DELETE FROM event_chains WHERE tenant_id = 'register'`, `UPDATE event_chains SET seq = 1 WHERE tenant_id = 'register'`} {
			written(t, d)
			dbtest.Exec(t, d, harm)
			const dairy = "0a000000-0000-4000-8000-000000000003"
			write(t, d, "a", append(many(dairy, 3), many(mill, 3)...)...)
			damaged, err := chainer(t, d).CatchUp(t.Context())
			if err != nil || len(damaged) != 1 || damaged[0] != dairy {
				t.Errorf("%s: %v, damaged %v; want the dairy", harm, err, damaged)
			}
			if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE seq IS NOT NULL`); n != 23 {
				t.Errorf("%s: %d entries are chained, want 23", harm, n)
			}
		}
	})
}
