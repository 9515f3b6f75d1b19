package vault

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

// manyRequest names items. In the Admin Console it may name the organization too.
type manyRequest struct {
	IDs            []string `json:"ids"`
	OrganizationID string   `json:"organizationId"`
	FolderID       string   `json:"folderId"` // of a move
}

// targets are who acts on the items of the body.
func targets(w http.ResponseWriter, r *http.Request, who who) (vault.By, []id.Cipher, manyRequest, error) {
	by, err := who(r)
	if err != nil {
		return by, nil, manyRequest{}, err
	}
	in, err := wire.Decode[manyRequest](w, r, wire.SmallBody)
	if err != nil {
		return by, nil, in, err
	}
	if by.Org, err = optional[id.Org](in.OrganizationID); err != nil {
		return by, nil, in, err
	}
	ids, err := bodyIDs[id.Cipher](in.IDs)
	return by, ids, in, err
}

// done answers an act that has nothing to say.
func done(w http.ResponseWriter, err error) error {
	if err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) trash(w http.ResponseWriter, r *http.Request) error { return a.trashBy(w, r, self) }

func (a *API) trashAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.trashBy(w, r, console)
}

func (a *API) trashBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, cipher, err := target(r, who)
	if err != nil {
		return err
	}
	return done(w, a.Vault.Trash(r.Context(), by, []id.Cipher{cipher}))
}

func (a *API) trashMany(w http.ResponseWriter, r *http.Request) error {
	return a.trashManyBy(w, r, self)
}

func (a *API) trashManyAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.trashManyBy(w, r, console)
}

func (a *API) trashManyBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, ids, _, err := targets(w, r, who)
	if err != nil {
		return err
	}
	return done(w, a.Vault.Trash(r.Context(), by, ids))
}

func (a *API) remove(w http.ResponseWriter, r *http.Request) error { return a.removeBy(w, r, self) }

func (a *API) removeAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.removeBy(w, r, console)
}

func (a *API) removeBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, cipher, err := target(r, who)
	if err != nil {
		return err
	}
	return done(w, a.Vault.Delete(r.Context(), by, []id.Cipher{cipher}))
}

func (a *API) removeMany(w http.ResponseWriter, r *http.Request) error {
	return a.removeManyBy(w, r, self)
}

func (a *API) removeManyAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.removeManyBy(w, r, console)
}

func (a *API) removeManyBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, ids, _, err := targets(w, r, who)
	if err != nil {
		return err
	}
	return done(w, a.Vault.Delete(r.Context(), by, ids))
}

func (a *API) restore(w http.ResponseWriter, r *http.Request) error { return a.restoreBy(w, r, self) }

func (a *API) restoreAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.restoreBy(w, r, console)
}

func (a *API) restoreBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, cipher, err := target(r, who)
	if err != nil {
		return err
	}
	list, err := a.Vault.Restore(r.Context(), by, []id.Cipher{cipher})
	if err != nil {
		return err
	}
	return item(w, list[0])
}

func (a *API) restoreMany(w http.ResponseWriter, r *http.Request) error {
	return a.restoreManyBy(w, r, self)
}

func (a *API) restoreManyAsAdmin(w http.ResponseWriter, r *http.Request) error {
	return a.restoreManyBy(w, r, console)
}

func (a *API) restoreManyBy(w http.ResponseWriter, r *http.Request, who who) error {
	by, ids, _, err := targets(w, r, who)
	if err != nil {
		return err
	}
	list, err := a.Vault.Restore(r.Context(), by, ids)
	if err != nil {
		return err
	}
	return items(w, list)
}
