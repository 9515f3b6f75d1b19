package baseline_test

import (
	"context"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/tenant"
)

// strict writes a baseline of everything that applying has to put in order, and
// assigns it to the first client.
func (w *world) strict() id.Baseline {
	w.t.Helper()
	b := w.row("Strict", 1, true, map[string]bool{"limitItemDeletion": true, "allowAdminAccessToAllCollectionItems": true},
		baseline.Policy{Type: policy.TwoStep, Enabled: true, Data: `{}`},
		baseline.Policy{Type: policy.SingleOrg, Enabled: true, Data: `{}`},
		baseline.Policy{Type: policy.AccountRecovery, Enabled: true, Data: `{"autoEnrollEnabled":true}`},
		baseline.Policy{Type: policy.NoPIN, Enabled: false, Data: `{}`},
		baseline.Policy{Type: policy.ClaimedDomains, Enabled: true, Data: `{}`})
	w.assign(b, w.mine.id)
	w.set(w.mine, policy.NoPIN, true, `{}`)
	return b
}

func (w *world) apply(ctx context.Context, user id.User, subjects ...baseline.Subject) []baseline.Applied {
	w.t.Helper()
	out, err := w.s.Apply(ctx, user, w.provider, w.mine.id, subjects)
	w.fine("apply", err)
	return out
}

const noDomain = "This policy needs a domain that the organization has claimed. Claim one first."

func TestApplyingDoesWhatThePreviewSaid(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.strict()
		user := w.account()
		member := dbtest.Member(t, d, w.mine.org, user, 2, 2)
		address := dbtest.Value[string](t, d, `SELECT email FROM users WHERE id = $1`, user)
		boss := dbtest.Value[string](t, d, `SELECT email FROM users WHERE id = $1`, w.mine.owner)
		plan, err := w.s.Preview(w.as(w.scoped), w.scoped, w.provider, w.mine.id, "")
		w.fine("preview", err)
		got := map[baseline.Subject][]string{}
		var order []baseline.Subject
		for _, c := range plan.Changes {
			order = append(order, c.Subject)
			for _, a := range c.People {
				got[c.Subject] = append(got[c.Subject], a.Email+" "+string(a.Effect))
			}
			if (c.BlockedBy != "") != (c.Subject == "policy:19") {
				t.Errorf("%s is blocked by %q", c.Subject, c.BlockedBy)
			}
		}
		same(t, "order", []baseline.Subject{"policy:14", "policy:0", "policy:3", "policy:19", "policy:8", "setting:limitItemDeletion"}, order)
		same(t, "baseline", b, plan.Baseline)
		// Whom two-step login shuts out is not asked to enroll any more.
		same(t, "people", map[baseline.Subject][]string{"policy:0": {address + " revoked"}, "policy:8": {boss + " mustEnrol"}}, got)
		if n := len(w.drift(w.admin)[w.mine.id].Differences); n != len(plan.Changes) {
			t.Errorf("%d differences, %d changes", n, len(plan.Changes))
		}
		same(t, "log after the preview", nil, w.log(string(w.mine.org)))

		var want []baseline.Applied
		for _, c := range plan.Changes {
			want = append(want, baseline.Applied{Subject: c.Subject, Error: c.BlockedBy})
		}
		same(t, "applied", want, w.apply(w.as(w.scoped), w.scoped))
		s := w.drift(w.admin)[w.mine.id]
		if len(s.Differences) != 1 || s.Differences[0].Subject != "policy:19" {
			t.Errorf("left: %+v", s.Differences)
		}
		if status := dbtest.Value[int](t, d, `SELECT status FROM members WHERE id = $1`, member); status != -1 {
			t.Errorf("status %d of whom two-step login shuts out", status)
		}
		entries := []event.Type{event.MemberRevokedTwoStep, event.OrgLimitItemDeletionOn, event.PolicyUpdated, event.PolicyUpdated, event.PolicyUpdated, event.PolicyUpdated}
		same(t, "the client's log", entries, w.log(string(w.mine.org)))
		same(t, "the provider's log", entries, w.log(string(w.provider)))
		same(t, "again", []baseline.Applied{{Subject: "policy:19", Error: noDomain}}, w.apply(w.as(w.admin), w.admin))
		same(t, "no more entries", entries, w.log(string(w.mine.org)))
	})
}

func TestSomeSubjectsAreAppliedAndDeviationsLeftAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.strict()
		w.deviate(w.mine, "policy:14", "The tills have no keyboards.")
		same(t, "applied", []baseline.Applied{
			{Subject: "policy:8", Error: "The policy “Account recovery administration” depends on “Single organization”. Turn that on first."},
			{Subject: "setting:limitItemDeletion"},
			{Subject: "policy:14", Error: "An owner of the client decided to do otherwise: The tills have no keyboards."},
			{Subject: "setting:allowAdminAccessToAllCollectionItems"},
		}, w.apply(w.as(w.admin), w.admin, "policy:14", "policy:8", "setting:limitItemDeletion", "setting:allowAdminAccessToAllCollectionItems", "policy:14"))
		plan, err := w.s.Preview(w.as(w.admin), w.admin, w.provider, w.mine.id, b)
		w.fine("preview", err)
		for _, c := range plan.Changes {
			if c.Subject == "policy:14" {
				t.Error("the preview undoes what an owner decided")
			}
		}
		plan, err = w.s.Preview(w.as(w.admin), w.admin, w.provider, w.mine.id, "", "policy:8", "setting:limitItemDeletion")
		w.fine("preview of some", err)
		if len(plan.Changes) != 1 || !strings.Contains(plan.Changes[0].BlockedBy, "Single organization") {
			t.Errorf("without what it depends on: %+v", plan.Changes)
		}
		_, err = w.s.Preview(w.as(w.admin), w.admin, w.provider, w.mine.id, "", "policy:5")
		same(t, "preview of what it does not decide", []string{"subjects"}, fields(err))
		for _, a := range w.apply(w.as(w.admin), w.admin) {
			if a.Subject == "policy:14" {
				t.Error("all of it undoes what an owner decided")
			}
		}
		for _, subject := range []baseline.Subject{"policy:5", "policy:014", "policy:99", "setting:limitCollectionCreation", "limitItemDeletion", "nonsense"} {
			_, err := w.s.Apply(w.as(w.admin), w.admin, w.provider, w.mine.id, []baseline.Subject{subject})
			same(t, string(subject), []string{"subjects"}, fields(err))
		}
		dbtest.Exec(t, d, `UPDATE baselines SET may_deviate = $2 WHERE id = $1`, b, false)
		same(t, "once nobody may deviate", []baseline.Applied{{Subject: "policy:14"}}, w.apply(w.as(w.admin), w.admin, "policy:14"))
	})
}

func TestWhoMayApply(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.strict()
		foreign := dbtest.Provider(t, d, 2)
		rival := w.account()
		dbtest.Staff(t, d, foreign, rival, 0, 2)
		try := func(ctx context.Context, user id.User, c client) (preview, apply error) {
			_, preview = w.s.Preview(ctx, user, w.provider, c.id, b)
			_, apply = w.s.Apply(ctx, user, w.provider, c.id, []baseline.Subject{"policy:14", "setting:limitItemDeletion"})
			return preview, apply
		}
		for _, v := range []struct {
			name string
			ctx  context.Context
			user id.User
			c    client
		}{
			{"a service user of another client", w.as(w.scoped), w.scoped, w.other},
			{"a client's owner", w.as(w.mine.owner), w.mine.owner, w.mine},
			{"another provider", w.as(rival), rival, w.mine},
			{"a key of another client", w.key(true, w.other.id), access.ProviderKey, w.mine},
			{"a key's name without the key", w.as(w.account()), access.ProviderKey, w.mine},
		} {
			preview, apply := try(v.ctx, v.user, v.c)
			w.absent(v.name+" previews", preview)
			w.absent(v.name+" applies", apply)
		}
		preview, apply := try(w.key(false), access.ProviderKey, w.mine)
		w.fine("a reading key previews", preview)
		if apply == nil || apply.Error() != "This API key may only read." {
			t.Errorf("a reading key applies: %v", apply)
		}
		same(t, "log", nil, w.log(string(w.mine.org)))
		preview, apply = try(w.key(true, w.mine.id), access.ProviderKey, w.mine)
		w.fine("a writing key previews", preview)
		w.fine("a writing key applies", apply)
		entries := []event.Type{event.OrgLimitItemDeletionOn, event.PolicyUpdated}
		same(t, "the client's log", entries, w.log(string(w.mine.org)))
		same(t, "the provider's log", entries, w.log(string(w.provider)))
		// Beyond baselines, a key changes nothing about the organization itself.
		_, err := w.s.Tenants.Update(w.key(true), access.ProviderKey, w.mine.org, tenant.Change{Name: "Mine"})
		w.absent("a key renames", err)
	})
}

func TestAPreviewOfAnotherBaseline(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		b := w.strict()
		plan, err := w.s.Preview(w.as(w.admin), w.admin, w.provider, w.other.id, b)
		w.fine("preview", err)
		if plan.Baseline != b || plan.Client != w.other.id || len(plan.Changes) == 0 {
			t.Errorf("plan %+v", plan)
		}
		_, err = w.s.Preview(w.as(w.admin), w.admin, w.provider, w.other.id, "")
		w.refused("nothing governs it", err, "No baseline governs this client")
		_, err = w.s.Apply(w.as(w.admin), w.admin, w.provider, w.other.id, nil)
		w.refused("nothing governs it", err, "No baseline governs this client")
		_, err = w.s.Preview(w.as(w.admin), w.admin, w.provider, w.other.id, id.New[id.Baseline]())
		w.absent("no baseline", err)
	})
}
