package client

import (
	"context"
	"net/url"

	"github.com/kastellan/kastellan/client/item"
)

// escape makes an id safe inside a path, whatever it holds.
func escape[T ~string](id T) string { return url.PathEscape(string(id)) }

func (s *Session) openItem(cipher item.Cipher) (item.View, error) {
	owner, err := s.Key(cipher.OrganizationID)
	if err != nil {
		return item.View{}, err
	}
	return cipher.Open(owner)
}

func (s *Session) sealItem(view item.View) (item.Cipher, error) {
	owner, err := s.Key(view.OrganizationID)
	if err != nil {
		return item.Cipher{}, err
	}
	if s.itemKeys && view.ID == "" && view.Key == "" {
		view.OwnKey(owner)
	}
	return view.Seal(owner)
}

// withCollections is the body of creating in, or giving to, an organization.
type withCollections struct {
	Cipher      item.Request   `json:"cipher"`
	Collections []CollectionID `json:"collectionIds"`
}

// itemAt sends a body and opens the item that comes back.
func (s *Session) itemAt(ctx context.Context, method, path string, body any) (item.View, error) {
	var cipher item.Cipher
	if err := s.do(ctx, method, path, body, &cipher); err != nil {
		return item.View{}, err
	}
	return s.openItem(cipher)
}

// Item fetches one item.
func (s *Session) Item(ctx context.Context, id ItemID) (item.View, error) {
	return s.itemAt(ctx, "GET", "/api/ciphers/"+escape(id)+"/details", nil)
}

// CreateItem makes an item: a personal one, or one of an organization in the
// view's collections, of which there must then be one.
func (s *Session) CreateItem(ctx context.Context, view item.View) (item.View, error) {
	cipher, err := s.sealItem(view)
	if err != nil {
		return item.View{}, err
	}
	if view.OrganizationID == "" {
		return s.itemAt(ctx, "POST", "/api/ciphers", cipher.Request())
	}
	return s.itemAt(ctx, "POST", "/api/ciphers/create", withCollections{cipher.Request(), view.CollectionIDs})
}

// UpdateItem replaces an item. It fails when the item changed on the server since
// view was fetched.
func (s *Session) UpdateItem(ctx context.Context, view item.View) (item.View, error) {
	cipher, err := s.sealItem(view)
	if err != nil {
		return item.View{}, err
	}
	return s.itemAt(ctx, "PUT", "/api/ciphers/"+escape(view.ID), cipher.Request())
}

// ShareItem gives a personal item to an organization.
func (s *Session) ShareItem(ctx context.Context, view item.View, org OrgID, collections []CollectionID) (item.View, error) {
	user, _, err := s.keys()
	if err != nil {
		return item.View{}, err
	}
	owner, err := s.orgKey(org)
	if err != nil {
		return item.View{}, err
	}
	given, err := view.Give(user, owner)
	if err != nil {
		return item.View{}, err
	}
	given.OrganizationID = org
	cipher, err := given.Seal(owner)
	if err != nil {
		return item.View{}, err
	}
	return s.itemAt(ctx, "PUT", "/api/ciphers/"+escape(view.ID)+"/share", withCollections{cipher.Request(), collections})
}

// SetCollections puts an item of an organization into exactly these collections.
func (s *Session) SetCollections(ctx context.Context, id ItemID, collections []CollectionID) error {
	body := map[string]any{"collectionIds": collections}
	return s.do(ctx, "PUT", "/api/ciphers/"+escape(id)+"/collections_v2", body, nil)
}

// MoveItems puts items into a folder, or out of any for the empty id.
func (s *Session) MoveItems(ctx context.Context, folder FolderID, ids ...ItemID) error {
	body := map[string]any{"ids": ids, "folderId": nil}
	if folder != "" {
		body["folderId"] = folder
	}
	return s.do(ctx, "PUT", "/api/ciphers/move", body, nil)
}

// TrashItem puts an item into the trash, from which RestoreItem takes it back.
func (s *Session) TrashItem(ctx context.Context, id ItemID) error {
	return s.do(ctx, "PUT", "/api/ciphers/"+escape(id)+"/delete", nil, nil)
}

// RestoreItem takes an item out of the trash.
func (s *Session) RestoreItem(ctx context.Context, id ItemID) (item.View, error) {
	return s.itemAt(ctx, "PUT", "/api/ciphers/"+escape(id)+"/restore", nil)
}

// DeleteItem deletes an item for good.
func (s *Session) DeleteItem(ctx context.Context, id ItemID) error {
	return s.do(ctx, "DELETE", "/api/ciphers/"+escape(id), nil, nil)
}
