package vault

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	list, err := a.Vault.List(r.Context(), user)
	if err != nil {
		return err
	}
	return items(w, list)
}

func (a *API) listOfOrg(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	org, err := orgQuery(r)
	if err != nil {
		return err
	}
	list, err := a.Vault.ListOfOrg(r.Context(), user, org)
	if err != nil {
		return err
	}
	return items(w, list)
}

func (a *API) listAssigned(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	org, err := orgQuery(r)
	if err != nil {
		return err
	}
	list, err := a.Vault.ListAssigned(r.Context(), user, org)
	if err != nil {
		return err
	}
	return items(w, list)
}

func (a *API) find(w http.ResponseWriter, r *http.Request) error { return a.findBy(w, r, self) }

func (a *API) findAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.findBy(w, r, console)
}

func (a *API) findBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, cipher, err := target(r, who)
	if err != nil {
		return err
	}
	c, err := a.Vault.Find(r.Context(), by, cipher)
	if err != nil {
		return err
	}
	return item(w, c)
}

// target is who acts on the item of the path.
func target(r *http.Request, who who) (vault.By, id.Cipher, error) {
	by, err := who(r)
	if err != nil {
		return by, "", err
	}
	cipher, err := wire.PathID[id.Cipher](r, "id")
	return by, cipher, err
}

func (a *API) create(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.Decode[itemRequest](w, r, itemBody)
	if err != nil {
		return err
	}
	return a.store(w, r, self, in, nil)
}

type createRequest struct {
	Cipher        itemRequest `json:"cipher"`
	CollectionIDs []string    `json:"collectionIds"`
}

func (a *API) createIn(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.Decode[createRequest](w, r, itemBody)
	if err != nil {
		return err
	}
	return a.store(w, r, self, in.Cipher, in.CollectionIDs)
}

func (a *API) createAsAdmin(w http.ResponseWriter, r *http.Request) error {
	in, err := wire.Decode[createRequest](w, r, itemBody)
	if err != nil {
		return err
	}
	return a.store(w, r, console, in.Cipher, in.CollectionIDs)
}

func (a *API) store(w http.ResponseWriter, r *http.Request, who who, in itemRequest, collectionIDs []string) error {
	by, err := who(r)
	if err != nil {
		return err
	}
	d, err := in.draft()
	if err != nil {
		return err
	}
	collections, err := bodyIDs[id.Collection](collectionIDs)
	if err != nil {
		return err
	}
	c, err := a.Vault.Create(r.Context(), by, d, collections)
	if err != nil {
		return err
	}
	return item(w, c)
}

func (a *API) update(w http.ResponseWriter, r *http.Request) error { return a.updateBy(w, r, self) }

func (a *API) updateAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.updateBy(w, r, console)
}

func (a *API) updateBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, cipher, err := target(r, who)
	if err != nil {
		return err
	}
	in, err := wire.Decode[itemRequest](w, r, itemBody)
	if err != nil {
		return err
	}
	d, err := in.draft()
	if err != nil {
		return err
	}
	d.Files = in.Files()
	c, err := a.Vault.Update(r.Context(), by, cipher, d)
	if err != nil {
		return err
	}
	return item(w, c)
}

type markRequest struct {
	FolderID string `json:"folderId"`
	Favorite bool   `json:"favorite"`
}

func (a *API) mark(w http.ResponseWriter, r *http.Request) error {
	by, cipher, err := target(r, self)
	if err != nil {
		return err
	}
	in, err := wire.Decode[markRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	folder, err := optional[id.Folder](in.FolderID)
	if err != nil {
		return err
	}
	c, err := a.Vault.Mark(r.Context(), by.User, cipher, folder, in.Favorite)
	if err != nil {
		return err
	}
	return item(w, c)
}

type secretRequest struct {
	MasterPasswordHash string `json:"masterPasswordHash"`
	OTP                string `json:"otp"`
}

func (a *API) empty(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[secretRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	secret := account.Secret{MasterPasswordHash: in.MasterPasswordHash, OTP: in.OTP}
	if !r.URL.Query().Has("organizationId") {
		err = a.Vault.Empty(r.Context(), user, secret)
	} else {
		var org id.Org
		if org, err = orgQuery(r); err == nil {
			err = a.Vault.EmptyOrg(r.Context(), user, org, secret)
		}
	}
	if err != nil {
		return err
	}
	return wire.OK(w)
}
