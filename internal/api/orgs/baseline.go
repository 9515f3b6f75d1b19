package orgs

import (
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"github.com/kastellan/kastellan/internal/baseline"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
	"github.com/kastellan/kastellan/internal/wire/baselines"
)

const (
	governing = one + "/baseline"
	deviation = governing + "/deviations/{subject}"
)

func (a *API) baselineRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: governing, Who: wire.PolicyManager, Handle: a.getBaseline},
		{Method: "PUT", Path: deviation, Who: wire.OrgOwner, Handle: a.deviate},
		{Method: "DELETE", Path: deviation, Who: wire.OrgOwner, Handle: a.endDeviation},
	}
}

type governingBody struct {
	Object       string                     `json:"object"`
	Governed     bool                       `json:"governed"`
	ProviderName *string                    `json:"providerName"`
	Name         *string                    `json:"name"`
	Description  *string                    `json:"description"`
	MayDeviate   bool                       `json:"mayDeviate"`
	Differences  []baselines.DifferenceBody `json:"differences"`
	Deviations   []baselines.DeviationBody  `json:"deviations"`
}

func governingOf(v baseline.View) governingBody {
	return governingBody{
		Object: "baseline", Governed: v.Governed, ProviderName: text(v.Provider), Name: text(v.Name), Description: text(v.Description),
		MayDeviate: v.MayDeviate, Differences: baselines.Differences(v.Differences), Deviations: baselines.Deviations(v.Deviations),
	}
}

func (a *API) getBaseline(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	v, err := a.Baselines.Find(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, governingOf(v))
}

// deviationCall is call for the paths that name what a baseline decides. Its colon
// may come as it is or encoded.
func deviationCall(r *http.Request) (id.User, id.Org, baseline.Subject, error) {
	user, organization, err := call(r)
	if err != nil {
		return "", "", "", err
	}
	subject, err := url.PathUnescape(chi.URLParam(r, "subject"))
	if err != nil {
		return "", "", "", fault.Absent()
	}
	return user, organization, baseline.Subject(subject), nil
}

func (a *API) deviate(w http.ResponseWriter, r *http.Request) error {
	user, organization, subject, err := deviationCall(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[struct {
		Reason string `json:"reason"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	v, err := a.Baselines.Deviate(r.Context(), user, organization, subject, in.Reason)
	if err != nil {
		return err
	}
	return wire.JSON(w, governingOf(v))
}

func (a *API) endDeviation(w http.ResponseWriter, r *http.Request) error {
	user, organization, subject, err := deviationCall(r)
	if err != nil {
		return err
	}
	v, err := a.Baselines.EndDeviation(r.Context(), user, organization, subject)
	if err != nil {
		return err
	}
	return wire.JSON(w, governingOf(v))
}
