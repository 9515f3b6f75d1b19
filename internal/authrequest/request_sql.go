package authrequest

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// selectRequests leaves out those that were made before the account's sessions ended.
const selectRequests = `SELECT r.id, r.user_id, r.device_id, d.identifier, d.type, r.type, r.address, r.public_key, r.code_hash, r.key,
	COALESCE(r.approved, FALSE), r.created_at, r.answered_at
	FROM auth_requests r
	JOIN devices d ON d.user_id = r.user_id AND d.id = r.device_id
	JOIN users u ON u.id = r.user_id AND u.security_stamp = r.security_stamp `

func scan(row db.Row) (Request, error) {
	var r Request
	err := row.Scan(&r.ID, &r.User, &r.Device, &r.Identifier, &r.DeviceType, &r.Kind, &r.Address, &r.PublicKey, &r.codeHash, db.Opt(&r.Key),
		&r.Approved, db.Time(&r.CreatedAt), db.Time(&r.AnsweredAt))
	return r, err
}

func byID(ctx context.Context, tx *db.Tx, user id.User, request id.AuthRequest) (Request, error) {
	return db.One(ctx, tx, scan, selectRequests+`WHERE r.user_id = $1 AND r.id = $2`, user, request)
}

// ofAnybody is for the device that made the request, which has no account to name.
func ofAnybody(ctx context.Context, tx *db.Tx, request id.AuthRequest) (Request, error) {
	return db.One(ctx, tx, scan, selectRequests+`WHERE r.id = $1`, request)
}

func ofUser(ctx context.Context, tx *db.Tx, user id.User) ([]Request, error) {
	return db.All(ctx, tx, scan, selectRequests+`WHERE r.user_id = $1 AND r.created_at > $2 ORDER BY r.created_at DESC, r.id`,
		user, tx.Now.Add(-Lifetime))
}

// replace stores a request, unless the device is gone.
func replace(ctx context.Context, tx *db.Tx, user id.User, request id.AuthRequest, in Ask, codeHash, address string) error {
	if _, err := tx.Exec(ctx, `DELETE FROM auth_requests WHERE user_id = $1
		AND device_id IN (SELECT id FROM devices WHERE user_id = $1 AND identifier = $2)`, user, in.Identifier); err != nil {
		return err
	}
	return tx.ExecOne(ctx, `INSERT INTO auth_requests (user_id, id, device_id, type, address, public_key, code_hash, security_stamp, created_at)
		SELECT u.id, $2, d.id, CAST($4 AS INTEGER), $5, $6, $7, u.security_stamp, CAST($8 AS BIGINT) FROM users u JOIN devices d ON d.user_id = u.id AND d.identifier = $3
		WHERE u.id = $1`,
		user, request, in.Identifier, int(in.Kind), address, in.PublicKey, codeHash, tx.Now)
}

func answer(ctx context.Context, tx *db.Tx, user id.User, request id.AuthRequest, approved bool, key string) error {
	return tx.ExecOne(ctx, `UPDATE auth_requests SET approved = $3, key = $4, answered_at = $5
		WHERE user_id = $1 AND id = $2 AND answered_at IS NULL`, user, request, approved, db.Null(key), tx.Now)
}

func remove(ctx context.Context, tx *db.Tx, user id.User, request id.AuthRequest) error {
	return tx.ExecOne(ctx, `DELETE FROM auth_requests WHERE user_id = $1 AND id = $2`, user, request)
}

func sweep(ctx context.Context, tx *db.Tx) error {
	_, err := tx.Exec(ctx, `DELETE FROM auth_requests WHERE created_at <= $1`, tx.Now.Add(-Lifetime))
	return err
}
