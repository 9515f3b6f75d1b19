package overview

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
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
