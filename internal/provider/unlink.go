package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Unlink lets go of a client, and reports what was handed over. The organization
// stays as it is and belongs to its own owners, of whom there must be one; the
// provider's copy of its key is gone, and with it every reach and API key; its own
// API key is another.
func (s *Service) Unlink(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient) (Handover, error) {
	var out Handover
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		var err error
		if out, err = handoverOf(ctx, tx, provider, client); err != nil {
			return err
		}
		if why := out.Blocked(); why != "" {
			return fault.New(fault.Invalid, why)
		}
		if err := s.tellUnlinked(ctx, tx, out.Client); err != nil {
			return err
		}
		if err := tenant.TouchAll(ctx, tx, out.Org, push.Message{Type: push.OrgKeysChanged}); err != nil { // while it is known who reached it
			return err
		}
		if err := deleteClient(ctx, tx, provider, client); err != nil {
			return err
		}
		if err := tenant.Release(ctx, tx, s.Tokens, out.Org, out.Owners[0].Email); err != nil {
			return err
		}
		return event.Append(ctx, tx, event.Event{Type: event.ClientRemoved, Provider: provider, ProviderClient: client},
			event.Event{Type: event.OrgUpdated, Org: out.Org, Provider: provider})
	})
	return out, err
}

// tellUnlinked writes to the owners that their organization is theirs alone now.
func (s *Service) tellUnlinked(ctx context.Context, tx *db.Tx, c Client) error {
	if s.Outbox == nil {
		return nil
	}
	letters, err := db.All(ctx, tx, func(r db.Row) (mail.Message, error) {
		var email, culture string
		l := mail.ClientUnlinked{Organization: c.Name, Time: tx.Now}
		if err := r.Scan(&email, &culture, &l.Provider); err != nil {
			return mail.Message{}, err
		}
		return mail.Render(mail.LangOf(culture), email, l)
	}, `SELECT u.email, u.culture, p.name FROM members m JOIN users u ON u.id = m.user_id JOIN providers p ON p.id = $2
		WHERE m.org_id = $1 AND m.status = 2 AND m.type = 0 ORDER BY u.email`, c.Org, c.Provider)
	if err != nil {
		return err
	}
	return s.Outbox.Queue(ctx, tx, letters...)
}

func deleteClient(ctx context.Context, tx *db.Tx, provider id.Provider, client id.ProviderClient) error {
	return tx.ExecOne(ctx, `DELETE FROM provider_clients WHERE provider_id = $1 AND id = $2`, provider, client)
}

// SetClientEnabled suspends a client, or resumes it. While it is suspended its
// members do not get at its items; its owners and the provider still administer it.
func (s *Service) SetClientEnabled(ctx context.Context, user id.User, provider id.Provider, client id.ProviderClient, enabled bool) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		c, err := ClientByID(ctx, tx, provider, client)
		if err != nil || c.Enabled == enabled {
			return err
		}
		if err := tenant.SetEnabled(ctx, tx, c.Org, enabled); err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.OrgUpdated, Org: c.Org, Provider: provider}); err != nil {
			return err
		}
		return tenant.TouchAll(ctx, tx, c.Org, push.Message{Type: push.OrgStatusChanged, Org: c.Org, Enabled: enabled})
	})
}
