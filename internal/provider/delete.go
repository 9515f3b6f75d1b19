package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Delete removes a provider with its people, tags, keys and baselines, and tells
// these people. It refuses while clients are left, which would be nobody's then.
func Delete(ctx context.Context, tx *db.Tx, provider id.Provider) error {
	clients, err := db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM provider_clients WHERE provider_id = $1`, provider)
	if err != nil {
		return err
	}
	switch clients {
	case 0:
	case 1:
		return fault.New(fault.Invalid, "The provider still has one client. Unlink or delete it first.")
	default:
		return fault.Newf(fault.Invalid, "The provider still has %d clients. Unlink or delete them first.", clients)
	}
	if err := account.TouchProvider(ctx, tx, provider); err != nil {
		return err
	}
	return tx.ExecOne(ctx, `DELETE FROM providers WHERE id = $1`, provider)
}

// Irremovable tells why somebody cannot be taken out of the provider by self; empty
// when they can.
func Irremovable(ctx context.Context, tx *db.Tx, self access.Staff, who id.ProviderUser) (string, error) {
	if who == self.ID {
		return msgSelf, nil
	}
	stay, err := countAdmins(ctx, tx, self.Provider, []id.ProviderUser{who})
	if err == nil && stay == 0 {
		return msgLastAdmin, nil
	}
	return "", err
}
