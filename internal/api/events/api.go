package events

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

// API answers the calls of this surface.
type API struct {
	Events *event.Collector
	Audit  *audit.Service
}

// Routes are the endpoints.
func (a *API) Routes() []wire.Route {
	return []wire.Route{
		{Method: "POST", Path: "/events/collect", Who: wire.Account, Handle: a.collect},
		{Method: "GET", Path: "/api/events", Who: wire.Account, Handle: a.own},
		{Method: "GET", Path: "/api/organizations/{org}/events", Who: wire.EventReader, Handle: a.ofOrg},
		{Method: "GET", Path: "/api/organizations/{org}/users/{member}/events", Who: wire.EventReader, Handle: a.ofMember},
		{Method: "GET", Path: "/api/organizations/{org}/sends/{send}/events", Who: wire.EventReader, Handle: a.ofSend},
		{Method: "GET", Path: "/api/ciphers/{cipher}/events", Who: wire.EventReader, Handle: a.ofCipher},
		{Method: "GET", Path: "/api/providers/{provider}/events", Who: wire.ProviderAdmin, Handle: a.ofProvider},
		{Method: "GET", Path: "/api/providers/{provider}/audit", Who: wire.ProviderAdmin, Handle: a.ofFleet},
		{Method: "GET", Path: "/api/providers/{provider}/users/{user}/events", Who: wire.ProviderAdmin, Handle: a.ofStaff},
	}
}

type reportRequest struct {
	Type           int       `json:"type"`
	CipherID       string    `json:"cipherId"`
	OrganizationID string    `json:"organizationId"`
	Date           wire.Date `json:"date"`
}

func (a *API) collect(w http.ResponseWriter, r *http.Request) error {
	user, err := caller(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[[]reportRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	reports := make([]event.Report, len(in))
	for i, e := range in {
		// A malformed id is nobody's, and its entry is dropped like those.
		cipher, _ := id.Parse[id.Cipher](e.CipherID)
		org, _ := id.Parse[id.Org](e.OrganizationID)
		reports[i] = event.Report{Type: event.Type(e.Type), At: time.Time(e.Date), Cipher: cipher, Org: org}
	}
	if err := a.Events.Collect(r.Context(), user, reports); err != nil {
		return err
	}
	return wire.OK(w)
}
