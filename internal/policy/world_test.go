package policy

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

// world is an organization of the Enterprise plan with an owner.
type world struct {
	t     *testing.T
	d     *db.DB
	s     *Service
	org   id.Org
	owner id.User
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, d: d, s: &Service{DB: d, Tokens: keeper, Outbox: mail.NewOutbox(d, keeper, nil, slog.New(slog.DiscardHandler))}}
	w.org = dbtest.Org(t, d, nil)
	w.owner, _ = w.person(w.org, access.Owner, org.Confirmed)
	return w
}

func as(t *testing.T, user id.User) context.Context {
	t.Helper()
	return reqctx.WithActor(t.Context(), reqctx.Actor{User: user})
}

func (w *world) account() id.User {
	w.t.Helper()
	return dbtest.Account(w.t, w.d, string(id.New[id.User]())+"@example.com")
}

// person makes an account with a row in an organization; an invited one has only
// its address there.
func (w *world) person(o id.Org, role access.Role, status org.MemberStatus) (id.User, id.Member) {
	w.t.Helper()
	user := w.account()
	return user, w.join(o, user, role, status)
}

func (w *world) join(o id.Org, user id.User, role access.Role, status org.MemberStatus) id.Member {
	w.t.Helper()
	if status != org.Invited {
		return dbtest.Member(w.t, w.d, o, user, int(role), int(status))
	}
	member := dbtest.Member(w.t, w.d, o, "", int(role), int(status))
	dbtest.Exec(w.t, w.d, `UPDATE members SET email = (SELECT email FROM users WHERE id = $2) WHERE id = $1`, member, user)
	return member
}

// employ makes an account one of the people of the provider that manages an
// organization, making the provider when there is none.
func (w *world) employ(o id.Org, user id.User) {
	w.t.Helper()
	if dbtest.Value[int](w.t, w.d, `SELECT COUNT(*) FROM provider_clients WHERE org_id = $1`, o) == 0 {
		dbtest.Client(w.t, w.d, dbtest.Provider(w.t, w.d, 1), o)
	}
	p := dbtest.Value[id.Provider](w.t, w.d, `SELECT provider_id FROM provider_clients WHERE org_id = $1`, o)
	dbtest.Staff(w.t, w.d, p, user, 1, 0)
}

func (w *world) secure(users ...id.User) {
	w.t.Helper()
	for _, u := range users {
		dbtest.Row(w.t, w.d, "second_factors", dbtest.Columns{"user_id": u, "kind": 0, "secret": []byte("-"), "last_step": 0, "created_at": 1})
	}
}

// row writes a policy past the rules.
func (w *world) row(o id.Org, t Type, on bool, text string) {
	w.t.Helper()
	dbtest.Row(w.t, w.d, "policies", dbtest.Columns{
		"org_id": o, "type": int(t), "id": id.New[id.Policy](), "enabled": on, "data": text, "created_at": 1, "revised_at": 1,
	})
}

func (w *world) domain(o id.Org, name string, proved bool) {
	w.t.Helper()
	columns := dbtest.Columns{"org_id": o, "id": id.New[id.ClaimedDomain](), "name": name, "txt": "-", "checks": 0, "created_at": 1}
	if proved {
		columns["verified_at"] = 1
	}
	dbtest.Row(w.t, w.d, "claimed_domains", columns)
}

func (w *world) save(t Type, on bool, text string) (Policy, error) {
	w.t.Helper()
	return w.s.Save(as(w.t, w.owner), w.owner, w.org, t, Change{Enabled: on, Data: json.RawMessage(text)})
}

func (w *world) fine(what string, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("%s: %v", what, err)
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
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), says) {
		w.t.Errorf("%s: %v, want a refusal that says %q", what, err, says)
	}
}

// view runs a read.
func view[T any](w *world, read func(ctx context.Context, tx *db.Tx) (T, error)) T {
	w.t.Helper()
	var out T
	err := w.d.View(w.t.Context(), func(tx *db.Tx) (err error) {
		out, err = read(w.t.Context(), tx)
		return err
	})
	w.fine("read", err)
	return out
}

func (w *world) on(t Type) bool {
	w.t.Helper()
	return dbtest.Value[int](w.t, w.d, `SELECT COUNT(*) FROM policies WHERE org_id = $1 AND type = $2 AND enabled`, w.org, int(t)) == 1
}

// status is a member's, with the reason for which they were revoked.
func (w *world) status(m id.Member) (status, reason int) {
	w.t.Helper()
	return dbtest.Value[int](w.t, w.d, `SELECT status FROM members WHERE id = $1`, m),
		dbtest.Value[int](w.t, w.d, `SELECT COALESCE(revocation_reason, 0) FROM members WHERE id = $1`, m)
}

func (w *world) letters() int {
	w.t.Helper()
	return dbtest.Value[int](w.t, w.d, `SELECT COUNT(*) FROM mail_outbox`)
}
