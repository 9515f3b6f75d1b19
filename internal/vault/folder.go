package vault

import (
	"context"
	"fmt"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// Folder is a personal grouping of items. Its name is under the user's key.
type Folder struct {
	ID        id.Folder
	Name      string
	RevisedAt time.Time
}

// ListFolders answers all folders of an account.
func (s *Service) ListFolders(ctx context.Context, user id.User) ([]Folder, error) {
	return view(ctx, s, func(tx *db.Tx) ([]Folder, error) { return Folders(ctx, tx, user) })
}

// FindFolder answers one folder of an account.
func (s *Service) FindFolder(ctx context.Context, user id.User, folder id.Folder) (Folder, error) {
	return view(ctx, s, func(tx *db.Tx) (Folder, error) { return findFolder(ctx, tx, user, folder) })
}

// CreateFolder makes a folder.
func (s *Service) CreateFolder(ctx context.Context, user id.User, name string) (Folder, error) {
	if err := folderName(name); err != nil {
		return Folder{}, err
	}
	return update(ctx, s, func(tx *db.Tx) (Folder, error) {
		f := Folder{ID: id.New[id.Folder](), Name: name, RevisedAt: tx.Now}
		if err := insertFolders(ctx, tx, user, []Folder{f}); err != nil {
			return Folder{}, err
		}
		return f, tellFolder(ctx, tx, user, f, push.FolderCreated)
	})
}

// RenameFolder gives a folder another name.
func (s *Service) RenameFolder(ctx context.Context, user id.User, folder id.Folder, name string) (Folder, error) {
	if err := folderName(name); err != nil {
		return Folder{}, err
	}
	return update(ctx, s, func(tx *db.Tx) (Folder, error) {
		f, err := findFolder(ctx, tx, user, folder)
		if err != nil {
			return Folder{}, err
		}
		f.Name, f.RevisedAt = name, later(tx.Now, f.RevisedAt)
		if err := updateFolder(ctx, tx, user, f); err != nil {
			return Folder{}, err
		}
		return f, tellFolder(ctx, tx, user, f, push.FolderUpdated)
	})
}

// DeleteFolders removes folders; their items stay, in no folder.
func (s *Service) DeleteFolders(ctx context.Context, user id.User, folders []id.Folder) error {
	folders, err := distinct(folders)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := requireFolders(ctx, tx, user, folders); err != nil {
			return err
		}
		if err := deleteFolders(ctx, tx, user, folders); err != nil {
			return err
		}
		if len(folders) == 1 {
			return tellFolder(ctx, tx, user, Folder{ID: folders[0], RevisedAt: tx.Now}, push.FolderDeleted)
		}
		return account.Touch(ctx, tx, user)
	})
}

// tellFolder tells the account's apps of one folder.
func tellFolder(ctx context.Context, tx *db.Tx, user id.User, f Folder, t push.Type) error {
	push.Tell(ctx, tx, push.Message{Type: t, Users: []id.User{user}, ID: string(f.ID), Date: f.RevisedAt})
	return account.Touch(ctx, tx, user)
}

// DeleteAllFolders removes all folders of an account.
func (s *Service) DeleteAllFolders(ctx context.Context, user id.User) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := deleteAllFolders(ctx, tx, user); err != nil {
			return err
		}
		return account.Touch(ctx, tx, user)
	})
}

func folderName(name string) error {
	if len(name) > encstring.MaxName {
		return fault.Field("name", fmt.Sprintf("The folder's name is too long: encrypted, it may have %d characters.", encstring.MaxName))
	}
	if !encstring.Symmetric(name, encstring.MaxName) {
		return fault.Field("name", "The folder's name is not encrypted in a form that this server accepts.")
	}
	return nil
}
