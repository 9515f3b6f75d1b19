package public

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/audit"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

// eventBody is an event as programs read it; some names differ from those of the
// clients' own routes. What this server has no notion of is always null.
type eventBody struct {
	Object           string    `json:"object"`
	Type             int       `json:"type"`
	ItemID           *string   `json:"itemId"`
	CollectionID     *string   `json:"collectionId"`
	GroupID          *string   `json:"groupId"`
	PolicyID         *string   `json:"policyId"`
	MemberID         *string   `json:"memberId"`
	ActingUserID     *string   `json:"actingUserId"`
	InstallationID   *string   `json:"installationId"`
	Date             wire.Date `json:"date"`
	Device           *int      `json:"device"`
	IPAddress        *string   `json:"ipAddress"`
	SecretID         *string   `json:"secretId"`
	ProjectID        *string   `json:"projectId"`
	ServiceAccountID *string   `json:"serviceAccountId"`
}

func eventOf(e event.Entry) eventBody {
	b := eventBody{
		Object: "event", Type: int(e.Type), ItemID: text(e.Cipher), CollectionID: text(e.Collection), GroupID: text(e.Group),
		PolicyID: text(e.Policy), MemberID: text(e.Member), ActingUserID: text(e.Acting), Date: wire.Date(e.At), IPAddress: text(e.Addr),
	}
	if e.DeviceType >= 0 {
		b.Device = &e.DeviceType
	}
	return b
}

type eventList struct {
	list[eventBody]
	ContinuationToken *string `json:"continuationToken"`
}

func (a *API) listEvents(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	q, err := queryOf(r)
	if err != nil {
		return err
	}
	page, err := a.Audit.OfOrg(r.Context(), access.OwnKey, organization, q)
	if err != nil {
		return err
	}
	return wire.JSON(w, eventList{listOf(page.Entries, eventOf), text(page.Next.Token())})
}

// queryOf reads what the address asks for. Of several selectors one counts; those
// of things that this server doesn't have find nothing.
func queryOf(r *http.Request) (q audit.Query, err error) {
	asked := r.URL.Query()
	if q.Start, err = event.ParseMoment(asked.Get("start")); err != nil {
		return q, err
	}
	if q.End, err = event.ParseMoment(asked.Get("end")); err != nil {
		return q, err
	}
	if q.After, err = event.ParseCursor(asked.Get("continuationToken")); err != nil {
		return q, err
	}
	for _, selector := range []struct {
		name string
		set  func(value string) error
	}{
		{"actingUserId", func(v string) (err error) { q.Acting, err = id.Parse[id.User](v); return err }},
		{"itemId", func(v string) (err error) { q.Cipher, err = id.Parse[id.Cipher](v); return err }},
		{"secretId", func(v string) (err error) { q.Cipher, err = id.Parse[id.Cipher](v); return err }},
		{"projectId", func(v string) (err error) { q.Cipher, err = id.Parse[id.Cipher](v); return err }},
	} {
		if value := asked.Get(selector.name); value != "" {
			if selector.set(value) != nil {
				return q, fault.Field(selector.name, "This is not an id.")
			}
			return q, nil
		}
	}
	return q, nil
}
