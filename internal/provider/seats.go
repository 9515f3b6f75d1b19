package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

// PlanSeats are a provider's seats of one plan, as they stand to one of its staff.
// Whoever does not reach all clients sees their own part: what the clients that
// do not exist for them have is taken off the minimum, so that the arithmetic
// holds and tells nothing of them.
type PlanSeats struct {
	Plan     tenant.Plan
	Minimum  int // those that the provider has anyway
	Assigned int // those of the clients
}

// Purchased are the seats above the minimum.
func (p PlanSeats) Purchased() int { return max(0, p.Assigned-p.Minimum) }

// buys tells whether assigning more seats, or fewer when it is negative, needs
// seats above the minimum that are not purchased yet.
func (p PlanSeats) buys(more int) bool { return more > 0 && p.Assigned+more > p.Minimum }

// mayBuy tells who may assign seats above the minimum: admins, and the programs
// to which an admin gave a key that writes.
func mayBuy(staff access.Staff) bool { return staff.Admin || staff.Key != "" }

const msgPurchase = "That many seats need a purchase, which a provider admin has to make. Ask one of them, or free seats at another client first."

// PlansOf gives the seats of the plans that clients can have. One statement.
func PlansOf(ctx context.Context, tx *db.Tx, staff access.Staff) ([]PlanSeats, error) {
	type sums struct{ plan, minimum, mine, elsewhere int }
	rows, err := db.All(ctx, tx, func(r db.Row) (sums, error) {
		var n sums
		err := r.Scan(&n.plan, &n.minimum, &n.mine, &n.elsewhere)
		return n, err
	}, `SELECT plan_type, SUM(seat_minimum), SUM(mine), SUM(elsewhere) FROM (
			SELECT plan_type, seat_minimum, 0 AS mine, 0 AS elsewhere FROM provider_plans WHERE provider_id = $1
			UNION ALL SELECT o.plan_type, 0, CASE WHEN `+staff.Reaches(2)+` THEN COALESCE(o.seats, 0) ELSE 0 END,
				CASE WHEN `+staff.Reaches(2)+` THEN 0 ELSE COALESCE(o.seats, 0) END
			FROM provider_clients pc JOIN organizations o ON o.id = pc.org_id WHERE pc.provider_id = $1 AND o.status = 2
		) s GROUP BY plan_type ORDER BY plan_type`, append([]any{staff.Provider}, staff.Reaching(tx)...)...)
	if err != nil {
		return nil, err
	}
	byPlan := map[int]sums{tenant.TeamsMonthly: {}, tenant.EnterpriseMonthly: {}}
	for _, n := range rows {
		byPlan[n.plan] = n
	}
	var out []PlanSeats
	for _, plan := range tenant.Plans() {
		if n, ok := byPlan[plan.Type]; ok {
			out = append(out, PlanSeats{Plan: plan, Minimum: max(0, n.minimum-n.elsewhere), Assigned: n.mine})
		}
	}
	return out, nil
}

// mayAssign refuses a number of seats that the client cannot have, or that the
// caller may not decide alone.
func mayAssign(ctx context.Context, tx *db.Tx, staff access.Staff, c Client, seats int) error {
	if why := unassignable(c, seats); why != "" {
		return fault.Field("assignedSeats", why)
	}
	if c.Status != tenant.Managed || mayBuy(staff) {
		return nil
	}
	plans, err := PlansOf(ctx, tx, staff)
	if err != nil {
		return err
	}
	for _, p := range plans {
		if p.Plan.Type == c.Plan.Type && p.buys(seats-c.Seats) {
			return fault.Field("assignedSeats", msgPurchase)
		}
	}
	return nil
}

func unassignable(c Client, seats int) string {
	switch {
	case seats < 1 || seats > tenant.MaxSeats:
		return "A client needs at least one seat."
	case seats < c.Occupied:
		return tenant.SeatsInUse(c.Occupied)
	}
	return ""
}

// SetPlans says how many seats of each plan a provider has anyway, for the
// operator. Those that are assigned above it are purchased.
func (s *Service) SetPlans(ctx context.Context, provider id.Provider, teams, enterprise int) error {
	if teams < 0 || enterprise < 0 || teams > tenant.MaxSeats || enterprise > tenant.MaxSeats {
		return fault.Newf(fault.Invalid, "The minimum of seats is between 0 and %d.", tenant.MaxSeats)
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if _, err := byID(ctx, tx, provider); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `DELETE FROM provider_plans WHERE provider_id = $1`, provider); err != nil {
			return err
		}
		return db.Insert(ctx, tx, `INSERT INTO provider_plans (provider_id, plan_type, seat_minimum)`,
			[]any{provider, tenant.TeamsMonthly, teams}, []any{provider, tenant.EnterpriseMonthly, enterprise})
	})
}
