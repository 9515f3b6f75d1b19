package enroll_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/org"
)

// bakery is a client with a confirmed member of each role.
type bakery struct {
	*world
	org                  id.Org
	people               map[string]id.User
	rows                 map[string]id.Member
	others               id.Org // another organization
	foreign              id.Member
	recruiter, recoverer id.User // custom members with one permission each
}

func newBakery(t *testing.T, d *db.DB) *bakery {
	t.Helper()
	b := &bakery{world: newWorld(t, d), people: map[string]id.User{}, rows: map[string]id.Member{}}
	b.enroll.Delete = offboard.DeleteFor
	c, boss := b.client("boss@example.com", 100)
	b.org, b.rows["invited"] = c.Org, boss
	dbtest.Exec(t, d, `UPDATE organizations SET plan_type = 19`)
	for name, role := range map[string]access.Role{
		"owner": access.Owner, "owner2": access.Owner, "admin": access.Admin, "admin2": access.Admin, "user": access.User, "user2": access.User,
	} {
		b.people[name], b.rows[name] = b.member(c.Org, name+"-of-bakery", role, org.Confirmed)
	}
	b.people["accepted"], b.rows["accepted"] = b.member(c.Org, "accepted-of-bakery", access.User, org.Accepted)
	b.recruiter, b.recoverer = b.custom("recruiter", access.PermitUsers), b.custom("recoverer", access.PermitRecovery)
	other, _ := b.client("boss2@example.com", 5)
	b.others = other.Org
	_, b.foreign = b.member(other.Org, "foreign", access.User, org.Confirmed)
	return b
}

func (b *bakery) custom(name string, p access.Permissions) id.User {
	b.t.Helper()
	b.people[name], b.rows[name] = b.member(b.org, name+"-of-bakery", access.User, org.Confirmed)
	dbtest.Exec(b.t, b.d, `UPDATE members SET type = 4, permissions = $2 WHERE id = $1`, b.rows[name], int(p))
	return b.people[name]
}

func (b *bakery) status(name string) org.MemberStatus {
	b.t.Helper()
	return dbtest.Value[org.MemberStatus](b.t, b.d, `SELECT status FROM members WHERE id = $1`, b.rows[name])
}

func (b *bakery) revoke(by id.User, name string) error {
	return b.enroll.RevokeMember(b.as(by), by, b.org, b.rows[name])
}

func (b *bakery) restore(by id.User, name string) error {
	return b.enroll.RestoreMember(b.as(by), by, b.org, b.rows[name])
}

// policy turns a policy of the bakery on.
func (b *bakery) policy(kind int, data string) {
	b.t.Helper()
	dbtest.Row(b.t, b.d, "policies", dbtest.Columns{
		"org_id": b.org, "type": kind, "id": id.New[id.Policy](), "enabled": true, "data": data, "created_at": 1, "revised_at": 1,
	})
}

func TestRestoringGivesBackWhatSomebodyWas(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		owner := b.people["owner"]
		for name, was := range map[string]org.MemberStatus{"invited": org.Invited, "accepted": org.Accepted, "user": org.Confirmed} {
			b.fine("revoke "+name, b.revoke(owner, name))
			if got := b.status(name); got != org.Revoked {
				t.Errorf("%s: status %d after revoking", name, got)
			}
			b.refused("revoke again", b.revoke(owner, name), "already")
			m, err := b.orgs.FindMember(b.as(owner), owner, b.org, b.rows[name])
			if err != nil || m.Revocation != org.RevokedManually {
				t.Errorf("%s: reason %d, %v", name, m.Revocation, err)
			}
			b.fine("restore "+name, b.restore(owner, name))
			if got := b.status(name); got != was {
				t.Errorf("%s: status %d after restoring, want %d", name, got, was)
			}
			b.refused("restore again", b.restore(owner, name), "not revoked")
		}
		// A row from before statuses were kept: what it holds tells.
		for name, was := range map[string]org.MemberStatus{"invited": org.Invited, "accepted": org.Accepted, "user": org.Confirmed} {
			dbtest.Exec(t, d, `UPDATE members SET status = -1, prior_status = NULL WHERE id = $1`, b.rows[name])
			b.fine("restore "+name, b.restore(owner, name))
			if got := b.status(name); got != was {
				t.Errorf("%s: status %d after restoring without a record, want %d", name, got, was)
			}
		}
		want := 3 // for each of the three
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1511`, b.org); n != want {
			t.Errorf("%d events of revoking, want %d", n, want)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1512`, b.org); n != 2*want {
			t.Errorf("%d events of restoring, want %d", n, 2*want)
		}
	})
}

func TestRevokingEndsAllAccessAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		before := b.revised(b.people["admin"])
		b.fine("an admin's list", b.list(b.people["admin"]))
		b.fine("revoke", b.revoke(b.people["owner"], "admin"))
		b.absent("a revoked admin's list", b.list(b.people["admin"]))
		b.absent("a revoked admin revokes", b.revoke(b.people["admin"], "user"))
		if b.revised(b.people["admin"]) <= before {
			t.Error("the revoked admin's apps did not hear of it")
		}
		b.fine("restore", b.restore(b.people["owner"], "admin"))
		b.fine("a restored admin's list", b.list(b.people["admin"]))

		b.fine("revoke an invitation", b.revoke(b.people["owner"], "invited"))
		invited := b.account("boss")
		signed, err := b.enroll.MemberLink(b.as(b.admin), b.admin, b.others, b.rows["invited"])
		b.absent("its link in another organization "+signed, err)
		_, err = b.enroll.MemberLink(b.as(b.admin), b.admin, b.org, b.rows["invited"])
		b.absent("its link", err)
		b.fine("restore it", b.restore(b.people["owner"], "invited"))
		link := b.tokenOf(b.org, b.rows["invited"])
		b.fine("revoke it again", b.revoke(b.people["owner"], "invited"))
		b.refused("accept it", b.enroll.AcceptMember(b.as(invited), invited, b.org, b.rows["invited"], link, ""), "revoked")
	})
}

func (b *bakery) list(by id.User) error {
	_, err := b.orgs.ListMembers(b.as(by), by, b.org, org.With{})
	return err
}

func TestWhoRevokesRestoresAndDeletesWhom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		dbtest.Row(t, d, "claimed_domains", dbtest.Columns{
			"org_id": b.org, "id": id.New[id.ClaimedDomain](), "name": "example.com", "txt": "x", "verified_at": 1, "checks": 0, "created_at": 1,
		})
		b.custom("peer", access.PermitUsers)
		actors := map[string]id.User{
			"owner": b.people["owner"], "admin": b.people["admin"], "recruiter": b.recruiter, "recoverer": b.recoverer,
			"user": b.people["user"], "service user": b.service, "stranger": b.stranger,
		}
		// y may, n is refused with a reason, - is told that there is no such thing.
		table := map[string]string{ // targets: owner2, admin2, user2, recoverer, peer
			"owner": "yyyyy", "service user": "yyyyy", "admin": "nyyyy", "recruiter": "nnyny", "recoverer": "-----", "user": "-----", "stranger": "-----",
		}
		for name, want := range table {
			for i, target := range []string{"owner2", "admin2", "user2", "recoverer", "peer"} {
				if name == target {
					continue
				}
				what := name + " and " + target
				b.verdict("revoke: "+what, want[i], b.revoke(actors[name], target))
				b.standAgain(target, org.Revoked)
				b.verdict("restore: "+what, want[i], b.restore(actors[name], target))
				b.standAgain(target, org.Confirmed)
				if want[i] != 'y' {
					by := actors[name]
					b.verdict("delete: "+what, want[i], b.enroll.DeleteMember(b.as(by), by, b.org, b.rows[target]))
				}
			}
		}
		for name, act := range map[string]func(by id.User, m id.Member) error{
			"revoke":  func(by id.User, m id.Member) error { return b.enroll.RevokeMember(b.as(by), by, b.org, m) },
			"restore": func(by id.User, m id.Member) error { return b.enroll.RestoreMember(b.as(by), by, b.org, m) },
			"delete":  func(by id.User, m id.Member) error { return b.enroll.DeleteMember(b.as(by), by, b.org, m) },
		} {
			b.absent(name+" a foreign member", act(b.people["owner"], b.foreign))
			b.absent(name+" nobody", act(b.people["owner"], id.New[id.Member]()))
			b.refused(name+" oneself", act(b.people["owner"], b.rows["owner"]), "You cannot")
		}
	})
}

func TestNobodyTakesPermissionsThatTheyLack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		b.custom("peer", access.PermitUsers)
		by, ctx := b.recruiter, b.as(b.recruiter)
		both := []id.Member{b.rows["peer"], b.rows["recoverer"]}
		want := map[id.Member]string{b.rows["peer"]: "", b.rows["recoverer"]: org.MsgHasMore}
		for _, act := range []struct {
			name string
			do   func(context.Context, id.User, id.Org, []id.Member) ([]org.Failure, error)
		}{{"revoke", b.enroll.RevokeMembers}, {"restore", b.enroll.RestoreMembers}, {"remove", b.orgs.RemoveMembers}} {
			if act.name == "restore" {
				b.standAgain("recoverer", org.Revoked)
			}
			failures, err := act.do(ctx, by, b.org, both)
			b.fine(act.name, err)
			got := map[id.Member]string{}
			for _, f := range failures {
				got[f.Member] = f.Reason
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", act.name, diff)
			}
		}
		b.refused("remove one", b.orgs.RemoveMember(ctx, by, b.org, b.rows["recoverer"]), "permissions that you don't have")
		b.refused("delete one", b.enroll.DeleteMember(ctx, by, b.org, b.rows["recoverer"]), "permissions that you don't have")
	})
}

func (b *bakery) verdict(what string, want byte, err error) {
	b.t.Helper()
	got := byte('n')
	switch {
	case err == nil:
		got = 'y'
	case fault.Is(err, fault.NotFound):
		got = '-'
	}
	if got != want {
		b.t.Errorf("%s: %c (%v), want %c", what, got, err, want)
	}
}

func (b *bakery) standAgain(name string, status org.MemberStatus) {
	b.t.Helper()
	dbtest.Exec(b.t, b.d, `UPDATE members SET status = $2 WHERE id = $1`, b.rows[name], int(status))
}

func TestTheLastOwnerStaysUnlessAProviderStandsIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		owner := b.people["owner"]
		both := []id.Member{b.rows["owner2"], b.rows["user"]}
		dbtest.Exec(t, d, `UPDATE members SET status = 1 WHERE id = $1`, b.rows["owner"])
		_, err := b.enroll.RevokeMembers(b.as(b.admin), b.admin, b.org, both)
		b.fine("staff revokes the last owner", err)
		b.standAgain("owner2", org.Confirmed)
		b.standAgain("user", org.Confirmed)

		dbtest.Exec(t, d, `DELETE FROM provider_clients WHERE org_id = $1`, b.org)
		b.standAgain("owner", org.Confirmed)
		b.fine("one of two owners", b.revoke(owner, "owner2"))
		b.standAgain("owner2", org.Confirmed)
		b.fine("an owner leaves", b.orgs.Leave(b.as(owner), owner, b.org))
		last := b.people["owner2"]
		b.refused("the last one leaves", b.orgs.Leave(b.as(last), last, b.org), "at least one")
	})
}

func TestRestoringTakesASeatAndHeedsPolicies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		owner := b.people["owner"]
		for _, name := range []string{"user", "user2", "invited"} {
			b.fine("revoke "+name, b.revoke(owner, name))
		}
		occupied := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members WHERE org_id = $1 AND status >= 0`, b.org)
		seats := func(n int) { dbtest.Exec(t, d, `UPDATE organizations SET seats = $2 WHERE id = $1`, b.org, n) }
		seats(occupied)
		b.refused("no seat", b.restore(owner, "user"), "Ask your provider")
		seats(occupied + 1)
		out, err := b.enroll.RestoreMembers(b.as(owner), owner, b.org, []id.Member{b.rows["user"], b.rows["user2"]})
		b.fine("two for one seat", err)
		restored := 0
		for _, f := range out {
			if f.Reason == "" {
				restored++
			}
		}
		if restored != 1 {
			t.Errorf("two for one seat: %+v, want one of them", out)
		}
		seats(0)
		dbtest.Exec(t, d, `UPDATE organizations SET seats = NULL WHERE id = $1`, b.org)
		b.standAgain("user", org.Revoked)
		b.policy(0, "{}")
		b.refused("without two-step login", b.restore(owner, "user"), "two-step")
		b.fine("who was invited is asked when they accept", b.restore(owner, "invited"))
		b.fine("admins are free of it", b.revoke(owner, "admin"))
		b.fine("admins are free of it", b.restore(owner, "admin"))
		dbtest.Row(t, d, "second_factors", dbtest.Columns{"user_id": b.people["user"], "kind": 0, "secret": []byte("x"), "last_step": 0, "created_at": 1})
		b.fine("with two-step login", b.restore(owner, "user"))
	})
}

func TestTwoAdminsRestoreIntoTheLastSeat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		for _, name := range []string{"user", "user2"} {
			b.fine("revoke "+name, b.revoke(b.people["owner"], name))
		}
		occupied := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM members WHERE org_id = $1 AND status >= 0`, b.org)
		dbtest.Exec(t, d, `UPDATE organizations SET seats = $2 WHERE id = $1`, b.org, occupied+1)
		by, who := []id.User{b.people["admin"], b.people["admin2"]}, []string{"user", "user2"}
		errs := race(2, func(i int) error { return b.restore(by[i], who[i]) })
		if n := winners(errs); n != 1 {
			t.Errorf("%d members were restored into one seat: %v", n, errs)
		}
	})
}

func TestDecliningToHandOverItems(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		decline := func(name string) error {
			by := b.people[name]
			return b.enroll.RevokeSelf(b.as(by), by, b.org)
		}
		b.refused("where nobody asks", decline("user"), "Leave it instead")
		b.policy(5, "{}")
		b.refused("an owner is not asked", decline("owner"), "Leave it instead")
		b.absent("who is not confirmed", decline("accepted"))
		b.absent("staff", b.enroll.RevokeSelf(b.as(b.service), b.service, b.org))
		b.fine("a user", decline("user"))
		m, err := b.orgs.FindMember(b.as(b.admin), b.admin, b.org, b.rows["user"])
		if err != nil || m.Status != org.Revoked || m.Revocation != org.RevokedOwnership {
			t.Errorf("after declining: %+v, %v", m, err)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1518`, b.org); n != 1 {
			t.Errorf("%d events, want 1", n)
		}
		b.absent("again", decline("user"))
	})
}

func TestDeletingClaimedAccounts(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		owner := b.people["owner"]
		remove := func(names ...string) (map[string]string, error) {
			var rows []id.Member
			for _, n := range names {
				rows = append(rows, b.rows[n])
			}
			failures, err := b.enroll.DeleteMembers(b.as(owner), owner, b.org, rows)
			out := map[string]string{}
			for _, f := range failures {
				for _, n := range names {
					if b.rows[n] == f.Member && f.Reason != "" {
						out[n] = f.Reason
					}
				}
			}
			return out, err
		}
		refusals, err := remove("user")
		b.fine("nobody is claimed", err)
		if refusals["user"] == "" {
			t.Error("an account of no domain of the organization was deleted")
		}
		dbtest.Row(t, d, "claimed_domains", dbtest.Columns{
			"org_id": b.org, "id": id.New[id.ClaimedDomain](), "name": "example.com", "txt": "x", "verified_at": 1, "checks": 0, "created_at": 1,
		})
		dbtest.Member(t, d, dbtest.Org(t, d, nil), b.people["user2"], int(access.Owner), int(org.Confirmed))
		dbtest.Member(t, d, b.others, b.people["accepted"], int(access.User), int(org.Confirmed))
		dbtest.Exec(t, d, `UPDATE users SET email = 'somebody@sub.example.com' WHERE id = $1`, b.people["admin2"])
		refusals, err = remove("user", "user2", "accepted", "invited", "admin2", "owner")
		b.fine("delete", err)
		got := map[string]bool{}
		for n := range refusals {
			got[n] = true
		}
		// user2 is the last owner elsewhere; a subdomain is another domain.
		if diff := cmp.Diff(map[string]bool{"user2": true, "invited": true, "admin2": true, "owner": true}, got); diff != "" {
			t.Errorf("refused (-want +got):\n%s\n%v", diff, refusals)
		}
		for name, want := range map[string]int{"user": 0, "accepted": 0, "user2": 1, "admin2": 1, "owner": 1} {
			if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM users WHERE id = $1`, b.people[name]); n != want {
				t.Errorf("%s: %d accounts, want %d", name, n, want)
			}
		}
		if diff := cmp.Diff([]int{1515, 1515}, b.since(b.org, 1515)); diff != "" {
			t.Errorf("the organization's log (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff([]int{1516}, b.since(b.others, 1515)); diff != "" {
			t.Errorf("the log of another organization (-want +got):\n%s", diff)
		}
	})
}

// since are the kinds of a log from one number on.
func (b *bakery) since(organization id.Org, from int) []int {
	b.t.Helper()
	var out []int
	for _, kind := range b.events(string(organization)) {
		if kind >= from && kind < 1600 {
			out = append(out, kind)
		}
	}
	return out
}

func TestManyAreHandledInAsManyStatementsAsOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		dbtest.Exec(t, d, `UPDATE organizations SET seats = NULL WHERE id = $1`, b.org)
		dbtest.Row(t, d, "claimed_domains", dbtest.Columns{
			"org_id": b.org, "id": id.New[id.ClaimedDomain](), "name": "example.com", "txt": "x", "verified_at": 1, "checks": 0, "created_at": 1,
		})
		type act = func(context.Context, id.User, id.Org, []id.Member) ([]org.Failure, error)
		count := func(n int) (out []int64) {
			var rows []id.Member
			for i := range n {
				user := b.account(fmt.Sprintf("one-of-%d-%d", n, i))
				rows = append(rows, dbtest.Member(t, d, b.org, user, int(access.User), int(org.Confirmed)))
			}
			for _, act := range []act{b.enroll.RevokeMembers, b.enroll.RestoreMembers, b.enroll.DeleteMembers} {
				var statements atomic.Int64
				failures, err := act(db.CountStatements(b.as(b.admin), &statements), b.admin, b.org, rows)
				if err != nil || failures[0].Reason != "" {
					t.Errorf("%v, %v", failures[0], err)
				}
				out = append(out, statements.Load())
			}
			return out
		}
		if diff := cmp.Diff(count(1), count(200)); diff != "" {
			t.Errorf("revoke, restore, delete take more statements for 200 than for one:\n%s", diff)
		}
	})
}

func TestPoliciesAreAskedAtTheDoor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		owner := b.people["owner"]
		b.policy(3, "{}")
		elsewhere := dbtest.Org(t, d, nil)
		both := b.account("both")
		other := dbtest.Member(t, d, elsewhere, both, int(access.User), int(org.Confirmed))
		b.fine("invite", b.enroll.InviteMembers(b.as(owner), owner, b.org, enroll.Invitation{Emails: []string{"both@example.com"}, Role: access.User}))
		row := dbtest.Value[id.Member](t, d, `SELECT id FROM members WHERE org_id = $1 AND email = 'both@example.com'`, b.org)
		accept := func(key string) error {
			return b.enroll.AcceptMember(b.as(both), both, b.org, row, b.tokenOf(b.org, row), key)
		}
		b.refused("accept, while elsewhere", accept(""), "other organizations")
		dbtest.Exec(t, d, `DELETE FROM members WHERE id = $1`, other)
		b.policy(8, `{"autoEnrollEnabled":true}`)
		b.refused("accept without a recovery key", accept(""), "enrols everybody")
		b.refused("accept with a key of type 2", accept(type2), "type 4")
		b.fine("accept", accept(type4))
		if key := dbtest.Value[string](t, d, `SELECT recovery_key FROM members WHERE id = $1`, row); key != type4 {
			t.Errorf("recovery key %q", key)
		}
		if diff := cmp.Diff([]int{1506}, b.since(b.org, 1504)); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
		dbtest.Member(t, d, elsewhere, both, int(access.User), int(org.Confirmed))
		b.refused("confirm, while elsewhere again",
			b.enroll.ConfirmMember(b.as(owner), owner, b.org, enroll.Key[id.Member]{Row: row, Key: type4}), "other organizations")
	})
}
