package tenant

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// FindPublicKey gives the organization's public key to its people, and to those
// who are about to come in: accepting may mean to enrol in account recovery.
func (s *Service) FindPublicKey(ctx context.Context, user id.User, org id.Org) (string, error) {
	var out Organization
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		_, err := access.Require(ctx, tx, user, org, access.SeeOrg)
		if fault.Is(err, fault.NotFound) {
			err = comesIn(ctx, tx, user, org)
		}
		if err != nil {
			return err
		}
		out, err = ByID(ctx, tx, org)
		return err
	})
	return out.PublicKey, err
}

// comesIn answers fault.Absent unless the account has accepted an invitation, or
// there is one for its address.
func comesIn(ctx context.Context, tx *db.Tx, user id.User, org id.Org) error {
	_, err := db.One(ctx, tx, db.Value[int], `SELECT 1 FROM users u JOIN members m ON m.org_id = $1
			AND ((m.user_id = u.id AND m.status = 1) OR (m.email = u.email AND m.status = 0))
		JOIN organizations o ON o.id = m.org_id AND o.enabled WHERE u.id = $2`, org, user)
	return err
}
