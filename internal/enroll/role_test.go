package enroll_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
)

func TestNobodyStepsDownIntoARoleWhosePoliciesTheyBreak(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		b.orgs.RoleForbidden = policy.RoleForbidden
		owner := b.people["owner"]
		become := func(name string, role access.Role) error {
			return b.orgs.UpdateMember(b.as(owner), owner, b.org, b.rows[name], org.EditMember{Role: role})
		}
		secure := func(name string) {
			dbtest.Row(t, d, "second_factors", dbtest.Columns{"user_id": b.people[name], "kind": 0, "secret": []byte("x"), "last_step": 0, "created_at": 1})
		}
		b.policy(0, "{}")
		b.refused("an admin becomes a user", become("admin", access.User), "does not use two-step login yet")
		b.refused("an owner becomes a custom member", become("owner2", access.Custom), "does not use two-step login yet")
		b.fine("an owner becomes an admin", become("owner2", access.Admin))
		b.fine("a user becomes an admin", become("user", access.Admin))
		secure("admin")
		b.fine("an admin with two-step login becomes a user", become("admin", access.User))

		b.policy(3, "{}")
		secure("admin2")
		elsewhere := dbtest.Org(t, d, nil)
		there := dbtest.Member(t, d, elsewhere, b.people["admin2"], int(access.User), int(org.Confirmed))
		b.refused("an admin who is elsewhere becomes a user", become("admin2", access.User), "belongs to another organization")
		dbtest.Exec(t, d, `DELETE FROM members WHERE id = $1`, there)
		b.fine("once they have left it", become("admin2", access.User))

		employed := b.people["owner2"]
		dbtest.Staff(t, d, b.provider, employed, 1, 2)
		b.fine("people of the provider are free of both", become("owner2", access.User))
		b.standAgain("user", org.Revoked)
		b.fine("who is revoked is asked when they are restored", become("user", access.User))
		b.refused("which they are", b.restore(owner, "user"), "two-step login")
		if got := dbtest.Value[int](t, d, `SELECT type FROM members WHERE id = $1`, b.rows["user"]); got != int(access.User) {
			t.Errorf("the revoked one is %d", got)
		}
	})
}
