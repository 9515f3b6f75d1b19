package login

import (
	"context"
	"strings"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// APIKey is a log-in with an API key; Client.ID is "user.<id>",
// "organization.<id>" or "provider.<id of the key>".
type APIKey struct {
	Client
	Secret string
}

// ByAPIKey grants an access token, and no session: the client logs in again.
func (s *Service) ByAPIKey(ctx context.Context, in APIKey) (Grant, error) {
	if organization, ok := strings.CutPrefix(in.ID, orgClient); ok {
		return s.byOrgKey(ctx, organization, in)
	}
	if key, ok := strings.CutPrefix(in.ID, providerClient); ok {
		return s.byProviderKey(ctx, key, in)
	}
	rawID, isUser := strings.CutPrefix(in.ID, "user.")
	user, err := id.Parse[id.User](rawID)
	if !isUser || err != nil {
		return Grant{}, ErrAPIKey
	}
	in.ID = "user." + string(user)
	if in.Scope != "" && in.Scope != "api" {
		return Grant{}, ErrScope
	}
	if err := in.valid(); err != nil {
		return Grant{}, err
	}
	a, err := s.find(ctx, func(tx *db.Tx) (account.Account, error) { return account.ByID(ctx, tx, user) })
	if err != nil {
		return Grant{}, err
	}
	subject := a.Email // tries by key and by password count together
	if subject == "" {
		subject = in.ID
	}
	attempt, err := s.Accounts.Try(ctx, subject)
	if err != nil {
		return Grant{}, err
	}
	if !s.Accounts.IsAPIKey(a, in.Secret) {
		if err := s.Accounts.Failed(ctx, subject, a.ID, "api key"); err != nil {
			return Grant{}, err
		}
		return Grant{}, ErrAPIKey
	}
	return s.admit(ctx, admission{account: a, client: in.Client, attempt: attempt, scope: "api", refused: ErrAPIKey})
}
