package providers

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
	"github.com/kastellan/kastellan/internal/wire/baselines"
)

type assignmentRequest struct {
	ClientIDs             []string  `json:"clientIds"`
	TagIDs                []string  `json:"tagIds"`
	LastKnownRevisionDate wire.Date `json:"lastKnownRevisionDate"`
}

func (a *API) assignBaseline(w http.ResponseWriter, r *http.Request) error {
	caller, which, b, err := on[id.Baseline](r, "baseline")
	if err != nil {
		return err
	}
	in, err := wire.Decode[assignmentRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	to := baseline.Assignment{LastKnown: time.Time(in.LastKnownRevisionDate)}
	if to.Clients, err = id.ParseAll[id.ProviderClient](in.ClientIDs); err != nil {
		return fault.Absent()
	}
	if to.Tags, err = id.ParseAll[id.ProviderTag](in.TagIDs); err != nil {
		return fault.Absent()
	}
	changed, err := a.Baselines.Assign(r.Context(), caller, which, b, to)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.Of(changed))
}

func (a *API) previewBaseline(w http.ResponseWriter, r *http.Request) error {
	caller, which, client, err := on[id.ProviderClient](r, "client")
	if err != nil {
		return err
	}
	in, err := wire.DecodeOptional[struct {
		BaselineID string             `json:"baselineId"`
		Subjects   []baseline.Subject `json:"subjects"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	var b id.Baseline // none for the one that governs
	if in.BaselineID != "" {
		if b, err = id.Parse[id.Baseline](in.BaselineID); err != nil {
			return fault.Absent()
		}
	}
	plan, err := a.Baselines.Preview(r.Context(), caller, which, client, b, in.Subjects...)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.Plan(plan))
}

func (a *API) applyBaseline(w http.ResponseWriter, r *http.Request) error {
	caller, which, client, err := on[id.ProviderClient](r, "client")
	if err != nil {
		return err
	}
	in, err := wire.DecodeOptional[struct {
		Subjects []baseline.Subject `json:"subjects"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	done, err := a.Baselines.Apply(r.Context(), caller, which, client, in.Subjects)
	if err != nil {
		return err
	}
	return wire.JSON(w, baselines.Applied(done))
}
