package provider

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
)

// Status is where a provider is in its life.
type Status int

// The statuses.
const (
	Pending  Status = 0
	Billable Status = 2
)

// Provider is one provider.
type Provider struct {
	ID           id.Provider
	Name         string // empty while pending
	BusinessName string
	BillingEmail string
	Status       Status
	Type         int // 0: MSP
	Enabled      bool
	CreatedAt    time.Time
}

// Service keeps providers.
type Service struct {
	DB     *db.DB
	Tokens *token.Keeper
	Outbox *mail.Outbox // nil on a server without mail
	// Check verifies the secret of an account, for acts that ask for one.
	Check func(ctx context.Context, user id.User, in account.Secret) (account.Proof, error)
}

// Find gives a provider to its staff, to its admins also while it is suspended,
// and, while it is pending, to whom its set-up link was made out.
func (s *Service) Find(ctx context.Context, user id.User, provider id.Provider) (Provider, error) {
	var out Provider
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		_, err := access.ToProviderRecord(ctx, tx, user, provider)
		if fault.Is(err, fault.NotFound) {
			err = requireAppointed(ctx, tx, user, provider)
		}
		if err != nil {
			return err
		}
		out, err = byID(ctx, tx, provider)
		return err
	})
	return out, err
}

// Edit is what a provider is, or shall be.
type Edit struct {
	Name         string
	BusinessName string
	BillingEmail string
}

func (in *Edit) check() (err error) {
	if in.Name, err = tenant.Name("name", in.Name); err != nil {
		return err
	}
	if in.BusinessName, err = tenant.BusinessName(in.BusinessName); err != nil {
		return err
	}
	in.BillingEmail, err = tenant.Address("billingEmail", in.BillingEmail)
	return err
}

// Update changes a provider's name and addresses.
func (s *Service) Update(ctx context.Context, user id.User, provider id.Provider, in Edit) (Provider, error) {
	var out Provider
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		if err := update(ctx, tx, provider, in); err != nil {
			return err
		}
		if err := touchNameReaders(ctx, tx, provider); err != nil {
			return err
		}
		var err error
		out, err = byID(ctx, tx, provider)
		return err
	})
	return out, err
}

// touchNameReaders tells those whose profile has the provider's name: its staff
// and the members of its clients.
func touchNameReaders(ctx context.Context, tx *db.Tx, provider id.Provider) error {
	if err := account.TouchProvider(ctx, tx, provider); err != nil {
		return err
	}
	users, err := db.All(ctx, tx, db.Value[id.User], `SELECT DISTINCT m.user_id FROM provider_clients pc
		JOIN members m ON m.org_id = pc.org_id AND m.status = 2 WHERE pc.provider_id = $1`, provider)
	if err != nil || len(users) == 0 {
		return err
	}
	return account.TouchAs(ctx, tx, push.OrganizationsChanged, users...)
}
