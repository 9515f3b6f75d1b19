// Package orgtest makes an organization with one person of each kind, for the
// storage tests of what organizations are and of who is in them.
package orgtest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// As is the context of an account that acts.
func As(t testing.TB, user id.User) context.Context {
	t.Helper()
	return reqctx.WithActor(t.Context(), reqctx.Actor{User: user})
}

// Fine fails the test when there is an error.
func Fine(t testing.TB, what string, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

// Absent fails the test unless the error is the answer for what does not exist.
func Absent(t testing.TB, what string, err error) {
	t.Helper()
	if !fault.Is(err, fault.NotFound) || err.Error() != fault.Absent().Error() {
		t.Errorf("%s: %v, want absent", what, err)
	}
}

// Refused fails the test unless the error is a refusal with these words.
func Refused(t testing.TB, what string, err error, says string) {
	t.Helper()
	if (!fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Forbidden)) || !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %v, want a refusal that says %q", what, err, says)
	}
}

// Events lists the types of the events in a tenant's log, in ascending order.
func Events(t testing.TB, d *db.DB, tenant string) []int {
	t.Helper()
	var out []int
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		out, err = db.All(t.Context(), tx, db.Value[int], `SELECT type FROM events WHERE tenant_id = $1`, tenant)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(out)
	return out
}

// People are the accounts of one organization, by what they are to it, with
// their rows where they have one.
type People struct {
	Org      id.Org
	Account  map[string]id.User
	Row      map[string]id.Member
	Provider id.Provider
	Link     id.ProviderClient
}

// Populate makes an organization with one person of each kind. change overrides
// its settings.
func Populate(t testing.TB, d *db.DB, change dbtest.Columns) People {
	t.Helper()
	p := People{Org: dbtest.Org(t, d, change), Account: map[string]id.User{}, Row: map[string]id.Member{}, Provider: dbtest.Provider(t, d, 2)}
	p.Link = dbtest.Client(t, d, p.Provider, p.Org)
	prefix := string(id.New[id.User]())
	for _, name := range []string{"owner", "admin", "user", "manager", "accepted", "revoked", "staff", "stranger"} {
		p.Account[name] = dbtest.Account(t, d, prefix+name+"@example.com")
	}
	for name, as := range map[string][2]int{"owner": {0, 2}, "admin": {1, 2}, "user": {2, 2}, "manager": {2, 2}, "accepted": {0, 1}, "revoked": {0, -1}} {
		p.Row[name] = dbtest.Member(t, d, p.Org, p.Account[name], as[0], as[1])
	}
	p.Row["invited"] = dbtest.Member(t, d, p.Org, "", 2, 0)
	dbtest.Staff(t, d, p.Provider, p.Account["staff"], 1, 2)
	return p
}

// Heard tells whose revision date has grown since the row was written, and sets
// all dates back.
func (p People) Heard(t testing.TB, d *db.DB) []string {
	t.Helper()
	var out []string
	for name, user := range p.Account {
		if dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, user) > 1 {
			out = append(out, name)
		}
	}
	dbtest.Exec(t, d, `UPDATE users SET revised_at = 1`)
	slices.Sort(out)
	return out
}

// Custom adds a confirmed member with a custom role.
func (p People) Custom(t testing.TB, d *db.DB, name string, permissions access.Permissions) id.User {
	t.Helper()
	user := dbtest.Account(t, d, string(id.New[id.User]())+name+"@example.com")
	p.Account[name], p.Row[name] = user, dbtest.Member(t, d, p.Org, user, int(access.Custom), 2)
	dbtest.Exec(t, d, `UPDATE members SET permissions = $1 WHERE id = $2`, int(permissions), p.Row[name])
	return user
}
