package fleet

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/kastellan/kastellan/client"
)

// Client is an organization that the provider manages.
type Client struct {
	ID             client.ClientID `json:"id"`
	OrganizationID client.OrgID    `json:"organizationId"`
	Name           string          `json:"name"`
	Plan           string          `json:"plan"`
	PlanType       client.Plan     `json:"planType"`
	Seats          int             `json:"seats"`
	OccupiedSeats  int             `json:"occupiedSeats"`
	ConfirmedUsers int             `json:"confirmedUsers"`
	Status         int             `json:"status"`
	Enabled        bool            `json:"enabled"`
	TagIDs         []string        `json:"tagIds"`
	RevisionDate   time.Time       `json:"revisionDate,omitzero"`
}

// Clients lists the clients that the key reaches.
func (f *Fleet) Clients(ctx context.Context) ([]Client, error) {
	return list[Client](ctx, f, "/clients")
}

func clientPath(id client.ClientID) string { return "/clients/" + url.PathEscape(string(id)) }

// Client reads one client.
func (f *Fleet) Client(ctx context.Context, id client.ClientID) (Client, error) {
	return get[Client](ctx, f, clientPath(id))
}

// Change is what shall be otherwise at a client; nil leaves it.
type Change struct {
	Name  *string `json:"name,omitempty"`
	Seats *int    `json:"seats,omitempty"`
}

// SetClient gives a client another name or number of seats.
func (f *Fleet) SetClient(ctx context.Context, id client.ClientID, in Change) (Client, error) {
	var out Client
	err := f.do(ctx, http.MethodPut, clientPath(id), in, &out)
	return out, err
}

// Seats is how many seats a client shall have.
type Seats struct {
	ID    client.ClientID `json:"id"`
	Seats int             `json:"seats"`
}

// SeatPlan is what assigning seats would do, or has done.
type SeatPlan struct {
	Rows  []SeatRow  `json:"data"`
	Plans []SeatPool `json:"plans"`
}

// SeatRow is one client's part of it. One with an error is left as it was.
type SeatRow struct {
	ID       client.ClientID `json:"id"`
	Name     string          `json:"name"`
	Before   int             `json:"before"`
	After    int             `json:"after"`
	Occupied int             `json:"occupied"`
	Error    *string         `json:"error"`
}

// SeatPool are the provider's seats of one plan.
type SeatPool struct {
	Type            client.Plan `json:"type"`
	Name            string      `json:"name"`
	SeatMinimum     int         `json:"seatMinimum"`
	AssignedBefore  int         `json:"assignedBefore"`
	AssignedAfter   int         `json:"assignedAfter"`
	PurchasedBefore int         `json:"purchasedBefore"`
	PurchasedAfter  int         `json:"purchasedAfter"`
}

// SetSeats assigns seats to many clients; a dry run tells what would come of it.
func (f *Fleet) SetSeats(ctx context.Context, dryRun bool, rows ...Seats) (SeatPlan, error) {
	var out SeatPlan
	body := map[string]any{"dryRun": dryRun, "rows": rows}
	err := f.do(ctx, http.MethodPost, "/seats", body, &out)
	return out, err
}
