package fleet

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

// eventBody is an entry of a log, with the names of today.
type eventBody struct {
	Object          string    `json:"object"`
	ID              string    `json:"id"`
	Type            int       `json:"type"`
	Date            wire.Date `json:"date"`
	ClientID        *string   `json:"clientId"`
	ClientName      *string   `json:"clientName"`
	OrganizationID  *string   `json:"organizationId"`
	ActingUserID    *string   `json:"actingUserId"`
	ActingUserName  *string   `json:"actingUserName"`
	ActingUserEmail *string   `json:"actingUserEmail"`
	APIKeyID        *string   `json:"apiKeyId"`
	APIKeyName      *string   `json:"apiKeyName"`
	UserID          *string   `json:"userId"`
	UserName        *string   `json:"userName"`
	UserEmail       *string   `json:"userEmail"`
	MemberID        *string   `json:"memberId"`
	ItemID          *string   `json:"itemId"`
	CollectionID    *string   `json:"collectionId"`
	GroupID         *string   `json:"groupId"`
	PolicyID        *string   `json:"policyId"`
	DomainName      *string   `json:"domainName"`
	IPAddress       *string   `json:"ipAddress"`
	Device          *int      `json:"device"`
}

func eventOf(e audit.FleetEntry) eventBody {
	b := eventBody{
		Object: "event", ID: string(e.ID), Type: int(e.Type), Date: wire.Date(e.At),
		ClientID: text(e.Client), ClientName: text(e.ClientName), OrganizationID: text(e.Org),
		ActingUserID: text(e.Acting), ActingUserName: text(e.ActingName.Name), ActingUserEmail: text(e.ActingName.Email),
		APIKeyID: text(e.Key), APIKeyName: text(e.KeyName),
		UserID: text(e.User), UserName: text(e.UserName.Name), UserEmail: text(e.UserName.Email),
		MemberID: text(e.Member), ItemID: text(e.Cipher), CollectionID: text(e.Collection), GroupID: text(e.Group), PolicyID: text(e.Policy),
		DomainName: text(e.Domain), IPAddress: text(e.Addr),
	}
	if e.DeviceType >= 0 {
		b.Device = &e.DeviceType
	}
	return b
}

func (a *API) listEvents(w http.ResponseWriter, r *http.Request) error {
	which, err := caller(r)
	if err != nil {
		return err
	}
	q, err := eventQuery(r.URL.Query())
	if err != nil {
		return err
	}
	page, err := a.Audit.OfFleet(r.Context(), access.ProviderKey, which, q)
	if err != nil {
		return err
	}
	body := listOf(page.Entries, eventOf)
	body.ContinuationToken = text(page.Next.Token())
	return wire.JSON(w, body)
}

// eventQuery reads what the address asks for. Clients, categories and types may be
// several, with commas between.
func eventQuery(asked url.Values) (q audit.FleetQuery, err error) {
	if q.Start, err = event.ParseMoment(asked.Get("start")); err != nil {
		return q, err
	}
	if q.End, err = event.ParseMoment(asked.Get("end")); err != nil {
		return q, err
	}
	if q.After, err = event.ParseCursor(asked.Get("continuationToken")); err != nil {
		return q, err
	}
	if q.Categories, err = event.ParseCategories(asked.Get("categories")); err != nil {
		return q, err
	}
	if q.Types, err = event.ParseTypes(asked.Get("types")); err != nil {
		return q, err
	}
	if acting := asked.Get("acting"); acting != "" {
		if q.Acting, err = id.Parse[id.User](acting); err != nil {
			return q, fault.Field("acting", "This is not the id of an account.")
		}
	}
	if list := asked.Get("clients"); list != "" {
		if q.Clients, err = id.ParseAll[id.ProviderClient](strings.Split(list, ",")); err != nil {
			return q, fault.Absent()
		}
	}
	return q, nil
}
