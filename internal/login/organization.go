package login

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"log/slog"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
)

// orgScope is what an organization's key is good for, and orgClient begins the
// name of the client that logs in with it.
const (
	orgScope  = "api.organization"
	orgClient = "organization."
)

// byOrgKey grants an access token to an organization that logs in with its own
// API key: to the Public API alone. No device is registered, and nobody is
// logged in.
func (s *Service) byOrgKey(ctx context.Context, rawID string, in APIKey) (Grant, error) {
	organization, err := id.Parse[id.Org](rawID)
	if err != nil {
		return Grant{}, ErrAPIKey
	}
	if in.Scope != "" && in.Scope != orgScope {
		return Grant{}, ErrScope
	}
	attempt, err := s.Accounts.Try(ctx, orgClient+string(organization))
	if err != nil {
		return Grant{}, err
	}
	var sealed []byte
	err = s.DB.Update(ctx, func(tx *db.Tx) error {
		if sealed, err = orgKey(ctx, tx, organization); err != nil {
			return err
		}
		if !s.isOrgKey(organization, sealed, in.Secret) {
			return fault.Absent()
		}
		return attempt.Succeeded(ctx, tx)
	})
	if fault.Is(err, fault.NotFound) {
		reqctx.Note(ctx, slog.String("auth_failure", "organization key"))
		return Grant{}, ErrAPIKey
	}
	if err != nil {
		return Grant{}, err
	}
	signed, err := s.Tokens.Sign(token.Access, s.Lifetime, map[string]any{
		"iss": s.PublicURL + "/identity", "client_id": orgClient + string(organization), "client_sub": organization,
		"scope": []string{orgScope}, "jti": id.New[id.Session](), claimAPIKey: token.Mark(sealed),
	})
	return Grant{AccessToken: signed, Lifetime: s.Lifetime, Scope: orgScope}, err
}

// orgKey reads the sealed key of an organization that may use it.
func orgKey(ctx context.Context, tx *db.Tx, organization id.Org) ([]byte, error) {
	return db.One(ctx, tx, db.Value[[]byte], `SELECT api_key FROM organizations WHERE id = $1 AND enabled`, organization)
}

// isOrgKey compares a key with the organization's; an unreadable one is compared
// with chance.
func (s *Service) isOrgKey(organization id.Org, sealed []byte, key string) bool {
	want, err := s.Tokens.Open(tenant.APIKeyPurpose, string(organization), sealed)
	if err != nil || len(want) == 0 {
		want = []byte(rand.Text())
	}
	return subtle.ConstantTimeCompare(want, []byte(key)) == 1
}

// authenticateOrg answers for a token of an organization. A new key, and a
// disabled or deleted organization, end it at once.
func (s *Service) authenticateOrg(ctx context.Context, c token.Claims, rawID string) (reqctx.Actor, error) {
	organization, err := id.Parse[id.Org](rawID)
	if err != nil {
		return reqctx.Actor{}, errNotLoggedIn
	}
	var sealed []byte
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		sealed, err = orgKey(ctx, tx, organization)
		return err
	})
	if fault.Is(err, fault.NotFound) || (err == nil && c.Text(claimAPIKey) != token.Mark(sealed)) {
		return reqctx.Actor{}, errNotLoggedIn
	}
	return reqctx.Actor{Org: organization}, err
}
