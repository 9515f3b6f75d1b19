package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/wire"
	"github.com/kastellan/kastellan/internal/wire/seats"
)

func (a *API) planSeats(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[seats.Request](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	rows, err := in.Wanted()
	if err != nil {
		return err
	}
	p, err := a.Providers.PlanSeats(r.Context(), caller, which, rows, in.DryRun)
	if err != nil {
		return err
	}
	return wire.JSON(w, seats.Of(p))
}
