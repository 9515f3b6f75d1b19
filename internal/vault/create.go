package vault

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/vault/attachment"
)

// Create stores a new item: a personal one, or one of an organization, which
// goes into collections that the account can edit. In the Admin Console those
// who may write all items may also leave it in no collection.
func (s *Service) Create(ctx context.Context, by By, d Draft, collections []id.Collection) (*Cipher, error) {
	return update(ctx, s, func(tx *db.Tx) (*Cipher, error) {
		by.Org = d.Org
		if by.Console {
			d.Folder, d.Favorite, d.ArchivedAt = "", false, time.Time{} // see replace
		}
		w, err := by.resolve(ctx, tx, access.WriteAllItems)
		if err != nil {
			return nil, err
		}
		if d.Org == "" {
			if err := policy.OwnershipForbidden(ctx, tx, by.User); err != nil {
				return nil, err
			}
		}
		if err := w.prepare(ctx, tx, []Draft{d}); err != nil {
			return nil, err
		}
		if err := w.mayFill(ctx, tx, d.Org, collections); err != nil {
			return nil, err
		}
		ids, err := insert(ctx, tx, by.User, d.Org, []Draft{d})
		if err != nil {
			return nil, err
		}
		if err := assign(ctx, tx, d.Org, ids, collections); err != nil {
			return nil, err
		}
		created := []*Cipher{{ID: ids[0], Org: d.Org}}
		if err := w.changed(ctx, tx, created, event.CipherCreated); err != nil {
			return nil, err
		}
		return w.findOne(ctx, tx, ids[0])
	})
}

// Update replaces an item. It answers as for an absent one to those who may not
// write it, and refuses to overwrite a version that the client has not seen.
func (s *Service) Update(ctx context.Context, by By, cipher id.Cipher, d Draft) (*Cipher, error) {
	return update(ctx, s, func(tx *db.Tx) (*Cipher, error) {
		w, err := by.resolve(ctx, tx, access.WriteAllItems, cipher)
		if err != nil {
			return nil, err
		}
		found, err := w.findWith(ctx, tx, []id.Cipher{cipher}, mayWrite)
		if err != nil {
			return nil, err
		}
		c := found[0]
		if c.Org != d.Org {
			return nil, fault.Field("organizationId", "An item cannot change hands by an edit. Move it to the organization instead.")
		}
		if err := w.prepare(ctx, tx, []Draft{d}); err != nil {
			return nil, err
		}
		if err := stale(d.LastKnown, c.RevisedAt); err != nil {
			return nil, err
		}
		if err := w.replace(ctx, tx, c, d); err != nil {
			return nil, err
		}
		return w.findOne(ctx, tx, cipher)
	})
}

func (w way) replace(ctx context.Context, tx *db.Tx, c *Cipher, d Draft) error {
	owner := w.ownerOf(c)
	if err := updateData(ctx, tx, owner, c.ID, d, later(tx.Now, c.RevisedAt)); err != nil {
		return err
	}
	renamed, err := attachment.Rewrap(ctx, tx, owner, c.ID, d.Files)
	if err != nil {
		return err
	}
	if err := relist(ctx, tx, owner, renamed...); err != nil {
		return err
	}
	// The Admin Console shows no folders and sends none: what its user notes
	// about the item elsewhere stays.
	if w.org == "" {
		if err := replaceMarks(ctx, tx, w.user, owner, []id.Cipher{c.ID}, []Draft{d}); err != nil {
			return err
		}
	}
	return w.changed(ctx, tx, []*Cipher{c}, event.CipherUpdated)
}

// prepare checks drafts against the account: its keys and its folders.
func (w way) prepare(ctx context.Context, tx *db.Tx, drafts []Draft) error {
	if err := checkDrafts(ctx, tx, w.user, drafts); err != nil {
		return err
	}
	var folders []id.Folder
	for _, d := range drafts {
		if d.Folder != "" {
			folders = append(folders, d.Folder)
		}
	}
	return requireFolders(ctx, tx, w.user, folders)
}

// findOne reads an item for the answer about it.
func (w way) findOne(ctx context.Context, tx *db.Tx, cipher id.Cipher) (*Cipher, error) {
	list, err := w.find(ctx, tx, []id.Cipher{cipher})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}
