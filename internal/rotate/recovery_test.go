package rotate_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/apitest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// enrolIn makes the owner an enrolled member of an organization.
func (o *owner) enrolIn(t *testing.T, organization string, status int) {
	t.Helper()
	apitest.Set(t, o.Server, `UPDATE members SET recovery_key = 'old', status = $3 WHERE org_id = $1 AND user_id = $2`, organization, o.ID, status)
}

func (o *owner) recoveryKey(t *testing.T, d *db.DB, organization string) string {
	t.Helper()
	return dbtest.Value[string](t, d, `SELECT COALESCE(recovery_key, '') FROM members WHERE org_id = $1 AND user_id = $2`, organization, o.ID)
}

func recoveryKeys(v m, keys ...any) {
	at(v, "accountUnlockData")["organizationAccountRecoveryUnlockData"] = keys
}

func TestRecoveryKeysComeAlong(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		o := newOwner(t, d)
		gone := dbtest.Org(t, d, nil)
		dbtest.Member(t, d, gone, id.User(o.ID), 2, -1)
		o.enrolIn(t, o.org, 2)
		o.enrolIn(t, string(gone), -1)
		data := list(o.Must(t, o.Person, "GET", "/api/accounts/key-management/key-rotation-data", nil).JSON(t)["organizationPasswordResetKeyData"])
		named := map[any]bool{}
		for _, e := range data {
			named[e["organizationId"]] = e["publicKey"] != ""
		}
		if diff := cmp.Diff(map[any]bool{o.org: true, string(gone): true}, named); diff != "" {
			t.Errorf("organizations that hold the key (-want +got):\n%s", diff)
		}

		fresh := apitest.Encapsulated()
		mine := m{"organizationId": o.org, "resetPasswordKey": fresh}
		for name, keys := range map[string][]any{
			"none":                       {},
			"one twice":                  {mine, mine},
			"one of no organization":     {mine, m{"organizationId": string(id.New[id.Org]()), "resetPasswordKey": fresh}},
			"one that is no id":          {mine, m{"organizationId": "x", "resetPasswordKey": fresh}},
			"a key of type 2":            {m{"organizationId": o.org, "resetPasswordKey": apitest.WrappedKey()}},
			"no key":                     {m{"organizationId": o.org}},
			"only that of a former home": {m{"organizationId": string(gone), "resetPasswordKey": fresh}},
		} {
			in := o.body(t)
			recoveryKeys(in, keys...)
			if a := o.Do(t, o.Person, "POST", path, in); a.Status != http.StatusBadRequest {
				t.Errorf("%s: %d %s, want 400", name, a.Status, a.Body)
			}
			o.Forgive(t)
		}
		if got := o.recoveryKey(t, d, o.org); got != "old" {
			t.Fatalf("a refused rotation stored %q", got)
		}
		in := o.body(t)
		recoveryKeys(in, mine)
		o.Must(t, o.Person, "POST", path, in)
		if got := o.recoveryKey(t, d, o.org); got != fresh {
			t.Errorf("the organization holds %q, want the new key", got)
		}
		// What opens the old key would lock the account when it is recovered with it.
		if got := o.recoveryKey(t, d, string(gone)); got != "" {
			t.Errorf("an organization that the apps do not know holds %q still", got)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = 1507`, gone); n != 1 {
			t.Errorf("%d events of withdrawing, want 1", n)
		}
	})
}
