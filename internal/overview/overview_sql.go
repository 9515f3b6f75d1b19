package overview

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

func clientsOf(ctx context.Context, tx *db.Tx, staff access.Staff) ([]Client, error) {
	return db.All(ctx, tx, func(r db.Row) (Client, error) {
		c := Client{Tags: []id.ProviderTag{}}
		var plan int
		err := r.Scan(&c.ID, &c.Org, &c.Name, &plan, &c.Seats, &c.Status, &c.Enabled)
		c.Plan, _ = tenant.PlanOf(plan)
		return c, err
	}, `SELECT pc.id, pc.org_id, o.name, o.plan_type, COALESCE(o.seats, 0), o.status, o.enabled
		FROM provider_clients pc JOIN organizations o ON o.id = pc.org_id WHERE `+fleet(staff)+` ORDER BY o.name, pc.id`,
		reaching(tx, staff)...)
}

func countMembers(ctx context.Context, tx *db.Tx, staff access.Staff, clients map[id.ProviderClient]*Client) error {
	return db.Each(ctx, tx, func(r db.Row) error {
		var client id.ProviderClient
		var m Members
		if err := r.Scan(&client, &m.Invited, &m.Accepted, &m.Confirmed, &m.Revoked, &m.Staged, &m.Owners, &m.TwoStep); err != nil {
			return err
		}
		clients[client].Members = m
		return nil
	}, `SELECT pc.id, COUNT(CASE WHEN m.status = 0 THEN 1 END), COUNT(CASE WHEN m.status = 1 THEN 1 END), COUNT(CASE WHEN m.status = 2 THEN 1 END),
		COUNT(CASE WHEN m.status = -1 THEN 1 END), COUNT(CASE WHEN m.status = 3 THEN 1 END), COUNT(CASE WHEN m.status = 2 AND m.type = 0 THEN 1 END),
		COUNT(CASE WHEN m.status = 2 AND EXISTS (SELECT 1 FROM second_factors f WHERE f.user_id = m.user_id) THEN 1 END)
		FROM provider_clients pc JOIN members m ON m.org_id = pc.org_id WHERE `+fleet(staff)+` GROUP BY pc.id`, reaching(tx, staff)...)
}

func readTags(ctx context.Context, tx *db.Tx, staff access.Staff, clients map[id.ProviderClient]*Client) error {
	return db.Each(ctx, tx, func(r db.Row) error {
		var client id.ProviderClient
		var tag id.ProviderTag
		if err := r.Scan(&client, &tag); err != nil {
			return err
		}
		clients[client].Tags = append(clients[client].Tags, tag)
		return nil
	}, `SELECT ct.client_id, ct.tag_id FROM provider_clients pc JOIN client_tags ct ON ct.provider_id = pc.provider_id AND ct.client_id = pc.id
		WHERE `+fleet(staff)+` ORDER BY ct.client_id, ct.tag_id`, reaching(tx, staff)...)
}

// readActivity reads the ends of the logs, each by an index: a log may hold
// millions of entries.
func readActivity(ctx context.Context, tx *db.Tx, staff access.Staff, clients map[id.ProviderClient]*Client) error {
	return db.Each(ctx, tx, func(r db.Row) error {
		var client id.ProviderClient
		var c Client
		if err := r.Scan(&client, db.Time(&c.LastActivity), db.Time(&c.LastAccess), &c.LastAccessBy); err != nil {
			return err
		}
		of := clients[client]
		of.LastActivity, of.LastAccess, of.LastAccessBy = c.LastActivity, c.LastAccess, c.LastAccessBy
		return nil
	}, `SELECT pc.id, (SELECT MAX(e.at) FROM events e WHERE e.tenant_id = pc.org_id), a.at, COALESCE(NULLIF(u.name, ''), u.email, k.name, '')
		FROM provider_clients pc
		LEFT JOIN events a ON a.tenant_id = pc.org_id AND a.type = 1603 AND a.provider_id = pc.provider_id
			AND a.at = (SELECT MAX(e.at) FROM events e WHERE e.tenant_id = pc.org_id AND e.type = 1603 AND e.provider_id = pc.provider_id)
		LEFT JOIN users u ON u.id = a.acting_user_id
		LEFT JOIN provider_keys k ON k.provider_id = pc.provider_id AND k.id = a.provider_key_id
		WHERE `+fleet(staff), reaching(tx, staff)...)
}
