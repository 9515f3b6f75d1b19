package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// SetEnabled suspends a provider, or resumes it, for the operator. A suspended one
// reaches none of its clients, whose own people work on as before.
func (s *Service) SetEnabled(ctx context.Context, provider id.Provider, enabled bool) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		p, err := byID(ctx, tx, provider)
		if err != nil || p.Enabled == enabled {
			return err
		}
		if p.Status == Pending {
			return fault.New(fault.Invalid, "This provider waits to be set up.")
		}
		if err := tx.ExecOne(ctx, `UPDATE providers SET enabled = $2, revised_at = $3 WHERE id = $1`, provider, enabled, tx.Now); err != nil {
			return err
		}
		return account.TouchProvider(ctx, tx, provider)
	})
}
