package providers

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

// reachBody is which clients a service user reaches; see provider.Reach.
type reachBody struct {
	Assigned bool      `json:"assigned"`
	Until    wire.Date `json:"until"`
	Clients  []tieBody `json:"clients"`
	Tags     []tieBody `json:"tags"`
}

type tieBody struct {
	ID    string    `json:"id"`
	Until wire.Date `json:"until"`
}

func reachOf(r provider.Reach) reachBody {
	return reachBody{
		Assigned: r.Assigned, Until: wire.Date(r.Until),
		Clients: each(r.Clients, tieOf[id.ProviderClient]), Tags: each(r.Tags, tieOf[id.ProviderTag]),
	}
}

func tieOf[T ~string](t provider.Tie[T]) tieBody {
	return tieBody{ID: string(t.To), Until: wire.Date(t.Until)}
}

// reachRequest is a reachBody that came in.
type reachRequest reachBody

// optional reads a reach that may be missing.
func (in *reachRequest) optional() (*provider.Reach, error) {
	if in == nil {
		return nil, nil
	}
	clients, err := ties[id.ProviderClient](in.Clients)
	if err != nil {
		return nil, err
	}
	tags, err := ties[id.ProviderTag](in.Tags)
	return &provider.Reach{Assigned: in.Assigned, Until: time.Time(in.Until), Clients: clients, Tags: tags}, err
}

func ties[T ~string](list []tieBody) ([]provider.Tie[T], error) {
	out := make([]provider.Tie[T], len(list))
	for i, tie := range list {
		to, err := id.Parse[T](tie.ID)
		if err != nil {
			return nil, fault.Absent()
		}
		out[i] = provider.Tie[T]{To: to, Until: time.Time(tie.Until)}
	}
	return out, nil
}

func (a *API) setReach(w http.ResponseWriter, r *http.Request) error {
	caller, which, who, err := on[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	in, err := wire.Decode[reachRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	reach, err := in.optional()
	if err != nil {
		return err
	}
	if err := a.Providers.SetReach(r.Context(), caller, which, who, *reach); err != nil {
		return err
	}
	return wire.OK(w)
}
