package client

import (
	"context"

	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
)

// Vault is everything that an account may see, opened.
type Vault struct {
	Profile     Profile
	Folders     []Folder
	Collections []Collection
	Items       []item.View
	// Unreadable are the things that could not be opened. One bad item must not
	// hide the others.
	Unreadable []Unreadable
}

// Unreadable is something of the vault that could not be opened.
type Unreadable struct {
	Kind string // folder, collection or item
	ID   string
	Err  error
}

type syncAnswer struct {
	Profile     Profile            `json:"profile"`
	Folders     []sealedFolder     `json:"folders"`
	Collections []sealedCollection `json:"collections"`
	Ciphers     []item.Cipher      `json:"ciphers"`
	Decryption  *struct {
		UserKeyID string `json:"userKeyId"`
	} `json:"userDecryption"`
}

// Sync fetches and opens everything, and takes up the keys of organizations and
// providers that were given to the account since.
func (s *Session) Sync(ctx context.Context) (Vault, error) {
	user, _, err := s.keys()
	if err != nil {
		return Vault{}, err
	}
	var answer syncAnswer
	if err := s.do(ctx, "GET", "/api/sync?excludeDomains=true", nil, &answer); err != nil {
		return Vault{}, err
	}
	s.takeKeys(answer.Profile)
	vault := Vault{Profile: answer.Profile}
	for _, folder := range answer.Folders {
		opened, err := folder.open(user)
		if !vault.lost("folder", string(folder.ID), err) {
			vault.Folders = append(vault.Folders, opened)
		}
	}
	for _, collection := range answer.Collections {
		opened, err := s.openCollection(collection)
		if !vault.lost("collection", string(collection.ID), err) {
			vault.Collections = append(vault.Collections, opened)
		}
	}
	for _, cipher := range answer.Ciphers {
		opened, err := s.openItem(cipher)
		if !vault.lost("item", string(cipher.ID), err) {
			vault.Items = append(vault.Items, opened)
		}
	}
	return vault, nil
}

func (v *Vault) lost(kind, id string, err error) bool {
	if err != nil {
		v.Unreadable = append(v.Unreadable, Unreadable{Kind: kind, ID: id, Err: err})
	}
	return err != nil
}

// ReportKeyID tells the server the name of the user key when it does not know it
// yet. Current clients do the same after logging in.
func (s *Session) ReportKeyID(ctx context.Context) error {
	user, _, err := s.keys()
	if err != nil {
		return err
	}
	body := map[string]string{"userKeyId": user.ID()}
	return s.do(ctx, "POST", "/api/accounts/key-management/user-key-id", body, nil)
}

// Folder is a folder of a person. Its name may hold slashes, which nest.
type Folder struct {
	ID   FolderID
	Name string
}

type sealedFolder struct {
	ID   FolderID       `json:"id"`
	Name seal.EncString `json:"name"`
}

func (f sealedFolder) open(user seal.Key) (Folder, error) {
	name, err := user.DecryptText(f.Name)
	return Folder{ID: f.ID, Name: name}, err
}

// CreateFolder makes a folder.
func (s *Session) CreateFolder(ctx context.Context, name string) (Folder, error) {
	return s.putFolder(ctx, "POST", "/api/folders", name)
}

// RenameFolder gives a folder another name.
func (s *Session) RenameFolder(ctx context.Context, id FolderID, name string) (Folder, error) {
	return s.putFolder(ctx, "PUT", "/api/folders/"+escape(id), name)
}

func (s *Session) putFolder(ctx context.Context, method, path, name string) (Folder, error) {
	user, _, err := s.keys()
	if err != nil {
		return Folder{}, err
	}
	var answer sealedFolder
	body := map[string]seal.EncString{"name": user.EncryptText(name)}
	if err := s.do(ctx, method, path, body, &answer); err != nil {
		return Folder{}, err
	}
	return answer.open(user)
}

// DeleteFolder removes a folder; its items stay.
func (s *Session) DeleteFolder(ctx context.Context, id FolderID) error {
	return s.do(ctx, "DELETE", "/api/folders/"+escape(id), nil, nil)
}
