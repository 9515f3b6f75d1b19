package policy

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/token"
)

// belongs puts an account as a user into a new organization with one policy.
func (w *world) belongs(user id.User, of Type, text string) id.Org {
	w.t.Helper()
	o := dbtest.Org(w.t, w.d, nil)
	w.join(o, user, access.User, org.Confirmed)
	w.row(o, of, true, text)
	return o
}

func TestTheStrictestOfAllOrganizationsCounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		user := w.account()
		read := func() (rules MasterPassword, some bool) {
			rules = view(w, func(ctx context.Context, tx *db.Tx) (r MasterPassword, err error) {
				r, some, err = MasterPasswordFor(ctx, tx, user)
				return r, err
			})
			return rules, some
		}
		if rules, some := read(); some || rules != (MasterPassword{}) {
			t.Errorf("rules of nobody: %+v", rules)
		}
		w.belongs(user, MasterPasswordRules, `{"minLength":20,"minComplexity":1,"requireUpper":true}`)
		w.belongs(user, MasterPasswordRules, `{"minLength":14,"minComplexity":3,"requireSpecial":true,"enforceOnLogin":true}`)
		want := MasterPassword{MinLength: 20, MinComplexity: 3, RequireUpper: true, RequireSpecial: true, EnforceOnLogin: true}
		if rules, some := read(); !some || rules != want {
			t.Errorf("got %+v, %v, want %+v", rules, some, want)
		}
		own, err := w.s.MasterPassword(t.Context(), user)
		if err != nil || own == nil || *own != want {
			t.Errorf("the person's own: %+v, %v", own, err)
		}

		w.belongs(user, SendControls, `{"disableHideEmail":true,"whoCanAccess":1,"deletionHours":48,"allowedSendTypes":[0,1]}`)
		w.belongs(user, SendControls, `{"whoCanAccess":2,"allowedDomains":"A.example, b.example","deletionHours":72}`)
		w.belongs(user, SendControls, `{"allowedDomains":"b.example,c.example","allowedSendTypes":[1,2]}`)
		sends := view(w, func(ctx context.Context, tx *db.Tx) (Sends, error) { return SendRules(ctx, tx, user) })
		if diff := cmp.Diff(Sends{MustShowEmail: true, Access: SpecificPeople, Domains: []string{"b.example"}, DeletionHours: 48, Types: []int{1}}, sends); diff != "" {
			t.Errorf("Sends (-want +got):\n%s", diff)
		}
		w.belongs(user, SendControls, `{"disableSend":true,"allowedDomains":"d.example"}`)
		sends = view(w, func(ctx context.Context, tx *db.Tx) (Sends, error) { return SendRules(ctx, tx, user) })
		if !sends.Disabled || sends.Domains == nil || len(sends.Domains) != 0 {
			t.Errorf("lists that have nothing in common allow nothing: %+v", sends)
		}
	})
}

func TestOwnership(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		member, owner := w.account(), w.owner
		o := w.belongs(member, DataOwnership, noData)
		w.row(w.org, DataOwnership, true, noData)
		ask := func(user id.User) error {
			return d.View(t.Context(), func(tx *db.Tx) error { return OwnershipForbidden(t.Context(), tx, user) })
		}
		w.refused("a member", ask(member), "Choose the organization")
		w.fine("an owner", ask(owner))
		w.fine("a stranger", ask(w.account()))
		dbtest.Exec(t, d, `UPDATE organizations SET enabled = FALSE WHERE id = $1`, o)
		w.fine("while the organization is disabled", ask(member))
	})
}

func TestRecoveryOf(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		read := func() Recovery {
			return view(w, func(ctx context.Context, tx *db.Tx) (Recovery, error) { return RecoveryOf(ctx, tx, w.org) })
		}
		for _, c := range []struct {
			change string
			want   Recovery
		}{
			{`SELECT 1`, Recovery{}},
			{`INSERT INTO policies (org_id, type, id, enabled, data, created_at, revised_at) VALUES ($1, 8, 'x', TRUE, '{}', 1, 1)`, Recovery{Enabled: true}},
			{`UPDATE policies SET data = '{"autoEnrollEnabled":true}' WHERE org_id = $1`, Recovery{Enabled: true, AutoEnroll: true}},
			{`UPDATE organizations SET plan_type = 17 WHERE id = $1`, Recovery{}},
			{`UPDATE organizations SET plan_type = 20 WHERE id = $1`, Recovery{Enabled: true, AutoEnroll: true}},
			{`UPDATE policies SET enabled = FALSE WHERE org_id = $1`, Recovery{}},
		} {
			if c.change != `SELECT 1` {
				dbtest.Exec(t, d, c.change, w.org)
			}
			if got := read(); got != c.want {
				t.Errorf("after %s: %+v, want %+v", c.change, got, c.want)
			}
		}
		required := func() bool {
			return view(w, func(ctx context.Context, tx *db.Tx) (bool, error) { return TwoStepRequired(ctx, tx, w.org) })
		}
		if required() {
			t.Error("two-step login is required without a policy")
		}
		w.row(w.org, TwoStep, true, noData)
		if !required() {
			t.Error("two-step login is not required")
		}
	})
}

// TestWhoMayJoin is the table of accounts that are about to come in.
func TestWhoMayJoin(t *testing.T) {
	elsewhere := func(role access.Role, status org.MemberStatus, of Type, change dbtest.Columns) func(*world, id.User) {
		return func(w *world, u id.User) {
			o := dbtest.Org(w.t, w.d, change)
			w.join(o, u, role, status)
			w.row(o, of, true, noData)
		}
	}
	nothing := func(*world, id.User) {}
	works := func(w *world, u id.User) { dbtest.Staff(w.t, w.d, dbtest.Provider(w.t, w.d, 1), u, 1, 0) }
	employed := func(w *world, u id.User) { w.employ(w.org, u) }
	secured := func(w *world, u id.User) { w.secure(u) }
	both := func(a, b func(*world, id.User)) func(*world, id.User) {
		return func(w *world, u id.User) { a(w, u); b(w, u) }
	}
	const user, admin, owner = access.User, access.Admin, access.Owner
	other := elsewhere(user, org.Confirmed, NoPIN, nil)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for name, c := range map[string]struct {
			on   []Type
			role access.Role
			who  func(*world, id.User)
			want string
		}{
			"no policy":                                 {nil, user, other, ""},
			"without two-step login":                    {[]Type{TwoStep}, user, nothing, msgTwoStep},
			"with it":                                   {[]Type{TwoStep}, user, secured, ""},
			"without it, as an admin":                   {[]Type{TwoStep}, admin, nothing, ""},
			"without it, of its provider":               {[]Type{TwoStep}, user, employed, ""},
			"without it, of another provider":           {[]Type{TwoStep}, user, works, msgTwoStep},
			"the only organization":                     {[]Type{SingleOrg}, user, nothing, ""},
			"a second one":                              {[]Type{SingleOrg}, user, other, msgSingle},
			"a second one that is disabled":             {[]Type{SingleOrg}, user, elsewhere(user, org.Accepted, NoPIN, dbtest.Columns{"enabled": false}), msgSingle},
			"a second one, as an owner here":            {[]Type{SingleOrg}, owner, other, ""},
			"invited to a second one":                   {[]Type{SingleOrg}, user, elsewhere(user, org.Invited, NoPIN, nil), ""},
			"revoked in a second one":                   {[]Type{SingleOrg}, user, elsewhere(user, org.Revoked, NoPIN, nil), ""},
			"another one wants to be the only one":      {nil, owner, elsewhere(user, org.Accepted, SingleOrg, nil), msgElsewhere},
			"another one, as an admin there":            {nil, user, elsewhere(admin, org.Confirmed, SingleOrg, nil), ""},
			"another one that is disabled":              {nil, user, elsewhere(user, org.Confirmed, SingleOrg, dbtest.Columns{"enabled": false}), ""},
			"another one without the plan":              {nil, user, elsewhere(user, org.Confirmed, SingleOrg, dbtest.Columns{"plan_type": 18}), ""},
			"another one that was not answered yet":     {nil, user, elsewhere(user, org.Invited, SingleOrg, nil), ""},
			"another one that let them go":              {nil, user, elsewhere(user, org.Revoked, SingleOrg, nil), ""},
			"automatic, the only organization":          {[]Type{AutoConfirm}, owner, nothing, ""},
			"automatic, a second one, even as an owner": {[]Type{AutoConfirm}, owner, other, msgAuto},
			"automatic, who works for a provider":       {[]Type{AutoConfirm}, user, works, msgAuto},
			"automatic, who works for its provider":     {[]Type{AutoConfirm}, user, employed, msgAuto},
			"automatic elsewhere, as an owner there":    {nil, user, elsewhere(owner, org.Confirmed, AutoConfirm, nil), msgAutoThere},
			"the first that is broken is told":          {[]Type{TwoStep, SingleOrg}, user, both(other, nothing), msgTwoStep},
			"and then the second":                       {[]Type{TwoStep, SingleOrg}, user, both(other, secured), msgSingle},
		} {
			w := newWorld(t, d)
			for _, of := range c.on {
				w.row(w.org, of, true, noData)
			}
			u := w.account()
			w.join(w.org, u, c.role, org.Accepted) // their row here does not count as another
			c.who(w, u)
			got := view(w, func(ctx context.Context, tx *db.Tx) (string, error) { return CheckJoin(ctx, tx, w.org, u, c.role) })
			if got != c.want {
				t.Errorf("%s: %q, want %q", name, got, c.want)
			}
		}
	})
}

func TestWhoLosesTwoStepLoginIsSuspended(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		user := w.account()
		want := map[id.Member]int{}
		place := func(role access.Role, status org.MemberStatus, on bool, change dbtest.Columns, after int) id.Org {
			o := dbtest.Org(t, d, change)
			w.row(o, TwoStep, on, noData)
			want[w.join(o, user, role, status)] = after
			return o
		}
		strict := place(access.User, org.Confirmed, true, nil, -1)
		place(access.Custom, org.Accepted, true, nil, -1)
		place(access.User, org.Confirmed, false, nil, 2)
		place(access.Admin, org.Confirmed, true, nil, 2)
		place(access.User, org.Confirmed, true, dbtest.Columns{"enabled": false}, 2)
		place(access.User, org.Confirmed, true, dbtest.Columns{"plan_type": 17}, 2)
		place(access.User, org.Revoked, true, nil, -1)
		w.employ(place(access.User, org.Confirmed, true, nil, 2), user)
		colleague := w.join(strict, w.account(), access.User, org.Confirmed)
		want[colleague] = 2
		revised := dbtest.Value[int](t, d, `SELECT revised_at FROM users WHERE id = $1`, user)
		w.fine("lose it", d.Update(t.Context(), func(tx *db.Tx) error { return w.s.TwoStepLost(as(t, user), tx, user) }))
		for m, status := range want {
			if got, _ := w.status(m); got != status {
				t.Errorf("a member is %d, want %d", got, status)
			}
		}
		if got := w.letters(); got != 2 {
			t.Errorf("%d letters, want 2", got)
		}
		events := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE type = $1 AND system_user = $2 AND user_id = $3`,
			int(event.MemberRevokedTwoStep), int(event.SystemTwoStepDisabled), user)
		if events != 2 {
			t.Errorf("%d events, want 2", events)
		}
		if dbtest.Value[int](t, d, `SELECT revised_at FROM users WHERE id = $1`, user) <= revised {
			t.Error("the person's clients were not told")
		}
	})
}

func TestAddressesOfClaimedDomains(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.row(w.org, ClaimedDomains, true, noData)
		w.domain(w.org, "claimed.example", true)
		w.domain(w.org, "unproved.example", false)
		other := dbtest.Org(t, d, nil)
		w.domain(other, "open.example", true)
		invite := func(o id.Org, email string) id.Member {
			m := dbtest.Member(t, d, o, "", 2, 0)
			dbtest.Exec(t, d, `UPDATE members SET email = $2 WHERE id = $1`, m, email)
			return m
		}
		mine, theirs := invite(w.org, "ann@claimed.example"), invite(other, "ann@claimed.example")
		ask := func(email string, member id.Member) error {
			return d.View(t.Context(), func(tx *db.Tx) error { return RegistrationForbidden(t.Context(), tx, email, member) })
		}
		for name, c := range map[string]struct {
			email  string
			member id.Member
			keeps  bool
		}{
			"by itself":                            {"ann@claimed.example", "", true},
			"in other letters":                     {"ann@Claimed.Example", "", true},
			"invited by the claiming organization": {"ann@claimed.example", mine, false},
			"with somebody else's invitation":      {"bob@claimed.example", mine, true},
			"invited by another organization":      {"ann@claimed.example", theirs, true},
			"a domain that is not proved":          {"ann@unproved.example", "", false},
			"without the policy":                   {"ann@open.example", "", false},
			"a subdomain":                          {"ann@sub.claimed.example", "", false},
			"a longer domain":                      {"ann@notclaimed.example", "", false},
		} {
			err := ask(c.email, c.member)
			if fault.Is(err, fault.Invalid) != c.keeps || (err != nil && !c.keeps) {
				t.Errorf("%s: %v, want kept %v", name, err, c.keeps)
			}
		}
		dbtest.Exec(t, d, `UPDATE organizations SET enabled = FALSE WHERE id = $1`, w.org)
		w.fine("of a disabled organization", ask("ann@claimed.example", ""))
	})
}

func TestWhatAnInvitedPersonReads(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.row(w.org, MasterPasswordRules, true, `{"minLength":20}`)
		w.row(w.org, NoPIN, false, noData)
		user, invited := w.person(w.org, access.User, org.Invited)
		email := dbtest.Value[string](t, d, `SELECT email FROM users WHERE id = $1`, user)
		_, another := w.person(w.org, access.User, org.Invited)
		sign := func(p token.Purpose, row id.Member, life time.Duration) string {
			signed, err := w.s.Tokens.Invite(p, life, token.Invitation{Row: string(row), Email: email})
			w.fine("sign", err)
			return signed
		}
		good := sign(token.OrgInvitation, invited, time.Hour)
		list, err := w.s.ListForInvited(t.Context(), w.org, invited, " "+email, good)
		if err != nil || len(list) != 1 || list[0].Type != MasterPasswordRules || !list[0].HasData() {
			t.Errorf("policies: %+v, %v", list, err)
		}
		elsewhere := dbtest.Org(t, d, nil)
		for name, c := range map[string]struct {
			org    id.Org
			member id.Member
			email  string
			signed string
		}{
			"no token":             {w.org, invited, email, ""},
			"a forged token":       {w.org, invited, email, good + "x"},
			"another kind":         {w.org, invited, email, sign(token.ProviderInvitation, invited, time.Hour)},
			"an old token":         {w.org, invited, email, sign(token.OrgInvitation, invited, -time.Hour)},
			"another organization": {elsewhere, invited, email, good},
			"another member":       {w.org, another, email, good},
			"another address":      {w.org, invited, "x" + email, good},
			"not the row's own":    {w.org, another, email, sign(token.OrgInvitation, another, time.Hour)},
		} {
			_, err := w.s.ListForInvited(t.Context(), c.org, c.member, c.email, c.signed)
			w.absent(name, err)
		}
		dbtest.Exec(t, d, `UPDATE members SET status = -1 WHERE id = $1`, invited)
		_, err = w.s.ListForInvited(t.Context(), w.org, invited, email, good)
		w.absent("a revoked invitation", err)
	})
}

func TestMasterPasswordRulesForMembers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		member, _ := w.person(w.org, access.User, org.Confirmed)
		accepted, _ := w.person(w.org, access.User, org.Accepted)
		_, err := w.s.FindMasterPassword(as(t, member), member, w.org)
		w.absent("while off", err)
		w.row(w.org, MasterPasswordRules, true, `{"minLength":20}`)
		p, err := w.s.FindMasterPassword(as(t, member), member, w.org)
		if err != nil || p.Type != MasterPasswordRules || p.Data != `{"minLength":20}` {
			t.Errorf("got %+v, %v", p, err)
		}
		_, err = w.s.FindMasterPassword(as(t, accepted), accepted, w.org)
		w.absent("who is not confirmed", err)
	})
}

func TestWhatClientsAreTold(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		user := w.account()
		for _, c := range []struct {
			status org.MemberStatus
			change dbtest.Columns
		}{{org.Confirmed, nil}, {org.Accepted, nil}, {org.Revoked, nil}, {org.Invited, nil}, {org.Confirmed, dbtest.Columns{"plan_type": 17}}} {
			o := dbtest.Org(t, d, c.change)
			w.join(o, user, access.Owner, c.status)
			w.row(o, SingleOrg, true, noData)
			w.row(o, NoPIN, false, noData)
			w.domain(o, string(o)+".example", true)
		}
		list := view(w, func(ctx context.Context, tx *db.Tx) ([]Policy, error) { return Stored(ctx, tx, user) })
		if len(list) != 2 || list[0].Type != SingleOrg || !list[0].Enabled || !list[0].Fixed || list[1].Type != NoPIN || list[1].Enabled || list[1].Fixed {
			t.Errorf("policies: %+v", list)
		}
	})
}
