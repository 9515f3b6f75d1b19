package tenant_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/tenant"
)

// secure is a service that checks secrets, and the secret of every account of d.
func secure(t *testing.T, d *db.DB) (*tenant.Service, account.Secret) {
	t.Helper()
	passhash.CheapForTests()
	hash, err := passhash.Hash(t.Context(), "right")
	fine(t, "hash", err)
	dbtest.Exec(t, d, `UPDATE users SET password_hash = $1`, hash)
	s := service(t, d)
	accounts := &account.Service{DB: d, Tokens: s.Tokens, Limits: &ratelimit.Limiter{DB: d, Tokens: s.Tokens}}
	s.Check = accounts.Check
	return s, account.Secret{MasterPasswordHash: "right"}
}

func TestOwnersAndStaffHaveTheKeyOfAnOrganization(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		p := populate(t, d, nil)
		s, right := secure(t, d)
		dbtest.Exec(t, d, `UPDATE organizations SET api_key = $2 WHERE id = $1`, p.Org, s.Tokens.Seal(tenant.APIKeyPurpose, string(p.Org), []byte("first key")))
		acts := map[string]func(context.Context, id.User, id.Org, account.Secret) (tenant.APIKey, error){"show": s.ShowAPIKey, "rotate": s.RotateAPIKey}
		for name, user := range p.Account {
			for what, act := range acts {
				if name == "owner" || name == "staff" {
					_, err := act(as(t, user), user, p.Org, account.Secret{MasterPasswordHash: "wrong"})
					refused(t, name+": "+what+" with a wrong secret", err, "verification failed")
					continue
				}
				_, err := act(as(t, user), user, p.Org, right)
				absent(t, name+": "+what, err)
				_, err = act(as(t, user), user, p.Org, account.Secret{MasterPasswordHash: "wrong"})
				absent(t, name+": "+what+" with a wrong secret", err)
			}
		}
		if diff := cmp.Diff([]int{1005, 1005}, events(t, d, string(p.Org))); diff != "" { // the wrong secrets of a member
			t.Fatalf("events of refused acts (-want +got):\n%s", diff)
		}
		owner, staff := p.Account["owner"], p.Account["staff"]
		first, err := s.ShowAPIKey(as(t, owner), owner, p.Org, right)
		if err != nil || first.Key != "first key" || !first.RevisedAt.Equal(time.UnixMicro(1)) {
			t.Errorf("the first key: %+v, %v", first, err)
		}
		second, err := s.RotateAPIKey(as(t, staff), staff, p.Org, right)
		if err != nil || len(second.Key) != 30 || !second.RevisedAt.After(first.RevisedAt) {
			t.Errorf("the second key: %+v, %v", second, err)
		}
		shown, err := s.ShowAPIKey(as(t, staff), staff, p.Org, right)
		if err != nil || shown != second {
			t.Errorf("shown: %+v, %v, want %+v", shown, err, second)
		}
		age, err := s.FindAPIKeyAge(as(t, owner), owner, p.Org)
		if err != nil || age.Key != "" || !age.RevisedAt.Equal(second.RevisedAt) {
			t.Errorf("age: %+v, %v", age, err)
		}
		_, err = s.FindAPIKeyAge(as(t, p.Account["admin"]), p.Account["admin"], p.Org)
		absent(t, "an admin asks for its age", err)
		if diff := cmp.Diff([]int{1005, 1005, 1600}, events(t, d, string(p.Org))); diff != "" {
			t.Errorf("events (-want +got):\n%s", diff)
		}
	})
}

func TestWrongSecretsForAKeyAreLimited(t *testing.T) {
	d := dbtest.SQLite(t)
	p := populate(t, d, nil)
	s, right := secure(t, d)
	owner := p.Account["owner"]
	for range 10 {
		_, err := s.ShowAPIKey(as(t, owner), owner, p.Org, account.Secret{MasterPasswordHash: "wrong"})
		refused(t, "a wrong secret", err, "verification failed")
	}
	if _, err := s.RotateAPIKey(as(t, owner), owner, p.Org, right); !fault.Is(err, fault.RateLimited) {
		t.Errorf("the right secret after ten wrong ones: %v, want limited", err)
	}
}
