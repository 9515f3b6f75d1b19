package policy

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

func step(t Type, on bool, text string) Step {
	return Step{Type: t, Change: Change{Enabled: on, Data: json.RawMessage(text)}}
}

func TestStepsGoInAnOrderInWhichNoneIsInTheWay(t *testing.T) {
	var got []Type
	for _, s := range InOrder([]Step{
		step(AccountRecovery, true, ""), step(SingleOrg, true, ""), step(TwoStep, true, ""), step(NoPIN, false, ""), step(Banner, false, ""),
	}) {
		got = append(got, s.Type)
	}
	if diff := cmp.Diff([]Type{Banner, NoPIN, SingleOrg, TwoStep, AccountRecovery}, got); diff != "" {
		t.Errorf("order (-want +got):\n%s", diff)
	}
	got = nil
	for _, s := range InOrder([]Step{step(SingleOrg, false, ""), step(AccountRecovery, false, "")}) {
		got = append(got, s.Type)
	}
	if diff := cmp.Diff([]Type{AccountRecovery, SingleOrg}, got); diff != "" {
		t.Errorf("off (-want +got):\n%s", diff)
	}
}

// TestAPreviewOfSeveralSeesWhatTheFirstDo compares it with saving one by one.
func TestAPreviewOfSeveralSeesWhatTheFirstDo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		busy, _ := w.person(w.org, access.User, org.Confirmed)
		w.join(dbtest.Org(t, d, nil), busy, access.User, org.Confirmed)
		plain, _ := w.person(w.org, access.User, org.Confirmed)
		w.secure(plain)
		steps := InOrder([]Step{
			step(AutoConfirm, true, ""), step(SingleOrg, true, ""), step(TwoStep, true, ""), step(Timeout, true, `{}`), step(ClaimedDomains, true, ""),
		})
		type outcome struct {
			Blocked bool
			People  []string
		}
		var planned, done []outcome
		previews := view(w, func(ctx context.Context, tx *db.Tx) ([]Preview, error) {
			actor, err := access.Require(ctx, tx, w.owner, w.org, access.ManagePolicies)
			if err != nil {
				return nil, err
			}
			return PreviewAll(ctx, tx, actor, steps)
		})
		for _, p := range previews {
			planned = append(planned, outcome{p.BlockedBy != "", emails(p)})
		}
		if w.on(SingleOrg) {
			t.Fatal("a preview turned a policy on")
		}
		for _, s := range steps {
			p, err := w.s.Preview(as(t, w.owner), w.owner, w.org, s.Type, s.Change)
			w.fine("preview", err)
			_, err = w.s.Save(as(t, w.owner), w.owner, w.org, s.Type, s.Change)
			done = append(done, outcome{err != nil, emails(p)})
		}
		if diff := cmp.Diff(done, planned, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("planned (+) is not what came of it (-):\n%s", diff)
		}
		var taken []Type
		for i, o := range done {
			if !o.Blocked {
				taken = append(taken, steps[i].Type)
			}
		}
		// busy is revoked for one reason, and in nobody's way after that.
		if diff := cmp.Diff([]Type{SingleOrg, TwoStep, AutoConfirm}, taken); diff != "" {
			t.Errorf("saved (-want +got):\n%s", diff)
		}
	})
}

func emails(p Preview) []string {
	var out []string
	for _, a := range p.People {
		out = append(out, a.Email+" "+string(a.Effect))
	}
	return out
}

func TestPoliciesOfSeveralOrganizationsAreReadAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		second, third, small := dbtest.Org(t, d, nil), dbtest.Org(t, d, nil), dbtest.Org(t, d, dbtest.Columns{"plan_type": 17})
		w.row(w.org, TwoStep, true, noData)
		w.row(w.org, SingleOrg, false, noData)
		w.row(second, Generator, true, `{"minLength":20}`)
		w.row(third, TwoStep, true, noData)
		w.row(small, TwoStep, true, noData)
		all := view(w, func(ctx context.Context, tx *db.Tx) (map[id.Org]map[Type]Policy, error) {
			return InOrgs(ctx, tx, []id.Org{w.org, second, small})
		})
		if len(all) != 2 || len(all[w.org]) != 2 || all[w.org][SingleOrg].Enabled || all[second][Generator].Data != `{"minLength":20}` {
			t.Errorf("got %+v", all)
		}
	})
}
