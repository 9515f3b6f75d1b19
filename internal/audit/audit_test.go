package audit_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// town is one provider with a client and everybody around it.
type town struct {
	audit        *audit.Service
	org, foreign id.Org
	provider     id.Provider
	who          map[string]id.User
	member       map[string]id.Member
	staff        map[string]id.ProviderUser
	shared, mine id.Cipher
	elsewhere    id.Cipher
}

func build(t *testing.T, d *db.DB) town {
	t.Helper()
	w := town{
		audit: &audit.Service{DB: d}, org: dbtest.Org(t, d, nil), foreign: dbtest.Org(t, d, nil), provider: dbtest.Provider(t, d, 2),
		who: map[string]id.User{}, member: map[string]id.Member{}, staff: map[string]id.ProviderUser{},
	}
	dbtest.Client(t, d, w.provider, w.org)
	for _, name := range []string{"owner", "admin", "user", "custom", "auditor", "accepted", "revoked", "service", "boss", "hired", "foreigner", "stranger"} {
		w.who[name] = dbtest.Account(t, d, name+"@example.com")
	}
	for name, as := range map[string][2]int{"owner": {0, 2}, "admin": {1, 2}, "user": {2, 2}, "custom": {4, 2}, "auditor": {4, 2}, "accepted": {0, 1}, "revoked": {0, -1}} {
		w.member[name] = dbtest.Member(t, d, w.org, w.who[name], as[0], as[1])
	}
	w.member["invited"] = dbtest.Member(t, d, w.org, "", 2, 0)
	w.member["foreigner"] = dbtest.Member(t, d, w.foreign, w.who["foreigner"], 0, 2)
	dbtest.Exec(t, d, `UPDATE members SET permissions = $2 WHERE id = $1`, w.member["custom"], int(access.AllPermissions&^access.PermitEventLogs))
	dbtest.Exec(t, d, `UPDATE members SET permissions = $2 WHERE id = $1`, w.member["auditor"], int(access.PermitEventLogs))
	for name, as := range map[string][2]int{"boss": {0, 2}, "service": {1, 2}, "hired": {0, 1}} {
		w.staff[name] = dbtest.Staff(t, d, w.provider, w.who[name], as[0], as[1])
	}
	w.staff["invited"] = dbtest.Staff(t, d, w.provider, "", 1, 0)
	w.shared, w.elsewhere = dbtest.Cipher(t, d, w.org), dbtest.Cipher(t, d, w.foreign)
	w.mine = id.New[id.Cipher]()
	dbtest.Row(t, d, "ciphers", dbtest.Columns{"owner_id": w.who["user"], "id": w.mine, "user_id": w.who["user"], "type": 1, "data": "", "created_at": 1, "revised_at": 1})
	w.act(t, d, "user", event.Event{Type: event.CipherUpdated, Org: w.org, Cipher: w.shared}, event.Event{Type: event.CipherViewed, Cipher: w.mine})
	w.act(t, d, "service", event.Event{Type: event.MemberInvited, Org: w.org, Provider: w.provider, Member: w.member["invited"]})
	w.act(t, d, "boss", event.Event{Type: event.ProviderUserInvited, Provider: w.provider, ProviderUser: w.staff["hired"]})
	w.act(t, d, "foreigner", event.Event{Type: event.OrgUpdated, Org: w.foreign})
	return w
}

func (w town) act(t *testing.T, d *db.DB, as string, events ...event.Event) {
	t.Helper()
	ctx := reqctx.WithActor(t.Context(), reqctx.Actor{User: w.who[as]})
	if err := d.Update(ctx, func(tx *db.Tx) error { return event.Append(ctx, tx, events...) }); err != nil {
		t.Fatal(err)
	}
}

// read is one way to a log, with everything but who asks.
type read func(ctx context.Context, user id.User) (event.Page, error)

// TestWhoReadsWhichLog tries every log as everybody.
func TestWhoReadsWhichLog(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		inOrg := []string{"admin", "auditor", "boss", "owner", "service"}
		for _, v := range []struct {
			name string
			read read
			may  []string
			want []event.Type
		}{
			{"organization", func(ctx context.Context, u id.User) (event.Page, error) {
				page, err := w.audit.OfOrg(ctx, u, w.org, audit.Query{})
				return page.Page, err
			}, inOrg, []event.Type{1101, 1500}},
			{"member", w.ofMember(w.org, "user"), inOrg, []event.Type{1101}},
			{"a member who has accepted", w.ofMember(w.org, "accepted"), inOrg, nil},
			{"a member who has no account", w.ofMember(w.org, "invited"), []string{}, nil},
			{"a member of another organization", w.ofMember(w.org, "foreigner"), []string{}, nil},
			{"a member by way of another organization", w.ofMember(w.foreign, "user"), []string{}, nil},
			{"item", w.ofCipher(w.shared), inOrg, []event.Type{1101}},
			{"item of another organization", w.ofCipher(w.elsewhere), []string{"foreigner"}, nil},
			{"personal item", w.ofCipher(w.mine), []string{"user"}, []event.Type{1107}},
			{"no item", w.ofCipher(id.New[id.Cipher]()), []string{}, nil},
			{"provider", func(ctx context.Context, u id.User) (event.Page, error) {
				return w.audit.OfProvider(ctx, u, w.provider, audit.Query{})
			}, []string{"boss"}, []event.Type{1500, 1800}},
			{"provider's staff", w.ofStaff("service"), []string{"boss"}, []event.Type{1500}},
			{"provider's staff without an account", w.ofStaff("invited"), []string{}, nil},
		} {
			may := []string{}
			for name, user := range w.who {
				page, err := v.read(t.Context(), user)
				if fault.Is(err, fault.NotFound) && err.Error() == fault.Absent().Error() {
					continue
				}
				if err != nil {
					t.Errorf("%s as %s: %v", v.name, name, err)
				}
				may = append(may, name)
				if diff := cmp.Diff(v.want, types(page), cmpopts.EquateEmpty()); diff != "" {
					t.Errorf("%s as %s (-want +got):\n%s", v.name, name, diff)
				}
			}
			slices.Sort(may)
			if diff := cmp.Diff(v.may, may); diff != "" {
				t.Errorf("%s: who may read it (-want +got):\n%s", v.name, diff)
			}
		}
	})
}

func (w town) ofMember(org id.Org, name string) read {
	return func(ctx context.Context, u id.User) (event.Page, error) {
		return w.audit.OfMember(ctx, u, org, w.member[name], audit.Query{})
	}
}

func (w town) ofCipher(c id.Cipher) read {
	return func(ctx context.Context, u id.User) (event.Page, error) {
		return w.audit.OfCipher(ctx, u, c, audit.Query{})
	}
}

func (w town) ofStaff(name string) read {
	return func(ctx context.Context, u id.User) (event.Page, error) {
		return w.audit.OfStaff(ctx, u, w.provider, w.staff[name], audit.Query{})
	}
}

func types(page event.Page) (out []event.Type) {
	for _, e := range page.Entries {
		out = append(out, e.Type)
	}
	slices.Sort(out)
	return out
}

func TestOwnLogIsOnesOwn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		w.act(t, d, "user", event.Event{Type: event.UserChangedPassword, User: w.who["user"]})
		for name, want := range map[string][]event.Type{"user": {1001, 1107}, "owner": nil, "service": nil} {
			page, err := w.audit.Own(t.Context(), w.who[name], audit.Query{})
			if diff := cmp.Diff(want, types(page), cmpopts.EquateEmpty()); err != nil || diff != "" {
				t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
			}
		}
	})
}

// A log of thousands costs what one of two does.
func TestALogCostsAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		many := make([]event.Event, 3000)
		for i := range many {
			many[i] = event.Event{Type: event.CipherUpdated, Org: w.org, Cipher: w.shared}
		}
		w.act(t, d, "user", many...)
		for name, read := range map[string]read{"member": w.ofMember(w.org, "user"), "item": w.ofCipher(w.shared)} {
			var count atomic.Int64
			page, err := read(db.CountStatements(t.Context(), &count), w.who["owner"])
			if err != nil || len(page.Entries) != event.PageSize || count.Load() != 3 {
				t.Errorf("%s: %v, %d entries with %d statements; want a page with 3", name, err, len(page.Entries), count.Load())
			}
		}
	})
}

func TestTheWindowIsHeld(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
		d.Now = func() time.Time { return now }
		w := build(t, d)
		w.act(t, d, "user", event.Event{Type: event.OrgPurged, Org: w.org, At: now.AddDate(0, 0, -40)})
		owner := w.who["owner"]
		for _, v := range []struct {
			name string
			q    audit.Query
			want []event.Type
		}{
			{"usual", audit.Query{}, []event.Type{1101, 1500}},
			{"start alone is none", audit.Query{Start: now.AddDate(0, 0, -50)}, []event.Type{1101, 1500}},
			{"given", audit.Query{Start: now.AddDate(0, 0, -50), End: now.AddDate(0, 0, -1)}, []event.Type{1601}},
			{"by actor and category", audit.Query{Acting: w.who["service"], Categories: []event.Category{"member"}}, []event.Type{1500}},
		} {
			page, err := w.audit.OfOrg(t.Context(), owner, w.org, v.q)
			if diff := cmp.Diff(v.want, types(page.Page)); err != nil || diff != "" {
				t.Errorf("%s: %v (-want +got):\n%s", v.name, err, diff)
			}
		}
		wide := audit.Query{Start: now.AddDate(-2, 0, 0), End: now}
		if _, err := w.audit.OfOrg(t.Context(), owner, w.org, wide); !fault.Is(err, fault.Invalid) {
			t.Errorf("two years at a time: %v, want a refusal", err)
		}
	})
}

func TestTheLogKeepsTheNamesOfThoseWhoLeft(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := build(t, d)
		dbtest.Exec(t, d, `UPDATE users SET name = 'Ursula Former' WHERE id = $1`, w.who["user"])
		dbtest.Exec(t, d, `UPDATE users SET name = 'Sid Service' WHERE id = $1`, w.who["service"])
		dbtest.Exec(t, d, `DELETE FROM members WHERE org_id = $1 AND user_id = $2`, w.org, w.who["user"])
		page, err := w.audit.OfOrg(t.Context(), w.who["owner"], w.org, audit.Query{})
		if err != nil {
			t.Fatal(err)
		}
		want := map[id.User]string{w.who["user"]: "Ursula Former"} // and nobody of the provider's
		if diff := cmp.Diff(want, page.Names); diff != "" {
			t.Errorf("names (-want +got):\n%s", diff)
		}
	})
}
