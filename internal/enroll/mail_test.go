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

		w.fine("technicians", w.enroll.InviteStaff(w.as(w.admin), w.admin, w.provider, []string{"t1@example.com", "t2@example.com", "admin@example.com"}, false))
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
			w.fine("invite", w.enroll.InviteStaff(db.CountStatements(w.as(w.admin), &count), w.admin, w.provider, list, false))
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
