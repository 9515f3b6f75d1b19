package fleet

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
	"github.com/kastellan/kastellan/internal/wire/seats"
)

type clientBody struct {
	Object         string    `json:"object"`
	ID             string    `json:"id"`
	OrganizationID string    `json:"organizationId"`
	Name           string    `json:"name"`
	Plan           string    `json:"plan"`
	PlanType       int       `json:"planType"`
	Seats          int       `json:"seats"`
	OccupiedSeats  int       `json:"occupiedSeats"`
	ConfirmedUsers int       `json:"confirmedUsers"`
	Status         int       `json:"status"`
	Enabled        bool      `json:"enabled"`
	TagIDs         []string  `json:"tagIds"`
	RevisionDate   wire.Date `json:"revisionDate"`
}

// clientOf leaves the client's key out: a program could not open it.
func clientOf(c provider.Client) clientBody {
	return clientBody{
		Object: "client", ID: string(c.ID), OrganizationID: string(c.Org), Name: c.Name, Plan: c.Plan.Name, PlanType: c.Plan.Type,
		Seats: c.Seats, OccupiedSeats: c.Occupied, ConfirmedUsers: c.Users, Status: int(c.Status), Enabled: c.Enabled,
		TagIDs: texts(c.Tags), RevisionDate: wire.Date(c.RevisedAt),
	}
}

func (a *API) listClients(w http.ResponseWriter, r *http.Request) error {
	which, err := caller(r)
	if err != nil {
		return err
	}
	all, err := a.Providers.ListClients(r.Context(), access.ProviderKey, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, listOf(all, clientOf))
}

func (a *API) getClient(w http.ResponseWriter, r *http.Request) error {
	which, c, err := on(r)
	if err != nil {
		return err
	}
	return a.answerClient(w, r, which, c)
}

func (a *API) answerClient(w http.ResponseWriter, r *http.Request, which id.Provider, client id.ProviderClient) error {
	c, err := a.Providers.FindClient(r.Context(), access.ProviderKey, which, client)
	if err != nil {
		return err
	}
	return wire.JSON(w, clientOf(c))
}

// changeRequest changes what it names and leaves the rest.
type changeRequest struct {
	Name  *string `json:"name"`
	Seats *int    `json:"seats"`
}

// setClient changes what it read: when somebody else was faster, nothing is
// written.
func (a *API) setClient(w http.ResponseWriter, r *http.Request) error {
	which, client, err := on(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[changeRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	c, err := a.Providers.FindClient(r.Context(), access.ProviderKey, which, client)
	if err != nil {
		return err
	}
	edit := provider.EditClient{Name: c.Name, Seats: c.Seats, LastKnown: c.RevisedAt}
	if in.Name != nil {
		edit.Name = *in.Name
	}
	if in.Seats != nil {
		edit.Seats = *in.Seats
	}
	if err := a.Providers.UpdateClient(r.Context(), access.ProviderKey, which, client, edit); err != nil {
		return err
	}
	return a.answerClient(w, r, which, client)
}

func (a *API) assignSeats(w http.ResponseWriter, r *http.Request) error {
	which, err := caller(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[seats.Request](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	rows, err := in.Wanted()
	if err != nil {
		return err
	}
	plan, err := a.Providers.PlanSeats(r.Context(), access.ProviderKey, which, rows, in.DryRun)
	if err != nil {
		return err
	}
	return wire.JSON(w, seats.Of(plan))
}
