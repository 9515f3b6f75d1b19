package vault

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) storage(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	u, err := a.Vault.FindUsage(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.StorageOf(u.Used, u.Limit, u.Own))
}

func (a *API) storageOfOrg(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	org, err := wire.PathID[id.Org](r, "org")
	if err != nil {
		return err
	}
	u, err := a.Vault.FindUsageOfOrg(r.Context(), user, org)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.StorageOf(u.Used, u.Limit, u.Own))
}
