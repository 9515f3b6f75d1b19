package claim

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

const selectDomains = `SELECT id, org_id, name, txt, created_at, verified_at, checked_at, next_check, checks, first_missing FROM claimed_domains `

func scan(r db.Row) (Domain, error) {
	var d Domain
	err := r.Scan(&d.ID, &d.Org, &d.Name, &d.TXT, db.Time(&d.CreatedAt), db.Time(&d.VerifiedAt), db.Time(&d.CheckedAt), db.Time(&d.NextCheck), &d.Checks, db.Time(&d.FirstMissing))
	return d, err
}

func listOf(ctx context.Context, tx *db.Tx, of id.Org) ([]Domain, error) {
	return db.All(ctx, tx, scan, selectDomains+`WHERE org_id = $1 ORDER BY name`, of)
}

func byID(ctx context.Context, tx *db.Tx, of id.Org, domain id.ClaimedDomain) (Domain, error) {
	return db.One(ctx, tx, scan, selectDomains+`WHERE org_id = $1 AND id = $2`, of, domain)
}

func listDue(ctx context.Context, tx *db.Tx) ([]Domain, error) {
	return db.All(ctx, tx, scan, selectDomains+`WHERE COALESCE(next_check, 0) <= $1 ORDER BY next_check LIMIT $2`, tx.Now, atOnce)
}

func postpone(ctx context.Context, tx *db.Tx, list []Domain) error {
	ids := make([]id.ClaimedDomain, len(list))
	for i, d := range list {
		ids[i] = d.ID
	}
	_, err := tx.Exec(ctx, `UPDATE claimed_domains SET next_check = $1 WHERE `+db.Among(tx, "id", 2),
		tx.Now.Add(between), db.List(ids))
	return err
}

func insert(ctx context.Context, tx *db.Tx, d Domain) error {
	return db.Insert(ctx, tx, `INSERT INTO claimed_domains (org_id, id, name, txt, verified_at, checked_at, next_check, checks, created_at)`,
		[]any{d.Org, d.ID, d.Name, d.TXT, d.VerifiedAt, d.CheckedAt, d.NextCheck, d.Checks, d.CreatedAt})
}

func update(ctx context.Context, tx *db.Tx, d Domain) error {
	return tx.ExecOne(ctx, `UPDATE claimed_domains SET verified_at = $3, checked_at = $4, next_check = $5, checks = $6, first_missing = $7 WHERE org_id = $1 AND id = $2`,
		d.Org, d.ID, d.VerifiedAt, d.CheckedAt, d.NextCheck, d.Checks, d.FirstMissing)
}

func drop(ctx context.Context, tx *db.Tx, d Domain) error {
	return tx.ExecOne(ctx, `DELETE FROM claimed_domains WHERE org_id = $1 AND id = $2`, d.Org, d.ID)
}
