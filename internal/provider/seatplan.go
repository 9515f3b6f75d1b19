package provider

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/tenant"
)

// NewSeats is how many seats a client shall have.
type NewSeats struct {
	Client id.ProviderClient
	Seats  int
}

// SeatPlan is what becomes of assigning seats to many clients: a row for each, in
// the order that was asked for, and what it means for the plans.
type SeatPlan struct {
	Rows          []SeatChange
	Before, After []PlanSeats // the same plans in the same order
}

// SeatChange is one row of a SeatPlan. One with a reason changes nothing.
type SeatChange struct {
	Client
	Before, After int
	Reason        string
}

// PlanSeats assigns seats to many clients, or with dry only tells what would
// become of it. Rows that cannot be are left with a reason, the others are done.
// It takes a constant number of statements.
func (s *Service) PlanSeats(ctx context.Context, user id.User, provider id.Provider, rows []NewSeats, dry bool) (SeatPlan, error) {
	var out SeatPlan
	act := func(tx *db.Tx) error {
		staff, err := access.ToFleet(ctx, tx, user, provider, !dry)
		if err != nil {
			return err
		}
		if out, err = planSeats(ctx, tx, staff, rows); err != nil || dry {
			return err
		}
		return out.write(ctx, tx, provider)
	}
	run := s.DB.Update
	if dry {
		run = s.DB.View
	}
	err := run(ctx, act) // first: what it finds is returned
	return out, err
}

func planSeats(ctx context.Context, tx *db.Tx, staff access.Staff, rows []NewSeats) (SeatPlan, error) {
	var out SeatPlan
	wanted := make([]id.ProviderClient, len(rows))
	for i, r := range rows {
		wanted[i] = r.Client
	}
	once, err := org.Bulk(wanted)
	if err != nil {
		return out, err
	}
	if len(once) != len(rows) {
		return out, fault.Field("rows", "A client is named twice.")
	}
	found, err := db.All(ctx, tx, scanClient, selectClients+`AND `+staff.Reaches(2)+` AND `+db.Among(tx, "pc.id", 4)+groupClients,
		append(append([]any{staff.Provider}, staff.Reaching(tx)...), db.List(once))...)
	if err != nil {
		return out, err
	}
	if len(found) != len(rows) {
		return out, fault.Absent()
	}
	byID := map[id.ProviderClient]Client{}
	for _, c := range found {
		byID[c.ID] = c
	}
	if out.Before, err = PlansOf(ctx, tx, staff); err != nil {
		return out, err
	}
	for _, r := range rows {
		c := byID[r.Client]
		out.Rows = append(out.Rows, SeatChange{Client: c, Before: c.Seats, After: r.Seats, Reason: unassignable(c, r.Seats)})
	}
	out.decide(mayBuy(staff))
	return out, nil
}

// decide goes through the rows, those that free seats first, so that moving seats
// from one client to another buys nothing, whatever the order of the rows.
func (p *SeatPlan) decide(buyer bool) {
	p.After = slices.Clone(p.Before)
	for _, freeing := range []bool{true, false} {
		for i := range p.Rows {
			row := &p.Rows[i]
			more := row.After - row.Before
			if row.Reason == "" && (more < 0) == freeing {
				row.Reason = p.take(row.Client, more, buyer)
			}
			if row.Reason != "" {
				row.After = row.Before
			}
		}
	}
}

// take moves seats of a client's plan, or says why that cannot be.
func (p *SeatPlan) take(c Client, more int, buyer bool) string {
	i := slices.IndexFunc(p.After, func(s PlanSeats) bool { return s.Plan.Type == c.Plan.Type })
	if i < 0 || c.Status != tenant.Managed {
		return ""
	}
	if !buyer && p.After[i].buys(more) {
		return msgPurchase
	}
	p.After[i].Assigned += more
	return ""
}

func (p *SeatPlan) write(ctx context.Context, tx *db.Tx, provider id.Provider) error {
	seats := map[id.Org]int{}
	var events []event.Event
	for _, row := range p.Rows {
		if row.Reason == "" && row.After != row.Before {
			seats[row.Org] = row.After
			events = append(events, event.Event{Type: event.OrgUpdated, Org: row.Org, Provider: provider})
		}
	}
	if len(seats) == 0 {
		return nil
	}
	if err := tenant.SetSeatsOf(ctx, tx, seats); err != nil {
		return err
	}
	return event.Append(ctx, tx, events...)
}
