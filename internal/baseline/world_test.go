package baseline_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
)

// world is a provider with an admin, a service user who reaches one of its two
// clients, and API keys.
type world struct {
	t        *testing.T
	d        *db.DB
	s        *baseline.Service
	provider id.Provider
	admin    id.User
	scoped   id.User // reaches mine alone
	person   id.ProviderUser
	mine     client
	other    client
	baseline id.Baseline // that rows and assignments are written to
}

type client struct {
	id    id.ProviderClient
	org   id.Org
	owner id.User
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	keeper, err := token.NewKeeper([]byte(strings.Repeat("k", 32)))
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, d: d, s: &baseline.Service{
		DB: d, Policies: &policy.Service{DB: d, Tokens: keeper}, Tenants: &tenant.Service{DB: d, Tokens: keeper},
	}}
	w.provider = dbtest.Provider(t, d, 2)
	w.admin, w.scoped = w.account(), w.account()
	dbtest.Staff(t, d, w.provider, w.admin, 0, 2)
	w.person = dbtest.Staff(t, d, w.provider, w.scoped, 1, 2)
	dbtest.Exec(t, d, `UPDATE provider_users SET assigned = $2 WHERE id = $1`, w.person, true)
	w.mine, w.other = w.client(nil), w.client(nil)
	dbtest.Row(t, d, "reach_clients", dbtest.Columns{"provider_id": w.provider, "provider_user_id": w.person, "client_id": w.mine.id})
	return w
}

func (w *world) account() id.User {
	w.t.Helper()
	return dbtest.Account(w.t, w.d, string(id.New[id.User]())+"@example.com")
}

func (w *world) client(change dbtest.Columns) client {
	w.t.Helper()
	c := client{org: dbtest.Org(w.t, w.d, change), owner: w.account()}
	c.id = dbtest.Client(w.t, w.d, w.provider, c.org)
	dbtest.Member(w.t, w.d, c.org, c.owner, 0, 2)
	return c
}

// key writes an API key and gives the context of its requests.
func (w *world) key(mayWrite bool, clients ...id.ProviderClient) context.Context {
	w.t.Helper()
	key := id.New[id.ProviderKey]()
	dbtest.Row(w.t, w.d, "provider_keys", dbtest.Columns{
		"provider_id": w.provider, "id": key, "name": string(key), "secret_hash": "-", "all_clients": len(clients) == 0, "may_write": mayWrite, "created_at": 1,
	})
	for _, c := range clients {
		dbtest.Row(w.t, w.d, "provider_key_clients", dbtest.Columns{"provider_id": w.provider, "key_id": key, "client_id": c})
	}
	return reqctx.WithActor(w.t.Context(), reqctx.Actor{Provider: w.provider, ProviderKey: key})
}

// as is the context of an account that acts.
func (w *world) as(user id.User) context.Context {
	return reqctx.WithActor(w.t.Context(), reqctx.Actor{User: user})
}

// row writes a baseline past the rules.
func (w *world) row(name string, rank int, mayDeviate bool, settings map[string]bool, policies ...baseline.Policy) id.Baseline {
	w.t.Helper()
	b := id.New[id.Baseline]()
	text, err := json.Marshal(settings)
	w.fine("write settings", err)
	dbtest.Row(w.t, w.d, "baselines", dbtest.Columns{
		"provider_id": w.provider, "id": b, "name": name, "description": "", "rank": rank, "may_deviate": mayDeviate,
		"settings": string(text), "created_at": 1, "revised_at": 1,
	})
	for _, p := range policies {
		dbtest.Row(w.t, w.d, "baseline_policies", dbtest.Columns{
			"provider_id": w.provider, "baseline_id": b, "type": int(p.Type), "enabled": p.Enabled, "data": p.Data,
		})
	}
	return b
}

func (w *world) assign(b id.Baseline, c id.ProviderClient) {
	w.t.Helper()
	dbtest.Row(w.t, w.d, "baseline_clients", dbtest.Columns{"provider_id": w.provider, "client_id": c, "baseline_id": b})
}

// tag makes a tag with clients, and assigns a baseline to it unless b is empty.
func (w *world) tag(b id.Baseline, clients ...id.ProviderClient) id.ProviderTag {
	w.t.Helper()
	tag := id.New[id.ProviderTag]()
	dbtest.Row(w.t, w.d, "provider_tags", dbtest.Columns{"provider_id": w.provider, "id": tag, "name": string(tag)})
	for _, c := range clients {
		dbtest.Row(w.t, w.d, "client_tags", dbtest.Columns{"provider_id": w.provider, "client_id": c, "tag_id": tag})
	}
	if b != "" {
		dbtest.Row(w.t, w.d, "baseline_tags", dbtest.Columns{"provider_id": w.provider, "tag_id": tag, "baseline_id": b})
	}
	return tag
}

// set writes a policy of a client past the rules.
func (w *world) set(c client, t policy.Type, on bool, data string) {
	w.t.Helper()
	dbtest.Row(w.t, w.d, "policies", dbtest.Columns{
		"org_id": c.org, "type": int(t), "id": id.New[id.Policy](), "enabled": on, "data": data, "created_at": 1, "revised_at": 1,
	})
}

// drift gives how clients stand, as somebody sees it.
func (w *world) drift(user id.User) map[id.ProviderClient]baseline.Standing {
	w.t.Helper()
	ctx := w.as(user)
	var out map[id.ProviderClient]baseline.Standing
	err := w.d.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToFleet(ctx, tx, user, w.provider, false)
		if err != nil {
			return err
		}
		out, err = baseline.DriftOf(ctx, tx, staff)
		return err
	})
	w.fine("drift", err)
	return out
}

func (w *world) fine(what string, err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatalf("%s: %v", what, err)
	}
}

// same compares, with empty lists the same as none and without dates.
func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty(), cmpopts.IgnoreTypes(time.Time{})); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func keys[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

func (w *world) deviate(c client, subject baseline.Subject, reason string) {
	w.t.Helper()
	dbtest.Row(w.t, w.d, "baseline_deviations", dbtest.Columns{
		"provider_id": w.provider, "client_id": c.id, "subject": string(subject), "reason": reason, "user_id": c.owner, "created_at": 1,
	})
}

func (w *world) absent(what string, err error) {
	w.t.Helper()
	if !fault.Is(err, fault.NotFound) || err.Error() != fault.Absent().Error() {
		w.t.Errorf("%s: %v, want absent", what, err)
	}
}

// fields are the names that a refusal gives.
func fields(err error) []string {
	f, ok := errors.AsType[*fault.Error](err)
	if !ok || f.Kind != fault.Invalid {
		return []string{fmt.Sprint(err)}
	}
	return slices.Sorted(maps.Keys(f.Fields))
}

// log are the kinds of entries in a log, in their order by kind.
func (w *world) log(tenant string) []event.Type {
	w.t.Helper()
	var out []event.Type
	err := w.d.View(w.t.Context(), func(tx *db.Tx) (err error) {
		out, err = db.All(w.t.Context(), tx, db.Value[event.Type], `SELECT type FROM events WHERE tenant_id = $1 ORDER BY type`, tenant)
		return err
	})
	w.fine("log", err)
	return out
}

func (w *world) refused(what string, err error, says string) {
	w.t.Helper()
	if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), says) {
		w.t.Errorf("%s: %v, want a refusal that says %q", what, err, says)
	}
}
