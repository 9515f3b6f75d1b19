package policy

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// populate fills an organization with people of every sort, and with policies
// that may depend on each other.
func (w *world) populate(r *rand.Rand) {
	w.t.Helper()
	for range 12 {
		user, m := w.person(w.org, allRoles[r.IntN(len(allRoles))], allStatuses[r.IntN(len(allStatuses))])
		if r.IntN(2) == 0 {
			w.secure(user)
		}
		if r.IntN(3) == 0 {
			w.join(dbtest.Org(w.t, w.d, nil), user, access.User, allStatuses[r.IntN(len(allStatuses))])
		}
		if r.IntN(6) == 0 {
			w.employ(w.org, user)
		}
		if r.IntN(3) == 0 {
			dbtest.Row(w.t, w.d, "ciphers", dbtest.Columns{
				"owner_id": user, "id": id.New[id.Cipher](), "user_id": user, "type": 1, "data": "", "created_at": 1, "revised_at": 1,
			})
		}
		if r.IntN(2) == 0 {
			dbtest.Exec(w.t, w.d, `UPDATE members SET recovery_key = '-' WHERE id = $1`, m)
		}
	}
	if r.IntN(2) == 0 {
		w.domain(w.org, string(w.org)+".example", true)
	}
	for _, of := range Types() {
		if r.IntN(3) == 0 {
			w.row(w.org, of, r.IntN(2) == 0, noData)
		}
	}
}

// TestPreviewIsWhatSavingDoes compares what is announced with what happens, for
// organizations and changes that nobody has thought of.
func TestPreviewIsWhatSavingDoes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for seed := range uint64(25) {
			r := rand.New(rand.NewPCG(seed, 3))
			w := newWorld(t, d)
			w.populate(r)
			for range 6 {
				of := Type(r.IntN(numberOfTypes))
				if r.IntN(2) == 0 { // those that do something to people
					of = []Type{TwoStep, SingleOrg, DataOwnership, AccountRecovery, AutoConfirm}[r.IntN(5)]
				}
				in := Change{Enabled: r.IntN(4) > 0, Data: []byte(enough[of])}
				if of == AccountRecovery {
					in.Data = []byte(`{"autoEnrollEnabled":true}`)
				}
				w.compare(fmt.Sprintf("seed %d: %s %v", seed, of, in.Enabled), of, in)
			}
		}
	})
}

func (w *world) compare(what string, of Type, in Change) {
	w.t.Helper()
	before, rows := statuses(w), w.everything()
	preview, err := w.s.Preview(as(w.t, w.owner), w.owner, w.org, of, in)
	w.fine(what, err)
	if diff := cmp.Diff(rows, w.everything()); diff != "" {
		w.t.Errorf("%s: the preview changed something:\n%s", what, diff)
	}
	letters := w.letters()
	_, err = w.s.Save(as(w.t, w.owner), w.owner, w.org, of, in)
	if preview.BlockedBy != "" {
		w.refused(what, err, preview.BlockedBy)
		if diff := cmp.Diff(rows, w.everything()); diff != "" || len(preview.People) > 0 {
			w.t.Errorf("%s: refused, and something changed for %v:\n%s", what, preview.People, diff)
		}
		return
	}
	w.fine(what, err)
	want, told := map[id.Member]int{}, 0
	for m, status := range before {
		want[m] = status
	}
	for _, a := range preview.People {
		if a.Effect == Revoked {
			want[a.Member] = -1
		}
		if a.Effect != PersonalItems {
			told++
		}
	}
	if diff := cmp.Diff(want, statuses(w)); diff != "" {
		w.t.Errorf("%s (-announced +done):\n%s", what, diff)
	}
	if got := w.letters() - letters; got != told {
		w.t.Errorf("%s: %d letters, announced %d", what, got, told)
	}
}

// everything is a summary of what saving could change.
func (w *world) everything() []int {
	w.t.Helper()
	out := []int{}
	for _, query := range []string{
		`SELECT COUNT(*) FROM policies`, `SELECT COUNT(*) FROM policies WHERE enabled`, `SELECT COALESCE(CAST(SUM(revised_at) AS BIGINT), 0) FROM policies`,
		`SELECT COUNT(*) FROM members WHERE status = -1`, `SELECT CAST(SUM(revised_at) AS BIGINT) FROM users`, `SELECT COUNT(*) FROM events`, `SELECT COUNT(*) FROM mail_outbox`,
	} {
		out = append(out, dbtest.Value[int](w.t, w.d, query))
	}
	return out
}

// TestEffectsOfAPreview names the effect for each of the types that have one.
func TestEffectsOfAPreview(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		user, m := w.person(w.org, access.User, org.Confirmed)
		w.join(dbtest.Org(t, d, nil), user, access.User, org.Confirmed)
		dbtest.Row(t, d, "ciphers", dbtest.Columns{
			"owner_id": user, "id": id.New[id.Cipher](), "user_id": user, "type": 1, "data": "", "created_at": 1, "revised_at": 1,
		})
		dbtest.Exec(t, d, `UPDATE members SET recovery_key = '-' WHERE user_id = $1`, w.owner)
		email := dbtest.Value[string](t, d, `SELECT email FROM users WHERE id = $1`, user)
		tidy, _ := w.person(w.org, access.User, org.Confirmed)
		w.secure(tidy)
		dbtest.Row(t, d, "ciphers", dbtest.Columns{
			"owner_id": tidy, "id": id.New[id.Cipher](), "user_id": tidy, "type": 1, "data": "", "created_at": 1, "revised_at": 1, "deleted_at": 1,
		})
		w.row(w.org, SingleOrg, false, noData)
		for of, effect := range map[Type]Effect{TwoStep: Revoked, SingleOrg: Revoked, DataOwnership: PersonalItems, NoPIN: ""} {
			p, err := w.s.Preview(as(t, w.owner), w.owner, w.org, of, Change{Enabled: true})
			w.fine("preview", err)
			var want []Affected
			if effect != "" {
				want = []Affected{{m, "Person " + email, email, effect}}
			}
			if diff := cmp.Diff(Preview{People: want}, p); diff != "" {
				t.Errorf("%s (-want +got):\n%s", of, diff)
			}
		}
		p, err := w.s.Preview(as(t, w.owner), w.owner, w.org, MasterPasswordRules, Change{Enabled: true, Data: json.RawMessage(`{"minLength":1}`)})
		if err != nil || p.BlockedBy == "" {
			t.Errorf("with data that is refused: %+v, %v", p, err)
		}
	})
}

// TestTwoAdminsAtOnce turns a policy off while what depends on it is turned on.
func TestTwoAdminsAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		second, _ := w.person(w.org, access.Admin, org.Confirmed)
		won := map[string]int{}
		for range 15 {
			_, err := w.save(AccountRecovery, false, "")
			w.fine("reset", err)
			_, err = w.save(SingleOrg, true, "")
			w.fine("reset", err)
			var off, on error
			var both sync.WaitGroup
			both.Go(func() { _, off = w.s.Save(as(t, w.owner), w.owner, w.org, SingleOrg, Change{}) })
			both.Go(func() { _, on = w.s.Save(as(t, second), second, w.org, AccountRecovery, Change{Enabled: true}) })
			both.Wait()
			if w.on(AccountRecovery) && !w.on(SingleOrg) {
				t.Fatal("account recovery is on without what it depends on")
			}
			if (off == nil) == (on == nil) {
				t.Fatalf("one of them wins: %v, %v", off, on)
			}
			if off == nil {
				w.refused("the loser", on, "depends on")
				won["off"]++
			} else {
				w.refused("the loser", off, "depends on")
				won["on"]++
			}
		}
		if won["off"]+won["on"] != 15 {
			t.Errorf("winners: %v", won)
		}
	})
}

// TestStatementsDoNotGrow counts what everybody's acts cost with few people and
// with many.
func TestStatementsDoNotGrow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		cost := func(people int) map[string]int64 {
			w := newWorld(t, d)
			w.row(w.org, DataOwnership, true, noData)
			var joining []Joining
			for range people {
				user, _ := w.person(w.org, access.User, org.Confirmed)
				w.belongs(user, MasterPasswordRules, noData)
				joining = append(joining, Joining{user, access.User})
			}
			one := joining[0].User
			for range people {
				w.belongs(one, MasterPasswordRules, noData)
			}
			out := map[string]int64{}
			count := func(name string, act func(n *atomic.Int64) error) {
				var n atomic.Int64
				w.fine(name, act(&n))
				out[name] = n.Load()
			}
			within := func(act func(tx *db.Tx, n *atomic.Int64) error) func(n *atomic.Int64) error {
				return func(n *atomic.Int64) error { return d.View(t.Context(), func(tx *db.Tx) error { return act(tx, n) }) }
			}
			ctx := as(t, w.owner)
			count("list", func(n *atomic.Int64) error {
				_, err := w.s.List(db.CountStatements(ctx, n), w.owner, w.org)
				return err
			})
			count("preview", func(n *atomic.Int64) error {
				_, err := w.s.Preview(db.CountStatements(ctx, n), w.owner, w.org, TwoStep, Change{Enabled: true})
				return err
			})
			count("join", within(func(tx *db.Tx, n *atomic.Int64) error {
				_, err := CheckJoins(db.CountStatements(ctx, n), tx, w.org, joining)
				return err
			}))
			count("password", within(func(tx *db.Tx, n *atomic.Int64) error {
				_, _, err := MasterPasswordFor(db.CountStatements(ctx, n), tx, one)
				return err
			}))
			count("sends", within(func(tx *db.Tx, n *atomic.Int64) error {
				_, err := SendRules(db.CountStatements(ctx, n), tx, one)
				return err
			}))
			count("ownership", within(func(tx *db.Tx, n *atomic.Int64) error {
				if err := OwnershipForbidden(db.CountStatements(ctx, n), tx, one); err == nil {
					t.Error("a new item is not refused")
				}
				return nil
			}))
			count("sync", within(func(tx *db.Tx, n *atomic.Int64) error {
				_, err := Stored(db.CountStatements(ctx, n), tx, one)
				return err
			}))
			count("save", func(n *atomic.Int64) error {
				_, err := w.s.Save(db.CountStatements(ctx, n), w.owner, w.org, TwoStep, Change{Enabled: true})
				return err
			})
			return out
		}
		few, many := cost(2), cost(30)
		if diff := cmp.Diff(few, many); diff != "" {
			t.Errorf("statements grow with the people (-2 +30):\n%s", diff)
		}
		for _, one := range []string{"password", "sends", "ownership", "sync"} {
			if many[one] != 1 {
				t.Errorf("%s costs %d statements, want 1", one, many[one])
			}
		}
		if many["join"] != 4 {
			t.Errorf("joining costs %d statements, want 4", many["join"])
		}
	})
}
