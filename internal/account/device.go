package account

import (
	"context"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
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
	if !identifies(d.Identifier) {
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

// identifies reports whether text can be an installation's identifier. What
// cannot be one is not even looked for: PostgreSQL refuses such text.
func identifies(s string) bool {
	return s != "" && len(s) <= 64 && printable(s) && !strings.ContainsAny(s, "/ ")
}

const deviceColumns = `id, identifier, type, name, created_at, active_at`

func scanDevice(r db.Row) (Device, error) {
	var d Device
	err := r.Scan(&d.ID, &d.Identifier, &d.Type, &d.Name, db.Time(&d.CreatedAt), db.Time(&d.ActiveAt))
	return d, err
}

// RegisterDevice stores a device, or refreshes what is stored of it. Its id stays.
func RegisterDevice(ctx context.Context, tx *db.Tx, user id.User, d Device, pushToken string) (Device, error) {
	if err := validPushToken(pushToken); err != nil {
		return Device{}, err
	}
	return db.One(ctx, tx, scanDevice, `INSERT INTO devices (user_id, id, identifier, type, name, push_token, created_at, active_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
		ON CONFLICT (user_id, identifier) DO UPDATE SET type = excluded.type, name = excluded.name,
			push_token = COALESCE(excluded.push_token, devices.push_token), active_at = excluded.active_at
		RETURNING `+deviceColumns,
		user, id.New[id.Device](), d.Identifier, d.Type, d.Name, db.Null(pushToken), tx.Now)
}

// IsNew reports whether RegisterDevice has just made the device.
func (d Device) IsNew(tx *db.Tx) bool { return d.CreatedAt.Equal(tx.Now) }

// DeviceList lists the account's devices, the last used first.
func (s *Service) DeviceList(ctx context.Context, user id.User) (list []Device, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		list, err = db.All(ctx, tx, scanDevice, `SELECT `+deviceColumns+` FROM devices WHERE user_id = $1 ORDER BY active_at DESC, id`, user)
		return err
	})
	return list, err
}

// FindDevice reads one of the account's devices.
func (s *Service) FindDevice(ctx context.Context, user id.User, device id.Device) (d Device, err error) {
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		d, err = db.One(ctx, tx, scanDevice, `SELECT `+deviceColumns+` FROM devices WHERE user_id = $1 AND id = $2`, user, device)
		return err
	})
	return d, err
}

// FindDeviceByIdentifier reads the account's device of one installation.
func (s *Service) FindDeviceByIdentifier(ctx context.Context, user id.User, identifier string) (d Device, err error) {
	if !identifies(identifier) {
		return Device{}, fault.Absent()
	}
	err = s.DB.View(ctx, func(tx *db.Tx) (err error) {
		d, err = db.One(ctx, tx, scanDevice, `SELECT `+deviceColumns+` FROM devices WHERE user_id = $1 AND identifier = $2`, user, identifier)
		return err
	})
	return d, err
}

// Knows reports whether an address has logged in from an installation before.
// Only the installation itself knows its identifier, so the answer tells nobody
// else whether the address has an account.
func (s *Service) Knows(ctx context.Context, rawEmail, identifier string) (known bool, err error) {
	email, err := Email(rawEmail)
	if err != nil || !identifies(identifier) {
		return false, nil //nolint:nilerr // nobody can have logged in like that
	}
	err = s.DB.View(ctx, func(tx *db.Tx) error {
		_, err := db.One(ctx, tx, db.Value[int], `SELECT 1 FROM users u JOIN devices d ON d.user_id = u.id
			WHERE u.email = $1 AND d.identifier = $2`, email, identifier)
		known = err == nil
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		return err
	})
	return known, err
}

// AddDevice stores a device, or what has changed about it.
func (s *Service) AddDevice(ctx context.Context, user id.User, d Device, pushToken string) (out Device, err error) {
	if err := d.Valid(); err != nil {
		return Device{}, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		out, err = RegisterDevice(ctx, tx, user, d, pushToken)
		return err
	})
	return out, err
}

// UpdateDevice sets name, type and push token of a device.
func (s *Service) UpdateDevice(ctx context.Context, user id.User, d Device, pushToken string) (out Device, err error) {
	if err := d.Valid(); err != nil {
		return Device{}, err
	}
	if err := validPushToken(pushToken); err != nil {
		return Device{}, err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) (err error) {
		out, err = db.One(ctx, tx, scanDevice, `UPDATE devices SET type = $3, name = $4, push_token = COALESCE($5, push_token)
			WHERE user_id = $1 AND id = $2 AND identifier = $6 RETURNING `+deviceColumns,
			user, d.ID, d.Type, d.Name, db.Null(pushToken), d.Identifier)
		return err
	})
	return out, err
}

// SetPushToken stores where push messages to an installation go.
func (s *Service) SetPushToken(ctx context.Context, user id.User, identifier, pushToken string) error {
	if !identifies(identifier) {
		return fault.Absent()
	}
	if err := validPushToken(pushToken); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		return tx.ExecOne(ctx, `UPDATE devices SET push_token = $3 WHERE user_id = $1 AND identifier = $2`, user, identifier, db.Null(pushToken))
	})
}

// ClearPushToken forgets where push messages to an installation go. Clients call
// it after logging out, without a token; the identifier is theirs alone.
func (s *Service) ClearPushToken(ctx context.Context, identifier string) error {
	if !identifies(identifier) {
		return nil
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE devices SET push_token = NULL WHERE identifier = $1 AND push_token IS NOT NULL`, identifier)
		return err
	})
}

// RemoveDevice logs a device out: its sessions go with it, and its access tokens
// name a row that is not there any more.
func (s *Service) RemoveDevice(ctx context.Context, user id.User, device id.Device) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		push.Tell(ctx, tx, push.Message{Type: push.LogOut, Users: []id.User{user}, Device: device})
		return tx.ExecOne(ctx, `DELETE FROM devices WHERE user_id = $1 AND id = $2`, user, device)
	})
}

func validPushToken(token string) error {
	if len(token) > 512 || !printable(token) {
		return fault.Field("pushToken", "The push token is too long.")
	}
	return nil
}
