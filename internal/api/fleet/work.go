package fleet

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/wire"
	"github.com/kastellan/kastellan/internal/wire/baselines"
	"github.com/kastellan/kastellan/internal/wire/people"
)

// searchPeople finds people in all clients.
func (a *API) searchPeople(w http.ResponseWriter, r *http.Request) error {
	which, err := caller(r)
	if err != nil {
		return err
	}
	in, err := people.SearchOf(r.URL.Query())
	if err != nil {
		return err
	}
	found, err := a.Overview.Search(r.Context(), access.ProviderKey, which, in)
	if err != nil {
		return err
	}
	return wire.JSON(w, people.List(found))
}

func (a *API) listBaselines(w http.ResponseWriter, r *http.Request) error {
	which, err := caller(r)
	if err != nil {
		return err
	}
	list, err := a.Baselines.List(r.Context(), access.ProviderKey, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.List(list))
}

func (a *API) drift(w http.ResponseWriter, r *http.Request) error {
	which, err := caller(r)
	if err != nil {
		return err
	}
	list, err := a.Baselines.Drift(r.Context(), access.ProviderKey, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.Drift(list))
}

// previewBaseline tells of the baseline that governs.
func (a *API) previewBaseline(w http.ResponseWriter, r *http.Request) error {
	which, c, err := on(r)
	if err != nil {
		return err
	}
	plan, err := a.Baselines.Preview(r.Context(), access.ProviderKey, which, c, "")
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.Plan(plan))
}

type applyRequest struct {
	Subjects []baseline.Subject `json:"subjects"`
}

func (a *API) applyBaseline(w http.ResponseWriter, r *http.Request) error {
	which, c, err := on(r)
	if err != nil {
		return err
	}
	in, err := wire.DecodeOptional[applyRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	done, err := a.Baselines.Apply(r.Context(), access.ProviderKey, which, c, in.Subjects)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.Applied(done))
}
