package baseline

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// find reads one baseline as the staff sees it.
func find(ctx context.Context, tx *db.Tx, staff access.Staff, which id.Baseline) (Counted, error) {
	list, err := counts(ctx, tx, staff)
	if err != nil {
		return Counted{}, err
	}
	for _, c := range list {
		if c.ID == which {
			return c, nil
		}
	}
	return Counted{}, fault.Absent()
}

func insert(ctx context.Context, tx *db.Tx, provider id.Provider, b Baseline) error {
	text, err := settingsText(b)
	if err != nil {
		return err
	}
	err = db.Insert(ctx, tx, `INSERT INTO baselines (provider_id, id, name, description, rank, may_deviate, settings, created_at, revised_at)`,
		[]any{provider, b.ID, b.Name, b.Description, b.Rank, b.MayDeviate, text, tx.Now, tx.Now})
	if err != nil {
		return err
	}
	return insertPolicies(ctx, tx, provider, b)
}

func update(ctx context.Context, tx *db.Tx, provider id.Provider, b Baseline) error {
	text, err := settingsText(b)
	if err != nil {
		return err
	}
	err = tx.ExecOne(ctx, `UPDATE baselines SET name = $3, description = $4, may_deviate = $5, settings = $6, revised_at = $7
		WHERE provider_id = $1 AND id = $2`, provider, b.ID, b.Name, b.Description, b.MayDeviate, text, tx.Now)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM baseline_policies WHERE provider_id = $1 AND baseline_id = $2`, provider, b.ID); err != nil {
		return err
	}
	return insertPolicies(ctx, tx, provider, b)
}

func settingsText(b Baseline) (string, error) {
	text, err := json.Marshal(b.Settings)
	if err != nil {
		return "", fmt.Errorf("write the settings of a baseline: %w", err)
	}
	return string(text), nil
}

func insertPolicies(ctx context.Context, tx *db.Tx, provider id.Provider, b Baseline) error {
	rows := make([][]any, len(b.Policies))
	for i, p := range b.Policies {
		rows[i] = []any{provider, b.ID, int(p.Type), p.Enabled, p.Data}
	}
	return db.Insert(ctx, tx, `INSERT INTO baseline_policies (provider_id, baseline_id, type, enabled, data)`, rows...)
}

func remove(ctx context.Context, tx *db.Tx, provider id.Provider, which id.Baseline) error {
	return tx.ExecOne(ctx, `DELETE FROM baselines WHERE provider_id = $1 AND id = $2`, provider, which)
}

var ranksByOrder = db.By(
	`UPDATE baselines SET rank = (SELECT e.key + 1 FROM json_each($2) e WHERE e.value = baselines.id) WHERE provider_id = $1`,
	`UPDATE baselines SET rank = (SELECT e.n FROM jsonb_array_elements_text($2::jsonb) WITH ORDINALITY AS e (id, n) WHERE e.id = baselines.id)
		WHERE provider_id = $1`)

// setRanks writes the order of all baselines of a provider.
func setRanks(ctx context.Context, tx *db.Tx, provider id.Provider, ids []id.Baseline) error {
	_, err := tx.Exec(ctx, ranksByOrder.In(tx), provider, db.List(ids))
	return err
}

// allOf answers fault.Absent unless all clients and tags are the provider's.
func allOf(ctx context.Context, tx *db.Tx, provider id.Provider, clients []id.ProviderClient, tags []id.ProviderTag) error {
	n, err := db.One(ctx, tx, db.Value[int], `SELECT (SELECT COUNT(*) FROM provider_clients WHERE provider_id = $1 AND `+db.Among(tx, "id", 2)+`)
		+ (SELECT COUNT(*) FROM provider_tags WHERE provider_id = $1 AND `+db.Among(tx, "id", 3)+`)`, provider, db.List(clients), db.List(tags))
	if err == nil && n != len(clients)+len(tags) {
		err = fault.Absent()
	}
	return err
}

// assign writes for whom a baseline is. The others that lose a client or a tag
// by it count as changed, too.
func assign(ctx context.Context, tx *db.Tx, provider id.Provider, which id.Baseline, clients []id.ProviderClient, tags []id.ProviderTag) error {
	args := []any{provider, which, db.List(clients), db.List(tags)}
	lost := `EXISTS (SELECT 1 FROM baseline_clients x WHERE x.provider_id = $1 AND x.baseline_id = baselines.id AND ` + db.Among(tx, "x.client_id", 3) + `)
		OR EXISTS (SELECT 1 FROM baseline_tags x WHERE x.provider_id = $1 AND x.baseline_id = baselines.id AND ` + db.Among(tx, "x.tag_id", 4) + `)`
	if _, err := tx.Exec(ctx, `UPDATE baselines SET revised_at = $5 WHERE provider_id = $1 AND (id = $2 OR `+lost+`)`, append(args, tx.Now)...); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM baseline_clients WHERE provider_id = $1 AND (baseline_id = $2 OR `+db.Among(tx, "client_id", 3)+`)`, provider, which, db.List(clients)); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM baseline_tags WHERE provider_id = $1 AND (baseline_id = $2 OR `+db.Among(tx, "tag_id", 3)+`)`, provider, which, db.List(tags)); err != nil {
		return err
	}
	rows := make([][]any, len(clients))
	for i, c := range clients {
		rows[i] = []any{provider, c, which}
	}
	if err := db.Insert(ctx, tx, `INSERT INTO baseline_clients (provider_id, client_id, baseline_id)`, rows...); err != nil {
		return err
	}
	rows = make([][]any, len(tags))
	for i, t := range tags {
		rows[i] = []any{provider, t, which}
	}
	return db.Insert(ctx, tx, `INSERT INTO baseline_tags (provider_id, tag_id, baseline_id)`, rows...)
}
