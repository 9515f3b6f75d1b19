package provider

import (
	"context"
	"encoding/json"
	"strings"
	"unicode/utf8"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Address is where a provider's bills would go. Nothing is billed here.
type Address struct {
	Country    string // two letters
	PostalCode string
	Line1      string
	Line2      string
	City       string
	State      string
	TaxCode    string // what kind of number TaxID is
	TaxID      string
}

func (a *Address) check() error {
	for _, part := range []struct {
		name  string
		value *string
		most  int
	}{
		{"country", &a.Country, 2}, {"postalCode", &a.PostalCode, 20}, {"line1", &a.Line1, 100}, {"line2", &a.Line2, 100},
		{"city", &a.City, 100}, {"state", &a.State, 100}, {"taxId", &a.TaxCode, 30}, {"taxId", &a.TaxID, 30},
	} {
		*part.value = strings.TrimSpace(*part.value)
		if utf8.RuneCountInString(*part.value) > part.most {
			return fault.Field(part.name, "This part of the address is too long.")
		}
	}
	switch {
	case len(a.Country) != 2:
		return fault.Field("country", "The country is given by its two letters.")
	case a.PostalCode == "":
		return fault.Field("postalCode", "The postal code is missing.")
	}
	a.Country = strings.ToUpper(a.Country)
	return nil
}

// Subscription is what a provider has and uses of its plans.
type Subscription struct {
	Provider
	Plans   []PlanSeats
	Address *Address // nil when none was entered, and for service users
}

// FindSubscription gives the seats of a provider's plans to its staff, also to the
// admins of a suspended one.
func (s *Service) FindSubscription(ctx context.Context, user id.User, provider id.Provider) (Subscription, error) {
	var out Subscription
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToProviderRecord(ctx, tx, user, provider)
		if err != nil {
			return err
		}
		if out.Provider, err = byID(ctx, tx, provider); err != nil {
			return err
		}
		if out.Plans, err = PlansOf(ctx, tx, staff); err != nil || !staff.Admin {
			return err
		}
		out.Address, err = addressIn(ctx, tx, provider)
		return err
	})
	return out, err
}

// AllowBilling answers fault.Absent unless the account is an admin of the provider,
// also of a suspended one.
func (s *Service) AllowBilling(ctx context.Context, user id.User, provider id.Provider) error {
	return s.DB.View(ctx, func(tx *db.Tx) error { return billingAdmin(ctx, tx, user, provider) })
}

func billingAdmin(ctx context.Context, tx *db.Tx, user id.User, provider id.Provider) error {
	staff, err := access.ToProviderRecord(ctx, tx, user, provider)
	if err == nil && !staff.Admin {
		err = fault.Absent()
	}
	return err
}

// FindAddress gives the billing address to admins; nil when there is none.
func (s *Service) FindAddress(ctx context.Context, user id.User, provider id.Provider) (*Address, error) {
	var out *Address
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if err := billingAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		var err error
		out, err = addressIn(ctx, tx, provider)
		return err
	})
	return out, err
}

// SetAddress stores another billing address.
func (s *Service) SetAddress(ctx context.Context, user id.User, provider id.Provider, in Address) (Address, error) {
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := billingAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		text, err := json.Marshal(in)
		if err != nil {
			return err
		}
		return tx.ExecOne(ctx, `UPDATE providers SET billing_address = $2, revised_at = $3 WHERE id = $1`, provider, string(text), tx.Now)
	})
	return in, err
}

func addressIn(ctx context.Context, tx *db.Tx, provider id.Provider) (*Address, error) {
	text, err := db.One(ctx, tx, db.Value[string], `SELECT COALESCE(billing_address, '') FROM providers WHERE id = $1`, provider)
	if err != nil || text == "" {
		return nil, err
	}
	var a Address
	return &a, json.Unmarshal([]byte(text), &a)
}
