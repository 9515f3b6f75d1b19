package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Addable is an organization that could become a client: enabled, managed by
// nobody, and with the caller as a confirmed owner.
type Addable struct {
	Org   id.Org
	Name  string
	Plan  tenant.Plan // that it would get
	Seats int         // that it would get: its own, or where these are unlimited, those in use
	// The provider would have to purchase seats, and the caller cannot.
	Disabled bool
}

// ListAddable gives a provider's staff the organizations of their own that could
// become clients.
func (s *Service) ListAddable(ctx context.Context, user id.User, provider id.Provider) ([]Addable, error) {
	var out []Addable
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToProvider(ctx, tx, user, provider)
		if err != nil {
			return err
		}
		if out, err = addableBy(ctx, tx, user); err != nil || mayBuy(staff) {
			return err
		}
		plans, err := PlansOf(ctx, tx, staff)
		for i := range out {
			for _, p := range plans {
				out[i].Disabled = out[i].Disabled || (p.Plan.Type == out[i].Plan.Type && p.buys(out[i].Seats))
			}
		}
		return err
	})
	return out, err
}

func addableBy(ctx context.Context, tx *db.Tx, user id.User) ([]Addable, error) {
	return db.All(ctx, tx, func(r db.Row) (Addable, error) {
		var a Addable
		var plan int
		err := r.Scan(&a.Org, &a.Name, &plan, &a.Seats)
		a.Plan = tenant.ManagedPlan(plan)
		return a, err
	}, `SELECT o.id, o.name, o.plan_type, COALESCE(o.seats, (SELECT COUNT(*) FROM members x WHERE x.org_id = o.id AND x.status IN (0, 1, 2)))
		FROM members m JOIN organizations o ON o.id = m.org_id AND o.enabled AND o.status = 1
		WHERE m.user_id = $1 AND m.status = 2 AND m.type = 0 AND NOT EXISTS (SELECT 1 FROM provider_clients pc WHERE pc.org_id = o.id)
		ORDER BY o.name, o.id`, user)
}

// AddExisting makes an organization of the caller's own a client. key is its key
// under the provider's. Of two providers that try, the first gets it.
func (s *Service) AddExisting(ctx context.Context, user id.User, provider id.Provider, organization id.Org, key string) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return err
		}
		if !encstring.Symmetric(key, encstring.MaxKey) {
			return fault.Field("key", "The organization's key must be encrypted with the provider's key (type 2).")
		}
		add, err := addable(ctx, tx, user, organization)
		if err != nil {
			return err
		}
		p, err := byID(ctx, tx, provider)
		if err != nil {
			return err
		}
		if err := tenant.Manage(ctx, tx, organization, add.Plan, add.Seats, p.BillingEmail); err != nil {
			return err
		}
		link, err := InsertClient(ctx, tx, provider, organization, key)
		if err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.ClientAdded, Provider: provider, ProviderClient: link},
			event.Event{Type: event.OrgUpdated, Org: organization}); err != nil {
			return err
		}
		return tenant.TouchAll(ctx, tx, organization, push.Message{Type: push.OrgKeysChanged})
	})
}

// addable finds one of the caller's own organizations. That it has a provider
// already is told to its owners alone.
func addable(ctx context.Context, tx *db.Tx, user id.User, organization id.Org) (Addable, error) {
	own, err := addableBy(ctx, tx, user)
	if err != nil {
		return Addable{}, err
	}
	for _, a := range own {
		if a.Org == organization {
			return a, nil
		}
	}
	linked, err := db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM members m JOIN provider_clients pc ON pc.org_id = m.org_id
		WHERE m.org_id = $1 AND m.user_id = $2 AND m.status = 2 AND m.type = 0`, organization, user)
	if err == nil && linked > 0 {
		err = fault.New(fault.Conflict, "This organization has a provider already.")
	}
	if err == nil {
		err = fault.Absent()
	}
	return Addable{}, err
}
