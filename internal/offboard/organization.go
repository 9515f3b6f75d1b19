package offboard

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// DeleteOrg deletes an organization on behalf of an owner, or of its provider's
// staff, who knows their own secret. Whoever may not is told nothing about it.
func (s *Service) DeleteOrg(ctx context.Context, user id.User, which id.Org, secret account.Secret) error {
	if err := s.DB.View(ctx, func(tx *db.Tx) error {
		_, err := access.Require(ctx, tx, user, which, access.ManageOrg)
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
		if _, err := access.Require(ctx, tx, user, which, access.ManageOrg); err != nil {
			return err
		}
		return s.removeOrg(ctx, tx, which)
	})
}

// removeOrg tells everybody who loses the organization, while it is still known
// who they are. Its own log has no reader any more; the provider's has.
func (s *Service) removeOrg(ctx context.Context, tx *db.Tx, which id.Org) error {
	links, err := db.All(ctx, tx, func(r db.Row) (event.Event, error) {
		e := event.Event{Type: event.ClientRemoved}
		err := r.Scan(&e.Provider, &e.ProviderClient)
		return e, err
	}, `SELECT provider_id, id FROM provider_clients WHERE org_id = $1`, which)
	if err != nil {
		return err
	}
	if err := event.Append(ctx, tx, links...); err != nil {
		return err
	}
	if err := s.tellOwners(ctx, tx, which); err != nil {
		return err
	}
	if err := tenant.TouchAll(ctx, tx, which, push.Message{Type: push.OrgKeysChanged}); err != nil {
		return err
	}
	return tenant.Remove(ctx, tx, which)
}

func (s *Service) tellOwners(ctx context.Context, tx *db.Tx, which id.Org) error {
	if s.Outbox == nil {
		return nil
	}
	type owner struct{ email, culture, org string }
	owners, err := db.All(ctx, tx, func(r db.Row) (owner, error) {
		var o owner
		err := r.Scan(&o.email, &o.culture, &o.org)
		return o, err
	}, `SELECT u.email, u.culture, o.name FROM members m JOIN users u ON u.id = m.user_id JOIN organizations o ON o.id = m.org_id
		WHERE m.org_id = $1 AND m.status = 2 AND m.type = 0 ORDER BY u.email`, which)
	if err != nil {
		return err
	}
	letters := make([]mail.Message, len(owners))
	for i, o := range owners {
		if letters[i], err = mail.Render(mail.LangOf(o.culture), o.email, mail.OrgDeleted{Organization: o.org, Time: tx.Now}); err != nil {
			return err
		}
	}
	return s.Outbox.Queue(ctx, tx, letters...)
}
