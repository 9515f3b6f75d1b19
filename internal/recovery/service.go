package recovery

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/policy"
)

// Service recovers accounts.
type Service struct {
	DB       *db.DB
	Accounts *account.Service
	Outbox   *mail.Outbox // nil on a server without mail
	// Join accepts an invitation for an account whose address was proved to be the
	// invited one; see package enroll.
	Join func(ctx context.Context, tx *db.Tx, user id.User, m org.Member) error
}

// on refuses while the organization does not offer account recovery.
func on(ctx context.Context, tx *db.Tx, organization id.Org) (policy.Recovery, error) {
	p, err := policy.RecoveryOf(ctx, tx, organization)
	if err == nil && !p.Enabled {
		err = fault.New(fault.Invalid, "This organization has account recovery turned off.")
	}
	return p, err
}
