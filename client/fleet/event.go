package fleet

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/kastellan/kastellan/client"
)

// Event is an entry of the log of the provider or of one of its clients. What it
// says nothing of is empty.
type Event struct {
	ID              string          `json:"id"`
	Type            int             `json:"type"`
	Date            time.Time       `json:"date"`
	ClientID        client.ClientID `json:"clientId,omitempty"`
	ClientName      string          `json:"clientName,omitempty"`
	OrganizationID  client.OrgID    `json:"organizationId,omitempty"`
	ActingUserID    client.UserID   `json:"actingUserId,omitempty"`
	ActingUserName  string          `json:"actingUserName,omitempty"`
	ActingUserEmail string          `json:"actingUserEmail,omitempty"`
	APIKeyID        string          `json:"apiKeyId,omitempty"`
	APIKeyName      string          `json:"apiKeyName,omitempty"`
	UserID          client.UserID   `json:"userId,omitempty"`
	UserName        string          `json:"userName,omitempty"`
	UserEmail       string          `json:"userEmail,omitempty"`
	MemberID        client.MemberID `json:"memberId,omitempty"`
	ItemID          client.ItemID   `json:"itemId,omitempty"`
	CollectionID    string          `json:"collectionId,omitempty"`
	GroupID         client.GroupID  `json:"groupId,omitempty"`
	PolicyID        string          `json:"policyId,omitempty"`
	DomainName      string          `json:"domainName,omitempty"`
	IPAddress       string          `json:"ipAddress,omitempty"`
	Device          *int            `json:"device,omitempty"`
}

// EventQuery says which entries to read; without both times, those of the last 30
// days.
type EventQuery struct {
	Start, End time.Time
	Clients    []client.ClientID
	Acting     client.UserID
	Categories []string
	Types      []string
}

// Events reads a page of the log, the newest entry first, and where the next
// begins.
func (f *Fleet) Events(ctx context.Context, in EventQuery, after string) ([]Event, string, error) {
	q := url.Values{}
	for name, t := range map[string]time.Time{"start": in.Start, "end": in.End} {
		if !t.IsZero() {
			q.Set(name, t.UTC().Format(time.RFC3339Nano))
		}
	}
	clients := make([]string, len(in.Clients))
	for i, c := range in.Clients {
		clients[i] = string(c)
	}
	for name, values := range map[string][]string{"clients": clients, "categories": in.Categories, "types": in.Types} {
		if len(values) > 0 {
			q.Set(name, strings.Join(values, ","))
		}
	}
	if in.Acting != "" {
		q.Set("acting", string(in.Acting))
	}
	return page[Event](ctx, f, "/events", q, after)
}
