package client

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// OrgAPIKey returns the key with which programs administer an organization. Only
// its owners, and the people of its provider, get it.
func (s *Session) OrgAPIKey(ctx context.Context, org OrgID, password string) (APIKey, error) {
	return s.orgKeyAt(ctx, org, "/api-key", password)
}

// RotateOrgAPIKey replaces the key; the old one and its tokens end at once.
func (s *Session) RotateOrgAPIKey(ctx context.Context, org OrgID, password string) (APIKey, error) {
	return s.orgKeyAt(ctx, org, "/rotate-api-key", password)
}

func (s *Session) orgKeyAt(ctx context.Context, org OrgID, path, password string) (APIKey, error) {
	key, err := s.apiKeyAt(ctx, orgPath(org)+path, password)
	if err != nil {
		return APIKey{}, err
	}
	return APIKey{ClientID: "organization." + string(org), Secret: key.Secret}, nil
}

// Directory is a program that brings people and groups into an organization. It
// acts as the organization itself and holds no key to what is in it.
type Directory struct {
	client *Client
	key    APIKey

	mu      sync.Mutex // guards what follows
	access  string
	expires time.Time
}

// OpenDirectory logs in with the API key of an organization.
func (c *Client) OpenDirectory(ctx context.Context, key APIKey) (*Directory, error) {
	d := &Directory{client: c, key: key}
	_, err := d.token(ctx)
	return d, err
}

func (d *Directory) token(ctx context.Context) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.access != "" && time.Until(d.expires) > time.Minute {
		return d.access, nil
	}
	form := d.client.apiKeyForm(d.key)
	form.Set("scope", "api.organization")
	answer, err := d.client.token(ctx, form)
	if err != nil {
		return "", err
	}
	d.access, d.expires = answer.AccessToken, lifetime(answer.ExpiresIn)
	return d.access, nil
}

// DirectoryImport is what a directory knows.
type DirectoryImport struct {
	Members []DirectoryMember `json:"members"`
	Groups  []DirectoryGroup  `json:"groups"`
	// Overwrite removes who came from the directory and is not in it any more.
	Overwrite bool `json:"overwriteExisting"`
	Large     bool `json:"largeImport"` // allows more than 2000 of a kind
}

// DirectoryMember is a person; who is not a member yet is invited.
type DirectoryMember struct {
	Email      string `json:"email"`
	ExternalID string `json:"externalId"`
	Deleted    bool   `json:"deleted"`
}

// DirectoryGroup is a group with its members' external ids.
type DirectoryGroup struct {
	Name       string   `json:"name"`
	ExternalID string   `json:"externalId"`
	Members    []string `json:"memberExternalIds"`
}

// Import takes over what a directory knows, whole or not at all. The same import
// again changes nothing.
func (d *Directory) Import(ctx context.Context, in DirectoryImport) error {
	token, err := d.token(ctx)
	if err != nil {
		return err
	}
	in.Members, in.Groups = orEmpty(in.Members), orEmpty(in.Groups)
	return d.client.do(ctx, call{method: "POST", path: "/api/public/organization/import", in: in, token: token})
}

// String tells whose directory it is, and nothing of its key.
func (d *Directory) String() string { return "Directory of " + d.key.ClientID }

// Format implements fmt.Formatter, so that no verb prints what is inside.
func (d *Directory) Format(f fmt.State, _ rune) { fmt.Fprint(f, d.String()) }
