package client

import (
	"context"

	"github.com/kastellan/kastellan/client/seal"
)

// Collection is a collection of an organization, with the caller's rights.
type Collection struct {
	ID             CollectionID
	OrganizationID OrgID
	Name           string
	ExternalID     string
	ReadOnly       bool
	HidePasswords  bool
	Manage         bool
}

// Access gives a member or a group rights in a collection, or a collection to a
// member or a group: ID is the one that the context does not name.
type Access[T ~string] struct {
	ID            T    `json:"id"`
	ReadOnly      bool `json:"readOnly"`
	HidePasswords bool `json:"hidePasswords"`
	Manage        bool `json:"manage"`
}

type sealedCollection struct {
	ID             CollectionID   `json:"id"`
	OrganizationID OrgID          `json:"organizationId"`
	Name           seal.EncString `json:"name"`
	ExternalID     string         `json:"externalId"`
	ReadOnly       bool           `json:"readOnly"`
	HidePasswords  bool           `json:"hidePasswords"`
	Manage         bool           `json:"manage"`
}

func (s *Session) openCollection(c sealedCollection) (Collection, error) {
	key, err := s.orgKey(c.OrganizationID)
	if err != nil {
		return Collection{}, err
	}
	name, err := key.DecryptText(c.Name)
	return Collection{
		ID: c.ID, OrganizationID: c.OrganizationID, Name: name, ExternalID: c.ExternalID,
		ReadOnly: c.ReadOnly, HidePasswords: c.HidePasswords, Manage: c.Manage,
	}, err
}

// Collections lists those of an organization that the caller may manage.
func (s *Session) Collections(ctx context.Context, org OrgID) ([]Collection, error) {
	var answer list[sealedCollection]
	if err := s.do(ctx, "GET", orgPath(org)+"/collections", nil, &answer); err != nil {
		return nil, err
	}
	collections := make([]Collection, len(answer.Data))
	for i, collection := range answer.Data {
		var err error
		if collections[i], err = s.openCollection(collection); err != nil {
			return nil, err
		}
	}
	return collections, nil
}

// CollectionContent is what a collection is made of; somebody must end up with
// Manage unless administrators have access to everything.
type CollectionContent struct {
	Name       string
	ExternalID string
	Members    []Access[MemberID]
	Groups     []Access[GroupID]
}

type collectionBody struct {
	Name       seal.EncString     `json:"name"`
	ExternalID string             `json:"externalId,omitempty"`
	Users      []Access[MemberID] `json:"users"`
	Groups     []Access[GroupID]  `json:"groups"`
}

// CreateCollection makes a collection.
func (s *Session) CreateCollection(ctx context.Context, org OrgID, content CollectionContent) (Collection, error) {
	return s.putCollection(ctx, "POST", org, orgPath(org)+"/collections", content)
}

// UpdateCollection replaces a collection's name and rights.
func (s *Session) UpdateCollection(ctx context.Context, org OrgID, id CollectionID, content CollectionContent) (Collection, error) {
	return s.putCollection(ctx, "PUT", org, orgPath(org)+"/collections/"+escape(id), content)
}

func (s *Session) putCollection(ctx context.Context, method string, org OrgID, path string, content CollectionContent) (Collection, error) {
	key, err := s.orgKey(org)
	if err != nil {
		return Collection{}, err
	}
	body := collectionBody{
		Name: key.EncryptText(content.Name), ExternalID: content.ExternalID,
		Users: orEmpty(content.Members), Groups: orEmpty(content.Groups),
	}
	var answer sealedCollection
	if err := s.do(ctx, method, path, body, &answer); err != nil {
		return Collection{}, err
	}
	return s.openCollection(answer)
}

// DeleteCollection removes a collection; its items stay in the organization.
func (s *Session) DeleteCollection(ctx context.Context, org OrgID, id CollectionID) error {
	return s.do(ctx, "DELETE", orgPath(org)+"/collections/"+escape(id), nil, nil)
}

// orEmpty keeps a list from becoming null on the wire, which can mean "keep".
func orEmpty[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

func orgPath(org OrgID) string { return "/api/organizations/" + escape(org) }
