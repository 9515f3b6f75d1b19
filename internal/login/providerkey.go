package login

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"log/slog"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

// providerScope is what an API key of a provider is good for, and providerClient
// begins the name of the client that logs in with it; the key's id follows.
const (
	providerScope  = "api.provider"
	providerClient = "provider."
)

// byProviderKey grants an access token to a program of a provider: to the
// Provider API alone.
func (s *Service) byProviderKey(ctx context.Context, rawID string, in APIKey) (Grant, error) {
	key, err := id.Parse[id.ProviderKey](rawID)
	if err != nil {
		return Grant{}, ErrAPIKey
	}
	if in.Scope != "" && in.Scope != providerScope {
		return Grant{}, ErrScope
	}
	attempt, err := s.Accounts.Try(ctx, providerClient+string(key))
	if err != nil {
		return Grant{}, err
	}
	var live provider.LiveKey
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if live, err = provider.KeyByID(ctx, tx, key); err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if !isSecret(live.Hash, in.Secret) {
			return fault.Absent()
		}
		if err := live.Note(ctx, tx); err != nil {
			return err
		}
		return attempt.Succeeded(ctx, tx)
	})
	if fault.Is(err, fault.NotFound) {
		reqctx.Note(ctx, slog.String("auth_failure", "provider key"))
		return Grant{}, ErrAPIKey
	}
	if err != nil {
		return Grant{}, err
	}
	signed, err := s.Tokens.Sign(token.Access, s.Lifetime, map[string]any{
		"iss": s.PublicURL + "/identity", "client_id": providerClient + string(key), "client_sub": live.Provider,
		"scope": []string{providerScope}, "jti": id.New[id.Session](),
	})
	return Grant{AccessToken: signed, Lifetime: s.Lifetime, Scope: providerScope}, err
}

// isSecret compares a secret with the hash of the right one; where there is none,
// with chance.
func isSecret(hash, secret string) bool {
	if hash == "" {
		hash = token.Hash(rand.Text())
	}
	return subtle.ConstantTimeCompare([]byte(hash), []byte(token.Hash(secret))) == 1
}

// authenticateProvider answers for a token of a provider's program. A key that was
// deleted or has expired, and a disabled provider, end it at once.
func (s *Service) authenticateProvider(ctx context.Context, rawID string) (reqctx.Actor, error) {
	key, err := id.Parse[id.ProviderKey](rawID)
	if err != nil {
		return reqctx.Actor{}, errNotLoggedIn
	}
	var live provider.LiveKey
	unnoted := false
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		live, err = provider.KeyByID(ctx, tx, key)
		unnoted = live.Unnoted(tx.Now)
		return err
	})
	if err == nil && unnoted {
		err = s.DB.Update(ctx, func(tx *db.Tx) error { return live.Note(ctx, tx) })
	}
	if fault.Is(err, fault.NotFound) {
		return reqctx.Actor{}, errNotLoggedIn
	}
	return reqctx.Actor{Provider: live.Provider, ProviderKey: key}, err
}
