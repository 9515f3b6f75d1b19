package vault

import (
	"context"
	"net/http"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault"
)

type archiving func(ctx context.Context, user id.User, ids []id.Cipher) ([]*vault.Cipher, error)

func (a *API) archive(w http.ResponseWriter, r *http.Request) error {
	return archiveOne(w, r, a.Vault.Archive)
}

func (a *API) unarchive(w http.ResponseWriter, r *http.Request) error {
	return archiveOne(w, r, a.Vault.Unarchive)
}

func archiveOne(w http.ResponseWriter, r *http.Request, act archiving) error {
	by, cipher, err := target(r, self)
	if err != nil {
		return err
	}
	list, err := act(r.Context(), by.User, []id.Cipher{cipher})
	if err != nil {
		return err
	}
	return item(w, list[0])
}

func (a *API) archiveMany(w http.ResponseWriter, r *http.Request) error {
	return archiveMany(w, r, a.Vault.Archive)
}

func (a *API) unarchiveMany(w http.ResponseWriter, r *http.Request) error {
	return archiveMany(w, r, a.Vault.Unarchive)
}

func archiveMany(w http.ResponseWriter, r *http.Request, act archiving) error {
	by, ids, _, err := targets(w, r, self)
	if err != nil {
		return err
	}
	list, err := act(r.Context(), by.User, ids)
	if err != nil {
		return err
	}
	return items(w, list)
}

func (a *API) move(w http.ResponseWriter, r *http.Request) error {
	by, ids, in, err := targets(w, r, self)
	if err != nil {
		return err
	}
	folder, err := optional[id.Folder](in.FolderID)
	if err != nil {
		return err
	}
	return done(w, a.Vault.Move(r.Context(), by.User, ids, folder))
}
