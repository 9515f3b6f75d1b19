package recovery_test

import (
	"context"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/recovery"
)

var targets = []string{"owner2", "admin2", "user2", "helper", "recruiter", "technician", "chief", "guest"}

// who recovers whom: y may, n is told why not, - is told that there is no such
// thing. The last three targets work for a provider besides.
var who = map[string]string{
	"owner":      "yyyyynnn",
	"admin":      "nyyyynnn",
	"boss":       "yyyyyyyn", // admin of the provider
	"service":    "yyyyyynn", // service user of the provider
	"chief":      "yyyyyyyn", // both a user of the client and admin of its provider
	"recoverer":  "nnyynnnn", // a custom member never gets permissions that it has not
	"recruiter":  "--------",
	"helper":     "--------",
	"user":       "--------",
	"stranger":   "--------",
	"technician": "yyyyyynn", // both a user of the client and service user of its provider
	"guest":      "--------",
}

func TestWhoRecoversWhom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for by, want := range who {
			got, seen := []byte{}, []byte{}
			for i, of := range targets {
				if by == of {
					got, seen = append(got, want[i]), append(seen, want[i])
					w.someoneElse(by, of)
					continue
				}
				got = append(got, verdict(w.recover(by, of, temporary())))
				// Details say the same, but never why: they are what opens an account.
				details := verdict(w.details(by, of))
				if want[i] == 'n' && details == '-' {
					details = 'n'
				}
				seen = append(seen, details)
			}
			if string(got) != want || string(seen) != want {
				t.Errorf("%s: recovers %s, sees details of %s, want %s", by, got, seen, want)
			}
		}
	})
}

func (w *world) someoneElse(by, of string) {
	w.t.Helper()
	if err := w.recover(by, of, temporary()); verdict(err) == 'y' {
		w.t.Errorf("%s recovered their own account", by)
	}
	w.absent(by+" asks for the details of their own account", w.details(by, of))
}

func TestIdsOfOtherOrganizationsAreAbsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		owner := w.people["owner"]
		ctx := w.as(owner)
		for what, member := range map[string]id.Member{"a foreign member": w.foreign, "nobody": id.New[id.Member]()} {
			w.absent("recover "+what, w.recovery.Recover(ctx, owner, w.org, member, temporary()))
			_, err := w.recovery.FindDetails(ctx, owner, w.org, member)
			w.absent("details of "+what, err)
			_, err = w.recovery.ListDetails(ctx, owner, w.org, []id.Member{w.rows["user"], member})
			w.absent("details of a member and of "+what, err)
		}
	})
}

func TestDetailsLeaveOutWhomTheCallerMayNotRecover(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		user := w.people["admin"]
		dbtest.Exec(t, d, `UPDATE users SET kdf_type = 1, kdf_iterations = 3, kdf_memory = 64, kdf_parallelism = 4 WHERE id = $1`, w.people["user"])
		ask := func(names ...string) ([]recovery.Details, int64) {
			var rows []id.Member
			for _, n := range names {
				rows = append(rows, w.rows[n])
			}
			var n atomic.Int64
			got, err := w.recovery.ListDetails(db.CountStatements(w.as(user), &n), user, w.org, rows)
			w.fine("details", err)
			return got, n.Load()
		}
		got, one := ask("user")
		memory, lanes := 64, 4
		want := []recovery.Details{{
			Member: w.rows["user"], KDF: encstring.KDF{Type: 1, Iterations: 3, Memory: &memory, Parallelism: &lanes}, Salt: "user@example.com",
			Key: type4, PrivateKey: type2,
		}}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("details (-want +got):\n%s", diff)
		}
		got, many := ask("user", "owner", "chief", "guest", "user2", "admin", "admin2", "helper")
		if len(got) != 4 {
			t.Errorf("%d details, want those of user, user2, admin2 and helper", len(got))
		}
		if one != many {
			t.Errorf("%d statements for one, %d for many", one, many)
		}
	})
}

func TestWhoCanBeRecovered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for status, want := range map[org.MemberStatus]byte{org.Revoked: 'y', org.Accepted: 'y', org.Confirmed: 'y'} {
			dbtest.Exec(t, d, `UPDATE members SET status = $2 WHERE id = $1`, w.rows["user"], int(status))
			if got := verdict(w.recover("owner", "user", temporary())); got != want {
				t.Errorf("status %d: %c, want %c", status, got, want)
			}
		}
		dbtest.Exec(t, d, `UPDATE members SET recovery_key = NULL WHERE id = $1`, w.rows["user"])
		w.refused("who is not enrolled", w.recover("owner", "user", temporary()), "not enrolled")
		w.refused("two-step login of who is not enrolled", w.recover("owner", "user", recovery.Reset{TwoStep: true}), "not enrolled")
		w.absent("details of who is not enrolled", w.details("owner", "user"))
		w.refused("nothing", w.recover("owner", "user2", recovery.Reset{}), "Choose what to reset")
		dbtest.Exec(t, d, `UPDATE organizations SET plan_type = 17 WHERE id = $1`, w.org)
		w.refused("a plan without it", w.recover("owner", "user2", temporary()), "turned off")
		dbtest.Exec(t, d, `UPDATE organizations SET plan_type = 19 WHERE id = $1`, w.org)
		dbtest.Exec(t, d, `UPDATE policies SET enabled = FALSE WHERE org_id = $1`, w.org)
		w.refused("while it is turned off", w.recover("owner", "user2", temporary()), "turned off")
		w.refused("details while it is turned off", w.details("owner", "user2"), "turned off")
	})
}

func TestRecoveringWeakensNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		kdf := func(n int) *encstring.KDF { return &encstring.KDF{Iterations: n} }
		salt := func(s string) *string { return &s }
		dbtest.Exec(t, d, `UPDATE users SET kdf_iterations = 700000, user_key_id = '00000000000000000000000000000001' WHERE id = $1`, w.people["user"])
		for name, c := range map[string]account.Credentials{
			"no hash":             {Key: type2},
			"no key":              {Hash: "h"},
			"a key of type 4":     {Hash: "h", Key: type4},
			"fewer iterations":    {Hash: "h", Key: type2, KDF: kdf(600_000), Salt: salt("user@example.com")},
			"absurdly few":        {Hash: "h", Key: type2, KDF: kdf(1), Salt: salt("user@example.com")},
			"another salt":        {Hash: "h", Key: type2, KDF: kdf(700_000), Salt: salt("owner@example.com")},
			"another user key":    {Hash: "h", Key: type2, KeyID: "00000000000000000000000000000002"},
			"a key id of no form": {Hash: "h", Key: type2, KeyID: "x"},
		} {
			if got := verdict(w.recover("owner", "user", recovery.Reset{Password: &c})); got != 'n' {
				t.Errorf("%s: %c, want a refusal", name, got)
			}
		}
		if n := w.value(`SELECT COUNT(*) FROM users WHERE force_password_reset`) + w.value(`SELECT COUNT(*) FROM events`); n != 0 {
			t.Error("a refused request changed something")
		}
		c := account.Credentials{Hash: "h", Key: type2, KDF: kdf(700_000), Salt: salt("user@example.com"), KeyID: "00000000000000000000000000000001"}
		w.fine("what the account has", w.recover("owner", "user", recovery.Reset{Password: &c}))
	})
}

func TestWhatRecoveringDoes(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var lost []id.User
		w.recovery.Accounts.TwoStepLost = func(_ context.Context, _ *db.Tx, user id.User) error { lost = append(lost, user); return nil }
		user := w.people["user"]
		for _, of := range []id.User{user, w.people["user2"]} {
			dbtest.Row(t, d, "second_factors", dbtest.Columns{"user_id": of, "kind": 0, "secret": []byte("x"), "last_step": 0, "created_at": 1})
			dbtest.Row(t, d, "devices", dbtest.Columns{"user_id": of, "id": "d", "identifier": "i" + string(of), "type": 1, "name": "n", "created_at": 1, "active_at": 1})
			dbtest.Row(t, d, "sessions", dbtest.Columns{"user_id": of, "id": "s", "device_id": "d", "token_hash": string(of), "client_id": "web",
				"created_at": 1, "used_at": 1, "expires_at": int64(1) << 60})
		}
		stamp := dbtest.Value[string](t, d, `SELECT security_stamp FROM users WHERE id = $1`, user)
		w.fine("reset both, by staff", w.recover("service", "user", recovery.Reset{Password: temporary().Password, TwoStep: true}))

		for what, want := range map[string]struct{ got, want int }{
			"forced to choose another": {w.value(`SELECT COUNT(*) FROM users WHERE id = $1 AND force_password_reset`, user), 1},
			"old stamps":               {w.value(`SELECT COUNT(*) FROM users WHERE security_stamp = $1`, stamp), 0},
			"sessions":                 {w.value(`SELECT COUNT(*) FROM sessions WHERE user_id = $1`, user), 0},
			"second factors":           {w.value(`SELECT COUNT(*) FROM second_factors WHERE user_id = $1`, user), 0},
			"sessions of others":       {w.value(`SELECT COUNT(*) FROM sessions WHERE user_id = $1`, w.people["user2"]), 1},
			"second factors of others": {w.value(`SELECT COUNT(*) FROM second_factors WHERE user_id = $1`, w.people["user2"]), 1},
			"letters":                  {w.value(`SELECT COUNT(*) FROM mail_outbox`), 1},
			"passwords in the log":     {w.value(`SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1508 AND user_id = $2 AND acting_user_id = $3`, w.org, user, w.people["service"]), 1},
			"two-step in the log":      {w.value(`SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1519`, w.org), 1},
			"the provider's log":       {w.value(`SELECT COUNT(*) FROM events WHERE tenant_id = $1`, w.provider), 2},
			"recovery keys":            {w.value(`SELECT COUNT(*) FROM members WHERE id = $1 AND recovery_key IS NOT NULL`, w.rows["user"]), 1},
		} {
			if want.got != want.want {
				t.Errorf("%s: %d, want %d", what, want.got, want.want)
			}
		}
		if diff := cmp.Diff([]id.User{user}, lost); diff != "" {
			t.Errorf("who lost two-step login (-want +got):\n%s", diff)
		}
		_, err := w.recovery.Accounts.Check(w.as(user), user, account.Secret{MasterPasswordHash: hash})
		w.refused("the old password", err, "verification failed")
		_, err = w.recovery.Accounts.Check(w.as(user), user, account.Secret{MasterPasswordHash: "hash of a temporary password"})
		w.fine("the temporary password", err)
		w.ownPasswordAgain(user)
	})
}

func TestThePersonalAPIKeyEndsWithARecovery(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		user, accounts := w.people["user"], w.recovery.Accounts
		for what, in := range map[string]recovery.Reset{"password": temporary(), "two-step login": {TwoStep: true}} {
			stolen := ""
			w.fine("a key", d.Update(t.Context(), func(tx *db.Tx) error { return accounts.RenewAPIKey(t.Context(), tx, user) }))
			read := func() account.Account {
				var a account.Account
				w.fine("read", d.View(t.Context(), func(tx *db.Tx) (err error) { a, err = account.ByID(t.Context(), tx, user); return err }))
				return a
			}
			plain, err := accounts.Tokens.Open("account api key", string(user), read().APIKey)
			w.fine("the key", err)
			stolen = string(plain)
			if !accounts.IsAPIKey(read(), stolen) {
				t.Fatalf("%s: the key does not work before", what)
			}
			w.fine("recover", w.recover("owner", "user", in))
			if now := read(); accounts.IsAPIKey(now, stolen) || len(now.APIKey) == 0 {
				t.Errorf("%s: the old key still works, or there is none", what)
			}
		}
	})
}

// ownPasswordAgain ends what recovering began.
func (w *world) ownPasswordAgain(user id.User) {
	w.t.Helper()
	accounts := w.recovery.Accounts
	own := account.Credentials{Hash: "hash of an own password", Key: type2}
	other := w.people["user2"]
	w.refused("who has no temporary password", accounts.ReplaceTemporary(w.as(other), other, own, ""), "no temporary password")
	weak := own
	weak.KDF = &encstring.KDF{Iterations: 650_000}
	w.refused("with another derivation", accounts.ReplaceTemporary(w.as(user), user, weak, ""), "key derivation")
	w.refused("with a long hint", accounts.ReplaceTemporary(w.as(user), user, own, type4), "hint")
	w.fine("a password of one's own", accounts.ReplaceTemporary(w.as(user), user, own, "new hint"))
	w.refused("twice", accounts.ReplaceTemporary(w.as(user), user, own, ""), "no temporary password")
	if n := w.value(`SELECT COUNT(*) FROM users WHERE id = $1 AND NOT force_password_reset AND hint = 'new hint'`, user); n != 1 {
		w.t.Error("the account still has a temporary password, or the old hint")
	}
	if n := w.value(`SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = $2`, user, int(event.UserSetPassword)); n != 1 {
		w.t.Errorf("%d events of a password of one's own, want 1", n)
	}
	if n := w.value(`SELECT COUNT(*) FROM mail_outbox`); n != 2 {
		w.t.Errorf("%d letters, want 2", n)
	}
	_, err := accounts.Check(w.as(user), user, account.Secret{MasterPasswordHash: "hash of an own password"})
	w.fine("the own password", err)
}

func TestEnrolling(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		user, row := w.people["user"], w.rows["user"]
		dbtest.Exec(t, d, `UPDATE members SET recovery_key = NULL WHERE id = $1`, row)
		enrol := func(by id.User, key, hash string) error { return w.recovery.Enrol(w.as(by), by, w.org, key, hash) }
		withdraw := func(by id.User) error { return w.recovery.Withdraw(w.as(by), by, w.org) }
		w.absent("a stranger", enrol(w.people["stranger"], type4, hash))
		w.absent("staff", enrol(w.people["boss"], type4, hash))
		w.absent("a stranger withdraws", withdraw(w.people["stranger"]))
		w.refused("a wrong password", enrol(user, type4, "guess"), "verification failed")
		w.refused("no password", enrol(user, type4, ""), "verification failed")
		w.refused("a key of type 2", enrol(user, type2, hash), "type 4")
		w.fine("withdraw before", withdraw(user))
		if n := w.value(`SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type >= 1500`, w.org); n != 0 {
			t.Errorf("%d events of nothing", n)
		}
		w.fine("enrol", enrol(user, type4, hash))
		w.fine("enrol again", enrol(user, type4, hash))
		w.fine("withdraw", withdraw(user))
		got := []int{w.value(`SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1506`, w.org), w.value(`SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1507`, w.org)}
		if diff := cmp.Diff([]int{2, 1}, got); diff != "" {
			t.Errorf("events of enrolling and withdrawing (-want +got):\n%s", diff)
		}
		w.policy(w.org, `{"autoEnrollEnabled":true}`)
		w.fine("enrol as everybody", enrol(user, type4, hash))
		w.refused("withdraw where everybody is enrolled", withdraw(user), "cannot withdraw")
		dbtest.Exec(t, d, `UPDATE members SET status = -1 WHERE id = $1`, row)
		w.absent("who is revoked", enrol(user, type4, hash))
		w.fine("who is revoked takes the key back all the same", withdraw(user))
		if n := w.value(`SELECT COUNT(*) FROM members WHERE id = $1 AND recovery_key IS NULL AND status = -1`, row); n != 1 {
			t.Error("the key of a revoked member is still there")
		}
		dbtest.Exec(t, d, `UPDATE policies SET enabled = FALSE WHERE org_id = $1`, w.org)
		w.refused("where it is turned off", enrol(w.people["user2"], type4, hash), "turned off")
		w.fine("withdraw where it is turned off", withdraw(w.people["user2"]))
	})
}

func TestEnrollingAcceptsAnInvitationToAProvenAddress(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		invited := w.account("invited")
		row := dbtest.Member(t, d, w.org, "", 2, int(org.Invited))
		dbtest.Exec(t, d, `UPDATE members SET email = 'invited@example.com' WHERE id = $1`, row)
		dbtest.Exec(t, d, `UPDATE users SET email_verified = FALSE WHERE id = $1`, invited)
		enrol := func() error { return w.recovery.Enrol(w.as(invited), invited, w.org, type4, hash) }
		w.absent("an address that nobody proved", enrol())
		_, err := w.recovery.AutoEnrols(w.as(invited), invited, w.org)
		w.absent("whether everybody is enrolled", err)
		dbtest.Exec(t, d, `UPDATE users SET email_verified = TRUE WHERE id = $1`, invited)
		w.policy(w.org, `{"autoEnrollEnabled":true}`)
		if auto, err := w.recovery.AutoEnrols(w.as(invited), invited, w.org); err != nil || !auto {
			t.Errorf("whether everybody is enrolled: %v, %v", auto, err)
		}
		w.fine("a proven address", enrol())
		if diff := cmp.Diff([]id.Member{row}, w.joined); diff != "" {
			t.Errorf("who accepted (-want +got):\n%s", diff)
		}
		if n := w.value(`SELECT COUNT(*) FROM members WHERE id = $1 AND user_id = $2 AND status = 1 AND recovery_key IS NOT NULL`, row, invited); n != 1 {
			t.Error("the invited is not accepted and enrolled")
		}
	})
}

// Of two administrators at once both get an answer, and the account has the
// password of one of them, not a mixture.
func TestTwoAdministratorsRecoverAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		done := make(chan error, 2)
		for _, by := range []string{"owner", "owner2"} {
			go func() {
				done <- w.recover(by, "user", recovery.Reset{Password: &account.Credentials{Hash: by, Key: type2}})
			}()
		}
		for range 2 {
			if err := <-done; err != nil && !fault.Is(err, fault.Conflict) {
				t.Error(err)
			}
		}
		user := w.people["user"]
		right := 0
		for _, by := range []string{"owner", "owner2"} {
			if _, err := w.recovery.Accounts.Check(w.as(user), user, account.Secret{MasterPasswordHash: by}); err == nil {
				right++
			}
		}
		if right != 1 {
			t.Errorf("%d passwords are right, want 1", right)
		}
	})
}

// Where admins are kept out of items, they would get at them through the account
// of whoever was given them by name.
func TestAnAdminWhoIsKeptOutRecoversNobodyWhoIsNot(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		w.enrolled("reporter", access.Custom, access.PermitReports)
		w.fine("while admins have all items", w.recover("admin", "reporter", temporary()))
		dbtest.Exec(t, d, `UPDATE organizations SET admins_access_all = FALSE WHERE id = $1`, w.org)
		w.refused("an admin who is kept out", w.recover("admin", "reporter", temporary()), "permissions that you don't have")
		w.absent("details for an admin who is kept out", w.details("admin", "reporter"))
		w.fine("an owner", w.recover("owner", "reporter", temporary()))
		w.fine("staff", w.recover("service", "reporter", temporary()))
		w.fine("somebody without", w.recover("admin", "helper", temporary()))
	})
}
