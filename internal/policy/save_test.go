package policy

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// enough is data with which each type can be turned on.
var enough = map[Type]string{
	Timeout: `{"minutes":60}`, URIMatch: `{"uriMatchDetection":3}`, FillAssist: `{"rulesUrl":"https://rules.example"}`,
}

// needed is the table of what depends on what.
var needed = map[Type]Type{
	RequireSSO: SingleOrg, AccountRecovery: SingleOrg, Timeout: SingleOrg, URIMatch: SingleOrg, AutoConfirm: SingleOrg, Banner: SingleOrg,
}

func TestEveryTypeGoesOnAndOff(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.domain(w.org, "example.com", true)
		for _, of := range Types() {
			on, depends := needed[of]
			if depends {
				_, err := w.save(of, true, enough[of])
				w.refused(of.String(), err, "depends on “"+on.String()+"”. Turn that on first")
				if w.on(of) {
					t.Errorf("%s went on without what it needs", of)
				}
			}
		}
		_, err := w.save(SingleOrg, true, "")
		w.fine("single organization", err)
		for _, of := range Types() {
			p, err := w.save(of, true, enough[of])
			w.fine(of.String(), err)
			if !w.on(of) || !p.Enabled || p.ID == "" || p.Type != of || p.Org != w.org {
				t.Errorf("%s: %+v", of, p)
			}
		}
		dbtest.Exec(t, d, `DELETE FROM claimed_domains WHERE org_id = $1`, w.org)
		_, err = w.save(SingleOrg, false, "")
		w.refused("with six dependents", err, "6 policies depend on")
		for of := range needed {
			if of != Banner {
				_, err := w.save(of, false, "")
				w.fine(of.String()+" off", err)
			}
		}
		_, err = w.save(SingleOrg, false, "")
		w.refused("with one dependent", err, "The policy “"+Banner.String()+"” depends on “"+SingleOrg.String()+"”. Turn it off first.")
		for _, of := range append([]Type{Banner}, Types()...) {
			_, err := w.save(of, false, "")
			w.fine(of.String()+" off", err)
			if w.on(of) {
				t.Errorf("%s is still on", of)
			}
		}
	})
}

func TestRulesBetweenPoliciesDomainsAndPlans(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.domain(w.org, "claimed.example", false)
		other := dbtest.Org(t, d, nil)
		w.domain(other, "other.example", true)
		_, err := w.save(ClaimedDomains, true, "")
		w.refused("without a proved domain of its own", err, "Claim one first")
		_, err = w.save(SingleOrg, true, "")
		w.fine("on", err)
		_, err = w.save(SingleOrg, false, "")
		w.fine("off, with a domain that is not proved", err)
		w.domain(w.org, "proved.example", true)
		_, err = w.save(ClaimedDomains, true, "")
		w.fine("with a proved domain", err)
		_, err = w.save(SingleOrg, true, "")
		w.fine("on", err)
		_, err = w.save(SingleOrg, false, "")
		w.refused("with a proved domain", err, "claimed domain")
		p, err := w.s.Find(as(t, w.owner), w.owner, w.org, SingleOrg)
		if err != nil || !p.Fixed || !p.Enabled {
			t.Errorf("cannot be turned off now, and says so: %+v, %v", p, err)
		}
		dbtest.Exec(t, d, `UPDATE organizations SET plan_type = 17 WHERE id = $1`, w.org)
		_, err = w.save(NoPIN, true, "")
		w.refused("on the smaller plan", err, "Enterprise plan")
	})
}

func TestAutomaticConfirmationWantsNobodyFromElsewhere(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, c := range map[string]struct {
			make    func(w *world)
			refused bool
		}{
			"an owner in another organization":  {func(w *world) { w.join(dbtest.Org(t, d, nil), w.owner, access.User, org.Accepted) }, true},
			"an owner who works for a provider": {func(w *world) { dbtest.Staff(t, d, dbtest.Provider(t, d, 1), w.owner, 0, 2) }, true},
			"revoked elsewhere":                 {func(w *world) { w.join(dbtest.Org(t, d, nil), w.owner, access.User, org.Revoked) }, false},
			"invited elsewhere":                 {func(w *world) { w.join(dbtest.Org(t, d, nil), w.owner, access.User, org.Invited) }, false},
			"a revoked member of two": {func(w *world) {
				u, _ := w.person(w.org, access.User, org.Revoked)
				w.join(dbtest.Org(t, d, nil), u, access.User, 2)
			}, false},
			"somebody else in another one, nobody": {func(w *world) { w.person(dbtest.Org(t, d, nil), access.User, org.Confirmed) }, false},
		} {
			w := newWorld(t, d)
			w.row(w.org, SingleOrg, true, noData)
			c.make(w)
			if _, err := w.save(AutoConfirm, true, ""); c.refused {
				w.refused(name, err, "cannot be turned on while")
			} else {
				w.fine(name, err)
			}
		}
	})
}

// TestWhoIsSuspended turns the two policies on that shut people out, among
// everybody whom they may and may not hit.
func TestWhoIsSuspended(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, c := range []struct {
			of     Type
			reason int
			event  event.Type
			spare  func(w *world, user id.User)
			break_ func(w *world, user id.User)
		}{
			{TwoStep, 2, event.MemberRevokedTwoStep, func(w *world, u id.User) { w.secure(u) }, func(*world, id.User) {}},
			{
				SingleOrg, 4, event.MemberRevokedSingleOrg, func(*world, id.User) {},
				func(w *world, u id.User) {
					w.join(dbtest.Org(t, d, dbtest.Columns{"enabled": false}), u, access.Owner, org.Accepted)
				},
			},
		} {
			w := newWorld(t, d)
			want := map[id.Member]bool{}
			hit := 0
			for _, role := range allRoles {
				for _, status := range allStatuses {
					for _, staff := range []bool{false, true} {
						for _, complies := range []bool{false, true} {
							user, m := w.person(w.org, role, status)
							if staff {
								w.employ(w.org, user)
							}
							if complies {
								c.spare(w, user)
							} else {
								c.break_(w, user)
							}
							want[m] = !complies && !staff && role >= access.User && (status == org.Accepted || status == org.Confirmed)
							if want[m] {
								hit++
							}
						}
					}
				}
			}
			actor, row := w.person(w.org, access.Custom, org.Confirmed)
			dbtest.Exec(t, d, `UPDATE members SET permissions = $1 WHERE id = $2`, int(access.PermitPolicies), row)
			c.break_(w, actor)
			want[row] = false // whoever turns it on
			before := statuses(w)
			letters, revised := w.letters(), revisions(w)
			_, err := w.s.Save(as(t, actor), actor, w.org, c.of, Change{Enabled: true})
			w.fine(c.of.String(), err)
			for m, gone := range want {
				status, reason := w.status(m)
				switch {
				case gone && (status != -1 || reason != c.reason):
					t.Errorf("%s: somebody who was %d is %d for reason %d, want revoked for %d", c.of, before[m], status, reason, c.reason)
				case !gone && status != before[m]:
					t.Errorf("%s: somebody was %d and is %d", c.of, before[m], status)
				}
			}
			if got := w.letters() - letters; got != hit {
				t.Errorf("%s: %d letters for %d people", c.of, got, hit)
			}
			if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE org_id = $1 AND type = $2`, w.org, int(c.event)); got != hit {
				t.Errorf("%s: %d events for %d people", c.of, got, hit)
			}
			for m, at := range revisions(w) {
				if touched := at > revised[m]; touched != (before[m] == 2 || want[m]) {
					t.Errorf("%s: touched %v, who was %d", c.of, touched, before[m])
				}
			}
			// On again, nobody else is shut out: it happens when it comes on.
			user, late := w.person(w.org, access.User, org.Confirmed)
			c.break_(w, user)
			_, err = w.s.Save(as(t, actor), actor, w.org, c.of, Change{Enabled: true})
			w.fine("again", err)
			if status, _ := w.status(late); status != 2 {
				t.Errorf("%s: saving it again revoked somebody", c.of)
			}
		}
	})
}

func statuses(w *world) map[id.Member]int {
	return pairs(w, `SELECT id, status FROM members WHERE org_id = $1`)
}

func revisions(w *world) map[id.Member]int {
	return pairs(w, `SELECT m.id, u.revised_at FROM members m JOIN users u ON u.id = m.user_id WHERE m.org_id = $1`)
}

func pairs(w *world, query string) map[id.Member]int {
	w.t.Helper()
	out := map[id.Member]int{}
	err := w.d.View(w.t.Context(), func(tx *db.Tx) error {
		return db.Each(w.t.Context(), tx, func(r db.Row) error {
			var m id.Member
			var n int
			err := r.Scan(&m, &n)
			out[m] = n
			return err
		}, query, w.org)
	})
	w.fine("read", err)
	return out
}

func TestASaveIsLoggedAndHeardOf(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		member, _ := w.person(w.org, access.User, org.Confirmed)
		tech, stranger := w.account(), w.account()
		prov := dbtest.Provider(t, d, 1)
		dbtest.Staff(t, d, prov, tech, 1, 2)
		dbtest.Client(t, d, prov, w.org)
		p, err := w.s.Save(as(t, tech), tech, w.org, NoPIN, Change{Enabled: true})
		w.fine("save", err)
		got := dbtest.Value[string](t, d, `SELECT CAST(type AS TEXT) || ' ' || policy_id || ' ' || provider_id || ' ' || acting_user_id FROM events WHERE tenant_id = $1`, w.org)
		if want := "1700 " + string(p.ID) + " " + string(prov) + " " + string(tech); got != want {
			t.Errorf("event %q, want %q", got, want)
		}
		for user, hears := range map[id.User]bool{w.owner: true, member: true, tech: true, stranger: false} {
			if got := dbtest.Value[int](t, d, `SELECT revised_at FROM users WHERE id = $1`, user) > 1; got != hears {
				t.Errorf("heard of it: %v, want %v", got, hears)
			}
		}
	})
}

func TestAPolicyThatSomebodyElseChanged(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		d.Now = func() time.Time { return time.Unix(1_700_000_000, 0) } // two changes in one moment
		first, err := w.save(NoPIN, true, "")
		w.fine("first", err)
		if first.CreatedAt != first.RevisedAt {
			t.Errorf("new at %v, revised at %v", first.CreatedAt, first.RevisedAt)
		}
		change := func(at time.Time, on bool) error {
			_, err := w.s.Save(as(t, w.owner), w.owner, w.org, NoPIN, Change{Enabled: on, LastKnown: at})
			return err
		}
		w.fine("who knows it", change(first.RevisedAt, false))
		w.refused("who does not", change(first.RevisedAt, true), "changed by somebody else")
		if w.on(NoPIN) {
			t.Error("the change was made all the same")
		}
		second, err := w.s.Find(as(t, w.owner), w.owner, w.org, NoPIN)
		w.fine("find", err)
		if second.ID != first.ID || !second.RevisedAt.After(first.RevisedAt) {
			t.Errorf("revised from %v to %v", first.RevisedAt, second.RevisedAt)
		}
		w.fine("who does not say", change(time.Time{}, true))
	})
}

func TestOnlyThoseWhoManagePolicies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		custom, row := w.person(w.org, access.Custom, org.Confirmed)
		others := map[string]id.User{"custom": custom, "stranger": w.account()}
		others["user"], _ = w.person(w.org, access.User, org.Confirmed)
		others["accepted owner"], _ = w.person(w.org, access.Owner, org.Accepted)
		others["revoked owner"], _ = w.person(w.org, access.Owner, org.Revoked)
		others["owner of another"], _ = w.person(dbtest.Org(t, d, nil), access.Owner, org.Confirmed)
		try := func(user id.User, o id.Org, of Type) []error {
			_, list := w.s.List(as(t, user), user, o)
			_, find := w.s.Find(as(t, user), user, o, of)
			_, save := w.s.Save(as(t, user), user, o, of, Change{Enabled: true})
			_, preview := w.s.Preview(as(t, user), user, o, of, Change{Enabled: true})
			return []error{list, find, save, preview}
		}
		for name, user := range others {
			for _, err := range try(user, w.org, NoPIN) {
				w.absent(name, err)
			}
		}
		for _, err := range try(w.owner, id.New[id.Org](), NoPIN) {
			w.absent("an organization that does not exist", err)
		}
		for _, unknown := range []Type{-1, 23, 1 << 40} {
			for _, err := range try(w.owner, w.org, unknown)[1:] {
				w.absent("a type that does not exist", err)
			}
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM policies`); n != 0 {
			t.Errorf("%d policies were saved", n)
		}
		dbtest.Exec(t, d, `UPDATE members SET permissions = $1 WHERE id = $2`, int(access.PermitPolicies), row)
		for _, err := range try(custom, w.org, NoPIN) {
			w.fine("custom with the permission", err)
		}
	})
}

func TestListHasEveryType(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		_, err := w.save(MasterPasswordRules, true, `{"minLength":14}`)
		w.fine("save", err)
		w.row(dbtest.Org(t, d, nil), NoPIN, true, noData)
		list, err := w.s.List(as(t, w.owner), w.owner, w.org)
		w.fine("list", err)
		if len(list) != numberOfTypes {
			t.Fatalf("%d policies", len(list))
		}
		for i, p := range list {
			saved := Type(i) == MasterPasswordRules
			if p.Type != Type(i) || p.Org != w.org || p.Enabled != saved || (p.ID != "") != saved || p.HasData() != saved {
				t.Errorf("%d: %+v", i, p)
			}
		}
	})
}

// TestSendPoliciesSayTheSame saves the two older types and their successor by
// turns.
func TestSendPoliciesSayTheSame(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for _, step := range []struct {
			of   Type
			on   bool
			data string
			want string // 6, 7 and 21: "on" or "off" with data
		}{
			{DisableSend, true, ``, `on {} off {} on {"disableSend":true}`},
			{SendOptions, true, `{"disableHideEmail":true}`, `on {} on {"disableHideEmail":true} on {"disableSend":true,"disableHideEmail":true}`},
			{DisableSend, false, ``, `off {} on {"disableHideEmail":true} on {"disableHideEmail":true}`},
			{SendControls, true, `{"disableSend":true,"whoCanAccess":1,"deletionHours":24}`,
				`on {} off {"disableHideEmail":false} on {"deletionHours":24,"disableSend":true,"whoCanAccess":1}`},
			{DisableSend, false, ``, `off {} off {"disableHideEmail":false} on {"whoCanAccess":1,"deletionHours":24}`},
			{SendControls, false, `{"disableSend":true,"whoCanAccess":1}`, `off {} off {"disableHideEmail":false} off {"disableSend":true,"whoCanAccess":1}`},
			{SendOptions, true, `{"disableHideEmail":false}`, `off {} on {"disableHideEmail":false} off {}`},
			{SendControls, true, `{"disableHideEmail":true}`, `off {} on {"disableHideEmail":true} on {"disableHideEmail":true}`},
			{SendOptions, false, ``, `off {} off {} off {}`},
		} {
			events := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events`)
			_, err := w.save(step.of, step.on, step.data)
			w.fine(step.of.String(), err)
			list, err := w.s.List(as(t, w.owner), w.owner, w.org)
			w.fine("list", err)
			var got []string
			for _, of := range []Type{DisableSend, SendOptions, SendControls} {
				state := "off"
				if list[of].Enabled {
					state = "on"
				}
				got = append(got, state, list[of].Data)
			}
			if diff := cmp.Diff(step.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("%s %v %s (-want +got):\n%s", step.of, step.on, step.data, diff)
			}
			want := map[Type]int{DisableSend: 2, SendOptions: 2, SendControls: 3}[step.of]
			if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events`) - events; got != want {
				t.Errorf("%s: %d events for %d rows", step.of, got, want)
			}
		}
	})
}

func TestWhatFollowsFromAnotherAct(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		user, m := w.person(w.org, access.User, org.Confirmed)
		w.join(dbtest.Org(t, d, nil), user, access.User, org.Confirmed)
		turnOn := func() error {
			return d.Update(t.Context(), func(tx *db.Tx) error {
				return w.s.TurnOn(t.Context(), tx, w.org, SingleOrg, event.Event{System: event.SystemDomainVerification})
			})
		}
		w.fine("turn on", turnOn())
		if status, reason := w.status(m); !w.on(SingleOrg) || status != -1 || reason != 4 {
			t.Errorf("on: %v; the member is %d for %d", w.on(SingleOrg), status, reason)
		}
		events := func() int {
			return dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE org_id = $1 AND system_user = 2`, w.org)
		}
		if events() != 2 {
			t.Errorf("%d events of the system, want the policy's and the member's", events())
		}
		w.fine("again", turnOn())
		if events() != 2 {
			t.Error("what is on was turned on again")
		}
	})
}

func TestMembersAreAskedToEnroll(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.row(w.org, SingleOrg, true, noData)
		w.person(w.org, access.User, org.Confirmed)
		_, enrolled := w.person(w.org, access.Admin, org.Confirmed)
		dbtest.Exec(t, d, `UPDATE members SET recovery_key = '-' WHERE id = $1`, enrolled)
		w.person(w.org, access.User, org.Invited)
		w.person(w.org, access.User, org.Revoked)
		for _, step := range []struct {
			on, auto bool
			letters  int
		}{{true, false, 0}, {true, true, 2}, {true, true, 0}, {false, true, 0}, {true, true, 2}, {true, false, 0}} {
			before := w.letters()
			text, err := json.Marshal(map[string]bool{"autoEnrollEnabled": step.auto})
			w.fine("marshal", err)
			preview, err := w.s.Preview(as(t, w.owner), w.owner, w.org, AccountRecovery, Change{Enabled: step.on, Data: text})
			w.fine("preview", err)
			_, err = w.save(AccountRecovery, step.on, string(text))
			w.fine("save", err)
			if got := w.letters() - before; got != step.letters || len(preview.People) != step.letters {
				t.Errorf("%+v: %d letters, %d in the preview", step, got, len(preview.People))
			}
		}
	})
}
