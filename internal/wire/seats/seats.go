// Package seats reads and writes the assigning of seats to many clients of a
// provider as the Provider Portal and the Provider API do it.
package seats

import (
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
)

// Request is how many seats clients shall have.
type Request struct {
	DryRun bool `json:"dryRun"`
	Rows   []struct {
		ID    string `json:"id"`
		Seats int    `json:"seats"`
	} `json:"rows"`
}

// Wanted are the rows.
func (in Request) Wanted() ([]provider.NewSeats, error) {
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

// PlanBody is what becomes of it.
type PlanBody struct {
	Object string     `json:"object"`
	Data   []RowBody  `json:"data"`
	Plans  []PoolBody `json:"plans"`
}

// RowBody is one client. With an error nothing is changed.
type RowBody struct {
	ID       id.ProviderClient `json:"id"`
	Name     string            `json:"name"`
	Before   int               `json:"before"`
	After    int               `json:"after"`
	Occupied int               `json:"occupied"`
	Error    *string           `json:"error"`
}

// PoolBody are the seats of one plan.
type PoolBody struct {
	Type            int    `json:"type"`
	Name            string `json:"name"`
	SeatMinimum     int    `json:"seatMinimum"`
	AssignedBefore  int    `json:"assignedBefore"`
	AssignedAfter   int    `json:"assignedAfter"`
	PurchasedBefore int    `json:"purchasedBefore"`
	PurchasedAfter  int    `json:"purchasedAfter"`
}

// Of gives a plan.
func Of(p provider.SeatPlan) PlanBody {
	out := PlanBody{Object: "seatPlan", Data: make([]RowBody, len(p.Rows)), Plans: []PoolBody{}}
	for i, r := range p.Rows {
		out.Data[i] = RowBody{ID: r.ID, Name: r.Name, Before: r.Before, After: r.After, Occupied: r.Occupied}
		if r.Reason != "" {
			out.Data[i].Error = &r.Reason
		}
	}
	for i, before := range p.Before {
		after := p.After[i]
		out.Plans = append(out.Plans, PoolBody{
			Type: before.Plan.Type, Name: before.Plan.Name, SeatMinimum: before.Minimum,
			AssignedBefore: before.Assigned, AssignedAfter: after.Assigned,
			PurchasedBefore: before.Purchased(), PurchasedAfter: after.Purchased(),
		})
	}
	return out
}
