package overview

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Service answers what is asked about all clients of a provider.
type Service struct {
	DB *db.DB
}

// reading runs a question of somebody who works for the provider, or of one of
// its API keys.
func (s *Service) reading(ctx context.Context, user id.User, provider id.Provider, f func(tx *db.Tx, staff access.Staff) error) error {
	return s.DB.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToFleet(ctx, tx, user, provider, false)
		if err != nil {
			return err
		}
		return f(tx, staff)
	})
}

// fleet is the end of a statement about the clients pc that the staff reaches,
// whose first three parameters are those that reaching gives.
func fleet(staff access.Staff) string { return `pc.provider_id = $1 AND ` + staff.Reaches(2) }

func reaching(tx *db.Tx, staff access.Staff, more ...any) []any {
	return append(append([]any{staff.Provider}, staff.Reaching(tx)...), more...)
}
