package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Folders reads all folders of an account.
func Folders(ctx context.Context, tx *db.Tx, user id.User) ([]Folder, error) {
	return db.All(ctx, tx, scanFolder, `SELECT id, name, revised_at FROM folders WHERE user_id = $1 ORDER BY created_at, id`, user)
}

func findFolder(ctx context.Context, tx *db.Tx, user id.User, folder id.Folder) (Folder, error) {
	return db.One(ctx, tx, scanFolder, `SELECT id, name, revised_at FROM folders WHERE user_id = $1 AND id = $2`, user, folder)
}

func scanFolder(r db.Row) (Folder, error) {
	var f Folder
	err := r.Scan(&f.ID, &f.Name, db.Time(&f.RevisedAt))
	return f, err
}

// requireFolders answers fault.Absent unless all folders are the account's own.
func requireFolders(ctx context.Context, tx *db.Tx, user id.User, folders []id.Folder) error {
	folders = unique(folders)
	if len(folders) == 0 {
		return nil
	}
	n, err := db.One(ctx, tx, db.Value[int], `SELECT COUNT(*) FROM folders WHERE user_id = $1 AND `+db.Among(tx, "id", 2), user, db.List(folders))
	if err == nil && n != len(folders) {
		return fault.Absent()
	}
	return err
}

func insertFolders(ctx context.Context, tx *db.Tx, user id.User, folders []Folder) error {
	rows := make([][]any, len(folders))
	for i, f := range folders {
		rows[i] = []any{user, f.ID, f.Name, tx.Now, tx.Now}
	}
	return db.Insert(ctx, tx, `INSERT INTO folders (user_id, id, name, created_at, revised_at)`, rows...)
}

func updateFolder(ctx context.Context, tx *db.Tx, user id.User, f Folder) error {
	return tx.ExecOne(ctx, `UPDATE folders SET name = $3, revised_at = $4 WHERE user_id = $1 AND id = $2`, user, f.ID, f.Name, f.RevisedAt)
}

// A folder is named by the marks of one account only, so its row and those marks
// have the same owner.
func deleteFolders(ctx context.Context, tx *db.Tx, user id.User, folders []id.Folder) error {
	if _, err := tx.Exec(ctx, `UPDATE cipher_marks SET folder_id = NULL WHERE user_id = $1 AND `+db.Among(tx, "folder_id", 2),
		user, db.List(folders)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM folders WHERE user_id = $1 AND `+db.Among(tx, "id", 2), user, db.List(folders))
	return err
}

func deleteAllFolders(ctx context.Context, tx *db.Tx, user id.User) error {
	if _, err := tx.Exec(ctx, `UPDATE cipher_marks SET folder_id = NULL WHERE user_id = $1`, user); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `DELETE FROM folders WHERE user_id = $1`, user)
	return err
}
