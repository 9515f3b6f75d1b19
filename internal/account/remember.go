package account

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

// rememberFor is what clients tell people.
const rememberFor = 30 * 24 * time.Hour

// Remember gives a device a token that stands in for the second factor. It is
// good on this device alone, and dies with the account's stamp and with every
// change of its factors. A device has one: the new one replaces the old.
func Remember(ctx context.Context, tx *db.Tx, a Account, device id.Device) (string, error) {
	plain, hash := token.Opaque()
	_, err := tx.Exec(ctx, `INSERT INTO remembered_devices (user_id, device_id, token_hash, security_stamp, created_at, expires_at)
		VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (user_id, device_id) DO UPDATE SET token_hash = excluded.token_hash, security_stamp = excluded.security_stamp,
			created_at = excluded.created_at, expires_at = excluded.expires_at`,
		a.ID, device, hash, a.Stamp, tx.Now, tx.Now.Add(rememberFor))
	return plain, err
}

func remembers(ctx context.Context, tx *db.Tx, a Account, identifier, plain string) (bool, error) {
	_, err := db.One(ctx, tx, db.Value[int], `SELECT 1 FROM remembered_devices r JOIN devices d ON d.user_id = r.user_id AND d.id = r.device_id
		WHERE r.user_id = $1 AND d.identifier = $2 AND r.token_hash = $3 AND r.security_stamp = $4 AND r.expires_at > $5`,
		a.ID, identifier, token.Hash(plain), a.Stamp, tx.Now)
	if fault.Is(err, fault.NotFound) {
		return false, nil
	}
	return err == nil, err
}

func forgetDevices(ctx context.Context, tx *db.Tx, user id.User) error {
	_, err := tx.Exec(ctx, `DELETE FROM remembered_devices WHERE user_id = $1`, user)
	return err
}
