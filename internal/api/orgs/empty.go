package orgs

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/wire"
)

func nothing(w http.ResponseWriter, _ *http.Request) error {
	return wire.JSON(w, wire.ListOf[any](nil))
}

func (a *API) noPolicies(w http.ResponseWriter, r *http.Request) error {
	return a.emptyFor(w, r, access.ReadMembers)
}

func (a *API) emptyFor(w http.ResponseWriter, r *http.Request, act access.Act) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	if err := a.Orgs.Allow(r.Context(), user, organization, act); err != nil {
		return err
	}
	return nothing(w, r)
}
