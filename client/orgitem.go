package client

import (
	"context"
	"net/url"

	"github.com/kastellan/kastellan/client/item"
)

// OrgItems lists all items of an organization, as its administrators and the
// people of its provider see them.
func (s *Session) OrgItems(ctx context.Context, org OrgID) (views []item.View, unreadable []Unreadable, err error) {
	var answer list[item.Cipher]
	path := "/api/ciphers/organization-details?organizationId=" + url.QueryEscape(string(org))
	if err := s.do(ctx, "GET", path, nil, &answer); err != nil {
		return nil, nil, err
	}
	var vault Vault
	for _, cipher := range answer.Data {
		view, err := s.openItem(cipher)
		if !vault.lost("item", string(cipher.ID), err) {
			views = append(views, view)
		}
	}
	return views, vault.Unreadable, nil
}

// CreateOrgItem is CreateItem with an administrator's rights, for people who are
// not assigned to the collections, such as those of a provider.
func (s *Session) CreateOrgItem(ctx context.Context, view item.View) (item.View, error) {
	cipher, err := s.sealItem(view)
	if err != nil {
		return item.View{}, err
	}
	return s.itemAt(ctx, "POST", "/api/ciphers/admin", withCollections{cipher.Request(), view.CollectionIDs})
}

// UpdateOrgItem is UpdateItem with an administrator's rights.
func (s *Session) UpdateOrgItem(ctx context.Context, view item.View) (item.View, error) {
	cipher, err := s.sealItem(view)
	if err != nil {
		return item.View{}, err
	}
	return s.itemAt(ctx, "PUT", "/api/ciphers/"+escape(view.ID)+"/admin", cipher.Request())
}

// SetOrgItemCollections is SetCollections with an administrator's rights.
func (s *Session) SetOrgItemCollections(ctx context.Context, id ItemID, collections []CollectionID) error {
	body := map[string]any{"collectionIds": collections}
	return s.do(ctx, "PUT", "/api/ciphers/"+escape(id)+"/collections-admin", body, nil)
}

// TrashOrgItem is TrashItem with an administrator's rights.
func (s *Session) TrashOrgItem(ctx context.Context, id ItemID) error {
	return s.do(ctx, "PUT", "/api/ciphers/"+escape(id)+"/delete-admin", nil, nil)
}

// RestoreOrgItem is RestoreItem with an administrator's rights.
func (s *Session) RestoreOrgItem(ctx context.Context, id ItemID) (item.View, error) {
	return s.itemAt(ctx, "PUT", "/api/ciphers/"+escape(id)+"/restore-admin", nil)
}

// DeleteOrgItem is DeleteItem with an administrator's rights.
func (s *Session) DeleteOrgItem(ctx context.Context, id ItemID) error {
	return s.do(ctx, "DELETE", "/api/ciphers/"+escape(id)+"/admin", nil, nil)
}
