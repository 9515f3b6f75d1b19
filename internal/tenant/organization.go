package tenant

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/token"
)

// Status is how an organization is run.
type Status int

// The statuses.
const (
	Created Status = 1
	Managed Status = 2 // by a provider
)

// Organization is one organization with its settings.
type Organization struct {
	ID            id.Org
	Name          string
	BusinessName  string
	BillingEmail  string
	Plan          Plan
	Seats         int // 0: unlimited
	Status        Status
	Enabled       bool
	PublicKey     string
	HasPrivateKey bool
	CreatedAt     time.Time
	RevisedAt     time.Time
	Rules
	ProviderItemAccess bool    // the provider's staff reaches items
	Storage            Storage // what its files take is read for subscriptions alone
}

// Service keeps organizations.
type Service struct {
	DB     *db.DB
	Tokens *token.Keeper // seals API keys
	// Check verifies the master password, or what stands for it, of an account
	// before an act that needs more than being logged in.
	Check func(ctx context.Context, user id.User, secret account.Secret) (account.Proof, error)
}

// New is what it takes to create an organization.
type New struct {
	Name         string
	BusinessName string
	BillingEmail string
	Plan         int
	Seats        int // 0: unlimited
	Keys         KeyPair
}

// Insert writes a new organization with its keys, for the flows that create one.
// Nobody belongs to it yet.
func Insert(ctx context.Context, tx *db.Tx, tokens *token.Keeper, in New, status Status) (id.Org, error) {
	if err := in.check(); err != nil {
		return "", err
	}
	org := id.New[id.Org]()
	return org, insertOrganization(ctx, tx, org, in, status, sealedAPIKey(tokens, org))
}

func (in *New) check() (err error) {
	if in.Name, err = Name("name", in.Name); err != nil {
		return err
	}
	if in.BusinessName, err = BusinessName(in.BusinessName); err != nil {
		return err
	}
	if in.BillingEmail, err = Address("billingEmail", in.BillingEmail); err != nil {
		return err
	}
	if _, known := PlanOf(in.Plan); !known {
		return fault.Field("planType", "This plan is not available.")
	}
	if in.Seats < 0 || in.Seats > MaxSeats {
		return fault.Field("additionalSeats", "The number of seats is not valid.")
	}
	return in.Keys.check()
}

// Find gives an organization to those who may see its settings.
func (s *Service) Find(ctx context.Context, user id.User, org id.Org) (Organization, error) {
	return s.find(ctx, user, org, access.ManageOrg)
}

func (s *Service) find(ctx context.Context, user id.User, org id.Org, act access.Act) (Organization, error) {
	var out Organization
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, act); err != nil {
			return err
		}
		var err error
		out, err = ByID(ctx, tx, org)
		return err
	})
	return out, err
}

// Allow answers fault.Absent unless the account may do act in the organization.
func (s *Service) Allow(ctx context.Context, user id.User, org id.Org, act access.Act) error {
	return s.DB.View(ctx, func(tx *db.Tx) error {
		_, err := access.Require(ctx, tx, user, org, act)
		return err
	})
}

// Change is a new name, billing address, or the key pair of an organization
// that has none yet. Empty members are kept.
type Change struct {
	Name         string
	BusinessName *string
	BillingEmail string
	Keys         *KeyPair
	LastKnown    time.Time // revision date of what was edited; zero when not said
}

// Update changes an organization's settings.
func (s *Service) Update(ctx context.Context, user id.User, org id.Org, in Change) (Organization, error) {
	var out Organization
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageOrg)
		if err != nil {
			return err
		}
		if out, err = ByID(ctx, tx, org); err != nil {
			return err
		}
		if err := in.apply(actor, &out); err != nil {
			return err
		}
		if err := updateOrganization(ctx, tx, &out); err != nil {
			return err
		}
		as := push.OrganizationsChanged
		if in.Keys != nil && !out.HasPrivateKey {
			as = push.OrgKeysChanged
			if err := setKeys(ctx, tx, org, *in.Keys); err != nil {
				return err
			}
			out.PublicKey, out.HasPrivateKey = in.Keys.Public, true
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.OrgUpdated, Org: org, Provider: actor.ActingProvider()}); err != nil {
			return err
		}
		return TouchAll(ctx, tx, org, push.Message{Type: as})
	})
	return out, err
}

func (in Change) apply(actor access.Org, o *Organization) (err error) {
	if err := UpToDate(in.LastKnown, o.RevisedAt); err != nil {
		return err
	}
	if in.Name != "" {
		if o.Name, err = Name("name", in.Name); err != nil {
			return err
		}
	}
	if in.BusinessName != nil {
		if o.BusinessName, err = BusinessName(*in.BusinessName); err != nil {
			return err
		}
	}
	if in.Keys != nil {
		if err := in.Keys.check(); err != nil {
			return err
		}
	}
	if in.BillingEmail == "" {
		return nil
	}
	before := o.BillingEmail
	if o.BillingEmail, err = Address("billingEmail", in.BillingEmail); err != nil {
		return err
	}
	if o.BillingEmail != before && o.Status == Managed && actor.Provider == "" {
		return fault.Field("billingEmail", "The billing address is kept by your provider. Ask them to change it.")
	}
	return nil
}

// SetKeys stores the key pair of an organization that has none yet. A key is
// never replaced silently.
func (s *Service) SetKeys(ctx context.Context, user id.User, org id.Org, keys KeyPair) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageOrg)
		if err != nil {
			return err
		}
		if err := keys.check(); err != nil {
			return err
		}
		o, err := ByID(ctx, tx, org)
		if err != nil {
			return err
		}
		if o.HasPrivateKey {
			return fault.New(fault.Invalid, "The organization has its keys already.")
		}
		if err := setKeys(ctx, tx, org, keys); err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.OrgUpdated, Org: org, Provider: actor.ActingProvider()}); err != nil {
			return err
		}
		return TouchAll(ctx, tx, org, push.Message{Type: push.OrgKeysChanged})
	})
}

// TouchAll tells everybody who sees the organization's name and settings: its
// members and those of its provider's staff who reach it. told is what their apps are
// told, if that is something in particular.
func TouchAll(ctx context.Context, tx *db.Tx, org id.Org, told ...push.Message) error {
	return TouchEach(ctx, tx, []id.Org{org}, told...)
}

// TouchEach is TouchAll for several. Two statements, however many.
func TouchEach(ctx context.Context, tx *db.Tx, orgs []id.Org, told ...push.Message) error {
	people, err := db.All(ctx, tx, db.Value[id.User], `SELECT user_id FROM members WHERE `+db.Among(tx, "org_id", 1)+` AND status = 2
		UNION SELECT pu.user_id FROM provider_clients pc
		JOIN provider_users pu ON pu.provider_id = pc.provider_id AND pu.status = 2 AND `+access.InReach(2)+`
		WHERE `+db.Among(tx, "pc.org_id", 1), db.List(orgs), tx.Now)
	if err != nil || len(people) == 0 {
		return err
	}
	for _, m := range told {
		m.Users = people
		push.Tell(ctx, tx, m)
	}
	return account.Touch(ctx, tx, people...)
}
