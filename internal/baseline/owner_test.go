package baseline_test

import (
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

func TestAnOwnerDecidesOtherwiseWithAReason(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.strict()
		owner := w.mine.owner
		name := dbtest.Value[string](t, d, `SELECT name FROM users WHERE id = $1`, owner)
		v, err := w.s.Deviate(w.as(owner), owner, w.mine.org, "policy:14", "  The tills have no keyboards. ")
		w.fine("deviate", err)
		if !v.Governed || v.Provider != "Lighthouse IT" || v.Name != "Strict" || !v.MayDeviate {
			t.Errorf("view %+v", v)
		}
		want := baseline.Deviation{Subject: "policy:14", Reason: "The tills have no keyboards.", By: name}
		same(t, "deviations", []baseline.Deviation{want}, v.Deviations)
		same(t, "drift", 1, w.drift(w.scoped)[w.mine.id].Deviations())
		v, err = w.s.Deviate(w.as(owner), owner, w.mine.org, "setting:allowAdminAccessToAllCollectionItems", "Nothing differs yet.")
		w.fine("deviate ahead", err)
		same(t, "both", 2, len(v.Deviations))
		_, err = w.s.Deviate(w.as(owner), owner, w.mine.org, "policy:14", "A better reason.")
		w.fine("once more", err)
		v, err = w.s.EndDeviation(w.as(owner), owner, w.mine.org, "setting:allowAdminAccessToAllCollectionItems")
		w.fine("end", err)
		if len(v.Deviations) != 1 || v.Deviations[0].Reason != "A better reason." {
			t.Errorf("left: %+v", v.Deviations)
		}
		entries := []event.Type{event.OrgUpdated, event.OrgUpdated, event.PolicyUpdated, event.PolicyUpdated}
		same(t, "the client's log", entries, w.log(string(w.mine.org)))
		same(t, "the provider's log", entries, w.log(string(w.provider)))
		_, err = w.s.EndDeviation(w.as(owner), owner, w.mine.org, "policy:0")
		w.absent("end what was not decided", err)
		_, err = w.s.Deviate(w.as(owner), owner, w.mine.org, "policy:5", "The baseline does not name it.")
		w.absent("what the baseline does not decide", err)
		_, err = w.s.Deviate(w.as(owner), owner, w.mine.org, "policy:0", " ")
		same(t, "no reason", []string{"reason"}, fields(err))
		_, err = w.s.Deviate(w.as(owner), owner, w.mine.org, "policy:0", strings.Repeat("r", 501))
		same(t, "a long reason", []string{"reason"}, fields(err))

		dbtest.Exec(t, d, `UPDATE baselines SET may_deviate = $2 WHERE id = $1`, b, false)
		_, err = w.s.Deviate(w.as(owner), owner, w.mine.org, "policy:0", "A reason.")
		w.refused("nobody may deviate", err, "Your provider wants every client to keep to this baseline")
		_, err = w.s.EndDeviation(w.as(owner), owner, w.mine.org, "policy:14")
		w.fine("end all the same", err)
	})
}

func TestWhoSeesAndWhoDecides(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.strict()
		admin, user, both := w.account(), w.account(), w.account()
		dbtest.Member(t, d, w.mine.org, admin, 1, 2)
		dbtest.Member(t, d, w.mine.org, user, 2, 2)
		dbtest.Member(t, d, w.mine.org, both, 0, 2)
		dbtest.Staff(t, d, w.provider, both, 1, 2)
		for _, v := range []struct {
			name          string
			user          id.User
			sees, decides bool
		}{
			{"owner", w.mine.owner, true, true},
			{"an admin of the client", admin, true, false},
			{"a user of the client", user, false, false},
			{"an owner who is staff", both, true, false},
			{"staff", w.scoped, true, false},
			{"an owner of another client", w.other.owner, false, false},
		} {
			see, err := w.s.Find(w.as(v.user), v.user, w.mine.org)
			if (err == nil) != v.sees || see.Governed != v.sees {
				t.Errorf("%s: %+v, %v", v.name, see, err)
			}
			_, err = w.s.Deviate(w.as(v.user), v.user, w.mine.org, "policy:14", "A reason.")
			if !v.decides {
				w.absent(v.name+" decides", err)
				_, err = w.s.EndDeviation(w.as(v.user), v.user, w.mine.org, "policy:14")
				w.absent(v.name+" ends", err)
				continue
			}
			w.fine(v.name, err)
		}
	})
}

func TestWhatNothingGoverns(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		alone, owner := dbtest.Org(t, d, nil), w.account()
		dbtest.Member(t, d, alone, owner, 0, 2)
		v, err := w.s.Find(w.as(owner), owner, alone)
		w.fine("no provider", err)
		same(t, "no provider", baseline.View{}, v)
		_, err = w.s.Deviate(w.as(owner), owner, alone, "policy:0", "A reason.")
		w.absent("no provider", err)
		v, err = w.s.Find(w.as(w.other.owner), w.other.owner, w.other.org)
		w.fine("no baseline", err)
		same(t, "no baseline", baseline.View{Provider: "Lighthouse IT"}, v)
		_, err = w.s.Deviate(w.as(w.other.owner), w.other.owner, w.other.org, "policy:0", "A reason.")
		w.absent("no baseline", err)
		w.strict()
		dbtest.Exec(t, d, `UPDATE providers SET enabled = $2 WHERE id = $1`, w.provider, false)
		v, err = w.s.Find(w.as(w.mine.owner), w.mine.owner, w.mine.org)
		w.fine("a disabled provider", err)
		same(t, "a disabled provider", baseline.View{}, v)
	})
}
