package vault

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) share(w http.ResponseWriter, r *http.Request) error {
	by, cipher, err := target(r, self)
	if err != nil {
		return err
	}
	in, err := wire.Decode[createRequest](w, r, itemBody)
	if err != nil {
		return err
	}
	d, err := in.Cipher.draft()
	if err != nil {
		return err
	}
	d.ID, d.Files = cipher, in.Cipher.Files()
	list, err := a.handOver(r, by, []vault.Draft{d}, in.CollectionIDs)
	if err != nil {
		return err
	}
	return item(w, list[0])
}

type shareRequest struct {
	Ciphers       []itemRequest `json:"ciphers"`
	CollectionIDs []string      `json:"collectionIds"`
}

func (a *API) shareMany(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[shareRequest](w, r, wire.BulkBody)
	if err != nil {
		return err
	}
	drafts, err := draftsOf(in.Ciphers, true)
	if err != nil {
		return err
	}
	list, err := a.handOver(r, by, drafts, in.CollectionIDs)
	if err != nil {
		return err
	}
	return items(w, list)
}

func (a *API) handOver(r *http.Request, by vault.By, drafts []vault.Draft, collectionIDs []string) ([]*vault.Cipher, error) {
	collections, err := bodyIDs[id.Collection](collectionIDs)
	if err != nil {
		return nil, err
	}
	return a.Vault.Share(r.Context(), by.User, drafts, collections)
}

type collectionsRequest struct {
	OrganizationID    string   `json:"organizationId"`
	CipherIDs         []string `json:"cipherIds"`
	CollectionIDs     []string `json:"collectionIds"`
	RemoveCollections bool     `json:"removeCollections"`
}

func (a *API) setCollections(w http.ResponseWriter, r *http.Request) error {
	return a.setCollectionsBy(w, r, self)
}

func (a *API) setCollectionsAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.setCollectionsBy(w, r, console)
}

func (a *API) setCollectionsBy(w http.ResponseWriter, r *http.Request, who who) error {
	c, err := a.assigned(w, r, who)
	if err != nil {
		return err
	}
	if c == nil {
		return fault.Absent() // the caller gave it away
	}
	return item(w, c)
}

func (a *API) setCollectionsV2(w http.ResponseWriter, r *http.Request) error {
	c, err := a.assigned(w, r, self)
	if err != nil {
		return err
	}
	return wire.JSON(w, struct {
		Object      string        `json:"object"`
		Unavailable bool          `json:"unavailable"`
		Cipher      *vault.Cipher `json:"cipher"`
	}{"optionalCipherDetails", c == nil, c})
}

func (a *API) assigned(w http.ResponseWriter, r *http.Request, who who) (*vault.Cipher, error) {
	by, cipher, err := target(r, who)
	if err != nil {
		return nil, err
	}
	in, err := wire.Decode[collectionsRequest](w, r, wire.SmallBody)
	if err != nil {
		return nil, err
	}
	collections, err := bodyIDs[id.Collection](in.CollectionIDs)
	if err != nil {
		return nil, err
	}
	return a.Vault.SetCollections(r.Context(), by, cipher, collections)
}

func (a *API) assignCollections(w http.ResponseWriter, r *http.Request) error {
	by, err := self(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[collectionsRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	org, err := bodyID[id.Org](in.OrganizationID)
	if err != nil {
		return err
	}
	ids, err := bodyIDs[id.Cipher](in.CipherIDs)
	if err != nil {
		return err
	}
	collections, err := bodyIDs[id.Collection](in.CollectionIDs)
	if err != nil {
		return err
	}
	return done(w, a.Vault.AssignCollections(r.Context(), by.User, org, ids, collections, in.RemoveCollections))
}
