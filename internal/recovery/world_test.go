package recovery_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/recovery"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

// Texts of the right shape; nothing here is ever decrypted.
var (
	type2 = "2." + strings.Repeat("A", 22) + "==|" + strings.Repeat("A", 43) + "=|" + strings.Repeat("A", 43) + "="
	type4 = "4." + strings.Repeat("A", 342) + "=="
)

const hash = "hash of the master password"

// world is a client of a provider that offers account recovery, with enrolled
// members of all roles, and people of three providers.
type world struct {
	t        *testing.T
	d        *db.DB
	recovery *recovery.Service
	org      id.Org
	provider id.Provider
	people   map[string]id.User
	rows     map[string]id.Member
	foreign  id.Member // an enrolled member of another organization
	joined   []id.Member
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	passhash.CheapForTests()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	outbox := mail.NewOutbox(d, keeper, nil, slog.New(slog.DiscardHandler))
	accounts := &account.Service{DB: d, Tokens: keeper, Limits: &ratelimit.Limiter{DB: d, Tokens: keeper}, Mail: outbox}
	w := &world{t: t, d: d, people: map[string]id.User{}, rows: map[string]id.Member{}}
	w.recovery = &recovery.Service{DB: d, Accounts: accounts, Outbox: outbox, Join: func(ctx context.Context, tx *db.Tx, user id.User, m org.Member) error {
		w.joined = append(w.joined, m.ID)
		return org.Accept(ctx, tx, m.Org, m.ID, user)
	}}
	w.provider = dbtest.Provider(t, d, 2)
	w.org = dbtest.Org(t, d, dbtest.Columns{"status": 2, "private_key": type2})
	dbtest.Client(t, d, w.provider, w.org)
	w.policy(w.org, `{}`)
	for name, role := range map[string]access.Role{
		"owner": access.Owner, "owner2": access.Owner, "admin": access.Admin, "admin2": access.Admin, "user": access.User, "user2": access.User,
	} {
		w.enrolled(name, role, 0)
	}
	w.enrolled("recoverer", access.Custom, access.PermitRecovery)
	w.enrolled("recruiter", access.Custom, access.PermitUsers)
	w.enrolled("helper", access.Custom, 0)
	w.enrolled("technician", access.User, 0) // and service user of the provider
	w.enrolled("chief", access.User, 0)      // and admin of the provider
	w.enrolled("guest", access.User, 0)      // and service user of another provider
	w.staff("technician", w.provider, 1)
	w.staff("chief", w.provider, 0)
	w.staff("guest", dbtest.Provider(t, d, 2), 1)
	w.people["service"], w.people["boss"] = w.account("service"), w.account("boss")
	w.staff("service", w.provider, 1)
	w.staff("boss", w.provider, 0)
	w.people["stranger"] = w.account("stranger")
	other := dbtest.Org(t, d, nil)
	w.policy(other, `{}`)
	w.foreign = dbtest.Member(t, d, other, w.account("foreign"), int(access.User), int(org.Confirmed))
	dbtest.Exec(t, d, `UPDATE members SET recovery_key = $2, key = $2 WHERE id = $1`, w.foreign, type4)
	return w
}

func (w *world) policy(organization id.Org, data string) {
	w.t.Helper()
	dbtest.Exec(w.t, w.d, `INSERT INTO policies (org_id, type, id, enabled, data, created_at, revised_at) VALUES ($1, 8, $2, TRUE, $3, 1, 1)
		ON CONFLICT (org_id, type) DO UPDATE SET enabled = TRUE, data = excluded.data`, organization, id.New[id.Policy](), data)
}

func (w *world) account(name string) id.User {
	w.t.Helper()
	user := dbtest.Account(w.t, w.d, name+"@example.com")
	stored, err := passhash.Hash(w.t.Context(), hash)
	if err != nil {
		w.t.Fatal(err)
	}
	dbtest.Exec(w.t, w.d, `UPDATE users SET password_hash = $2, user_key = $3 WHERE id = $1`, user, stored, type2)
	return user
}

func (w *world) enrolled(name string, role access.Role, p access.Permissions) {
	w.t.Helper()
	w.people[name] = w.account(name)
	w.rows[name] = dbtest.Member(w.t, w.d, w.org, w.people[name], int(role), int(org.Confirmed))
	dbtest.Exec(w.t, w.d, `UPDATE members SET recovery_key = $2, key = $2, permissions = $3 WHERE id = $1`, w.rows[name], type4, int(p))
}

func (w *world) staff(name string, provider id.Provider, kind int) {
	w.t.Helper()
	dbtest.Staff(w.t, w.d, provider, w.people[name], kind, 2)
}

// as is the context of a request by user.
func (w *world) as(user id.User) context.Context {
	return reqctx.WithActor(w.t.Context(), reqctx.Actor{User: user})
}

func temporary() recovery.Reset {
	return recovery.Reset{Password: &account.Credentials{Hash: "hash of a temporary password", Key: type2}}
}

func (w *world) recover(by, of string, in recovery.Reset) error {
	user := w.people[by]
	return w.recovery.Recover(w.as(user), user, w.org, w.rows[of], in)
}

func (w *world) details(by, of string) error {
	user := w.people[by]
	_, err := w.recovery.FindDetails(w.as(user), user, w.org, w.rows[of])
	return err
}

func (w *world) value(query string, args ...any) int {
	w.t.Helper()
	return dbtest.Value[int](w.t, w.d, query, args...)
}

// verdict: y did it, n was refused with a reason, - was told that there is no such
// thing.
func verdict(err error) byte {
	switch {
	case err == nil:
		return 'y'
	case fault.Is(err, fault.NotFound):
		return '-'
	case fault.Is(err, fault.Invalid), fault.Is(err, fault.Forbidden):
		return 'n'
	}
	return '?'
}

func (w *world) fine(what string, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Errorf("%s: %v", what, err)
	}
}

func (w *world) absent(what string, err error) {
	w.t.Helper()
	if !fault.Is(err, fault.NotFound) || err.Error() != fault.Absent().Error() {
		w.t.Errorf("%s: %v, want absent", what, err)
	}
}

func (w *world) refused(what string, err error, says string) {
	w.t.Helper()
	if verdict(err) != 'n' || !strings.Contains(err.Error(), says) {
		w.t.Errorf("%s: %v, want a refusal that says %q", what, err, says)
	}
}
