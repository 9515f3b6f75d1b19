package client

import (
	"context"
	"net/url"

	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
)

// relation ties an item to a folder or collection by their places in the lists.
type relation struct {
	Item int `json:"key"`
	Into int `json:"value"`
}

type namedFolder struct {
	Name seal.EncString `json:"name"`
}

// Import is a number of items to create at once. Ids in the items are discarded.
type Import struct {
	Names []string    // of the folders, or of the collections of an organization
	Items []item.View // what to create
	Into  map[int]int // place of an item to place of its name; absent means none
}

// relations are in the order of the items, so that a request is reproducible.
func (i Import) relations() []relation {
	relations := []relation{}
	for n := range i.Items {
		if into, found := i.Into[n]; found {
			relations = append(relations, relation{Item: n, Into: into})
		}
	}
	return relations
}

func (s *Session) importRequests(in Import, org OrgID) ([]item.Request, []namedFolder, error) {
	owner, err := s.Key(org)
	if err != nil {
		return nil, nil, err
	}
	requests, names := make([]item.Request, len(in.Items)), make([]namedFolder, len(in.Names))
	for n, view := range in.Items {
		view.ID, view.Key, view.OrganizationID, view.FolderID = "", "", org, ""
		view.Attachments, view.CollectionIDs = nil, nil
		cipher, err := s.sealItem(view)
		if err != nil {
			return nil, nil, err
		}
		requests[n] = cipher.Request()
		requests[n].LastKnownRevision = nil
	}
	for n, name := range in.Names {
		names[n] = namedFolder{Name: owner.EncryptText(name)}
	}
	return requests, names, nil
}

// Import creates personal items and folders in one request.
func (s *Session) Import(ctx context.Context, in Import) error {
	requests, names, err := s.importRequests(in, "")
	if err != nil {
		return err
	}
	body := map[string]any{"ciphers": requests, "folders": names, "folderRelationships": in.relations()}
	return s.do(ctx, "POST", "/api/ciphers/import", body, nil)
}

// ImportOrg creates items and collections of an organization in one request.
func (s *Session) ImportOrg(ctx context.Context, org OrgID, in Import) error {
	requests, names, err := s.importRequests(in, org)
	if err != nil {
		return err
	}
	collections := make([]map[string]any, len(names))
	for n, name := range names {
		collections[n] = map[string]any{"name": name.Name, "groups": []any{}, "users": []any{}}
	}
	body := map[string]any{
		"ciphers": requests, "collections": collections, "collectionRelationships": in.relations(),
		"folders": []any{}, "folderRelationships": []any{},
	}
	return s.do(ctx, "POST", "/api/ciphers/import-organization?organizationId="+url.QueryEscape(string(org)), body, nil)
}
