package syncview_test

import (
	"encoding/json"
	"sync/atomic"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/syncview"
)

// TestSyncCarriesPolicies at once, though answers are remembered, and at the same
// cost whether there are few of them or many.
func TestSyncCarriesPolicies(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		views, policies := &syncview.Service{DB: d, CacheBytes: 1 << 20}, &policy.Service{DB: d}
		user, owner := dbtest.Account(t, d, "user@example.com"), dbtest.Account(t, d, "owner@example.com")
		ctx := reqctx.WithActor(t.Context(), reqctx.Actor{User: owner})
		join := func() id.Org {
			o := dbtest.Org(t, d, nil)
			dbtest.Member(t, d, o, owner, int(access.Owner), int(org.Confirmed))
			dbtest.Member(t, d, o, user, int(access.User), int(org.Confirmed))
			return o
		}
		read := func() (got map[policy.Type]bool, statements int64) {
			t.Helper()
			var n atomic.Int64
			text, err := views.Sync(db.CountStatements(t.Context(), &n), user, true)
			if err != nil {
				t.Fatal(err)
			}
			var answer struct {
				Policies []struct {
					Type    policy.Type
					Enabled bool
				}
			}
			if err := json.Unmarshal(text, &answer); err != nil {
				t.Fatal(err)
			}
			got = map[policy.Type]bool{}
			for _, p := range answer.Policies {
				got[p.Type] = p.Enabled
			}
			return got, n.Load()
		}
		save := func(o id.Org, of policy.Type, on bool) {
			t.Helper()
			if _, err := policies.Save(ctx, owner, o, of, policy.Change{Enabled: on}); err != nil {
				t.Fatal(err)
			}
		}
		first := join()
		none, few := read()
		if len(none) != 0 {
			t.Errorf("policies before there is one: %v", none)
		}
		for _, on := range []bool{true, false} {
			save(first, policy.NoPIN, on)
			if got, _ := read(); got[policy.NoPIN] != on || len(got) != 1 {
				t.Errorf("saved %v, synced %v", on, got)
			}
		}
		for range 10 {
			o := join()
			for _, of := range []policy.Type{policy.NoPIN, policy.MasterPasswordRules, policy.Generator, policy.NoPersonalExport} {
				save(o, of, true)
			}
		}
		if _, many := read(); many != few {
			t.Errorf("%d statements with many policies, %d with none", many, few)
		}
		dbtest.Exec(t, d, `UPDATE members SET status = -1 WHERE user_id = $1`, user)
		dbtest.Exec(t, d, `UPDATE users SET revised_at = revised_at + 1000 WHERE id = $1`, user)
		if got, _ := read(); len(got) != 0 {
			t.Errorf("a revoked member is told of %v", got)
		}
	})
}
