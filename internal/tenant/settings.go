package tenant

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// Rules say who may do what with collections and their items.
type Rules struct {
	LimitCollectionCreation bool
	LimitCollectionDeletion bool
	LimitItemDeletion       bool
	AdminsAccessAll         bool
}

// NewRules are rules to set; nil ones stay.
type NewRules struct {
	LimitCollectionCreation *bool
	LimitCollectionDeletion *bool
	LimitItemDeletion       *bool
	AdminsAccessAll         *bool
	LastKnown               time.Time // revision date of what was edited; zero when not said
}

// SetRules changes the rules. Each that changes has an event of its own.
func (s *Service) SetRules(ctx context.Context, user id.User, org id.Org, in NewRules) (Organization, error) {
	return s.configure(ctx, user, org, access.ChangeSettings, func(_ access.Org, o *Organization) ([]event.Type, error) {
		if err := UpToDate(in.LastKnown, o.RevisedAt); err != nil {
			return nil, err
		}
		var kinds []event.Type
		for _, rule := range []struct {
			now     *bool
			wanted  *bool
			on, off event.Type
		}{
			{&o.LimitCollectionCreation, in.LimitCollectionCreation, event.OrgLimitCreationOn, event.OrgLimitCreationOff},
			{&o.LimitCollectionDeletion, in.LimitCollectionDeletion, event.OrgLimitDeletionOn, event.OrgLimitDeletionOff},
			{&o.LimitItemDeletion, in.LimitItemDeletion, event.OrgLimitItemDeletionOn, event.OrgLimitItemDeletionOff},
			{&o.AdminsAccessAll, in.AdminsAccessAll, event.OrgAdminAccessOn, event.OrgAdminAccessOff},
		} {
			if rule.wanted == nil || *rule.wanted == *rule.now {
				continue
			}
			*rule.now = *rule.wanted
			kind := rule.off
			if *rule.now {
				kind = rule.on
			}
			kinds = append(kinds, kind)
		}
		return kinds, nil
	})
}

// SetProviderItemAccess opens or closes the items of a client to the staff of its
// provider. That is for the client's own owners: those whom it shuts out have no
// say in it.
func (s *Service) SetProviderItemAccess(ctx context.Context, user id.User, org id.Org, open bool) (Organization, error) {
	return s.configure(ctx, user, org, access.ManageOrg, func(actor access.Org, o *Organization) ([]event.Type, error) {
		if !actor.MayRestrictStaff() {
			return nil, fault.Absent()
		}
		if o.ProviderItemAccess == open {
			return nil, nil
		}
		o.ProviderItemAccess = open
		return []event.Type{event.OrgUpdated}, nil
	})
}

// configure runs a change of settings and logs what it did. What changes nothing
// writes nothing.
func (s *Service) configure(ctx context.Context, user id.User, org id.Org, act access.Act, change func(actor access.Org, o *Organization) ([]event.Type, error)) (Organization, error) {
	var out Organization
	err := s.DB.Update(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, act)
		if err != nil {
			return err
		}
		if out, err = ByID(ctx, tx, org); err != nil {
			return err
		}
		before := out
		kinds, err := change(actor, &out)
		if err != nil || len(kinds) == 0 {
			return err
		}
		if err := updateOrganization(ctx, tx, &out); err != nil {
			return err
		}
		events := make([]event.Event, len(kinds))
		for i, kind := range kinds {
			events[i] = event.Event{Type: kind, Org: org, Provider: actor.ActingProvider()}
		}
		if err := event.Append(ctx, tx, events...); err != nil {
			return err
		}
		return TouchAll(ctx, tx, org, settingsTold(before, out)...)
	})
	return out, err
}

// settingsTold tells the limits by themselves. About everything else apps ask.
func settingsTold(before, after Organization) (told []push.Message) {
	limits := func(o Organization) push.Limits {
		return push.Limits{CollectionCreation: o.LimitCollectionCreation, CollectionDeletion: o.LimitCollectionDeletion, ItemDeletion: o.LimitItemDeletion}
	}
	if now := limits(after); limits(before) != now {
		told = append(told, push.Message{Type: push.CollectionSettingsChanged, Org: after.ID, Limits: &now})
	}
	if before.AdminsAccessAll != after.AdminsAccessAll || before.ProviderItemAccess != after.ProviderItemAccess {
		told = append(told, push.Message{Type: push.OrganizationsChanged})
	}
	return told
}

// Standing is what everybody in an organization is told about its subscription.
type Standing struct {
	Occupied int // seats in use
	Enabled  bool
	Managed  bool // by a provider, who is the one to ask
}

// FindStanding gives it to members and the provider's staff.
func (s *Service) FindStanding(ctx context.Context, user id.User, org id.Org) (Standing, error) {
	var out Standing
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.SeeOrg)
		if err != nil {
			return err
		}
		o, err := ByID(ctx, tx, org)
		if err != nil {
			return err
		}
		out = Standing{Enabled: actor.Enabled, Managed: o.Status == Managed}
		out.Occupied, err = Occupied(ctx, tx, org)
		return err
	})
	return out, err
}

// FindSubscription gives an organization to those who decide about what it is
// sold as: its owners, or where there is a provider, that provider's staff.
func (s *Service) FindSubscription(ctx context.Context, user id.User, org id.Org) (Organization, error) {
	var out Organization
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		actor, err := access.Require(ctx, tx, user, org, access.ManageOrg)
		if err != nil {
			return err
		}
		if out, err = ByID(ctx, tx, org); err != nil {
			return err
		}
		if out.Status == Managed && actor.Provider == "" {
			return fault.Absent()
		}
		out.Storage, err = StorageOf(ctx, tx, org)
		return err
	})
	return out, err
}
