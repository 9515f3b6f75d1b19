package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// accountRecovery: admins can give members who enrolled a new password. It binds
// everybody who is not revoked, owners and the provider's people too.
var accountRecovery = kind{
	name: "Account recovery administration", needs: []Type{SingleOrg}, staffBound: true, binds: notRevoked,
	read: func(d *data, _ bool) { d.flag("autoEnrollEnabled") },
	hits: func(p person) Effect {
		if p.Enrolled {
			return ""
		}
		return MustEnrol
	},
}

// Recovery is how an organization handles account recovery.
type Recovery struct {
	Enabled    bool
	AutoEnroll bool // whoever joins enrolls, and nobody withdraws
}

// RecoveryOf reads how an organization handles account recovery. One statement.
func RecoveryOf(ctx context.Context, tx *db.Tx, organization id.Org) (Recovery, error) {
	p, on, err := inForce(ctx, tx, organization, AccountRecovery)
	if err != nil || !on {
		return Recovery{}, err
	}
	auto, err := autoEnrolls(p)
	return Recovery{Enabled: true, AutoEnroll: auto}, err
}

func autoEnrolls(p Policy) (bool, error) {
	var d struct {
		AutoEnrollEnabled bool `json:"autoEnrollEnabled"`
	}
	err := stored(p, &d)
	return p.Enabled && d.AutoEnrollEnabled, err
}
