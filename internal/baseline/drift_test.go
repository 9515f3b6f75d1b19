package baseline_test

import (
	"slices"
	"sync/atomic"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
)

func TestAClientsOwnBaselineGoesBeforeThoseOfItsTags(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		third := w.client(nil)
		direct, first, second := w.row("Direct", 9, false, nil), w.row("First", 1, false, nil), w.row("Second", 2, false, nil)
		w.tag(second, w.mine.id, w.other.id)
		w.tag(first, w.mine.id, w.other.id)
		w.tag("", third.id)
		w.assign(direct, w.mine.id)
		got := map[id.ProviderClient]string{}
		for client, s := range w.drift(w.admin) {
			got[client] = s.Name
		}
		same(t, "who governs", map[id.ProviderClient]string{w.mine.id: "Direct", w.other.id: "First"}, got)
	})
}

func TestDriftNamesWhatDiffers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.row("Standard", 1, true, map[string]bool{"limitItemDeletion": true, "limitCollectionCreation": false, "allowAdminAccessToAllCollectionItems": true},
			baseline.Policy{Type: policy.MasterPasswordRules, Enabled: true, Data: `{"minLength":14,"requireUpper":true,"requireLower":false}`},
			baseline.Policy{Type: policy.TwoStep, Enabled: true, Data: `{}`},
			baseline.Policy{Type: policy.SingleOrg, Enabled: true, Data: `{}`},
			baseline.Policy{Type: policy.NoPIN, Enabled: false, Data: `{}`})
		w.assign(b, w.mine.id)
		w.set(w.mine, policy.MasterPasswordRules, true, `{"minLength":12,"requireUpper":true,"requireNumbers":true}`)
		w.set(w.mine, policy.TwoStep, true, `{}`)
		w.set(w.mine, policy.SingleOrg, false, `{}`)
		w.set(w.mine, policy.Generator, true, `{"minLength":20}`) // the baseline says nothing about it
		w.deviate(w.mine, "setting:limitItemDeletion", "The archive needs it.")
		w.deviate(w.mine, "policy:0", "Nothing differs there.")
		w.deviate(w.other, "policy:3", "Another client.")
		name := dbtest.Value[string](t, d, `SELECT name FROM users WHERE id = $1`, w.mine.owner)
		s := w.drift(w.scoped)[w.mine.id]
		same(t, "standing", baseline.Standing{Client: w.mine.id, Org: w.mine.org, Baseline: b, Name: "Standard", Differences: []baseline.Difference{
			{
				Subject: "policy:1", Fields: []string{"minLength", "requireNumbers"},
				Expected: baseline.State{Enabled: true, Data: `{"minLength":14,"requireUpper":true,"requireLower":false}`},
				Actual:   baseline.State{Enabled: true, Data: `{"minLength":12,"requireUpper":true,"requireNumbers":true}`},
			},
			{Subject: "policy:3", Fields: []string{"enabled"}, Expected: baseline.State{Enabled: true, Data: `{}`}, Actual: baseline.State{Data: `{}`}},
			{
				Subject: "setting:limitItemDeletion", Fields: []string{"enabled"}, Expected: baseline.State{Enabled: true},
				Deviation: &baseline.Deviation{Subject: "setting:limitItemDeletion", Reason: "The archive needs it.", By: name},
			},
		}}, s)
		if s.Drift() != 2 || s.Deviations() != 1 {
			t.Errorf("drift %d, deviations %d; want 2 and 1", s.Drift(), s.Deviations())
		}
		dbtest.Exec(t, d, `UPDATE baselines SET may_deviate = $2 WHERE id = $1`, b, false)
		if got := w.drift(w.admin)[w.mine.id].Drift(); got != 3 {
			t.Errorf("drift %d once nobody may deviate, want 3", got)
		}
	})
}

func TestAPlanWithoutPoliciesHasNone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		small := w.client(dbtest.Columns{"plan_type": 17})
		w.assign(w.row("Standard", 1, false, nil, baseline.Policy{Type: policy.TwoStep, Enabled: true, Data: `{}`}), small.id)
		w.set(small, policy.TwoStep, true, `{}`) // of a larger plan before
		if got := w.drift(w.admin)[small.id].Drift(); got != 1 {
			t.Errorf("drift %d, want 1: the row binds nobody", got)
		}
	})
}

func TestStaffSeesWhatItReaches(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.row("Standard", 1, false, map[string]bool{"limitItemDeletion": true})
		w.assign(b, w.other.id)
		shared, far, idle := w.tag(b, w.mine.id), w.tag(b, w.other.id), w.tag(b)
		same(t, "drift", []id.ProviderClient{w.mine.id}, keys(w.drift(w.scoped)))
		for _, v := range []struct {
			name            string
			user            id.User
			clients         []id.ProviderClient
			tags            []id.ProviderTag
			governs, differ int
		}{
			{"admin", w.admin, []id.ProviderClient{w.other.id}, []id.ProviderTag{shared, far, idle}, 2, 2},
			{"scoped", w.scoped, nil, []id.ProviderTag{shared}, 1, 1},
		} {
			list, err := w.s.List(w.as(v.user), v.user, w.provider)
			w.fine(v.name, err)
			slices.Sort(v.tags)
			want := baseline.Counted{Baseline: baseline.Baseline{
				ID: b, Name: "Standard", Rank: 1, Settings: map[string]bool{"limitItemDeletion": true}, Clients: v.clients, Tags: v.tags,
			}, Governs: v.governs, Drifted: v.differ}
			same(t, v.name, []baseline.Counted{want}, list)
		}
		ctx := w.key(false, w.mine.id)
		list, err := w.s.Drift(ctx, access.ProviderKey, w.provider)
		w.fine("key", err)
		if len(list) != 1 || list[0].Client != w.mine.id {
			t.Errorf("key: %+v, want the one client", list)
		}
		for name, user := range map[string]id.User{"a client's owner": w.mine.owner, "a stranger": w.account()} {
			_, err := w.s.List(w.as(user), user, w.provider)
			w.absent(name, err)
			_, err = w.s.Drift(w.as(user), user, w.provider)
			w.absent(name, err)
		}
	})
}

// TestDriftTakesAsManyStatementsForManyClients holds both pages to that.
func TestDriftTakesAsManyStatementsForManyClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.row("Standard", 1, true, map[string]bool{"limitItemDeletion": true}, baseline.Policy{Type: policy.TwoStep, Enabled: true, Data: `{}`})
		count := func() (drift, list int64) {
			var n, m atomic.Int64
			_, err := w.s.Drift(db.CountStatements(w.as(w.admin), &n), w.admin, w.provider)
			w.fine("drift", err)
			_, err = w.s.List(db.CountStatements(w.as(w.admin), &m), w.admin, w.provider)
			w.fine("list", err)
			return n.Load(), m.Load()
		}
		w.assign(b, w.mine.id)
		oneDrift, oneList := count()
		for i := range 49 {
			c := w.client(nil)
			w.set(c, policy.TwoStep, i%2 == 0, `{}`)
			w.deviate(c, "setting:limitItemDeletion", "A reason.")
			w.assign(w.row(string(c.id), i+2, true, map[string]bool{"limitItemDeletion": true}), c.id)
		}
		manyDrift, manyList := count()
		if oneDrift != manyDrift || oneList != manyList || oneDrift > 6 {
			t.Errorf("statements: drift %d for 1 client and %d for 50, list %d and %d", oneDrift, manyDrift, oneList, manyList)
		}
	})
}
