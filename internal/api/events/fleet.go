package events

import (
	"net/http"
	"strings"

	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

// fleetBody is an entry with the names of what it tells of.
type fleetBody struct {
	entryBody
	ID              string  `json:"id"`
	ClientID        *string `json:"clientId"`
	ClientName      *string `json:"clientName"`
	ActingUserName  *string `json:"actingUserName"`
	ActingUserEmail *string `json:"actingUserEmail"`
	UserName        *string `json:"userName"`
	UserEmail       *string `json:"userEmail"`
	APIKeyID        *string `json:"apiKeyId"`
	APIKeyName      *string `json:"apiKeyName"`
}

func (a *API) ofFleet(w http.ResponseWriter, r *http.Request) error {
	provider, err := wire.PathID[id.Provider](r, "provider")
	if err != nil {
		return err
	}
	user, err := caller(r)
	if err != nil {
		return err
	}
	q, err := fleetQuery(r)
	if err != nil {
		return err
	}
	page, err := a.Audit.OfFleet(r.Context(), user, provider, q)
	if err != nil {
		return err
	}
	data := make([]fleetBody, len(page.Entries))
	for i, e := range page.Entries {
		data[i] = fleetBody{
			entryBody: entryOf(e.Entry), ID: string(e.ID), ClientID: text(e.Client), ClientName: text(e.ClientName),
			ActingUserName: text(e.ActingName.Name), ActingUserEmail: text(e.ActingName.Email),
			UserName: text(e.UserName.Name), UserEmail: text(e.UserName.Email), APIKeyID: text(e.Key), APIKeyName: text(e.KeyName),
		}
	}
	list := wire.ListOf(data)
	list.ContinuationToken = text(page.Next.Token())
	return wire.JSON(w, list)
}

// fleetQuery reads the filters: start, end, continuationToken as for other logs,
// and clients, acting, categories, types.
func fleetQuery(r *http.Request) (q audit.FleetQuery, err error) {
	asked := r.URL.Query()
	asked.Set("type", asked.Get("categories"))
	asked.Set("actingUserId", asked.Get("acting"))
	if q.Query, err = parse(asked); err != nil {
		return q, err
	}
	if q.Types, err = event.ParseTypes(asked.Get("types")); err != nil {
		return q, err
	}
	if list := asked.Get("clients"); list != "" {
		for one := range strings.SplitSeq(list, ",") {
			client, err := id.Parse[id.ProviderClient](strings.TrimSpace(one))
			if err != nil {
				return q, fault.Absent()
			}
			q.Clients = append(q.Clients, client)
		}
	}
	return q, nil
}
