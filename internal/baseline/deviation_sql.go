package baseline

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
)

// deviationsOf reads what owners of clients decided to do otherwise. One statement.
func deviationsOf(ctx context.Context, tx *db.Tx, provider id.Provider, clients []id.ProviderClient) (map[id.ProviderClient]map[Subject]Deviation, error) {
	out := map[id.ProviderClient]map[Subject]Deviation{}
	return out, db.Each(ctx, tx, func(r db.Row) error {
		var client id.ProviderClient
		var d Deviation
		if err := r.Scan(&client, &d.Subject, &d.Reason, &d.By, db.Time(&d.At)); err != nil {
			return err
		}
		if out[client] == nil {
			out[client] = map[Subject]Deviation{}
		}
		out[client][d.Subject] = d
		return nil
	}, `SELECT d.client_id, d.subject, d.reason, COALESCE(NULLIF(u.name, ''), u.email, ''), d.created_at
		FROM baseline_deviations d LEFT JOIN users u ON u.id = d.user_id
		WHERE d.provider_id = $1 AND `+db.Among(tx, "d.client_id", 2), provider, db.List(clients))
}

// linkOf reads whose client an organization is, while that provider is enabled.
func linkOf(ctx context.Context, tx *db.Tx, org id.Org) (link, error) {
	return db.One(ctx, tx, func(r db.Row) (link, error) {
		var l link
		err := r.Scan(&l.provider, &l.client, db.Opt(&l.name))
		return l, err
	}, `SELECT p.id, pc.id, p.name FROM provider_clients pc JOIN providers p ON p.id = pc.provider_id AND p.enabled
		WHERE pc.org_id = $1`, org)
}

func saveDeviation(ctx context.Context, tx *db.Tx, l link, subject Subject, reason string, by id.User) error {
	_, err := tx.Exec(ctx, `INSERT INTO baseline_deviations (provider_id, client_id, subject, reason, user_id, created_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (provider_id, client_id, subject) DO UPDATE SET reason = excluded.reason, user_id = excluded.user_id, created_at = excluded.created_at`,
		l.provider, l.client, subject, reason, by, tx.Now)
	return err
}

func removeDeviation(ctx context.Context, tx *db.Tx, l link, subject Subject) error {
	return tx.ExecOne(ctx, `DELETE FROM baseline_deviations WHERE provider_id = $1 AND client_id = $2 AND subject = $3`, l.provider, l.client, subject)
}

// policyRow is the id of a policy, which is none while it was never saved.
func policyRow(ctx context.Context, tx *db.Tx, org id.Org, t policy.Type) (id.Policy, error) {
	row, err := db.One(ctx, tx, db.Value[id.Policy], `SELECT id FROM policies WHERE org_id = $1 AND type = $2`, org, int(t))
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return row, err
}
