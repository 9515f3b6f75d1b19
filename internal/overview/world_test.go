package overview_test

import (
	"context"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/orgtest"
	"github.com/kastellan/kastellan/internal/overview"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// world is a provider with people of each kind and three clients, of which the
// scoped ones reach only the first.
type world struct {
	t                             *testing.T
	d                             *db.DB
	s                             *overview.Service
	now                           time.Time
	provider                      id.Provider
	admin, service                id.User
	scoped, byTag, expired        id.User
	meadow, harbour, mill         client
	place                         map[id.User]id.ProviderUser
	fullKey, scopedKey, otherwise id.ProviderKey // otherwise has expired
	tag                           id.ProviderTag // on meadow
}

type client struct {
	link id.ProviderClient
	org  id.Org
}

func newWorld(t *testing.T, d *db.DB) *world {
	t.Helper()
	w := &world{t: t, d: d, s: &overview.Service{DB: d}, now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), place: map[id.User]id.ProviderUser{}}
	d.Now = func() time.Time { return w.now }
	w.provider = dbtest.Provider(t, d, 2)
	w.admin, w.service, w.scoped, w.byTag, w.expired = w.staff("admin", 0), w.staff("service", 1), w.staff("scoped", 1), w.staff("by.tag", 1), w.staff("expired", 1)
	w.meadow = w.client("Meadow Bakery", dbtest.Columns{"seats": 5})
	w.harbour = w.client("Harbour Clinic", dbtest.Columns{"seats": 2, "plan_type": 17})
	w.mill = w.client("Old Mill", dbtest.Columns{"seats": 4})
	w.assign(w.scoped, w.meadow, nil)
	w.assign(w.expired, w.meadow, w.now)
	w.tag = id.New[id.ProviderTag]()
	dbtest.Row(t, d, "provider_tags", dbtest.Columns{"provider_id": w.provider, "id": w.tag, "name": "Bakeries"})
	dbtest.Row(t, d, "client_tags", dbtest.Columns{"provider_id": w.provider, "client_id": w.meadow.link, "tag_id": w.tag})
	dbtest.Exec(t, d, `UPDATE provider_users SET assigned = $2 WHERE id = $1`, w.place[w.byTag], true)
	dbtest.Row(t, d, "reach_tags", dbtest.Columns{"provider_id": w.provider, "provider_user_id": w.place[w.byTag], "tag_id": w.tag})
	w.fullKey, w.scopedKey, w.otherwise = w.key(true, nil), w.key(false, nil, w.meadow), w.key(true, w.now)
	return w
}

func (w *world) staff(name string, kind int) id.User {
	user := dbtest.Account(w.t, w.d, name+"@provider.example")
	w.place[user] = dbtest.Staff(w.t, w.d, w.provider, user, kind, 2)
	return user
}

func (w *world) client(name string, change dbtest.Columns) client {
	change["name"], change["status"] = name, 2
	c := client{org: dbtest.Org(w.t, w.d, change)}
	c.link = dbtest.Client(w.t, w.d, w.provider, c.org)
	return c
}

// assign limits somebody to one client; until may be nil.
func (w *world) assign(user id.User, c client, until any) {
	dbtest.Exec(w.t, w.d, `UPDATE provider_users SET assigned = $2 WHERE id = $1`, w.place[user], true)
	dbtest.Row(w.t, w.d, "reach_clients", dbtest.Columns{
		"provider_id": w.provider, "provider_user_id": w.place[user], "client_id": c.link, "until": until,
	})
}

func (w *world) key(all bool, until any, clients ...client) id.ProviderKey {
	key := id.New[id.ProviderKey]()
	dbtest.Row(w.t, w.d, "provider_keys", dbtest.Columns{
		"provider_id": w.provider, "id": key, "name": "Night watch", "secret_hash": string(key), "all_clients": all, "may_write": false,
		"created_at": 1, "expires_at": until,
	})
	for _, c := range clients {
		dbtest.Row(w.t, w.d, "provider_key_clients", dbtest.Columns{"provider_id": w.provider, "key_id": key, "client_id": c.link})
	}
	return key
}

// person makes a member of a client with an account.
func (w *world) person(c client, email, name string, role, status int) (id.User, id.Member) {
	user := dbtest.Account(w.t, w.d, email)
	dbtest.Exec(w.t, w.d, `UPDATE users SET name = $2 WHERE id = $1`, user, name)
	return user, dbtest.Member(w.t, w.d, c.org, user, role, status)
}

func (w *world) twoStep(users ...id.User) {
	for _, u := range users {
		dbtest.Row(w.t, w.d, "second_factors", dbtest.Columns{"user_id": u, "kind": 0, "secret": []byte("-"), "last_step": 0, "created_at": 1})
	}
}

// event writes an entry into the log of a client.
func (w *world) event(c client, kind int, at time.Time, by id.User, key id.ProviderKey) {
	dbtest.Row(w.t, w.d, "events", dbtest.Columns{
		"tenant_id": c.org, "id": id.New[id.Event](), "at": at, "type": kind, "acting_user_id": db.Null(by), "provider_key_id": db.Null(key), "org_id": c.org,
		"provider_id": w.provider,
	})
}

// actor is somebody who asks: a person, or an API key.
type actor struct {
	name string
	user id.User
	key  id.ProviderKey
}

func (w *world) as(a actor) (context.Context, id.User) {
	if a.key != "" {
		return reqctx.WithActor(w.t.Context(), reqctx.Actor{Provider: w.provider, ProviderKey: a.key}), access.ProviderKey
	}
	return orgtest.As(w.t, a.user), a.user
}

func (w *world) find(user id.User) overview.Overview {
	w.t.Helper()
	out, err := w.s.Find(orgtest.As(w.t, user), user, w.provider)
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

func names(o overview.Overview) []string {
	out := []string{}
	for _, c := range o.Clients {
		out = append(out, c.Name)
	}
	return out
}
