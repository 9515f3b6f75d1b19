package vault

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault"
	"github.com/kastellan/kastellan/internal/wire"
)

type folderJSON struct {
	Object       string    `json:"object"`
	ID           id.Folder `json:"id"`
	Name         string    `json:"name"`
	RevisionDate wire.Date `json:"revisionDate"`
}

func folderOf(f vault.Folder) folderJSON {
	return folderJSON{"folder", f.ID, f.Name, wire.Date(f.RevisedAt)}
}

type folderRequest struct {
	ID   string `json:"id"` // only in imports
	Name string `json:"name"`
}

func (a *API) listFolders(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	list, err := a.Vault.ListFolders(r.Context(), user)
	if err != nil {
		return err
	}
	out := make([]folderJSON, len(list))
	for i, f := range list {
		out[i] = folderOf(f)
	}
	return wire.JSON(w, wire.ListOf(out))
}

func (a *API) findFolder(w http.ResponseWriter, r *http.Request) error {
	user, folder, err := targetFolder(r)
	if err != nil {
		return err
	}
	f, err := a.Vault.FindFolder(r.Context(), user, folder)
	return answerFolder(w, f, err)
}

func targetFolder(r *http.Request) (id.User, id.Folder, error) {
	user, err := actor(r)
	if err != nil {
		return "", "", err
	}
	folder, err := wire.PathID[id.Folder](r, "id")
	return user, folder, err
}

func answerFolder(w http.ResponseWriter, f vault.Folder, err error) error {
	if err != nil {
		return err
	}
	return wire.JSON(w, folderOf(f))
}

func (a *API) createFolder(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[folderRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	f, err := a.Vault.CreateFolder(r.Context(), user, in.Name)
	return answerFolder(w, f, err)
}

func (a *API) renameFolder(w http.ResponseWriter, r *http.Request) error {
	user, folder, err := targetFolder(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[folderRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	f, err := a.Vault.RenameFolder(r.Context(), user, folder, in.Name)
	return answerFolder(w, f, err)
}

func (a *API) deleteFolder(w http.ResponseWriter, r *http.Request) error {
	user, folder, err := targetFolder(r)
	if err != nil {
		return err
	}
	return done(w, a.Vault.DeleteFolders(r.Context(), user, []id.Folder{folder}))
}

func (a *API) deleteFolders(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[manyRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	folders, err := bodyIDs[id.Folder](in.IDs)
	if err != nil {
		return err
	}
	return done(w, a.Vault.DeleteFolders(r.Context(), user, folders))
}

func (a *API) deleteAllFolders(w http.ResponseWriter, r *http.Request) error {
	user, err := actor(r)
	if err != nil {
		return err
	}
	return done(w, a.Vault.DeleteAllFolders(r.Context(), user))
}
