package baseline_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
)

func wish(t policy.Type, on bool, data string) baseline.Wish {
	return baseline.Wish{Type: int(t), Enabled: on, Data: json.RawMessage(data)}
}

func (w *world) create(name string, wishes ...baseline.Wish) baseline.Counted {
	w.t.Helper()
	b, err := w.s.Create(w.as(w.admin), w.admin, w.provider, baseline.Edit{Name: name, Policies: wishes})
	w.fine("create "+name, err)
	return b
}

func TestABaselineIsKeptAsItWasWritten(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.create("First")
		b, err := w.s.Create(w.as(w.admin), w.admin, w.provider, baseline.Edit{
			Name: " Standard ", Description: "For all.\nBut banks.", MayDeviate: true, Settings: map[string]bool{"limitItemDeletion": false},
			Policies: []baseline.Wish{wish(policy.TwoStep, true, `null`), wish(policy.MasterPasswordRules, true, `{"MINLENGTH":14,"odd":1}`)},
		})
		w.fine("create", err)
		want := baseline.Baseline{
			ID: b.ID, Name: "Standard", Description: "For all.\nBut banks.", Rank: 2, MayDeviate: true, Settings: map[string]bool{"limitItemDeletion": false},
			Policies: []baseline.Policy{{Type: policy.TwoStep, Enabled: true, Data: `{}`}, {Type: policy.MasterPasswordRules, Enabled: true, Data: `{"minLength":14}`}},
		}
		same(t, "created", baseline.Counted{Baseline: want}, b)
		b, err = w.s.Update(w.as(w.admin), w.admin, w.provider, b.ID, baseline.Edit{Name: "standard", LastKnown: b.RevisedAt, Policies: []baseline.Wish{wish(policy.NoPIN, false, ``)}})
		w.fine("update", err)
		want = baseline.Baseline{ID: b.ID, Name: "standard", Rank: 2, Policies: []baseline.Policy{{Type: policy.NoPIN, Data: `{}`}}}
		same(t, "changed", baseline.Counted{Baseline: want}, b)
		w.fine("delete", w.s.Delete(w.as(w.admin), w.admin, w.provider, b.ID))
		list, err := w.s.List(w.as(w.admin), w.admin, w.provider)
		w.fine("list", err)
		if len(list) != 1 || list[0].Name != "First" {
			t.Errorf("left: %+v", list)
		}
		w.absent("delete again", w.s.Delete(w.as(w.admin), w.admin, w.provider, b.ID))
		same(t, "log", []event.Type{event.BaselineCreated, event.BaselineCreated, event.BaselineUpdated, event.BaselineDeleted}, w.log(string(w.provider)))
	})
}

func TestWishesThatCannotBeFulfilledAreRefusedByField(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.create("Taken")
		for _, v := range []struct {
			name string
			in   baseline.Edit
			want []string // fields
		}{
			{"no name", baseline.Edit{}, []string{"name"}},
			{"a name that is taken", baseline.Edit{Name: "taken"}, []string{"name"}},
			{"a long description", baseline.Edit{Name: "N", Description: strings.Repeat("d", 1001)}, []string{"description"}},
			{"control characters", baseline.Edit{Name: "N", Description: "a\x00b"}, []string{"description"}},
			{"an unknown setting", baseline.Edit{Name: "N", Settings: map[string]bool{"limitlessness": true}}, []string{"setting:limitlessness"}},
			{"an unknown policy", baseline.Edit{Name: "N", Policies: []baseline.Wish{wish(99, true, ``)}}, []string{"policy:99"}},
			{"a policy twice", baseline.Edit{Name: "N", Policies: []baseline.Wish{wish(0, true, ``), wish(0, false, ``)}}, []string{"policy:0"}},
			{"numbers out of bounds", baseline.Edit{Name: "N", Policies: []baseline.Wish{wish(policy.MasterPasswordRules, true, `{"minLength":3,"minComplexity":9}`)}}, []string{"policy:1.minComplexity", "policy:1.minLength"}},
			{"data that is none", baseline.Edit{Name: "N", Policies: []baseline.Wish{wish(policy.Generator, true, `[1]`)}}, []string{"policy:2.data"}},
			{"what is needed to be on", baseline.Edit{Name: "N", Policies: []baseline.Wish{wish(policy.URIMatch, true, `{}`)}}, []string{"policy:16.uriMatchDetection"}},
			{"what it depends on is off", baseline.Edit{Name: "N", Policies: []baseline.Wish{
				wish(policy.AccountRecovery, true, ``), wish(policy.SingleOrg, false, ``), wish(policy.Timeout, true, `{"minutes":5}`),
			}}, []string{"policy:8", "policy:9"}},
		} {
			_, err := w.s.Create(w.as(w.admin), w.admin, w.provider, v.in)
			same(t, v.name, v.want, fields(err))
		}
		list, err := w.s.List(w.as(w.admin), w.admin, w.provider)
		w.fine("list", err)
		if len(list) != 1 {
			t.Errorf("%d baselines, want the first alone", len(list))
		}
	})
}

func TestAStaleEditIsTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		now := time.Now()
		d.Now = func() time.Time { return now }
		b := w.create("Standard")
		now = now.Add(time.Second)
		_, err := w.s.Assign(w.as(w.admin), w.admin, w.provider, b.ID, baseline.Assignment{Clients: []id.ProviderClient{w.mine.id}, LastKnown: b.RevisedAt})
		w.fine("assign", err)
		_, err = w.s.Update(w.as(w.admin), w.admin, w.provider, b.ID, baseline.Edit{Name: "Other", LastKnown: b.RevisedAt})
		same(t, "edit", []string{"lastKnownRevisionDate"}, fields(err))
		_, err = w.s.Assign(w.as(w.admin), w.admin, w.provider, b.ID, baseline.Assignment{LastKnown: b.RevisedAt})
		same(t, "assign", []string{"lastKnownRevisionDate"}, fields(err))
		same(t, "governed", []id.ProviderClient{w.mine.id}, keys(w.drift(w.admin)))
	})
}

func TestEachClientAndTagHasOneBaseline(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		first, second := w.create("First").ID, w.create("Second").ID
		one, two := w.tag("", w.mine.id), w.tag("")
		assign := func(b id.Baseline, clients []id.ProviderClient, tags []id.ProviderTag) {
			t.Helper()
			_, err := w.s.Assign(w.as(w.admin), w.admin, w.provider, b, baseline.Assignment{Clients: clients, Tags: tags})
			w.fine("assign", err)
		}
		assign(first, []id.ProviderClient{w.mine.id, w.other.id, w.mine.id}, []id.ProviderTag{one})
		assign(second, []id.ProviderClient{w.other.id}, []id.ProviderTag{two, one})
		list, err := w.s.List(w.as(w.admin), w.admin, w.provider)
		w.fine("list", err)
		same(t, "first", []id.ProviderClient{w.mine.id}, list[0].Clients)
		same(t, "second", []id.ProviderClient{w.other.id}, list[1].Clients)
		tags := []id.ProviderTag{one, two}
		slices.Sort(tags)
		same(t, "tags", tags, append(list[0].Tags, list[1].Tags...))
		assign(first, nil, nil)
		same(t, "what is left", "Second", w.drift(w.admin)[w.mine.id].Name) // by its tag

		foreign := dbtest.Provider(t, d, 2)
		theirs := dbtest.Client(t, d, foreign, dbtest.Org(t, d, nil))
		for name, in := range map[string]baseline.Assignment{
			"a foreign client": {Clients: []id.ProviderClient{w.mine.id, theirs}},
			"no client":        {Clients: []id.ProviderClient{id.New[id.ProviderClient]()}},
			"no tag":           {Tags: []id.ProviderTag{id.New[id.ProviderTag]()}},
		} {
			_, err := w.s.Assign(w.as(w.admin), w.admin, w.provider, first, in)
			w.absent(name, err)
		}
		same(t, "after refusals", 0, len(w.assigned(first)))
	})
}

func (w *world) assigned(b id.Baseline) []id.ProviderClient {
	w.t.Helper()
	list, err := w.s.List(w.as(w.admin), w.admin, w.provider)
	w.fine("list", err)
	for _, c := range list {
		if c.ID == b {
			return c.Clients
		}
	}
	return nil
}

func TestTheOrderDecidesBetweenTags(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		first, second := w.create("First").ID, w.create("Second").ID
		w.tag(first, w.mine.id)
		w.tag(second, w.mine.id)
		same(t, "before", "First", w.drift(w.admin)[w.mine.id].Name)
		order := func(ids ...id.Baseline) error { return w.s.SetOrder(w.as(w.admin), w.admin, w.provider, ids) }
		same(t, "one is missing", []string{"ids"}, fields(order(second)))
		same(t, "one is twice", []string{"ids"}, fields(order(second, second)))
		same(t, "one is none", []string{"ids"}, fields(order(second, id.New[id.Baseline]())))
		w.fine("order", order(second, first))
		same(t, "after", "Second", w.drift(w.admin)[w.mine.id].Name)
	})
}

func TestOnlyAdminsWriteBaselines(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.create("Standard").ID
		foreign := dbtest.Provider(t, d, 2)
		rival := w.account()
		dbtest.Staff(t, d, foreign, rival, 0, 2)
		for name, user := range map[string]id.User{"a service user": w.scoped, "a client's owner": w.mine.owner, "a stranger": w.account(), "another provider": rival, "an API key": access.ProviderKey} {
			ctx := w.as(user)
			if user == access.ProviderKey {
				ctx = w.key(true)
			}
			_, err := w.s.Create(ctx, user, w.provider, baseline.Edit{Name: "Mine"})
			w.absent(name+" creates", err)
			_, err = w.s.Update(ctx, user, w.provider, b, baseline.Edit{Name: "Mine"})
			w.absent(name+" changes", err)
			_, err = w.s.Assign(ctx, user, w.provider, b, baseline.Assignment{})
			w.absent(name+" assigns", err)
			w.absent(name+" orders", w.s.SetOrder(ctx, user, w.provider, []id.Baseline{b}))
			w.absent(name+" deletes", w.s.Delete(ctx, user, w.provider, b))
		}
		_, err := w.s.Update(w.as(rival), rival, foreign, b, baseline.Edit{Name: "Mine"})
		w.absent("another provider, by its own name", err)
		w.absent("another provider deletes", w.s.Delete(w.as(rival), rival, foreign, b))
	})
}
