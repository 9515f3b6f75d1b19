package enroll

import (
	"context"
	"math"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

// seats are those of an organization; everybody invited, accepted or confirmed
// takes one.
type seats struct {
	all      int // 0: unlimited
	occupied int
	status   tenant.Status
}

func seatsOf(ctx context.Context, tx *db.Tx, organization id.Org) (seats, error) {
	return db.One(ctx, tx, func(r db.Row) (seats, error) {
		var n seats
		err := r.Scan(&n.all, &n.status, &n.occupied)
		return n, err
	}, `SELECT COALESCE(o.seats, 0), o.status, COUNT(m.id) FROM organizations o
		LEFT JOIN members m ON m.org_id = o.id AND m.status IN (0, 1, 2)
		WHERE o.id = $1 GROUP BY o.seats, o.status`, organization)
}

// checkSeats refuses more people than the organization has seats for.
func checkSeats(ctx context.Context, tx *db.Tx, actor access.Org, more int) error {
	if more == 0 {
		return nil
	}
	n, err := seatsOf(ctx, tx, actor.ID)
	if err == nil && more > n.free() {
		err = n.full(actor, more)
	}
	return err
}

func (n seats) free() int {
	if n.all == 0 {
		return math.MaxInt
	}
	return max(n.all-n.occupied, 0)
}

// full says that more people do not fit, and who can do something about it.
func (n seats) full(actor access.Org, more int) error {
	advice := "Remove a member first."
	switch {
	case actor.Provider != "":
		advice = "Assign more seats to this client in the Clients list first."
	case n.status == tenant.Managed:
		advice = "Ask your provider for more seats, or remove a member first."
	}
	return fault.Newf(fault.Invalid, "%d of %d seats are in use, so %d more people do not fit. %s", n.occupied, n.all, more, advice)
}
