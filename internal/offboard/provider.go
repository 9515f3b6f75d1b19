package offboard

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/token"
)

// deletionLife is how long the operator's link to delete a provider is good for.
const deletionLife = time.Hour

// DeleteProvider deletes a provider without clients on behalf of an admin who knows
// their own secret. Whoever may not is told nothing about it.
func (s *Service) DeleteProvider(ctx context.Context, user id.User, which id.Provider, secret account.Secret) error {
	if err := s.DB.View(ctx, func(tx *db.Tx) error {
		_, err := access.ToProviderAsAdmin(ctx, tx, user, which)
		return err
	}); err != nil {
		return err
	}
	p, err := s.Accounts.Check(ctx, user, secret)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := p.Holds(ctx, tx); err != nil {
			return err
		}
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, which); err != nil {
			return err
		}
		return provider.Delete(ctx, tx, which)
	})
}

// ProviderDeletionLink makes the link by which whoever holds it deletes a provider,
// for the operator. public is the server's address.
func (s *Service) ProviderDeletionLink(ctx context.Context, public string, which id.Provider) (string, error) {
	var name string
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		name, err = db.One(ctx, tx, db.Value[string], `SELECT COALESCE(name, '') FROM providers WHERE id = $1`, which)
		return err
	})
	if err != nil {
		return "", err
	}
	signed, err := s.Tokens.Invite(token.ProviderDeletion, deletionLife, token.Invitation{Row: string(which)})
	return strings.TrimRight(public, "/") + "/#/verify-recover-delete-provider?providerId=" + string(which) +
		"&token=" + url.QueryEscape(signed) + "&name=" + strings.ReplaceAll(url.QueryEscape(name), "+", "%20"), err
}

// DeleteProviderByLink deletes the provider that an operator's link names.
func (s *Service) DeleteProviderByLink(ctx context.Context, which id.Provider, signed string) error {
	in, err := s.Tokens.Invited(token.ProviderDeletion, signed)
	if err != nil || in.Row != string(which) {
		return fault.New(fault.Invalid, "This link is not valid or has expired. Ask the person who runs this server for a new one.")
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error { return provider.Delete(ctx, tx, which) })
}
