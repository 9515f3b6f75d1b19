package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// SetStorage limits what the attachments of a client may take, in bytes; nil gives it
// the server's limit again.
func (s *Service) SetStorage(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient, limit *int64) (tenant.Storage, error) {
	var out tenant.Storage
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		c, err := ClientByID(ctx, tx, provider, client)
		if err != nil {
			return err
		}
		if err := tenant.SetStorage(ctx, tx, c.Org, limit); err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.OrgUpdated, Org: c.Org, Provider: provider}); err != nil {
			return err
		}
		if out, err = tenant.StorageOf(ctx, tx, c.Org); err != nil {
			return err
		}
		return tenant.TouchAll(ctx, tx, c.Org, push.Message{Type: push.OrganizationsChanged})
	})
	return out, err
}
