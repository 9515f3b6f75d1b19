package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

type seatsRequest struct {
	DryRun bool `json:"dryRun"`
	Rows   []struct {
		ID    string `json:"id"`
		Seats int    `json:"seats"`
	} `json:"rows"`
}

func (in seatsRequest) rows() ([]provider.NewSeats, error) {
	out := make([]provider.NewSeats, len(in.Rows))
	for i, r := range in.Rows {
		client, err := id.Parse[id.ProviderClient](r.ID)
		if err != nil {
			return nil, fault.Absent()
		}
		out[i] = provider.NewSeats{Client: client, Seats: r.Seats}
	}
	return out, nil
}

type seatPlanBody struct {
	Object string           `json:"object"`
	Data   []seatRowBody    `json:"data"`
	Plans  []planChangeBody `json:"plans"`
}

type seatRowBody struct {
	ID       id.ProviderClient `json:"id"`
	Name     string            `json:"name"`
	Before   int               `json:"before"`
	After    int               `json:"after"`
	Occupied int               `json:"occupied"`
	Error    *string           `json:"error"`
}

type planChangeBody struct {
	Type            int    `json:"type"`
	Name            string `json:"name"`
	SeatMinimum     int    `json:"seatMinimum"`
	AssignedBefore  int    `json:"assignedBefore"`
	AssignedAfter   int    `json:"assignedAfter"`
	PurchasedBefore int    `json:"purchasedBefore"`
	PurchasedAfter  int    `json:"purchasedAfter"`
}

func seatPlanOf(p provider.SeatPlan) seatPlanBody {
	out := seatPlanBody{Object: "seatPlan", Plans: []planChangeBody{}, Data: each(p.Rows, func(r provider.SeatChange) seatRowBody {
		return seatRowBody{ID: r.ID, Name: r.Name, Before: r.Before, After: r.After, Occupied: r.Occupied, Error: text(r.Reason)}
	})}
	for i, before := range p.Before {
		after := p.After[i]
		out.Plans = append(out.Plans, planChangeBody{
			Type: before.Plan.Type, Name: before.Plan.Name, SeatMinimum: before.Minimum,
			AssignedBefore: before.Assigned, AssignedAfter: after.Assigned,
			PurchasedBefore: before.Purchased(), PurchasedAfter: after.Purchased(),
		})
	}
	return out
}

func (a *API) planSeats(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[seatsRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	rows, err := in.rows()
	if err != nil {
		return err
	}
	p, err := a.Providers.PlanSeats(r.Context(), caller, which, rows, in.DryRun)
	if err != nil {
		return err
	}
	return wire.JSON(w, seatPlanOf(p))
}
