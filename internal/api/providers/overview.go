package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/overview"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) overviewRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: one + "/overview", Who: wire.ProviderStaff, Handle: a.overview},
		{Method: "GET", Path: one + "/people", Who: wire.ProviderStaff, Handle: a.searchPeople},
		{Method: "POST", Path: one + "/people/check", Who: wire.ProviderStaff, Handle: a.checkPeople},
	}
}

type overviewBody struct {
	Object  string          `json:"object"`
	Clients []standingBody  `json:"clients"`
	NeedsMe needsBody       `json:"needsMe"`
	Seats   []planSeatsBody `json:"seats"`
}

type standingBody struct {
	ID             string           `json:"id"`
	OrganizationID string           `json:"organizationId"`
	Name           string           `json:"name"`
	Enabled        bool             `json:"enabled"`
	Status         int              `json:"status"`
	Plan           string           `json:"plan"`
	PlanType       int              `json:"planType"`
	Seats          *int             `json:"seats"` // null: unlimited
	Occupied       int              `json:"occupied"`
	Tags           []string         `json:"tags"`
	Members        memberCountsBody `json:"members"`
	TwoStep        int              `json:"twoStep"`  // of the confirmed
	Baseline       *namedBody       `json:"baseline"` // null where none governs
	Drift          *int             `json:"drift"`
	Deviations     int              `json:"deviations"`
	LastActivity   wire.Date        `json:"lastActivity"`
	LastAccess     wire.Date        `json:"lastAccess"`
	LastAccessBy   *string          `json:"lastAccessBy"`
	Alerts         []overview.Alert `json:"alerts"`
}

type memberCountsBody struct {
	Invited   int `json:"invited"`
	Accepted  int `json:"accepted"`
	Confirmed int `json:"confirmed"`
	Revoked   int `json:"revoked"`
	Staged    int `json:"staged"`
}

type namedBody struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type needsBody struct {
	Confirmations  int `json:"confirmations"`
	OutOfSeats     int `json:"outOfSeats"`
	Drifted        int `json:"drifted"`
	Suspended      int `json:"suspended"`
	NoOwner        int `json:"noOwner"`
	StaffToConfirm int `json:"staffToConfirm"`
	Expiring       int `json:"expiring"`
}

type planSeatsBody struct {
	Type        int    `json:"type"`
	Name        string `json:"name"`
	SeatMinimum int    `json:"seatMinimum"`
	Assigned    int    `json:"assigned"`
	Purchased   int    `json:"purchased"`
}

func standingOf(c overview.Client) standingBody {
	m := c.Members
	b := standingBody{
		ID: string(c.ID), OrganizationID: string(c.Org), Name: c.Name, Enabled: c.Enabled, Status: int(c.Status), Plan: c.Plan.Name, PlanType: c.Plan.Type,
		Occupied: m.Occupied(), Tags: plain(c.Tags), Members: memberCountsBody{m.Invited, m.Accepted, m.Confirmed, m.Revoked, m.Staged},
		TwoStep: m.TwoStep, LastActivity: wire.Date(c.LastActivity), LastAccess: wire.Date(c.LastAccess), LastAccessBy: text(c.LastAccessBy), Alerts: c.Alerts(),
	}
	if c.Seats > 0 {
		b.Seats = &c.Seats
	}
	if s := c.Standing; s != nil {
		b.Baseline, b.Drift, b.Deviations = &namedBody{string(s.Baseline), s.Name}, &s.Drift, s.Deviations
	}
	return b
}

func planSeatsOf(p provider.PlanSeats) planSeatsBody {
	return planSeatsBody{p.Plan.Type, p.Plan.Name, p.Minimum, p.Assigned, p.Purchased()}
}

// plain gives ids as they stand on the wire; nil becomes an empty list.
func plain[T ~string](ids []T) []string { return each(ids, func(v T) string { return string(v) }) }

func (a *API) overview(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	o, err := a.Overview.Find(r.Context(), caller, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, overviewBody{"overview", each(o.Clients, standingOf), needsBody(o.Needs), each(o.Plans, planSeatsOf)})
}
