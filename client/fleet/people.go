package fleet

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/kastellan/kastellan/client"
)

// Member is a person in a client.
type Member struct {
	ID           client.MemberID  `json:"id"`
	UserID       client.UserID    `json:"userId"` // empty while invited
	Name         string           `json:"name"`
	Email        string           `json:"email"`
	Status       client.Status    `json:"status"`
	Role         client.Role      `json:"type"`
	TwoStep      bool             `json:"twoFactorEnabled"`
	ExternalID   string           `json:"externalId"`
	Groups       []client.GroupID `json:"groups"`
	RevisionDate time.Time        `json:"revisionDate"`
}

// Members lists the people of a client.
func (f *Fleet) Members(ctx context.Context, of client.ClientID) ([]Member, error) {
	return list[Member](ctx, f, clientPath(of)+"/members")
}

// Group is a group of a client.
type Group struct {
	ID         client.GroupID `json:"id"`
	Name       string         `json:"name"`
	ExternalID string         `json:"externalId"`
}

// Groups lists the groups of a client.
func (f *Fleet) Groups(ctx context.Context, of client.ClientID) ([]Group, error) {
	return list[Group](ctx, f, clientPath(of)+"/groups")
}

// Invitation is who shall come into a client, and as what.
type Invitation struct {
	Email      string           `json:"email"`
	Role       client.Role      `json:"type"`
	Groups     []client.GroupID `json:"groups"`
	ExternalID string           `json:"externalId,omitempty"`
}

// Invite invites a person into a client. Somebody who holds the keys confirms
// them once they have accepted.
func (f *Fleet) Invite(ctx context.Context, into client.ClientID, in Invitation) (Member, error) {
	if in.Groups == nil {
		in.Groups = []client.GroupID{}
	}
	var out Member
	err := f.do(ctx, http.MethodPost, clientPath(into)+"/members", in, &out)
	return out, err
}

func memberPath(of client.ClientID, id client.MemberID) string {
	return clientPath(of) + "/members/" + url.PathEscape(string(id))
}

// Revoke takes all access from a member, and keeps what they were.
func (f *Fleet) Revoke(ctx context.Context, of client.ClientID, id client.MemberID) error {
	return f.do(ctx, http.MethodPut, memberPath(of, id)+"/revoke", nil, nil)
}

// Restore gives a revoked member back what they were.
func (f *Fleet) Restore(ctx context.Context, of client.ClientID, id client.MemberID) error {
	return f.do(ctx, http.MethodPut, memberPath(of, id)+"/restore", nil, nil)
}

// Remove takes a member out of a client.
func (f *Fleet) Remove(ctx context.Context, of client.ClientID, id client.MemberID) error {
	return f.do(ctx, http.MethodDelete, memberPath(of, id), nil, nil)
}

// Person is a member in the list of all clients' people.
type Person struct {
	ClientID       client.ClientID `json:"clientId"`
	OrganizationID client.OrgID    `json:"organizationId"`
	ClientName     string          `json:"clientName"`
	MemberID       client.MemberID `json:"memberId"`
	Name           string          `json:"name"`
	Email          string          `json:"email"`
	Status         client.Status   `json:"status"`
	Role           client.Role     `json:"type"`
	TwoStep        bool            `json:"twoStep"`
}

// PeopleQuery says whom to look for.
type PeopleQuery struct {
	Search  string
	Client  client.ClientID
	Status  *client.Status
	Role    *client.Role
	TwoStep *bool
}

// People reads a page of the people of all clients, and where the next begins.
func (f *Fleet) People(ctx context.Context, in PeopleQuery, after string) ([]Person, string, error) {
	q := url.Values{}
	if in.Search != "" {
		q.Set("search", in.Search)
	}
	if in.Client != "" {
		q.Set("client", string(in.Client))
	}
	number(q, "status", in.Status)
	number(q, "type", in.Role)
	if in.TwoStep != nil {
		q.Set("twoStep", strconv.FormatBool(*in.TwoStep))
	}
	return page[Person](ctx, f, "/people", q, after)
}
