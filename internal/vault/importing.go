package vault

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
)

// Import is what another product's vault becomes. Relations say, by index, which
// item goes where.
type Import struct {
	Items     []Draft
	Folders   []Folder // with the id of a folder that exists, to use that
	Relations []Relation
}

// Relation puts the item with one index into the folder, or the collection, with
// the other.
type Relation struct{ Item, Place int }

// Import stores items and folders of an account, all or none.
func (s *Service) Import(ctx context.Context, user id.User, in Import) error {
	if err := in.check(); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if len(in.Items) > 0 {
			if err := policy.OwnershipForbidden(ctx, tx, user); err != nil {
				return err
			}
		}
		if err := checkDrafts(ctx, tx, user, in.Items); err != nil {
			return err
		}
		folders, err := importFolders(ctx, tx, user, in.Folders)
		if err != nil {
			return err
		}
		// The caller's drafts stay as they are: the function may run twice.
		items := append([]Draft(nil), in.Items...)
		for i := range items {
			items[i].Folder = ""
		}
		for _, r := range in.Relations {
			items[r.Item].Folder = folders[r.Place]
		}
		if _, err := insert(ctx, tx, user, "", items); err != nil {
			return err
		}
		return tellAll(ctx, tx, []id.User{user})
	})
}

func (in Import) check() error {
	if err := atMost("items", len(in.Items), MaxImportItems); err != nil {
		return err
	}
	if err := atMost("folders", len(in.Folders), MaxImportFolders); err != nil {
		return err
	}
	if err := checkRelations(in.Relations, len(in.Items), len(in.Folders)); err != nil {
		return err
	}
	for _, f := range in.Folders {
		if err := folderName(f.Name); err != nil {
			return err
		}
	}
	for _, d := range in.Items {
		if d.Org != "" {
			return fault.Field("organizationId", "A personal import cannot bring items for an organization.")
		}
	}
	return nil
}

func atMost(what string, n, limit int) error {
	if n > limit {
		return fault.New(fault.Invalid, fmt.Sprintf("An import may bring at most %d %s; this one has %d. Split it into parts.", limit, what, n))
	}
	return nil
}

func checkRelations(relations []Relation, items, places int) error {
	if err := atMost("relations", len(relations), MaxImportRelations); err != nil {
		return err
	}
	for _, r := range relations {
		if r.Item < 0 || r.Item >= items || r.Place < 0 || r.Place >= places {
			return fault.New(fault.Invalid, "The import puts an item that it does not bring somewhere, or an item where nothing is.")
		}
	}
	return nil
}

// importFolders makes the folders and answers their ids by index. An id that is
// not one of the account's own is another vault's: the folder is made anew.
func importFolders(ctx context.Context, tx *db.Tx, user id.User, folders []Folder) ([]id.Folder, error) {
	own, err := Folders(ctx, tx, user)
	if err != nil {
		return nil, err
	}
	mine := map[id.Folder]bool{}
	for _, f := range own {
		mine[f.ID] = true
	}
	ids := make([]id.Folder, len(folders))
	var fresh []Folder
	for i, f := range folders {
		if ids[i] = f.ID; !mine[f.ID] {
			ids[i] = id.New[id.Folder]()
			fresh = append(fresh, Folder{ID: ids[i], Name: f.Name})
		}
	}
	return ids, insertFolders(ctx, tx, user, fresh)
}
