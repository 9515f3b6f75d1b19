package enroll_test

import (
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/token"
)

func (b *bakery) reach(by id.User, member id.Member) (enroll.Reach, error) {
	return b.enroll.MemberReach(b.as(by), by, b.org, member)
}

// used puts an event of somebody with an item into the bakery's log.
func (b *bakery) used(by id.User, cipher id.Cipher, kind event.Type, at time.Time) {
	b.t.Helper()
	err := b.d.Update(b.t.Context(), func(tx *db.Tx) error {
		return event.Append(b.as(by), tx, event.Event{Type: kind, At: at, Org: b.org, Cipher: cipher})
	})
	if err != nil {
		b.t.Fatal(err)
	}
}

func TestWhatAMemberMayKnow(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		dbtest.Exec(t, d, `DELETE FROM collections WHERE org_id = $1`, b.org)
		own, shared, closed := dbtest.Collection(t, d, b.org), dbtest.Collection(t, d, b.org), dbtest.Collection(t, d, b.org)
		user := b.rows["user"]
		dbtest.Share(t, d, b.org, own, user, true, true, false)
		one, two := dbtest.Group(t, d, b.org, user), dbtest.Group(t, d, b.org, user)
		dbtest.ShareWithGroup(t, d, b.org, own, one, false, false, true) // the member's own row counts
		dbtest.ShareWithGroup(t, d, b.org, shared, one, true, true, false)
		dbtest.ShareWithGroup(t, d, b.org, shared, two, false, true, false)
		inOwn, inShared, inBoth := dbtest.Cipher(t, d, b.org, own), dbtest.Cipher(t, d, b.org, shared), dbtest.Cipher(t, d, b.org, own, shared, closed)
		dbtest.Cipher(t, d, b.org, closed) // which the member does not reach
		at := time.Date(2026, 10, 1, 12, 0, 0, 0, time.UTC)
		b.used(b.people["user"], inOwn, event.CipherViewed, at.Add(-time.Hour))
		b.used(b.people["user"], inOwn, 1111, at)
		b.used(b.people["user"], inShared, event.CipherSoftDeleted, at) // that one opens nothing
		b.used(b.people["owner"], inBoth, event.CipherViewed, at)

		groups := []id.Group{min(one, two), max(one, two)}
		want := map[id.Collection]enroll.ReachedCollection{
			own:    {ID: own, Name: "-", ReadOnly: true, HidePasswords: true, Direct: true, Groups: []id.Group{one}},
			shared: {ID: shared, Name: "-", HidePasswords: true, Groups: groups},
		}
		items := map[id.Cipher]enroll.ReachedItem{
			inOwn:    {ID: inOwn, Collections: []id.Collection{own}, LastUsed: at},
			inShared: {ID: inShared, Collections: []id.Collection{shared}, Grant: access.Grant{Write: true, Delete: true}},
			inBoth:   {ID: inBoth, Collections: []id.Collection{min(own, shared), max(own, shared)}, Grant: access.Grant{Write: true, Delete: true}},
		}
		check := func(when string) {
			t.Helper()
			got, err := b.reach(b.people["owner"], user)
			b.fine(when, err)
			byCollection, byItem := map[id.Collection]enroll.ReachedCollection{}, map[id.Cipher]enroll.ReachedItem{}
			for _, c := range got.Collections {
				byCollection[c.ID] = c
			}
			for _, i := range got.Items {
				byItem[i.ID] = i
			}
			if diff := cmp.Diff(want, byCollection); diff != "" {
				t.Errorf("%s: collections (-want +got):\n%s", when, diff)
			}
			if diff := cmp.Diff(items, byItem); diff != "" {
				t.Errorf("%s: items (-want +got):\n%s", when, diff)
			}
		}
		check("a member")
		b.fine("revoke", b.revoke(b.people["owner"], "user"))
		check("a revoked member knows what they knew")

		all, err := b.reach(b.recruiter, b.rows["admin"])
		b.fine("an admin's reach", err)
		if len(all.Collections) != 3 || len(all.Items) != 4 || all.Items[0].Grant != access.Everything {
			t.Errorf("an admin opens everything: %+v", all)
		}
		dbtest.Exec(t, d, `UPDATE organizations SET admins_access_all = FALSE WHERE id = $1`, b.org)
		none, err := b.reach(b.people["owner"], b.rows["admin"])
		b.fine("an admin who is kept out", err)
		for what, of := range map[string]enroll.Reach{"an admin who is kept out": none, "who never had the key": b.reachOf("accepted"), "who is invited": b.reachOf("invited")} {
			if len(of.Collections)+len(of.Items) != 0 {
				t.Errorf("%s reaches %+v", what, of)
			}
		}
		for name, by := range map[string]id.User{"user": b.people["user2"], "stranger": b.stranger, "recoverer": b.recoverer} {
			_, err := b.reach(by, user)
			b.absent(name+" asks", err)
		}
		_, err = b.reach(b.people["owner"], b.foreign)
		b.absent("a foreign member", err)
	})
}

func (b *bakery) reachOf(name string) enroll.Reach {
	b.t.Helper()
	of, err := b.reach(b.people["owner"], b.rows[name])
	b.fine("reach of "+name, err)
	return of
}

func TestReachTakesAConstantNumberOfStatements(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		user := b.rows["user"]
		count := func(more int) int64 {
			for range more {
				c := dbtest.Collection(t, d, b.org)
				dbtest.Cipher(t, d, b.org, c)
				dbtest.ShareWithGroup(t, d, b.org, c, dbtest.Group(t, d, b.org, user), false, false, false)
			}
			var n atomic.Int64
			_, err := b.enroll.MemberReach(db.CountStatements(b.as(b.admin), &n), b.admin, b.org, user)
			b.fine("reach", err)
			return n.Load()
		}
		if few, many := count(1), count(30); few != many {
			t.Errorf("%d statements for one collection, %d for many", few, many)
		}
	})
}

// The administrators hear that somebody waits for them, and a link that came by
// mail proves the address; one that an administrator copied proves nothing.
func TestAcceptingTellsTheAdministrators(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		accept := func(name string) id.User {
			user := b.account(name)
			dbtest.Exec(t, d, `UPDATE users SET email_verified = FALSE WHERE id = $1`, user)
			in := enroll.Invitation{Emails: []string{name + "@example.com"}, Role: access.User}
			b.fine("invite", b.enroll.InviteMembers(b.as(b.admin), b.admin, b.org, in))
			row := dbtest.Value[id.Member](t, d, `SELECT id FROM members WHERE org_id = $1 AND email = $2`, b.org, name+"@example.com")
			signed, err := b.enroll.Tokens.Invite(token.OrgInvitation, time.Hour, token.Invitation{Row: string(row), Email: name + "@example.com"})
			b.fine("sign", err)
			dbtest.Exec(t, d, `DELETE FROM mail_outbox`)
			b.fine("accept", b.enroll.AcceptMember(b.as(user), user, b.org, row, signed, ""))
			return user
		}
		state := func(user id.User) [2]int {
			return [2]int{
				dbtest.Value[int](t, d, `SELECT COUNT(*) FROM mail_outbox`),
				dbtest.Value[int](t, d, `SELECT COUNT(*) FROM users WHERE id = $1 AND email_verified`, user),
			}
		}
		if got := state(accept("by-hand")); got != [2]int{0, 0} {
			t.Errorf("without mail: %d letters, verified %d; want none", got[0], got[1])
		}
		b.enroll.Outbox = mail.NewOutbox(d, b.enroll.Tokens, nil, slog.New(slog.DiscardHandler))
		admins := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members WHERE org_id = $1 AND status = $2 AND type IN (0, 1)`, b.org, int(org.Confirmed))
		if got := state(accept("by-mail")); got != [2]int{admins, 1} {
			t.Errorf("with mail: %d letters to %d administrators, verified %d", got[0], admins, got[1])
		}
	})
}
