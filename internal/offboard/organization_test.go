package offboard_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

var (
	right = account.Secret{MasterPasswordHash: "right"}
	wrong = account.Secret{MasterPasswordHash: "wrong"}
)

func service(t *testing.T, d *db.DB) *offboard.Service {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	accounts := &account.Service{DB: d, Tokens: keeper, Limits: &ratelimit.Limiter{DB: d, Tokens: keeper}}
	return &offboard.Service{DB: d, Tokens: keeper, Accounts: accounts, Outbox: mail.NewOutbox(d, keeper, nil, slog.New(slog.DiscardHandler))}
}

func as(t *testing.T, user id.User) context.Context {
	t.Helper()
	return reqctx.WithActor(t.Context(), reqctx.Actor{User: user})
}

// full is a client with something in every table.
type full struct {
	org                                id.Org
	provider                           id.Provider
	owner, second, admin, revoked, msp id.User
}

func newFull(t *testing.T, d *db.DB, prefix string) full {
	t.Helper()
	f := full{org: dbtest.Org(t, d, nil), provider: dbtest.Provider(t, d, 2)}
	for i, who := range []*id.User{&f.owner, &f.second, &f.admin, &f.revoked, &f.msp} {
		*who = dbtest.Account(t, d, prefix+string(rune('a'+i))+"@example.com")
	}
	member := dbtest.Member(t, d, f.org, f.owner, 0, 2)
	dbtest.Member(t, d, f.org, f.second, 0, 2)
	dbtest.Member(t, d, f.org, f.admin, 1, 2)
	dbtest.Member(t, d, f.org, f.revoked, 0, -1)
	dbtest.Member(t, d, f.org, "", 0, 0)
	dbtest.Client(t, d, f.provider, f.org)
	dbtest.Staff(t, d, f.provider, f.msp, 1, 2)
	collection, group := dbtest.Collection(t, d, f.org), dbtest.Group(t, d, f.org, member)
	dbtest.Share(t, d, f.org, collection, member, false, false, true)
	dbtest.ShareWithGroup(t, d, f.org, collection, group, true, false, false)
	cipher := dbtest.Cipher(t, d, f.org, collection)
	dbtest.Row(t, d, "cipher_marks", dbtest.Columns{"user_id": f.owner, "owner_id": f.org, "cipher_id": cipher, "favorite": true})
	dbtest.Row(t, d, "policies", dbtest.Columns{"org_id": f.org, "type": 3, "id": id.New[id.Policy](), "enabled": true, "data": "{}", "created_at": 1, "revised_at": 1})
	dbtest.Row(t, d, "claimed_domains", dbtest.Columns{"org_id": f.org, "id": id.New[id.ClaimedDomain](), "name": prefix + ".example", "txt": "bw=", "checks": 0, "created_at": 1})
	return f
}

// givePasswords gives every account the right one.
func givePasswords(t *testing.T, d *db.DB) {
	t.Helper()
	passhash.CheapForTests()
	hash, err := passhash.Hash(t.Context(), "right")
	if err != nil {
		t.Fatal(err)
	}
	dbtest.Exec(t, d, `UPDATE users SET password_hash = $1`, hash)
}

// left counts the rows of an organization, table by table.
func left(t *testing.T, d *db.DB, of id.Org) map[string]int {
	t.Helper()
	out := map[string]int{"organizations": dbtest.Value[int](t, d, `SELECT COUNT(*) FROM organizations WHERE id = $1`, of)}
	for _, table := range []string{"members", "collections", "collection_members", "groups", "group_members", "collection_groups", "ciphers",
		"collection_ciphers", "policies", "claimed_domains", "provider_clients"} {
		out[table] = dbtest.Value[int](t, d, `SELECT COUNT(*) FROM `+table+` WHERE org_id = $1`, of)
	}
	out["cipher_marks"] = dbtest.Value[int](t, d, `SELECT COUNT(*) FROM cipher_marks WHERE owner_id = $1`, of)
	return out
}

func TestAnOrganizationGoesWithEverythingInIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s, gone, stays := service(t, d), newFull(t, d, "gone"), newFull(t, d, "stays")
		givePasswords(t, d)
		before := left(t, d, gone.org)
		for table, n := range before {
			if n == 0 {
				t.Fatalf("the test has nothing in %s", table)
			}
		}
		for name, user := range map[string]id.User{"admin": gone.admin, "revoked": gone.revoked, "foreign owner": stays.owner, "foreign staff": stays.msp} {
			for _, secret := range []account.Secret{right, wrong} {
				if err := s.DeleteOrg(as(t, user), user, gone.org, secret); !fault.Is(err, fault.NotFound) {
					t.Errorf("%s: %v, want absent", name, err)
				}
			}
		}
		if err := s.DeleteOrg(as(t, gone.owner), gone.owner, gone.org, wrong); !fault.Is(err, fault.Invalid) {
			t.Errorf("a wrong secret: %v", err)
		}
		if diff := cmp.Diff(before, left(t, d, gone.org)); diff != "" {
			t.Fatalf("refusals changed something (-want +got):\n%s", diff)
		}
		others := left(t, d, stays.org)
		dbtest.Exec(t, d, `UPDATE users SET revised_at = 1`)
		if err := s.DeleteOrg(as(t, gone.msp), gone.msp, gone.org, right); err != nil {
			t.Fatal(err)
		}
		for table, n := range left(t, d, gone.org) {
			if n != 0 {
				t.Errorf("%d rows are left in %s", n, table)
			}
		}
		if diff := cmp.Diff(others, left(t, d, stays.org)); diff != "" {
			t.Errorf("the other organization (-want +got):\n%s", diff)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1902 AND acting_user_id = $2`, gone.provider, gone.msp); n != 1 {
			t.Errorf("%d entries in the provider's log, want 1", n)
		}
		for name, v := range map[string]struct {
			user  id.User
			hears bool
		}{
			"owner": {gone.owner, true}, "admin": {gone.admin, true}, "staff": {gone.msp, true}, "revoked": {gone.revoked, false}, "others": {stays.owner, false},
		} {
			if heard := dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, v.user) > 1; heard != v.hears {
				t.Errorf("%s hears of it: %v", name, heard)
			}
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM mail_outbox`); n != 2 {
			t.Errorf("%d letters, want one to each confirmed owner", n)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM users`); n != 10 {
			t.Errorf("%d accounts are left, want all 10", n)
		}
	})
}

func TestWrongSecretsForADeletionAreLimited(t *testing.T) {
	d := dbtest.SQLite(t)
	s, f := service(t, d), newFull(t, d, "x")
	givePasswords(t, d)
	for range 10 {
		if err := s.DeleteOrg(as(t, f.owner), f.owner, f.org, wrong); !fault.Is(err, fault.Invalid) {
			t.Fatalf("a wrong secret: %v", err)
		}
	}
	if err := s.DeleteOrg(as(t, f.owner), f.owner, f.org, wrong); !fault.Is(err, fault.RateLimited) {
		t.Errorf("the eleventh: %v, want limited", err)
	}
}
