package provider

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
)

// maxKeys bounds the API keys of one provider.
const maxKeys = 100

// Key is what a program of a provider logs in with, as client "provider.<id>".
type Key struct {
	ID   id.ProviderKey
	Name string
	Scope
	Creator   Creator
	CreatedAt time.Time
	UsedAt    time.Time // to the minute; zero for never
}

// Scope is what an API key is good for.
type Scope struct {
	AllClients bool
	Clients    []id.ProviderClient // when it is not all
	MayWrite   bool                // otherwise it only reads
	ExpiresAt  time.Time           // zero for never
}

// Creator is who made a key; empty once the account is gone.
type Creator struct {
	Name, Email string
}

// ListKeys gives a provider's API keys to its admins, without the secrets.
func (s *Service) ListKeys(ctx context.Context, user id.User, provider id.Provider) ([]Key, error) {
	var out []Key
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		var err error
		out, err = keysOf(ctx, tx, provider)
		return err
	})
	return out, err
}

// CreateKey makes an API key for a program, for admins who prove to be there. The
// secret is answered this once: only its hash is kept.
func (s *Service) CreateKey(ctx context.Context, user id.User, provider id.Provider, name string, scope Scope, proof account.Secret) (Key, string, error) {
	// Whoever is no admin is told nothing about the secret.
	if _, err := s.ListKeys(ctx, user, provider); err != nil {
		return Key{}, "", err
	}
	name, err := tenant.Name("name", name)
	if err != nil {
		return Key{}, "", err
	}
	if scope.Clients, err = scope.named(); err != nil {
		return Key{}, "", err
	}
	proven, err := s.Check(ctx, user, proof)
	if err != nil {
		return Key{}, "", err
	}
	secret, hash := token.Opaque()
	key := Key{ID: id.New[id.ProviderKey](), Name: name, Scope: scope}
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := proven.Holds(ctx, tx); err != nil {
			return err
		}
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		key.CreatedAt = tx.Now
		key.Creator = Creator{Name: proven.Account.Name, Email: proven.Account.Email}
		return create(ctx, tx, user, provider, key, hash)
	})
	return key, secret, err
}

// named are the clients of a scope, each once.
func (s Scope) named() ([]id.ProviderClient, error) {
	switch {
	case s.AllClients && len(s.Clients) > 0:
		return nil, fault.Field("clientIds", "Choose all clients or some of them, not both.")
	case s.AllClients:
		return nil, nil
	case len(s.Clients) == 0:
		return nil, fault.Field("clientIds", "Choose at least one client.")
	}
	return org.Bulk(slices.Clone(s.Clients))
}

func create(ctx context.Context, tx *db.Tx, user id.User, provider id.Provider, k Key, hash string) error {
	if !k.ExpiresAt.IsZero() && !k.ExpiresAt.After(tx.Now) {
		return fault.Field("expirationDate", "This moment has passed already.")
	}
	there, err := keysOf(ctx, tx, provider)
	if err != nil {
		return err
	}
	if len(there) >= maxKeys {
		return fault.Newf(fault.Invalid, "A provider has at most %d API keys. Delete one that is not needed any more.", maxKeys)
	}
	if slices.ContainsFunc(there, func(other Key) bool { return other.Name == k.Name }) {
		return fault.Field("name", "Another API key has this name. The log tells them apart by it.")
	}
	if err := insertKey(ctx, tx, provider, user, k, hash); err != nil {
		return err
	}
	return event.Append(ctx, tx, event.Event{Type: event.ProviderKeyCreated, Provider: provider, Key: k.ID})
}

// DeleteKey ends an API key, and all tokens that were got with it, at once.
func (s *Service) DeleteKey(ctx context.Context, user id.User, provider id.Provider, key id.ProviderKey) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		return DeleteKeys(ctx, tx, provider, key)
	})
}

// DeleteKeys is DeleteKey for those who may already: when one of the keys is not
// the provider's, all are absent.
func DeleteKeys(ctx context.Context, tx *db.Tx, provider id.Provider, keys ...id.ProviderKey) error {
	if len(keys) == 0 {
		return nil
	}
	events := make([]event.Event, len(keys))
	for i, k := range keys {
		events[i] = event.Event{Type: event.ProviderKeyDeleted, Provider: provider, Key: k}
	}
	if err := deleteKeys(ctx, tx, provider, keys); err != nil {
		return err
	}
	return event.Append(ctx, tx, events...)
}
