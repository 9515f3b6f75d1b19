package vault

import (
	"context"
	"fmt"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/vault/attachment"
)

// slack is by how many bytes a file may be larger or smaller than was announced.
const slack = 1 << 20

// Announcement is a file that a client is going to upload.
type Announcement struct {
	Name, Key string
	Size      int64     // bytes, encrypted
	LastKnown time.Time // the revision of the item that was edited; zero when not said
}

// Announce makes room for a file. Only the answer shows it before it is there, so that
// the client holds the item's new revision date while it uploads.
func (s *Service) Announce(ctx context.Context, by By, cipher id.Cipher, in Announcement) (id.Attachment, *Cipher, error) {
	f := attachment.File{Cipher: cipher, ID: id.New[id.Attachment](), Name: in.Name, Key: in.Key, Size: in.Size}
	if err := f.Check(false); err != nil {
		return "", nil, err
	}
	if in.Size < 1 || in.Size > s.MaxUpload {
		return "", nil, fault.Field("fileSize", fmt.Sprintf("A file may have at most %s, encrypted.", tenant.Readable(s.MaxUpload)))
	}
	c, err := update(ctx, s, func(tx *db.Tx) (*Cipher, error) {
		w, c, err := by.writable(ctx, tx, cipher)
		if err != nil {
			return nil, err
		}
		if err := stale(in.LastKnown, c.RevisedAt); err != nil {
			return nil, err
		}
		if err := s.attach(ctx, tx, w, c, f); err != nil {
			return nil, err
		}
		if err := w.touch(ctx, tx, []*Cipher{c}); err != nil {
			return nil, err
		}
		return w.findWithAwaited(ctx, tx, cipher)
	})
	return f.ID, c, err
}

// writable finds an item that the account may change.
func (by By) writable(ctx context.Context, tx *db.Tx, cipher id.Cipher) (way, *Cipher, error) {
	w, err := by.resolve(ctx, tx, access.WriteAllItems, cipher)
	if err != nil {
		return w, nil, err
	}
	found, err := w.findWith(ctx, tx, []id.Cipher{cipher}, mayWrite)
	if err != nil {
		return w, nil, err
	}
	return w, found[0], nil
}

// attach adds a file to an item, if there is room for it.
func (s *Service) attach(ctx context.Context, tx *db.Tx, w way, c *Cipher, f attachment.File) error {
	owner := w.ownerOf(c)
	have, err := attachment.Of(ctx, tx, owner, c.ID)
	if err != nil {
		return err
	}
	if len(have) >= attachment.Most {
		return fault.New(fault.Invalid, fmt.Sprintf("An item can have at most %d attachments. Remove one first.", attachment.Most))
	}
	if err := s.room(ctx, tx, w.user, c.Org, f.Size); err != nil {
		return err
	}
	if err := attachment.Insert(ctx, tx, owner, f); err != nil {
		return err
	}
	return bump(ctx, tx, w.user, []*Cipher{c})
}

// findWithAwaited is findOne with the files that are announced too.
func (w way) findWithAwaited(ctx context.Context, tx *db.Tx, cipher id.Cipher) (*Cipher, error) {
	c, err := w.findOne(ctx, tx, cipher)
	if err != nil {
		return nil, err
	}
	files, err := attachment.Of(ctx, tx, w.ownerOf(c), cipher)
	c.attachments = attachment.List(files)
	return c, err
}

// Detach removes a file from an item, or the announcement of one.
func (s *Service) Detach(ctx context.Context, by By, cipher id.Cipher, file id.Attachment) (*Cipher, error) {
	return update(ctx, s, func(tx *db.Tx) (*Cipher, error) {
		w, c, err := by.writable(ctx, tx, cipher)
		if err != nil {
			return nil, err
		}
		f, err := attachment.Find(ctx, tx, w.ownerOf(c), cipher, file)
		if err != nil {
			return nil, err
		}
		if err := attachment.Delete(ctx, tx, w.ownerOf(c), f); err != nil {
			return nil, err
		}
		if err := bump(ctx, tx, w.user, []*Cipher{c}); err != nil {
			return nil, err
		}
		if err := w.detached(ctx, tx, c, f); err != nil {
			return nil, err
		}
		return w.findOne(ctx, tx, cipher)
	})
}

// attached makes a file that came to an item known.
func (w way) attached(ctx context.Context, tx *db.Tx, c *Cipher) error {
	if err := relist(ctx, tx, w.ownerOf(c), c.ID); err != nil {
		return err
	}
	return w.changed(ctx, tx, []*Cipher{c}, event.CipherAttached)
}

// detached makes it known that a file is gone. One that never came had not been there.
func (w way) detached(ctx context.Context, tx *db.Tx, c *Cipher, f attachment.File) error {
	if f.Stored == "" {
		return w.touch(ctx, tx, []*Cipher{c})
	}
	if err := relist(ctx, tx, w.ownerOf(c), c.ID); err != nil {
		return err
	}
	return w.changed(ctx, tx, []*Cipher{c}, event.CipherDetached)
}
