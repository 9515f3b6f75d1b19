package providers

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
	"github.com/kastellan/kastellan/internal/wire/baselines"
)

const (
	baselineList = one + "/baselines"
	baselineOne  = baselineList + "/{baseline}"
)

func (a *API) baselineRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: baselineList, Who: wire.ProviderStaff, Handle: a.listBaselines},
		{Method: "GET", Path: baselineList + "/drift", Who: wire.ProviderStaff, Handle: a.drift},
		{Method: "POST", Path: baselineList, Who: wire.ProviderAdmin, Handle: a.createBaseline},
		{Method: "PUT", Path: baselineList + "/order", Who: wire.ProviderAdmin, Handle: a.orderBaselines},
		{Method: "PUT", Path: baselineOne, Who: wire.ProviderAdmin, Handle: a.updateBaseline},
		{Method: "DELETE", Path: baselineOne, Who: wire.ProviderAdmin, Handle: a.deleteBaseline},
		{Method: "PUT", Path: baselineOne + "/assignments", Who: wire.ProviderAdmin, Handle: a.assignBaseline},
		{Method: "POST", Path: clients + "/{client}/baseline/preview", Who: wire.ProviderStaff, Handle: a.previewBaseline},
		{Method: "POST", Path: clients + "/{client}/baseline/apply", Who: wire.ProviderStaff, Handle: a.applyBaseline},
	}
}

func (a *API) listBaselines(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Baselines.List(r.Context(), caller, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.List(list))
}

func (a *API) drift(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Baselines.Drift(r.Context(), caller, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.Drift(list))
}

type baselineRequest struct {
	Name        string           `json:"name"`
	Description string           `json:"description"`
	MayDeviate  bool             `json:"mayDeviate"`
	Settings    map[string]*bool `json:"settings"` // null is the same as not named
	Policies    []struct {
		Type    *int            `json:"type"`
		Enabled *bool           `json:"enabled"`
		Data    json.RawMessage `json:"data"`
	} `json:"policies"`
	LastKnownRevisionDate wire.Date `json:"lastKnownRevisionDate"`
}

func readBaseline(w http.ResponseWriter, r *http.Request) (baseline.Edit, error) {
	in, err := wire.Decode[baselineRequest](w, r, wire.SmallBody)
	if err != nil {
		return baseline.Edit{}, err
	}
	out := baseline.Edit{
		Name: in.Name, Description: in.Description, MayDeviate: in.MayDeviate, Settings: map[string]bool{}, LastKnown: time.Time(in.LastKnownRevisionDate),
	}
	for name, value := range in.Settings {
		if value != nil {
			out.Settings[name] = *value
		}
	}
	for _, p := range in.Policies {
		if p.Type == nil || p.Enabled == nil {
			return out, fault.Field("policies", "Each policy needs its type, and whether it shall be on.")
		}
		out.Policies = append(out.Policies, baseline.Wish{Type: *p.Type, Enabled: *p.Enabled, Data: p.Data})
	}
	return out, nil
}

func (a *API) createBaseline(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := readBaseline(w, r)
	if err != nil {
		return err
	}
	b, err := a.Baselines.Create(r.Context(), caller, which, in)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.Of(b))
}

func (a *API) updateBaseline(w http.ResponseWriter, r *http.Request) error {
	caller, which, b, err := on[id.Baseline](r, "baseline")
	if err != nil {
		return err
	}
	in, err := readBaseline(w, r)
	if err != nil {
		return err
	}
	changed, err := a.Baselines.Update(r.Context(), caller, which, b, in)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.Of(changed))
}

func (a *API) deleteBaseline(w http.ResponseWriter, r *http.Request) error {
	caller, which, b, err := on[id.Baseline](r, "baseline")
	if err != nil {
		return err
	}
	if err := a.Baselines.Delete(r.Context(), caller, which, b); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) orderBaselines(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[struct {
		IDs []string `json:"ids"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	ids, err := id.ParseAll[id.Baseline](in.IDs)
	if err != nil {
		return fault.Absent()
	}
	if err := a.Baselines.SetOrder(r.Context(), caller, which, ids); err != nil {
		return err
	}
	return wire.OK(w)
}
