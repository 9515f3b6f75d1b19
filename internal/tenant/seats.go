package tenant

import (
	"context"
	"strconv"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
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
		return TouchAll(ctx, tx, org, push.Message{Type: push.OrganizationsChanged})
	})
}

var setSeatsOf = db.By(
	`UPDATE organizations SET seats = CAST(j.value AS INTEGER), revised_at = $2 FROM json_each($1) j WHERE organizations.id = j.key`,
	`UPDATE organizations SET seats = CAST(j.value AS INTEGER), revised_at = $2 FROM jsonb_each_text($1::jsonb) j WHERE organizations.id = j.key`)

// SetSeatsOf gives organizations the seats that their provider assigns, and tells
// everybody who sees them. The caller has checked the numbers. It takes three
// statements, however many.
func SetSeatsOf(ctx context.Context, tx *db.Tx, seats map[id.Org]int) error {
	values := map[id.Org]string{}
	var orgs []id.Org
	for org, n := range seats {
		values[org] = strconv.Itoa(n)
		orgs = append(orgs, org)
	}
	if _, err := tx.Exec(ctx, setSeatsOf.In(tx), db.Map(values), tx.Now); err != nil {
		return err
	}
	return TouchEach(ctx, tx, orgs, push.Message{Type: push.OrganizationsChanged})
}
