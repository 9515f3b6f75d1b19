package baseline

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// baselinesOf reads the baselines of a provider with their policies, in their
// order. Two statements.
func baselinesOf(ctx context.Context, tx *db.Tx, provider id.Provider) ([]Baseline, error) {
	list, err := db.All(ctx, tx, scanBaseline, `SELECT id, name, description, rank, may_deviate, settings, revised_at
		FROM baselines WHERE provider_id = $1 ORDER BY rank, id`, provider)
	if err != nil {
		return nil, err
	}
	policies := map[id.Baseline][]Policy{}
	err = db.Each(ctx, tx, func(r db.Row) error {
		var of id.Baseline
		var p Policy
		err := r.Scan(&of, &p.Type, &p.Enabled, db.Opt(&p.Data))
		policies[of] = append(policies[of], p)
		return err
	}, `SELECT baseline_id, type, enabled, data FROM baseline_policies WHERE provider_id = $1 ORDER BY baseline_id, type`, provider)
	for i := range list {
		list[i].Policies = policies[list[i].ID]
	}
	return list, err
}

func scanBaseline(r db.Row) (Baseline, error) {
	var b Baseline
	var settings string
	if err := r.Scan(&b.ID, &b.Name, &b.Description, &b.Rank, &b.MayDeviate, &settings, db.Time(&b.RevisedAt)); err != nil {
		return b, err
	}
	if err := json.Unmarshal([]byte(settings), &b.Settings); err != nil {
		return b, fmt.Errorf("read the settings of baseline %s: %w", b.ID, err)
	}
	return b, nil
}

// assignedTo adds to baselines the clients and tags that they are assigned to, as
// far as the staff reaches the clients. Admins see tags without any client, too.
// Two statements.
func assignedTo(ctx context.Context, tx *db.Tx, staff access.Staff, list []Baseline) error {
	at := map[id.Baseline]*Baseline{}
	for i := range list {
		at[list[i].ID] = &list[i]
	}
	args := append([]any{staff.Provider}, staff.Reaching(tx)...)
	err := db.Each(ctx, tx, func(r db.Row) error {
		var of id.Baseline
		var client id.ProviderClient
		if err := r.Scan(&of, &client); err != nil {
			return err
		}
		at[of].Clients = append(at[of].Clients, client)
		return nil
	}, `SELECT bc.baseline_id, bc.client_id FROM baseline_clients bc
		JOIN provider_clients pc ON pc.provider_id = bc.provider_id AND pc.id = bc.client_id
		WHERE bc.provider_id = $1 AND `+staff.Reaches(2)+` ORDER BY bc.client_id`, args...)
	if err != nil {
		return err
	}
	return db.Each(ctx, tx, func(r db.Row) error {
		var of id.Baseline
		var tag id.ProviderTag
		if err := r.Scan(&of, &tag); err != nil {
			return err
		}
		at[of].Tags = append(at[of].Tags, tag)
		return nil
	}, `SELECT bt.baseline_id, bt.tag_id FROM baseline_tags bt
		WHERE bt.provider_id = $1 AND ($4 OR EXISTS (SELECT 1 FROM client_tags ct
			JOIN provider_clients pc ON pc.provider_id = ct.provider_id AND pc.id = ct.client_id
			WHERE ct.provider_id = bt.provider_id AND ct.tag_id = bt.tag_id AND `+staff.Reaches(2)+`))
		ORDER BY bt.tag_id`, append(args, staff.Admin)...)
}
