package provider

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

const selectKeys = `SELECT k.id, k.name, k.all_clients, k.may_write, COALESCE(u.name, ''), COALESCE(u.email, ''), k.created_at, k.expires_at, k.used_at
	FROM provider_keys k LEFT JOIN users u ON u.id = k.created_by WHERE k.provider_id = $1 `

const orderKeys = ` ORDER BY k.name, k.id`

func scanKey(r db.Row) (Key, error) {
	var k Key
	err := r.Scan(&k.ID, &k.Name, &k.AllClients, &k.MayWrite, &k.Creator.Name, &k.Creator.Email,
		db.Time(&k.CreatedAt), db.Time(&k.ExpiresAt), db.Time(&k.UsedAt))
	return k, err
}

// keysOf reads the API keys of a provider with their clients. Two statements.
func keysOf(ctx context.Context, tx *db.Tx, provider id.Provider) ([]Key, error) {
	keys, err := db.All(ctx, tx, scanKey, selectKeys+orderKeys, provider)
	if err != nil {
		return nil, err
	}
	clients := map[id.ProviderKey][]id.ProviderClient{}
	err = db.Each(ctx, tx, func(r db.Row) error {
		var key id.ProviderKey
		var client id.ProviderClient
		err := r.Scan(&key, &client)
		clients[key] = append(clients[key], client)
		return err
	}, `SELECT key_id, client_id FROM provider_key_clients WHERE provider_id = $1 ORDER BY key_id, client_id`, provider)
	for i, k := range keys {
		keys[i].Clients = clients[k.ID]
	}
	return keys, err
}

// insertKey writes a key. When one of its clients is not the provider's, all are
// absent.
func insertKey(ctx context.Context, tx *db.Tx, provider id.Provider, by id.User, k Key, hash string) error {
	err := db.Insert(ctx, tx, `INSERT INTO provider_keys (provider_id, id, name, secret_hash, all_clients, may_write, created_by, created_at, expires_at)`,
		[]any{provider, k.ID, k.Name, hash, k.AllClients, k.MayWrite, by, tx.Now, db.Null(k.ExpiresAt)})
	if err != nil || len(k.Clients) == 0 {
		return err
	}
	n, err := tx.Exec(ctx, `INSERT INTO provider_key_clients (provider_id, key_id, client_id)
		SELECT pc.provider_id, $2, pc.id FROM provider_clients pc WHERE pc.provider_id = $1 AND `+db.Among(tx, "pc.id", 3), provider, k.ID, db.List(k.Clients))
	if err == nil && int(n) != len(k.Clients) {
		err = fault.Absent()
	}
	return err
}

func deleteKeys(ctx context.Context, tx *db.Tx, provider id.Provider, keys []id.ProviderKey) error {
	n, err := tx.Exec(ctx, `DELETE FROM provider_keys WHERE provider_id = $1 AND `+db.Among(tx, "id", 2), provider, db.List(keys))
	if err == nil && int(n) != len(keys) {
		err = fault.Absent()
	}
	return err
}

// EndKeysOf deletes the API keys that people made, and whose secrets they know
// therefore: those of one provider, or of all when none is named.
func EndKeysOf(ctx context.Context, tx *db.Tx, provider id.Provider, makers ...id.User) error {
	theirs := `($1 = '' OR provider_id = $1) AND ` + db.Among(tx, "created_by", 2)
	events, err := db.All(ctx, tx, func(r db.Row) (event.Event, error) {
		e := event.Event{Type: event.ProviderKeyDeleted}
		err := r.Scan(&e.Provider, &e.Key)
		return e, err
	}, `SELECT provider_id, id FROM provider_keys WHERE `+theirs+` ORDER BY provider_id, id`, provider, db.List(makers))
	if err != nil || len(events) == 0 {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM provider_keys WHERE `+theirs, provider, db.List(makers)); err != nil {
		return err
	}
	return event.Append(ctx, tx, events...)
}

// LiveKey is an API key that is good at this moment.
type LiveKey struct {
	ID       id.ProviderKey
	Provider id.Provider
	Hash     string // of its secret; see token.Hash
	usedAt   time.Time
}

// KeyByID reads an API key for whoever logs in with it. One that has expired, or
// whose provider is disabled, is absent.
func KeyByID(ctx context.Context, tx *db.Tx, key id.ProviderKey) (LiveKey, error) {
	return db.One(ctx, tx, func(r db.Row) (LiveKey, error) {
		k := LiveKey{ID: key}
		err := r.Scan(&k.Provider, &k.Hash, db.Time(&k.usedAt))
		return k, err
	}, `SELECT k.provider_id, k.secret_hash, k.used_at FROM provider_keys k JOIN providers p ON p.id = k.provider_id
		WHERE k.id = $1 AND (k.expires_at IS NULL OR k.expires_at > $2) AND p.enabled AND p.status <> 0`, key, tx.Now)
}

// usePrecision is how exactly the last use of a key is known: a write at every
// request would cost more than it tells.
const usePrecision = time.Minute

// Unnoted tells whether the use of a key at this moment is worth a Note.
func (k LiveKey) Unnoted(now time.Time) bool { return now.Sub(k.usedAt) >= usePrecision }

// Note writes down that a key is used now.
func (k LiveKey) Note(ctx context.Context, tx *db.Tx) error {
	return tx.ExecOne(ctx, `UPDATE provider_keys SET used_at = $3 WHERE provider_id = $1 AND id = $2`, k.Provider, k.ID, tx.Now)
}
