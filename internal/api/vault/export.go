package vault

import (
	"encoding/json"
	"net/http"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/wire"
)

type exportedCollection struct {
	Object         string  `json:"object"`
	ID             string  `json:"id"`
	OrganizationID string  `json:"organizationId"`
	Name           string  `json:"name"`
	ExternalID     *string `json:"externalId"`
	Type           int     `json:"type"`
}

// exportOrg answers two plain lists. The items are in the form that sync has.
func (a *API) exportOrg(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	org, err := wire.PathID[id.Org](r, "org")
	if err != nil {
		return err
	}
	out, err := a.Vault.ExportOrg(r.Context(), user, org)
	if err != nil {
		return err
	}
	collections := []exportedCollection{}
	for _, c := range out.Collections {
		e := exportedCollection{Object: "collection", ID: string(c.ID), OrganizationID: string(c.Org), Name: c.Name}
		if c.ExternalID != "" {
			e.ExternalID = &c.ExternalID
		}
		collections = append(collections, e)
	}
	b, err := json.Marshal(collections)
	if err != nil {
		return err
	}
	b = append([]byte(`{"object":"organizationExport","collections":`), b...)
	b = append(b, `,"ciphers":[`...)
	for i, c := range out.Items {
		if i > 0 {
			b = append(b, ',')
		}
		b = c.AppendJSON(b)
	}
	return raw(w, append(b, "]}"...))
}
