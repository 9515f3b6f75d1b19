package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// Empty removes all personal items and folders of an account that proves to be there.
func (s *Service) Empty(ctx context.Context, user id.User, secret account.Secret) error {
	proof, err := s.Check(ctx, user, secret)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := proof.Holds(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM ciphers WHERE owner_id = $1`, string(user)); err != nil {
			return err
		}
		if err := deleteAllFolders(ctx, tx, user); err != nil {
			return err
		}
		return tellAll(ctx, tx, []id.User{user})
	})
}

// EmptyOrg removes all items of an organization; its collections stay.
func (s *Service) EmptyOrg(ctx context.Context, user id.User, org id.Org, secret account.Secret) error {
	proof, err := s.Check(ctx, user, secret)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := proof.Holds(ctx, tx); err != nil {
			return err
		}
		o, err := access.Require(ctx, tx, user, org, access.PurgeItems)
		if err != nil {
			return err
		}
		readers, err := readersIn(ctx, tx, org) // while there is something to read
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM ciphers WHERE owner_id = $1`, string(org)); err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.OrgPurged, Org: org, Provider: o.ActingProvider()}); err != nil {
			return err
		}
		return tellAll(ctx, tx, readers)
	})
}
