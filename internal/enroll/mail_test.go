package enroll_test

import (
	"fmt"
	"log/slog"
	"sync/atomic"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/provider"
)

// With mail every step that tells somebody something queues one letter, in the
// transaction of the act, and links are shown to nobody.
func TestLettersGoOutInsteadOfLinks(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		c, boss := w.client("boss@example.com", 2)
		_, accepted := w.member(c.Org, "accepted", access.User, org.Accepted)
		w.enroll.Outbox = mail.NewOutbox(d, w.enroll.Tokens, nil, slog.New(slog.DiscardHandler))
		letters := func(what string, want int) {
			t.Helper()
			if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM mail_outbox`); got != want {
				t.Errorf("%s: %d letters, want %d", what, got, want)
			}
			dbtest.Exec(t, d, `DELETE FROM mail_outbox`)
		}
		_, err := w.enroll.MemberLink(w.as(w.admin), w.admin, c.Org, boss)
		w.absent("a link, where there is mail", err)

		failures, err := w.enroll.ReinviteMembers(w.as(w.admin), w.admin, c.Org, []id.Member{boss, accepted})
		w.fine("invite again", err)
		for _, f := range failures {
			if (f.Reason == "") != (f.Member == boss) {
				t.Errorf("invite again: %+v", f)
			}
		}
		letters("invited again", 1)
		w.fine("confirm", w.enroll.ConfirmMember(w.as(w.admin), w.admin, c.Org, enroll.Key[id.Member]{Row: accepted, Key: type4}))
		letters("confirmed", 1)
		_, _, err = w.enroll.CreateClient(w.as(w.admin), w.admin, w.provider, newClient("second@example.com", 2))
		w.fine("another client", err)
		letters("an owner invited", 1)

		in := enroll.Invitation{Emails: []string{"a@example.com"}, Role: access.User}
		w.refused("without a free seat", w.enroll.InviteMembers(w.as(w.admin), w.admin, c.Org, in), "2 of 2 seats")
		letters("refused", 0)

		w.fine("technicians", w.enroll.InviteStaff(w.as(w.admin), w.admin, w.provider, []string{"t1@example.com", "t2@example.com", "admin@example.com"}, false, provider.Reach{}))
		letters("technicians", 2)
		who := dbtest.Value[id.ProviderUser](t, d, `SELECT id FROM provider_users WHERE email = 't1@example.com'`)
		_, err = w.enroll.StaffLink(w.as(w.admin), w.admin, w.provider, who)
		w.absent("a technician's link, where there is mail", err)
		again, err := w.enroll.ReinviteStaff(w.as(w.admin), w.admin, w.provider, []id.ProviderUser{who})
		if err != nil || len(again) != 1 || again[0].Reason != "" {
			t.Errorf("a technician again: %v, %v", again, err)
		}
		letters("a technician again", 1)
		tech := dbtest.Staff(t, d, w.provider, w.account("tech"), 1, 1)
		w.fine("confirm a technician", w.enroll.ConfirmOneOfStaff(w.as(w.admin), w.admin, w.provider, enroll.Key[id.ProviderUser]{Row: tech, Key: type4}))
		letters("a technician confirmed", 1)
	})
}

func TestOwnersHearWhomTheProviderMakesOneOfThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		outbox := mail.NewOutbox(d, b.enroll.Tokens, nil, slog.New(slog.DiscardHandler))
		b.enroll.Outbox, b.orgs.Outbox = outbox, outbox
		invite := func(by id.User, role access.Role, names ...string) error {
			in := enroll.Invitation{Role: role}
			for _, n := range names {
				in.Emails = append(in.Emails, n+"@example.com")
			}
			return b.enroll.InviteMembers(b.as(by), by, b.org, in)
		}
		become := func(by id.User, name string, role access.Role) error {
			return b.orgs.UpdateMember(b.as(by), by, b.org, b.rows[name], org.EditMember{Role: role})
		}
		owner := b.people["owner"]
		for _, c := range []struct {
			what string
			want int // letters, also to the invited
			do   func() error
		}{
			{"staff invites two owners", 2 + 2, func() error { return invite(b.service, access.Owner, "new1", "new2") }},
			{"staff invites a user", 1, func() error { return invite(b.service, access.User, "new3") }},
			{"an owner invites an owner", 1, func() error { return invite(owner, access.Owner, "new4") }},
			{"staff makes a user an owner", 2, func() error { return become(b.service, "user", access.Owner) }},
			{"staff leaves an owner one", 0, func() error { return become(b.service, "user", access.Owner) }},
			{"staff makes a user an admin", 0, func() error { return become(b.service, "user2", access.Admin) }},
			{"an owner makes an admin an owner", 0, func() error { return become(owner, "user2", access.Owner) }},
		} {
			dbtest.Exec(t, d, `DELETE FROM mail_outbox`)
			b.fine(c.what, c.do())
			if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM mail_outbox`); got != c.want {
				t.Errorf("%s: %d letters, want %d", c.what, got, c.want)
			}
		}
	})
}

func TestNobodyConfirmsThemselves(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		row := dbtest.Member(t, d, b.org, b.service, int(access.Owner), int(org.Accepted))
		keys := []enroll.Key[id.Member]{{Row: row, Key: type4}, {Row: b.rows["accepted"], Key: type4}}
		failures, err := b.enroll.ConfirmMembers(b.as(b.service), b.service, b.org, keys)
		b.fine("confirm in bulk", err)
		for _, f := range failures {
			if want := map[bool]string{true: "Somebody else has to confirm you."}[f.Member == row]; f.Reason != want {
				t.Errorf("%s: %q, want %q", f.Member, f.Reason, want)
			}
		}
		b.refused("confirm oneself", b.enroll.ConfirmMember(b.as(b.service), b.service, b.org, keys[0]), "Somebody else")
		b.fine("a colleague does", b.enroll.ConfirmMember(b.as(b.admin), b.admin, b.org, keys[0]))
	})
}

func TestManyOfTheStaffGetLettersInAsManyStatementsAsOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.enroll.Outbox = mail.NewOutbox(d, w.enroll.Tokens, nil, slog.New(slog.DiscardHandler))
		invite := func(n int) int64 {
			var list []string
			for i := range n {
				list = append(list, fmt.Sprintf("one-of-%d-%d@example.com", n, i))
			}
			var count atomic.Int64
			w.fine("invite", w.enroll.InviteStaff(db.CountStatements(w.as(w.admin), &count), w.admin, w.provider, list, false, provider.Reach{}))
			return count.Load()
		}
		confirm := func(n int) int64 {
			var keys []enroll.Key[id.ProviderUser]
			for i := range n {
				who := dbtest.Staff(t, d, w.provider, w.account(fmt.Sprintf("accepted-%d-%d", n, i)), 1, int(org.Accepted))
				keys = append(keys, enroll.Key[id.ProviderUser]{Row: who, Key: type4})
			}
			var count atomic.Int64
			_, err := w.enroll.ConfirmStaff(db.CountStatements(w.as(w.admin), &count), w.admin, w.provider, keys)
			w.fine("confirm", err)
			return count.Load()
		}
		for what, act := range map[string]func(int) int64{"invite": invite, "confirm": confirm} {
			if one, many := act(1), act(20); one != many {
				t.Errorf("%s: 1 person takes %d statements, 20 take %d", what, one, many)
			}
		}
	})
}
