package tenant

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// FindSeats tells how many seats an organization has; 0 is without a limit.
func (s *Service) FindSeats(ctx context.Context, user id.User, org id.Org) (int, error) {
	var seats int
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, access.ManageOrg); err != nil {
			return err
		}
		o, err := ByID(ctx, tx, org)
		seats = o.Seats
		return err
	})
	return seats, err
}

// SetSeats gives an organization that nobody manages another number of seats. A
// client's seats are its provider's to assign.
func (s *Service) SetSeats(ctx context.Context, user id.User, org id.Org, seats int) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, access.ManageOrg); err != nil {
			return err
		}
		o, err := ByID(ctx, tx, org)
		if err != nil {
			return err
		}
		if o.Status == Managed {
			return fault.New(fault.Forbidden, "The seats of this organization are assigned by its provider.")
		}
		if err := SetNameAndSeats(ctx, tx, org, o.Name, seats); err != nil {
			return err
		}
		if err := event.Append(ctx, tx, event.Event{Type: event.OrgUpdated, Org: org}); err != nil {
			return err
		}
		return TouchAll(ctx, tx, org)
	})
}
