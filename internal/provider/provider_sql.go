package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

func byID(ctx context.Context, tx *db.Tx, provider id.Provider) (Provider, error) {
	return db.One(ctx, tx, func(r db.Row) (Provider, error) {
		var p Provider
		err := r.Scan(&p.ID, db.Opt(&p.Name), db.Opt(&p.BusinessName), &p.BillingEmail, &p.Status, &p.Type, &p.Enabled, db.Time(&p.CreatedAt))
		return p, err
	}, `SELECT id, name, business_name, billing_email, status, type, enabled, created_at FROM providers WHERE id = $1`, provider)
}

func insertPending(ctx context.Context, tx *db.Tx, provider id.Provider, email string) error {
	return db.Insert(ctx, tx, `INSERT INTO providers (id, name, business_name, billing_email, status, type, enabled, created_at, revised_at)`,
		[]any{provider, nil, nil, email, int(Pending), 0, true, tx.Now, tx.Now})
}

func update(ctx context.Context, tx *db.Tx, provider id.Provider, in Edit) error {
	return tx.ExecOne(ctx, `UPDATE providers SET name = $2, business_name = $3, billing_email = $4, revised_at = $5 WHERE id = $1`,
		provider, in.Name, db.Null(in.BusinessName), in.BillingEmail, tx.Now)
}

// open ends the pending state. It changes nothing when that has ended already.
func open(ctx context.Context, tx *db.Tx, provider id.Provider, in Edit) error {
	return tx.ExecOne(ctx, `UPDATE providers SET name = $2, business_name = $3, billing_email = $4, status = 2, revised_at = $5
		WHERE id = $1 AND status = 0`, provider, in.Name, db.Null(in.BusinessName), in.BillingEmail, tx.Now)
}

// inUse tells whether the server has an account, or a provider that was set up.
func inUse(ctx context.Context, tx *db.Tx) (bool, error) {
	n, err := db.One(ctx, tx, db.Value[int], `SELECT CASE WHEN EXISTS (SELECT 1 FROM users)
		OR EXISTS (SELECT 1 FROM providers WHERE status <> 0) THEN 1 ELSE 0 END`)
	return n == 1, err
}

// unbound lists the pending providers whose link is good for anybody who has it.
func unbound(ctx context.Context, tx *db.Tx) ([]id.Provider, error) {
	return db.All(ctx, tx, db.Value[id.Provider], `SELECT p.id FROM providers p WHERE p.status = 0
		AND NOT EXISTS (SELECT 1 FROM provider_users pu WHERE pu.provider_id = p.id) ORDER BY p.created_at, p.id`)
}

func addressOf(ctx context.Context, tx *db.Tx, user id.User) (string, error) {
	return db.One(ctx, tx, db.Value[string], `SELECT email FROM users WHERE id = $1`, user)
}
