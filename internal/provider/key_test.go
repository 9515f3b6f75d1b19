package provider_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/ratelimit"
)

var right, wrong = account.Secret{MasterPasswordHash: "right"}, account.Secret{MasterPasswordHash: "wrong"}

// secure is a service that checks secrets; right is that of every account of d.
func secure(t *testing.T, d *db.DB) *provider.Service {
	t.Helper()
	passhash.CheapForTests()
	hash, err := passhash.Hash(t.Context(), "right")
	fine(t, "hash", err)
	dbtest.Exec(t, d, `UPDATE users SET password_hash = $1`, hash)
	s := service(t, d)
	s.Check = (&account.Service{DB: d, Tokens: s.Tokens, Limits: &ratelimit.Limiter{DB: d, Tokens: s.Tokens}}).Check
	return s
}

// keyWorld is a provider with an admin, a service user and two clients.
type keyWorld struct {
	*provider.Service
	provider, foreign   id.Provider
	admin, service      id.User
	one, two, elsewhere id.ProviderClient
}

func newKeyWorld(t *testing.T, d *db.DB) keyWorld {
	t.Helper()
	w := keyWorld{provider: dbtest.Provider(t, d, 2), foreign: dbtest.Provider(t, d, 2)}
	w.admin, w.service = dbtest.Account(t, d, "admin@example.com"), dbtest.Account(t, d, "service@example.com")
	dbtest.Staff(t, d, w.provider, w.admin, 0, 2)
	dbtest.Staff(t, d, w.provider, w.service, 1, 2)
	client := func(p id.Provider) id.ProviderClient { return dbtest.Client(t, d, p, dbtest.Org(t, d, nil)) }
	w.one, w.two, w.elsewhere = client(w.provider), client(w.provider), client(w.foreign)
	w.Service = secure(t, d)
	return w
}

func (w keyWorld) make(t *testing.T, name string, scope provider.Scope) (provider.Key, string, error) {
	t.Helper()
	return w.CreateKey(as(t, w.admin), w.admin, w.provider, name, scope, right)
}

func (w keyWorld) names(t *testing.T) []string {
	t.Helper()
	list, err := w.ListKeys(as(t, w.admin), w.admin, w.provider)
	fine(t, "list", err)
	out := []string{}
	for _, k := range list {
		out = append(out, k.Name)
	}
	return out
}

func TestAdminsMakeAPIKeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newKeyWorld(t, d)
		all, some := provider.Scope{AllClients: true}, provider.Scope{Clients: []id.ProviderClient{w.one, w.one}, MayWrite: true}
		_, _, err := w.CreateKey(as(t, w.service), w.service, w.provider, "x", all, wrong)
		absent(t, "a service user", err)
		_, _, err = w.CreateKey(as(t, w.admin), w.admin, w.foreign, "x", all, right)
		absent(t, "in another provider", err)
		_, _, err = w.CreateKey(as(t, w.admin), w.admin, w.provider, "x", all, wrong)
		refused(t, "a wrong password", err, "verification failed")
		for what, v := range map[string]struct {
			name  string
			scope provider.Scope
			says  string
		}{
			"no name":          {" ", all, "1 to 50"},
			"all and some":     {"x", provider.Scope{AllClients: true, Clients: some.Clients}, "not both"},
			"no clients":       {"x", provider.Scope{}, "at least one"},
			"a moment gone by": {"x", provider.Scope{AllClients: true, ExpiresAt: time.Now().Add(-time.Minute)}, "passed already"},
		} {
			_, _, err := w.make(t, v.name, v.scope)
			refused(t, what, err, v.says)
		}
		_, _, err = w.make(t, "x", provider.Scope{Clients: []id.ProviderClient{w.one, w.elsewhere}})
		absent(t, "with another provider's client", err)
		if got := w.names(t); len(got) != 0 {
			t.Fatalf("refused requests made %v", got)
		}

		later := time.Now().Add(time.Hour).UTC().Truncate(time.Microsecond)
		some.ExpiresAt = later
		made, secret, err := w.make(t, " billing ", some)
		fine(t, "make", err)
		if len(secret) != 43 {
			t.Errorf("a secret of %d letters", len(secret))
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_keys WHERE secret_hash = $1`, secret); n != 0 {
			t.Error("the secret is stored as it is")
		}
		_, _, err = w.make(t, "billing", all)
		refused(t, "the same name", err, "has this name")
		list, err := w.ListKeys(as(t, w.admin), w.admin, w.provider)
		fine(t, "list", err)
		want := []provider.Key{{
			ID: made.ID, Name: "billing", Scope: provider.Scope{Clients: []id.ProviderClient{w.one}, MayWrite: true, ExpiresAt: later},
			Creator: provider.Creator{Name: "Person admin@example.com", Email: "admin@example.com"}, CreatedAt: made.CreatedAt,
		}}
		if diff := cmp.Diff(want, list); diff != "" {
			t.Errorf("list (-want +got):\n%s", diff)
		}
		_, err = w.ListKeys(as(t, w.service), w.service, w.provider)
		absent(t, "a service user lists them", err)
	})
}

func TestAdminsDeleteAPIKeys(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newKeyWorld(t, d)
		k, _, err := w.make(t, "one", provider.Scope{Clients: []id.ProviderClient{w.one, w.two}})
		fine(t, "make", err)
		_, _, err = w.make(t, "two", provider.Scope{AllClients: true})
		fine(t, "make", err)
		remove := func(user id.User, p id.Provider, key id.ProviderKey) error {
			return w.DeleteKey(as(t, user), user, p, key)
		}
		absent(t, "a service user", remove(w.service, w.provider, k.ID))
		dbtest.Staff(t, d, w.foreign, w.admin, 0, 2)
		absent(t, "by way of another provider", remove(w.admin, w.foreign, k.ID))
		fine(t, "delete", remove(w.admin, w.provider, k.ID))
		absent(t, "again", remove(w.admin, w.provider, k.ID))
		if diff := cmp.Diff([]string{"two"}, w.names(t)); diff != "" {
			t.Errorf("left (-want +got):\n%s", diff)
		}
		told := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND provider_key_id = $2 AND acting_user_id = $3 AND type IN (1890, 1891)`,
			w.provider, k.ID, w.admin)
		if told != 2 {
			t.Errorf("the log tells of %d acts about the key, want 2", told)
		}
	})
}

func TestAKeyOutlivesTheAccountThatMadeIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newKeyWorld(t, d)
		k, _, err := w.make(t, "one", provider.Scope{AllClients: true})
		fine(t, "make", err)
		other := dbtest.Account(t, d, "other@example.com")
		dbtest.Staff(t, d, w.provider, other, 0, 2)
		dbtest.Exec(t, d, `DELETE FROM users WHERE id = $1`, w.admin)
		list, err := w.ListKeys(as(t, other), other, w.provider)
		if err != nil || len(list) != 1 || list[0].ID != k.ID || list[0].Creator != (provider.Creator{}) {
			t.Errorf("list: %+v, %v", list, err)
		}
	})
}

func TestAKeyIsGoodWhileItAndItsProviderAre(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newKeyWorld(t, d)
		k, _, err := w.make(t, "one", provider.Scope{AllClients: true, ExpiresAt: time.Now().Add(time.Hour)})
		fine(t, "make", err)
		find := func(ctx context.Context) (live provider.LiveKey, err error) {
			err = d.View(ctx, func(tx *db.Tx) error {
				live, err = provider.KeyByID(ctx, tx, k.ID)
				return err
			})
			return live, err
		}
		live, err := find(t.Context())
		fine(t, "find", err)
		now := time.Now()
		if live.Provider != w.provider || !live.Unnoted(now) {
			t.Errorf("found %+v, whose use is noted: %v", live, !live.Unnoted(now))
		}
		fine(t, "note", d.Update(t.Context(), func(tx *db.Tx) error { now = tx.Now; return live.Note(t.Context(), tx) }))
		live, err = find(t.Context())
		fine(t, "find", err)
		if live.Unnoted(now.Add(59*time.Second)) || !live.Unnoted(now.Add(time.Minute)) {
			t.Error("the use of a key is noted otherwise than each minute")
		}
		for what, change := range map[string][2]string{
			"expired":             {`UPDATE provider_keys SET expires_at = 1`, `UPDATE provider_keys SET expires_at = NULL`},
			"a disabled provider": {`UPDATE providers SET enabled = FALSE`, `UPDATE providers SET enabled = TRUE`},
			"a pending provider":  {`UPDATE providers SET status = 0`, `UPDATE providers SET status = 2`},
		} {
			dbtest.Exec(t, d, change[0])
			_, err := find(t.Context())
			absent(t, what, err)
			dbtest.Exec(t, d, change[1])
		}
		if _, err := find(t.Context()); fault.Is(err, fault.NotFound) {
			t.Error("absent for ever after")
		}
	})
}

// Whoever made a key knows its secret.
func TestKeysEndWithThePlaceOfWhoMadeThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newKeyWorld(t, d)
		_, _, err := w.make(t, "kept", provider.Scope{AllClients: true})
		fine(t, "a key of the admin", err)
		next := dbtest.Account(t, d, "next@example.com")
		row := dbtest.Staff(t, d, w.provider, next, 0, 2)
		dbtest.Staff(t, d, w.foreign, next, 0, 2)
		secure(t, d)
		_, _, err = w.CreateKey(as(t, next), next, w.provider, "gone", provider.Scope{AllClients: true, MayWrite: true}, right)
		fine(t, "a key of the next admin", err)
		_, _, err = w.CreateKey(as(t, next), next, w.foreign, "of another provider", provider.Scope{AllClients: true}, right)
		fine(t, "a key at another provider", err)
		fine(t, "remove", w.RemoveUser(as(t, w.admin), w.admin, w.provider, row))
		if diff := cmp.Diff([]string{"kept"}, w.names(t)); diff != "" {
			t.Errorf("keys (-want +got):\n%s", diff)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_keys WHERE provider_id = $1`, w.foreign); n != 1 {
			t.Errorf("%d keys at another provider, want 1", n)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE tenant_id = $1 AND type = $2`, w.provider, int(event.ProviderKeyDeleted)); n != 1 {
			t.Errorf("%d events, want 1", n)
		}
	})
}

// Whoever is no admin any more would reach by a key what they do not reach themselves.
func TestKeysEndWhenWhoMadeThemIsNoAdminAnyMore(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newKeyWorld(t, d)
		next := dbtest.Account(t, d, "next@example.com")
		row := dbtest.Staff(t, d, w.provider, next, 0, 2)
		secure(t, d)
		_, _, err := w.CreateKey(as(t, next), next, w.provider, "x", provider.Scope{AllClients: true, MayWrite: true}, right)
		fine(t, "create", err)
		fine(t, "an admin stays one", w.SetAdmin(as(t, w.admin), w.admin, w.provider, row, true, nil))
		if got := w.names(t); len(got) != 1 {
			t.Errorf("keys of an admin: %v", got)
		}
		reach := provider.Reach{Assigned: true}
		fine(t, "becomes a service user", w.SetAdmin(as(t, w.admin), w.admin, w.provider, row, false, &reach))
		if got := w.names(t); len(got) != 0 {
			t.Errorf("keys of a service user: %v", got)
		}
	})
}
