package overview

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Needs is what waits for somebody of the provider, over all clients.
type Needs struct {
	Confirmations int // people who wait to be confirmed
	OutOfSeats    int // clients, as all that follow
	Drifted       int
	Suspended     int
	NoOwner       int

	// Only provider admins see, and can do, something about these.
	StaffToConfirm int
	Expiring       int // people whose reach ends soon, wholly or for some clients, and API keys that do
}

// soon is how long before its end a reach or an API key is worth a look.
const soon = 14 * 24 * time.Hour

func needsOf(ctx context.Context, tx *db.Tx, staff access.Staff, clients []Client) (Needs, error) {
	var n Needs
	for _, c := range clients {
		n.Confirmations += c.Members.Accepted
		alerts := c.Alerts()
		for alert, count := range map[Alert]*int{OutOfSeats: &n.OutOfSeats, Drift: &n.Drifted, Suspended: &n.Suspended, NoOwner: &n.NoOwner} {
			if slices.Contains(alerts, alert) {
				*count++
			}
		}
	}
	if !staff.Admin {
		return n, nil
	}
	return n, db.Each(ctx, tx, func(r db.Row) error {
		var keys int
		err := r.Scan(&n.StaffToConfirm, &n.Expiring, &keys)
		n.Expiring += keys
		return err
	}, `SELECT (SELECT COUNT(*) FROM provider_users pu WHERE pu.provider_id = $1 AND pu.status = 1),
		(SELECT COUNT(*) FROM provider_users pu WHERE pu.provider_id = $1 AND pu.type <> 0 AND (pu.until IS NULL OR pu.until > $2)
			AND (pu.until <= $3 OR (pu.assigned AND (
			EXISTS (SELECT 1 FROM reach_clients rc WHERE rc.provider_id = $1 AND rc.provider_user_id = pu.id AND rc.until > $2 AND rc.until <= $3)
			OR EXISTS (SELECT 1 FROM reach_tags rt WHERE rt.provider_id = $1 AND rt.provider_user_id = pu.id AND rt.until > $2 AND rt.until <= $3))))),
		(SELECT COUNT(*) FROM provider_keys k WHERE k.provider_id = $1 AND k.expires_at > $2 AND k.expires_at <= $3)`,
		staff.Provider, tx.Now, tx.Now.Add(soon))
}

// Plan is how many seats of one plan the provider has, and has given to clients.
type Plan struct {
	tenant.Plan
	Minimum  int // what the provider has anyway
	Assigned int
}

// Purchased is the number of seats beyond those that the provider has anyway.
func (p Plan) Purchased() int { return max(0, p.Assigned-p.Minimum) }

// plansOf counts the seats of the clients that the provider manages, plan by plan.
func plansOf(ctx context.Context, tx *db.Tx, staff access.Staff, clients []Client) ([]Plan, error) {
	if all, err := reachesAll(ctx, tx, staff); err != nil || !all {
		return nil, err
	}
	minimum, assigned := map[int]int{}, map[int]int{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var plan, seats int
		err := r.Scan(&plan, &seats)
		minimum[plan] = seats
		return err
	}, `SELECT plan_type, seat_minimum FROM provider_plans WHERE provider_id = $1`, staff.Provider)
	for _, c := range clients {
		if c.Status == tenant.Managed {
			assigned[c.Plan.Type] += c.Seats
		}
	}
	var out []Plan
	for _, p := range tenant.Plans() {
		if minimum[p.Type] > 0 || assigned[p.Type] > 0 {
			out = append(out, Plan{p, minimum[p.Type], assigned[p.Type]})
		}
	}
	return out, err
}

// reachesAll tells whether the staff reaches all clients, also those to come.
func reachesAll(ctx context.Context, tx *db.Tx, staff access.Staff) (bool, error) {
	if staff.Admin {
		return true, nil
	}
	if staff.Key != "" {
		return db.One(ctx, tx, db.Value[bool], `SELECT all_clients FROM provider_keys WHERE provider_id = $1 AND id = $2`, staff.Provider, staff.Key)
	}
	return db.One(ctx, tx, db.Value[bool], `SELECT NOT assigned AND (until IS NULL OR until > $3) FROM provider_users WHERE provider_id = $1 AND id = $2`,
		staff.Provider, staff.ID, tx.Now)
}
