package client

import (
	"context"

	"github.com/kastellan/kastellan/client/item"
)

// OrgExport is what a member may take along of an organization: everything, or
// the collections that they manage.
type OrgExport struct {
	Collections []Collection
	Items       []item.View
	Unreadable  []Unreadable
}

// ExportOrg fetches and opens it. The server logs that somebody did.
func (s *Session) ExportOrg(ctx context.Context, org OrgID) (OrgExport, error) {
	if _, err := s.orgKey(org); err != nil {
		return OrgExport{}, err
	}
	var answer struct {
		Collections []sealedCollection `json:"collections"`
		Items       []item.Cipher      `json:"ciphers"`
	}
	if err := s.do(ctx, "GET", orgPath(org)+"/export", nil, &answer); err != nil {
		return OrgExport{}, err
	}
	var vault Vault
	for _, collection := range answer.Collections {
		opened, err := s.openCollection(collection)
		if !vault.lost("collection", string(collection.ID), err) {
			vault.Collections = append(vault.Collections, opened)
		}
	}
	for _, cipher := range answer.Items {
		opened, err := s.openItem(cipher)
		if !vault.lost("item", string(cipher.ID), err) {
			vault.Items = append(vault.Items, opened)
		}
	}
	return OrgExport{vault.Collections, vault.Items, vault.Unreadable}, nil
}
