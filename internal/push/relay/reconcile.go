package relay

import (
	"context"
	"errors"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// phone is a device with a push token.
type phone struct {
	user       id.User
	device     id.Device
	identifier string
	kind       int
	token      string
}

// at once; the rest follows in the next round.
const portion = 200

// Reconcile tells the relay which phones came, have another token, or went: whatever it
// was that changed the devices.
func (r *Relay) Reconcile(ctx context.Context) error {
	var fresh, gone []phone
	err := r.db.View(ctx, func(tx *db.Tx) (err error) {
		fresh, err = db.All(ctx, tx, func(row db.Row) (phone, error) {
			var p phone
			err := row.Scan(&p.user, &p.device, &p.identifier, &p.kind, &p.token)
			return p, err
		}, `SELECT d.user_id, d.id, d.identifier, d.type, d.push_token
			FROM devices d LEFT JOIN relay_devices r ON r.user_id = d.user_id AND r.device_id = d.id
			WHERE d.push_token IS NOT NULL AND d.type IN (0, 1) AND (r.token IS NULL OR r.token <> d.push_token)
			ORDER BY d.user_id, d.id LIMIT $1`, portion)
		if err != nil {
			return err
		}
		gone, err = db.All(ctx, tx, func(row db.Row) (phone, error) {
			var p phone
			err := row.Scan(&p.user, &p.device, &p.kind)
			return p, err
		}, `SELECT r.user_id, r.device_id, r.type
			FROM relay_devices r LEFT JOIN devices d ON d.user_id = r.user_id AND d.id = r.device_id
			WHERE d.push_token IS NULL ORDER BY r.user_id, r.device_id LIMIT $1`, portion)
		return err
	})
	if err != nil {
		return err
	}
	for _, p := range gone { // first: nobody may hear who was logged out
		if err := r.unregister(ctx, p); err != nil {
			return err
		}
	}
	for _, p := range fresh {
		if err := r.register(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (r *Relay) register(ctx context.Context, p phone) error {
	err := r.client.post(ctx, "/push/register", map[string]any{
		"deviceId": p.device, "pushToken": p.token, "userId": p.user, "type": p.kind, "identifier": p.identifier,
		"organizationIds": []string{}, "installationId": r.client.settings.Installation,
	})
	if err := r.settled(p, err); err != nil {
		return err
	}
	return r.db.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO relay_devices (user_id, device_id, type, token) VALUES ($1, $2, $3, $4)
			ON CONFLICT (user_id, device_id) DO UPDATE SET type = excluded.type, token = excluded.token`, p.user, p.device, p.kind, p.token)
		return err
	})
}

func (r *Relay) unregister(ctx context.Context, p phone) error {
	err := r.client.post(ctx, "/push/delete", map[string]any{"id": p.device, "type": p.kind})
	if err := r.settled(p, err); err != nil {
		return err
	}
	return r.db.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM relay_devices WHERE user_id = $1 AND device_id = $2`, p.user, p.device)
		return err
	})
}

// settled lets a refusal pass: asking again would bring the same one.
func (r *Relay) settled(p phone, err error) error {
	if errors.Is(err, errRefused) {
		r.log.Warn("the relay does not take a phone", "device", p.device, "error", err)
		return nil
	}
	return err
}
