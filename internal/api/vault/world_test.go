package vault_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/account"
	api "github.com/kastellan/kastellan/internal/api/vault"
	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/syncview"
	"github.com/kastellan/kastellan/internal/token"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

// world is a server with nothing but the vault, and a clock that the test turns.
type world struct {
	t     testing.TB
	db    *db.DB
	now   time.Time
	mux   http.Handler
	vault *vault.Service
	sync  *syncview.Service

	keeper *token.Keeper
	store  *store
}

func eachWorld(t *testing.T, run func(t *testing.T, w *world)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { run(t, newWorld(t, d)) })
}

func newWorld(t testing.TB, d *db.DB) *world {
	w := &world{t: t, db: d, now: time.Date(2026, 11, 22, 12, 0, 0, 123456000, time.UTC)}
	d.Now = func() time.Time { return w.now }
	w.vault = &vault.Service{DB: d, TrashDays: 30, Check: func(ctx context.Context, user id.User, s account.Secret) (p account.Proof, err error) {
		if s.MasterPasswordHash != "right" {
			return p, fault.New(fault.Invalid, "User verification failed.")
		}
		return p, d.View(ctx, func(tx *db.Tx) (err error) {
			p.Account, err = account.ByID(ctx, tx, user)
			return err
		})
	}}
	w.keeper, w.store = keeper(t), newStore(t)
	w.keeper.Now = d.Now
	w.vault.Files, w.vault.Tokens = &blob.Files{DB: d, Store: w.store}, w.keeper
	w.vault.PublicURL, w.vault.MaxUpload = "https://vault.example.org", 8<<20
	w.vault.Storage = vault.Storage{Account: 16 << 20, Org: 16 << 20}
	w.sync = &syncview.Service{DB: d, CacheBytes: 32 << 20}
	mux := chi.NewRouter()
	for _, r := range (&api.API{Vault: w.vault, Sync: w.sync}).Routes() {
		mux.Method(r.Method, r.Path, wire.Adapt(r.Handle))
		for _, also := range r.Also {
			method, path, _ := strings.Cut(also, " ")
			mux.Method(method, path, wire.Adapt(r.Handle))
		}
	}
	w.mux = mux
	return w
}

func (w *world) exec(query string, args ...any) {
	w.t.Helper()
	err := w.db.Update(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(context.Background(), query, args...)
		return err
	})
	if err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
}

func (w *world) count(query string, args ...any) int {
	w.t.Helper()
	n := 0
	err := w.db.View(context.Background(), func(tx *db.Tx) (err error) {
		n, err = db.One(context.Background(), tx, db.Value[int], query, args...)
		return err
	})
	if err != nil {
		w.t.Fatalf("%s: %v", query, err)
	}
	return n
}

func (w *world) user(name string) id.User {
	w.t.Helper()
	user := id.New[id.User]()
	w.exec(`INSERT INTO users (id, email, email_verified, name, hint, culture, password_hash, kdf_type, kdf_iterations, salt, user_key,
		user_key_id, public_key, private_key, security_stamp, api_key, force_password_reset, verify_devices, equivalent_domains, excluded_domains, created_at, revised_at)
		VALUES ($1, $2, TRUE, $3, '', 'en-US', 'x', 0, 600000, $2, $4, 'current', 'pub', $4, 'stamp', $5, FALSE, TRUE, '[]', '[]', 1, 1)`,
		user, name+"@example.org", name, enc(), []byte{1})
	w.exec(`INSERT INTO devices (user_id, id, identifier, type, name, created_at, active_at) VALUES ($1, $1, $1, 9, 'test', 1, 1)`, user)
	return user
}

func (w *world) org(name string) id.Org {
	w.t.Helper()
	org := id.New[id.Org]()
	w.exec(`INSERT INTO organizations (id, name, billing_email, plan_type, seats, status, enabled, api_key, limit_collection_creation,
		limit_collection_deletion, limit_item_deletion, admins_access_all, provider_item_access, created_at, revised_at)
		VALUES ($1, $2, 'b@example.org', 19, 10, 2, TRUE, $3, FALSE, FALSE, FALSE, TRUE, TRUE, 1, 1)`, org, name, []byte{1})
	return org
}

// The roles and states of members on the wire.
const (
	owner, admin, member                  = 0, 1, 2
	revoked, invited, accepted, confirmed = -1, 0, 1, 2
)

func (w *world) member(org id.Org, user id.User, role, status int) id.Member {
	w.t.Helper()
	m := id.New[id.Member]()
	w.exec(`INSERT INTO members (org_id, id, user_id, key, status, type, permissions, created_at, revised_at)
		VALUES ($1, $2, $3, '4.key', $4, $5, 0, 1, 1)`, org, m, user, status, role)
	return m
}

func (w *world) collection(org id.Org) id.Collection {
	w.t.Helper()
	c := id.New[id.Collection]()
	w.exec(`INSERT INTO collections (org_id, id, name, created_at, revised_at) VALUES ($1, $2, $3, 1, 1)`, org, c, enc())
	return c
}

// give shares a collection: "read", "hide" (edit, hidden passwords), "edit" or "manage".
func (w *world) give(org id.Org, c id.Collection, m id.Member, right string) {
	w.t.Helper()
	w.exec(`INSERT INTO collection_members (org_id, collection_id, member_id, read_only, hide_passwords, manage) VALUES ($1, $2, $3, $4, $5, $6)`,
		org, c, m, right == "read", right == "hide", right == "manage")
}

// technician is confirmed staff of a new provider that manages the organization.
func (w *world) technician(name string, org id.Org) id.User {
	w.t.Helper()
	user, p := w.user(name), id.New[id.Provider]()
	w.exec(`INSERT INTO providers (id, name, billing_email, status, type, enabled, created_at, revised_at) VALUES ($1, 'MSP', 'p@example.org', 1, 0, TRUE, 1, 1)`, p)
	w.exec(`INSERT INTO provider_users (provider_id, id, user_id, key, status, type, created_at, revised_at) VALUES ($1, $2, $3, '4.pkey', 2, 1, 1, 1)`, p, id.New[id.ProviderUser](), user)
	w.exec(`INSERT INTO provider_clients (provider_id, id, org_id, key, created_at, revised_at) VALUES ($1, $2, $3, '2.okey', 1, 1)`, p, id.New[id.ProviderClient](), org)
	return user
}

// enc is a well-formed ciphertext that exists once.
func enc() string { return encOf(16) }

func encOf(bytes int) string {
	b := make([]byte, 16+bytes+32)
	rand.Read(b)
	e := base64.StdEncoding.EncodeToString
	return "2." + e(b[:16]) + "|" + e(b[16:16+bytes]) + "|" + e(b[16+bytes:])
}

type object = map[string]any

func login(more object) object {
	out := object{
		"type": 1, "name": enc(), "notes": nil, "favorite": false, "reprompt": 0, "attachments": object{}, "attachments2": object{},
		"login": object{"username": enc(), "password": enc(), "uris": []object{{"uri": enc(), "uriChecksum": enc(), "match": nil, "response": nil}}, "response": nil},
	}
	for k, v := range more {
		out[k] = v
	}
	return out
}

type answer struct {
	status int
	body   object
	raw    []byte
	took   int64 // statements
}

func (w *world) call(as id.User, method, path string, body any) answer {
	w.t.Helper()
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			w.t.Fatal(err)
		}
	}
	return w.send(as, method, path, string(text))
}

func (w *world) send(as id.User, method, path, body string) answer {
	w.t.Helper()
	var statements atomic.Int64
	ctx := db.CountStatements(context.Background(), &statements)
	ctx = reqctx.WithActor(reqctx.WithRequestID(ctx, "test"), reqctx.Actor{User: as, Device: id.Device(as)})
	r := httptest.NewRequestWithContext(ctx, method, path, strings.NewReader(body))
	if boundary, _, ok := strings.Cut(strings.TrimPrefix(body, "--"), "\r\n"); ok {
		r.Header.Set("Content-Type", "multipart/form-data; boundary="+boundary)
	}
	rec := httptest.NewRecorder()
	w.mux.ServeHTTP(rec, r)
	a := answer{status: rec.Code, raw: rec.Body.Bytes(), took: statements.Load()}
	if rec.Body.Len() > 0 {
		if err := json.Unmarshal(rec.Body.Bytes(), &a.body); err != nil {
			w.t.Fatalf("%s %s answered what is no JSON object: %v\n%s", method, path, err, rec.Body)
		}
	}
	return a
}

// must is call for what has to succeed; a moment passes with each.
func (w *world) must(as id.User, method, path string, body any) object {
	w.t.Helper()
	w.now = w.now.Add(5 * time.Second)
	a := w.call(as, method, path, body)
	if a.status != 200 {
		w.t.Fatalf("%s %s = %d %s", method, path, a.status, a.raw)
	}
	return a.body
}

// refused is call for what must not succeed.
func (w *world) refused(status int, as id.User, method, path string, body any) {
	w.t.Helper()
	if a := w.call(as, method, path, body); a.status != status || a.body["object"] != "error" {
		w.t.Errorf("%s %s = %d %s, want %d", method, path, a.status, a.raw, status)
	}
}

// synced is what the account's next sync brings, by id.
func (w *world) synced(as id.User) map[string]object {
	w.t.Helper()
	out := map[string]object{}
	for _, c := range w.must(as, "GET", "/api/sync?excludeDomains=true", nil)["ciphers"].([]any) {
		out[c.(object)["id"].(string)] = c.(object)
	}
	return out
}
