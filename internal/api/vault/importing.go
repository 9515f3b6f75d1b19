package vault

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

type importRequest struct {
	Ciphers             []itemRequest   `json:"ciphers"`
	Folders             []folderRequest `json:"folders"`
	FolderRelationships []relation      `json:"folderRelationships"`

	// Of an import into an organization.
	Collections             []newCollection `json:"collections"`
	CollectionRelationships []relation      `json:"collectionRelationships"`
}

type newCollection struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	ExternalID string `json:"externalId"`
}

// relation: an item's index and that of the place where it goes.
type relation struct {
	Key   int `json:"key"`
	Value int `json:"value"`
}

func relationsOf(list []relation) []vault.Relation {
	out := make([]vault.Relation, len(list))
	for i, r := range list {
		out[i] = vault.Relation{Item: r.Key, Place: r.Value}
	}
	return out
}

func (a *API) importPersonal(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[importRequest](w, r, wire.BulkBody)
	if err != nil {
		return err
	}
	drafts, err := draftsOf(in.Ciphers, false)
	if err != nil {
		return err
	}
	batch := vault.Import{Items: drafts, Relations: relationsOf(in.FolderRelationships)}
	for _, f := range in.Folders {
		// An id of another vault is no fault: such a folder is made anew.
		known, err := id.Parse[id.Folder](f.ID)
		if err != nil {
			known = ""
		}
		batch.Folders = append(batch.Folders, vault.Folder{ID: known, Name: f.Name})
	}
	return done(w, a.Vault.Import(r.Context(), user, batch))
}

func (a *API) importIntoOrg(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	to, err := orgQuery(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[importRequest](w, r, wire.BulkBody)
	if err != nil {
		return err
	}
	if len(in.FolderRelationships) > 0 {
		return fault.Field("folderRelationships", "An import into an organization cannot fill personal folders.")
	}
	batch := vault.OrgImport{Relations: relationsOf(in.CollectionRelationships)}
	if batch.Items, err = draftsOf(in.Ciphers, false); err != nil {
		return err
	}
	for _, c := range in.Collections {
		known, err := id.Parse[id.Collection](c.ID)
		if err != nil {
			known = ""
		}
		batch.Collections = append(batch.Collections, org.NewCollection{ID: known, Name: c.Name, ExternalID: c.ExternalID})
	}
	return done(w, a.Vault.ImportIntoOrg(r.Context(), user, to, batch))
}
