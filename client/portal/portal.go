package portal

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/kastellan/kastellan/client"
)

// Provider is a provider, as an account reaches it that works for it.
type Provider struct {
	session *client.Session
	path    string
}

// Of gives the provider to one of its people.
func Of(session *client.Session, provider client.ProviderID) Provider {
	return Provider{session, "/api/providers/" + url.PathEscape(string(provider))}
}

func (p Provider) clientPath(id client.ClientID, suffix string) string {
	return p.path + "/clients/" + url.PathEscape(string(id)) + suffix
}

func (p Provider) put(ctx context.Context, path string, body any) error {
	return p.session.Do(ctx, http.MethodPut, path, body, nil)
}

// create sends what shall be made, and answers its id.
func create[T ~string](ctx context.Context, p Provider, path string, body any) (T, error) {
	var made struct {
		ID T `json:"id"`
	}
	err := p.session.Do(ctx, http.MethodPost, p.path+path, body, &made)
	return made.ID, err
}

// Standing is how one client stands.
type Standing struct {
	ID             client.ClientID `json:"id"`
	OrganizationID client.OrgID    `json:"organizationId"`
	Name           string          `json:"name"`
	Enabled        bool            `json:"enabled"`
	Seats          int             `json:"seats"` // 0: unlimited
	Occupied       int             `json:"occupied"`
	Tags           []TagID         `json:"tags"`
	TwoStep        int             `json:"twoStep"` // of the confirmed members
	Drift          *int            `json:"drift"`   // nil where no baseline governs
	LastActivity   time.Time       `json:"lastActivity"`
	LastAccess     time.Time       `json:"lastAccess"` // by the provider's people
	Alerts         []string        `json:"alerts"`
	Members        struct {
		Invited   int `json:"invited"`
		Accepted  int `json:"accepted"`
		Confirmed int `json:"confirmed"`
		Revoked   int `json:"revoked"`
		Staged    int `json:"staged"`
	} `json:"members"`
}

// Overview tells how the clients stand that the account reaches.
func (p Provider) Overview(ctx context.Context) ([]Standing, error) {
	var out struct {
		Clients []Standing `json:"clients"`
	}
	err := p.session.Do(ctx, http.MethodGet, p.path+"/overview", nil, &out)
	return out.Clients, err
}

// TagID names a word by which a provider sorts its clients.
type TagID string

// CreateTag makes a tag that no client has yet.
func (p Provider) CreateTag(ctx context.Context, name string) (TagID, error) {
	return create[TagID](ctx, p, "/tags", map[string]string{"name": name})
}

// TagClient gives a client these tags and no others.
func (p Provider) TagClient(ctx context.Context, id client.ClientID, tags ...TagID) error {
	return p.put(ctx, p.clientPath(id, "/tags"), map[string]any{"ids": tags})
}

// Reach is which clients a service user reaches.
type Reach struct {
	Assigned bool                   `json:"assigned"` // only those that follow, otherwise all
	Until    *time.Time             `json:"until"`    // nil: for ever
	Clients  []Tie[client.ClientID] `json:"clients"`
	Tags     []Tie[TagID]           `json:"tags"`
}

// Tie is one client, or one tag, of a reach.
type Tie[T ~string] struct {
	ID    T          `json:"id"`
	Until *time.Time `json:"until"` // nil: for ever
}

// SetReach limits a service user to some clients, or lifts the limit.
func (p Provider) SetReach(ctx context.Context, person client.ProviderUserID, reach Reach) error {
	return p.put(ctx, p.path+"/users/"+url.PathEscape(string(person))+"/reach", reach)
}

// Suspend closes a client's vault to its members, or opens it again.
func (p Provider) Suspend(ctx context.Context, id client.ClientID, suspended bool) error {
	return p.put(ctx, p.clientPath(id, "/enabled"), map[string]bool{"enabled": !suspended})
}

// SetRole makes somebody a provider admin or a service user.
func (p Provider) SetRole(ctx context.Context, person client.ProviderUserID, role client.ProviderRole) error {
	return p.put(ctx, p.path+"/users/"+url.PathEscape(string(person)), map[string]any{"type": role})
}

// Offboard takes somebody out of the provider and of all its clients.
func (p Provider) Offboard(ctx context.Context, person client.ProviderUserID) error {
	return p.session.Do(ctx, http.MethodPost, p.path+"/users/"+url.PathEscape(string(person))+"/offboard", map[string]bool{"dryRun": false}, nil)
}

// Unlink lets a client go, with all that its own people have: it is theirs alone
// from then on.
func (p Provider) Unlink(ctx context.Context, id client.ClientID) error {
	return p.session.Do(ctx, http.MethodDelete, p.path+"/organizations/"+url.PathEscape(string(id)), nil, nil)
}
