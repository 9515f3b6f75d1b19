package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

func countThings(ctx context.Context, tx *db.Tx, provider id.Provider, clients []id.ProviderClient, tags []id.ProviderTag) (int, error) {
	return db.One(ctx, tx, db.Value[int], `SELECT
		(SELECT COUNT(*) FROM provider_clients WHERE provider_id = $1 AND `+db.Among(tx, "id", 2)+`) +
		(SELECT COUNT(*) FROM provider_tags WHERE provider_id = $1 AND `+db.Among(tx, "id", 3)+`)`, provider, db.List(clients), db.List(tags))
}

// WriteReach replaces what people reach; see Reach.Check, which goes before.
func WriteReach(ctx context.Context, tx *db.Tx, provider id.Provider, reach Reach, who ...id.ProviderUser) error {
	if _, err := tx.Exec(ctx, `UPDATE provider_users SET assigned = $3, until = $4, revised_at = $5 WHERE provider_id = $1 AND `+db.Among(tx, "id", 2),
		provider, db.List(who), reach.Assigned, reach.Until, tx.Now); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM reach_clients WHERE provider_id = $1 AND `+db.Among(tx, "provider_user_id", 2), provider, db.List(who)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM reach_tags WHERE provider_id = $1 AND `+db.Among(tx, "provider_user_id", 2), provider, db.List(who)); err != nil {
		return err
	}
	var clients, tags [][]any
	for _, u := range who {
		for _, c := range reach.Clients {
			clients = append(clients, []any{provider, u, c.To, c.Until})
		}
		for _, t := range reach.Tags {
			tags = append(tags, []any{provider, u, t.To, t.Until})
		}
	}
	if err := db.Insert(ctx, tx, `INSERT INTO reach_clients (provider_id, provider_user_id, client_id, until)`, clients...); err != nil {
		return err
	}
	return db.Insert(ctx, tx, `INSERT INTO reach_tags (provider_id, provider_user_id, tag_id, until)`, tags...)
}

func readTies(ctx context.Context, tx *db.Tx, provider id.Provider, who []id.ProviderUser, place map[id.ProviderUser]*Reach) error {
	err := db.Each(ctx, tx, func(r db.Row) error {
		var u id.ProviderUser
		var tie Tie[id.ProviderClient]
		err := r.Scan(&u, &tie.To, db.Time(&tie.Until))
		place[u].Clients = append(place[u].Clients, tie)
		return err
	}, `SELECT provider_user_id, client_id, until FROM reach_clients WHERE provider_id = $1 AND `+db.Among(tx, "provider_user_id", 2)+`
		ORDER BY provider_user_id, client_id`, provider, db.List(who))
	if err != nil {
		return err
	}
	return db.Each(ctx, tx, func(r db.Row) error {
		var u id.ProviderUser
		var tie Tie[id.ProviderTag]
		err := r.Scan(&u, &tie.To, db.Time(&tie.Until))
		place[u].Tags = append(place[u].Tags, tie)
		return err
	}, `SELECT provider_user_id, tag_id, until FROM reach_tags WHERE provider_id = $1 AND `+db.Among(tx, "provider_user_id", 2)+`
		ORDER BY provider_user_id, tag_id`, provider, db.List(who))
}

// endedReaches are the accounts that have not heard of anything since a reach of
// theirs ended.
func endedReaches(ctx context.Context, tx *db.Tx) ([]id.User, error) {
	return db.All(ctx, tx, db.Value[id.User], `SELECT u.id FROM users u
		JOIN (SELECT pu.user_id, pu.until FROM provider_users pu WHERE pu.status = 2 AND pu.until <= $1
			UNION ALL SELECT pu.user_id, rc.until FROM reach_clients rc
				JOIN provider_users pu ON pu.provider_id = rc.provider_id AND pu.id = rc.provider_user_id AND pu.status = 2 WHERE rc.until <= $1
			UNION ALL SELECT pu.user_id, rt.until FROM reach_tags rt
				JOIN provider_users pu ON pu.provider_id = rt.provider_id AND pu.id = rt.provider_user_id AND pu.status = 2 WHERE rt.until <= $1
		) ended ON ended.user_id = u.id AND ended.until > u.revised_at GROUP BY u.id`, tx.Now)
}
