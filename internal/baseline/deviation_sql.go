package baseline

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
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
