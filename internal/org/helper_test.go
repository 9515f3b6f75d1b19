package org_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

var (
	type2 = "2." + strings.Repeat("A", 22) + "==|" + strings.Repeat("A", 43) + "=|" + strings.Repeat("A", 43) + "="
	type4 = "4." + strings.Repeat("A", 342) + "=="
	pair  = org.KeyPair{Public: dbtest.PublicKey, Private: type2}
)

func service(t *testing.T, d *db.DB) *org.Service {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	return &org.Service{DB: d, Tokens: keeper, SelfService: true}
}

func as(t *testing.T, user id.User) context.Context {
	t.Helper()
	return reqctx.WithActor(t.Context(), reqctx.Actor{User: user})
}

func fine(t *testing.T, what string, err error) {
	t.Helper()
	if err != nil {
		t.Errorf("%s: %v", what, err)
	}
}

func absent(t *testing.T, what string, err error) {
	t.Helper()
	if !fault.Is(err, fault.NotFound) || err.Error() != fault.Absent().Error() {
		t.Errorf("%s: %v, want absent", what, err)
	}
}

func refused(t *testing.T, what string, err error, says string) {
	t.Helper()
	if (!fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Forbidden)) || !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %v, want a refusal that says %q", what, err, says)
	}
}

// events lists the types of the events in a tenant's log, in ascending order.
func events(t *testing.T, d *db.DB, tenant string) []int {
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

// people are the accounts of one organization, by what they are to it, with
// their rows where they have one.
type people struct {
	org     id.Org
	account map[string]id.User
	row     map[string]id.Member
	prov    id.Provider
	link    id.ProviderClient
}

// populate makes an organization with one person of each kind. change overrides
// its settings.
func populate(t *testing.T, d *db.DB, change dbtest.Columns) people {
	t.Helper()
	p := people{org: dbtest.Org(t, d, change), account: map[string]id.User{}, row: map[string]id.Member{}, prov: dbtest.Provider(t, d, 2)}
	p.link = dbtest.Client(t, d, p.prov, p.org)
	prefix := string(id.New[id.User]())
	for _, name := range []string{"owner", "admin", "user", "manager", "accepted", "revoked", "staff", "stranger"} {
		p.account[name] = dbtest.Account(t, d, prefix+name+"@example.com")
	}
	for name, as := range map[string][2]int{"owner": {0, 2}, "admin": {1, 2}, "user": {2, 2}, "manager": {2, 2}, "accepted": {0, 1}, "revoked": {0, -1}} {
		p.row[name] = dbtest.Member(t, d, p.org, p.account[name], as[0], as[1])
	}
	p.row["invited"] = dbtest.Member(t, d, p.org, "", 2, 0)
	dbtest.Staff(t, d, p.prov, p.account["staff"], 1, 2)
	return p
}

// heard tells whose revision date has grown since the row was written, and sets
// all dates back.
func (p people) heard(t *testing.T, d *db.DB) []string {
	t.Helper()
	var out []string
	for name, user := range p.account {
		if dbtest.Value[int64](t, d, `SELECT revised_at FROM users WHERE id = $1`, user) > 1 {
			out = append(out, name)
		}
	}
	dbtest.Exec(t, d, `UPDATE users SET revised_at = 1`)
	slices.Sort(out)
	return out
}
