package enroll

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// NewClient is what it takes to create a client.
type NewClient struct {
	Name       string
	OwnerEmail string
	Plan       int
	Seats      int
	Key        string // the organization's key under the provider's
	Keys       tenant.KeyPair
	Collection string // name of the first collection, encrypted
}

func (in *NewClient) check() (err error) {
	if in.OwnerEmail, err = tenant.Address("ownerEmail", in.OwnerEmail); err != nil {
		return err
	}
	if in.Plan != tenant.TeamsMonthly && in.Plan != tenant.EnterpriseMonthly {
		return fault.Field("planType", "A client has the plan Teams (Monthly) or Enterprise (Monthly).")
	}
	if in.Seats < 1 {
		return fault.Field("seats", "A client needs at least one seat.")
	}
	if !encstring.Symmetric(in.Key, encstring.MaxKey) {
		return fault.Field("key", "The organization's key must be encrypted with the provider's key (type 2).")
	}
	if in.Collection == "" {
		return fault.Field("collectionName", "A client begins with one collection; its name is missing.")
	}
	return nil
}

// CreateClient creates an organization that the provider manages, with its first
// collection, and invites its owner. It answers with the client and the owner's
// invitation.
func (s *Service) CreateClient(ctx context.Context, user id.User, by id.Provider, in NewClient) (provider.Client, id.Member, error) {
	var out provider.Client
	owner := id.Member("")
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, by); err != nil {
			return err
		}
		if err := in.check(); err != nil {
			return err
		}
		billing, err := db.One(ctx, tx, db.Value[string], `SELECT billing_email FROM providers WHERE id = $1`, by)
		if err != nil {
			return err
		}
		organization, err := tenant.Insert(ctx, tx, s.Tokens, tenant.New{
			Name: in.Name, BillingEmail: billing, Plan: in.Plan, Seats: in.Seats, Keys: in.Keys,
		}, tenant.Managed)
		if err != nil {
			return err
		}
		collection, err := org.InsertCollection(ctx, tx, organization, in.Collection)
		if err != nil {
			return err
		}
		link, err := provider.InsertClient(ctx, tx, by, organization, in.Key)
		if err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.ClientCreated, Provider: by, ProviderClient: link}); err != nil {
			return err
		}
		owner = id.New[id.Member]()
		invited := org.Member{
			ID: owner, Org: organization, Email: in.OwnerEmail, Status: org.Invited, Role: access.Owner,
			Access: []org.Access{{Collection: collection, Manage: true}},
		}
		if err := s.invite(ctx, tx, user, by, []org.Member{invited}); err != nil {
			return err
		}
		if err := tenant.TouchAll(ctx, tx, organization, push.Message{Type: push.OrgKeysChanged}); err != nil {
			return err
		}
		out, err = provider.ClientByID(ctx, tx, by, link)
		return err
	})
	return out, owner, err
}
