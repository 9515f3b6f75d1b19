package account

import (
	"context"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Device is an installation of an app that an account has logged in with.
type Device struct {
	ID         id.Device
	Identifier string // chosen by the installation
	Type       int    // official device type
	Name       string
	CreatedAt  time.Time
	ActiveAt   time.Time
}

// Valid bounds what an installation says about itself.
func (d Device) Valid() error {
	if d.Identifier == "" || len(d.Identifier) > 64 || !printable(d.Identifier) || strings.ContainsAny(d.Identifier, "/ ") {
		return fault.Field("identifier", "The identifier of the device is missing or too long.")
	}
	if len(d.Name) > 200 || !printable(d.Name) {
		return fault.Field("name", "The name of the device is too long, or has control characters.")
	}
	if d.Type < 0 || d.Type > 1000 {
		return fault.Field("type", "The type of the device is not known.")
	}
	return nil
}

const deviceColumns = `id, identifier, type, name, created_at, active_at`

func scanDevice(r db.Row) (Device, error) {
	var d Device
	err := r.Scan(&d.ID, &d.Identifier, &d.Type, &d.Name, db.Time(&d.CreatedAt), db.Time(&d.ActiveAt))
	return d, err
}

// RegisterDevice stores a device, or refreshes what is stored of it. Its id stays.
func RegisterDevice(ctx context.Context, tx *db.Tx, user id.User, d Device, pushToken string) (Device, error) {
	return db.One(ctx, tx, scanDevice, `INSERT INTO devices (user_id, id, identifier, type, name, push_token, created_at, active_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
		ON CONFLICT (user_id, identifier) DO UPDATE SET type = excluded.type, name = excluded.name,
			push_token = COALESCE(excluded.push_token, devices.push_token), active_at = excluded.active_at
		RETURNING `+deviceColumns,
		user, id.New[id.Device](), d.Identifier, d.Type, d.Name, db.Null(pushToken), tx.Now)
}
