package vault

import (
	"context"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault/attachment"
	"github.com/kastellan/kastellan/internal/vault/content"
)

// Rotation is everything that an account keeps under its user key, encrypted
// anew under another: each of its own items, those in the trash too, and each of
// its folders, with all that is attached to them. What belongs to organizations is under their keys and stays.
type Rotation struct {
	Items   []Draft  // only content counts: folder, favourite and archive stay
	Folders []Folder // id and name
	KeyID   string   // of the new key; empty when not said
}

// Check refuses what is wrong whatever the account holds.
func (r Rotation) Check(user id.User) error {
	for _, d := range r.Items {
		switch {
		case d.For != "" && d.For != user:
			return fault.Field("encryptedFor", "The item was encrypted for another account.")
		case d.KeyID != "" && r.KeyID != "" && d.KeyID != r.KeyID:
			return fault.Field("encryptedByKeyId", "The item was not encrypted with the new key.")
		}
		if err := attachment.CheckBrought(d.Files); err != nil {
			return err
		}
	}
	for _, f := range r.Folders {
		if err := folderName(f.Name); err != nil {
			return err
		}
	}
	return nil
}

// Store replaces the content of all items and folders of an account. What one
// device did not send, because another had just made or changed it, would be
// under a key that nobody has any more: then nothing is stored.
func (r Rotation) Store(ctx context.Context, tx *db.Tx, user id.User) error {
	items, err := r.items(ctx, tx, user)
	if err != nil {
		return err
	}
	folders, err := r.folders(ctx, tx, user)
	if err != nil {
		return err
	}
	const most = 500 // rows in one statement
	for some := range slices.Chunk(items, most) {
		if err := reencrypt(ctx, tx, user, some); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(folders, most) {
		if err := reencryptFolders(ctx, tx, user, some); err != nil {
			return err
		}
	}
	return rekey(ctx, tx, string(user), r.Items, attachment.Rekeying{Missing: errIncomplete, Keyless: errOldFile})
}

// errOldFile is about what no client can bring: a body under the old key itself.
var errOldFile = fault.New(fault.Invalid,
	"The encryption key was not changed, because an item has an attachment of an old kind. Download that attachment, add it again, delete the old one, then try again.")

// errIncomplete is what a client can cure by fetching the vault again.
var errIncomplete = fault.New(fault.Invalid,
	"The encryption key was not changed, because the request did not bring exactly what is in the vault. Sync your vault, then try again.")

func (r Rotation) items(ctx context.Context, tx *db.Tx, user id.User) ([]handed, error) {
	own, err := ownItems(ctx, tx, user)
	if err != nil {
		return nil, err
	}
	if len(own) != len(r.Items) {
		return nil, errIncomplete
	}
	out := make([]handed, len(r.Items))
	for i, d := range r.Items {
		have, found := own[d.ID]
		if !found || have.kind != d.Type {
			return nil, errIncomplete
		}
		delete(own, d.ID) // a second one of the same id finds nothing
		if err := stale(d.LastKnown, have.revised); err != nil {
			return nil, errIncomplete
		}
		out[i] = handed{ID: string(d.ID), Type: int(d.Type), Data: d.Data, Revised: later(tx.Now, have.revised).UnixMicro()}
	}
	return out, nil
}

func (r Rotation) folders(ctx context.Context, tx *db.Tx, user id.User) ([]handed, error) {
	list, err := Folders(ctx, tx, user)
	if err != nil {
		return nil, err
	}
	own := make(map[id.Folder]time.Time, len(list))
	for _, f := range list {
		own[f.ID] = f.RevisedAt
	}
	if len(own) != len(r.Folders) {
		return nil, errIncomplete
	}
	out := make([]handed, len(r.Folders))
	for i, f := range r.Folders {
		revised, found := own[f.ID]
		if !found {
			return nil, errIncomplete
		}
		delete(own, f.ID)
		out[i] = handed{ID: string(f.ID), Data: f.Name, Revised: later(tx.Now, revised).UnixMicro()}
	}
	return out, nil
}

// ownItem is what a rotation has to know of an item.
type ownItem struct {
	kind    content.Type
	revised time.Time
}

func ownItems(ctx context.Context, tx *db.Tx, user id.User) (map[id.Cipher]ownItem, error) {
	own := map[id.Cipher]ownItem{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var cipher id.Cipher
		var item ownItem
		err := r.Scan(&cipher, &item.kind, db.Time(&item.revised))
		own[cipher] = item
		return err
	}, `SELECT id, type, revised_at FROM ciphers WHERE owner_id = $1 AND org_id IS NULL`, user)
	return own, err
}
