package vault

import (
	"context"
	"io"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault/attachment"
	"github.com/kastellan/kastellan/internal/vault/content"
)

// An old file, without a key of its own, cannot come along when its item is shared: its
// body is under the key of the account. Clients upload it once more, under the key of the
// organization, and then share the item, which takes the new body in place of the old.

// Replacement is what takes an old file's place when its item is shared.
type Replacement struct {
	For  id.Org
	Name string
	Key  string
	Body io.Reader
}

// Replace takes in the replacement of an old file of one's own.
func (s *Service) Replace(ctx context.Context, user id.User, cipher id.Cipher, file id.Attachment, in Replacement) error {
	f := attachment.File{Cipher: cipher, ID: file, Name: in.Name, Key: in.Key}
	if err := f.Check(false); err != nil {
		return err
	}
	w := way{user: user}
	left, err := view(ctx, s, func(tx *db.Tx) (int64, error) {
		if err := w.mayReplace(ctx, tx, cipher, file, in.For); err != nil {
			return 0, err
		}
		return s.left(ctx, tx, user, in.For)
	})
	if err != nil {
		return err
	}
	return s.keep(ctx, in.Body, left, func(tx *db.Tx, stored blob.Stored) error {
		if err := w.mayReplace(ctx, tx, cipher, file, in.For); err != nil {
			return err
		}
		if err := s.room(ctx, tx, user, in.For, stored.Size); err != nil {
			return err
		}
		f.Stored, f.Size = stored.Name, stored.Size
		return attachment.Replace(ctx, tx, user, in.For, f)
	})
}

// mayReplace: an old file of a personal item, for an organization in which the account
// may put items into some collection.
func (w way) mayReplace(ctx context.Context, tx *db.Tx, cipher id.Cipher, file id.Attachment, org id.Org) error {
	c, err := w.findOne(ctx, tx, cipher)
	if err != nil {
		return err
	}
	f, err := attachment.Find(ctx, tx, string(w.user), cipher, file)
	if err != nil {
		return err
	}
	if c.Org != "" || f.Stored == "" {
		return fault.Absent()
	}
	collections, err := w.fillable(ctx, tx, org)
	switch {
	case err != nil:
		return err
	case len(collections) == 0:
		return fault.Absent()
	case f.Key != "":
		return fault.New(fault.Invalid, "This attachment has a key of its own and comes along when its item is moved.")
	}
	return nil
}

// bringFiles has the files of items come along that an organization has just taken over.
func (s *Service) bringFiles(ctx context.Context, tx *db.Tx, org id.Org, drafts []Draft) error {
	ids := idsOfDrafts(drafts)
	replaced, err := attachment.Adopt(ctx, tx, org, ids)
	if err != nil {
		return err
	}
	if err := rekey(ctx, tx, string(org), drafts, attachment.Rekeying{Replaced: replaced, Missing: errFileLeft, Keyless: errFileKeyless}); err != nil {
		return err
	}
	brought, err := attachment.SizeOf(ctx, tx, string(org), ids)
	if err != nil || brought == 0 {
		return err
	}
	u, err := s.Storage.OfOrg(ctx, tx, org)
	if err != nil {
		return err
	}
	u.Used -= brought // they are there already
	return u.Take(brought)
}

var (
	errFileLeft    = fault.New(fault.Invalid, "The item was not moved, because the request did not bring all of its attachments. Sync your vault, then try again.")
	errFileKeyless = fault.New(fault.Invalid, "The item was not moved, because it has an attachment of an old kind. Download that attachment, add it again, delete the old one, then try again.")
)

// rekey has the files of items come along with a new key of theirs. At most four
// statements for every 500 items.
func rekey(ctx context.Context, tx *db.Tx, owner string, drafts []Draft, r attachment.Rekeying) error {
	r.Brought = map[id.Cipher]content.Files{}
	for _, d := range drafts {
		r.Brought[d.ID] = d.Files
	}
	changed, err := r.Rekey(ctx, tx, owner)
	if err != nil {
		return err
	}
	return relist(ctx, tx, owner, changed...)
}

// SweepUploads forgets announced files that never came, and replacements that nobody shared.
func (s *Service) SweepUploads(ctx context.Context) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error { return attachment.Sweep(ctx, tx) })
}
