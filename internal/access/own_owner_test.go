package access_test

import (
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// A technician who is an owner of a client stays one of the provider's people
// there, also while the client is out of reach, so that nobody takes it out of
// reach for a moment to decide in the client's name.
func TestOwnersWhoAreStaffDecideNothingForTheClient(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		provider, org := dbtest.Provider(t, d, 2), dbtest.Org(t, d, nil)
		dbtest.Client(t, d, provider, org)
		user := dbtest.Account(t, d, "technician@example.com")
		dbtest.Member(t, d, org, user, int(access.Owner), 2)
		may := func() (restrict, deviate bool) {
			t.Helper()
			err := d.View(t.Context(), func(tx *db.Tx) error {
				o, err := access.ToOrg(t.Context(), tx, user, org)
				restrict, deviate = o.MayRestrictStaff(), o.MayDeviate()
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return restrict, deviate
		}
		if restrict, deviate := may(); !restrict || !deviate {
			t.Error("an owner who works for nobody may not decide")
		}
		row := dbtest.Staff(t, d, provider, user, 1, 2)
		for _, change := range []string{ // one after another
			`UPDATE provider_users SET assigned = FALSE WHERE id = $1`,
			`UPDATE provider_users SET assigned = TRUE WHERE id = $1`,
			`UPDATE provider_users SET until = 1 WHERE id = $1`,
			`UPDATE provider_users SET status = 1 WHERE id = $1`,
			`UPDATE providers SET enabled = FALSE WHERE id = (SELECT provider_id FROM provider_users WHERE id = $1)`,
		} {
			dbtest.Exec(t, d, change, row)
			if restrict, deviate := may(); restrict || deviate {
				t.Errorf("after %s: restricts staff: %v, deviates: %v", change, restrict, deviate)
			}
		}
	})
}
