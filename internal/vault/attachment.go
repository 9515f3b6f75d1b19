package vault

import (
	"context"
	"fmt"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Limits on attachments.
const (
	// MaxAttachments is how many one item may have: all of them are in each answer about it.
	MaxAttachments = 200
	// slack is by how much a file may be larger or smaller than was announced.
	slack = 1 << 20
	// maxOldUpload is the largest file that may come without being announced.
	maxOldUpload = 100 << 20
	// patience is how long an announced file may take to arrive.
	patience = 24 * time.Hour
)

// Attachment is a file of an item. Clients encrypted all of it.
type Attachment struct {
	ID   id.Attachment
	Name string // under the item's key
	// Key is the file's own key under that of the item. The oldest files have none, and
	// are under the key of the owner itself.
	Key  string
	Size int64 // bytes

	cipher id.Cipher
	file   string // name in the store; empty until all of it is there
}

// Announcement is a file that a client is going to upload.
type Announcement struct {
	Name, Key string
	Size      int64     // bytes, encrypted
	LastKnown time.Time // the revision of the item that was edited; zero when not said
}

// Announce makes room for a file. Only the answer shows it before it is there, so that
// the client holds the item's new revision date while it uploads.
func (s *Service) Announce(ctx context.Context, by By, cipher id.Cipher, in Announcement) (id.Attachment, *Cipher, error) {
	a := Attachment{ID: id.New[id.Attachment](), Name: in.Name, Key: in.Key, Size: in.Size, cipher: cipher}
	if err := a.check(true); err != nil {
		return "", nil, err
	}
	if in.Size < 1 || in.Size > s.MaxUpload {
		return "", nil, fault.Field("fileSize", fmt.Sprintf("A file may have at most %s, encrypted.", readable(s.MaxUpload)))
	}
	c, err := update(ctx, s, func(tx *db.Tx) (*Cipher, error) {
		w, c, err := by.writable(ctx, tx, cipher)
		if err != nil {
			return nil, err
		}
		if err := stale(in.LastKnown, c.RevisedAt); err != nil {
			return nil, err
		}
		if err := s.attach(ctx, tx, w, c, a); err != nil {
			return nil, err
		}
		if err := w.touch(ctx, tx, []*Cipher{c}); err != nil {
			return nil, err
		}
		return w.findWithAwaited(ctx, tx, cipher)
	})
	return a.ID, c, err
}

// check refuses what no client encrypted.
func (a Attachment) check(keyed bool) error {
	if !encstring.Symmetric(a.Name, encstring.MaxName) {
		return fault.Field("fileName", "The name of the file must be encrypted (type 2), and not longer than 1000 characters then.")
	}
	if (keyed || a.Key != "") && !encstring.Symmetric(a.Key, encstring.MaxKey) {
		return fault.Field("key", "The key of the file must be encrypted (type 2).")
	}
	return nil
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

// attach adds the row of a file to an item, if there is room for it.
func (s *Service) attach(ctx context.Context, tx *db.Tx, w way, c *Cipher, a Attachment) error {
	owner := ownersOf(w.user, []*Cipher{c})[0]
	have, err := attachmentsOf(ctx, tx, owner, []id.Cipher{c.ID})
	if err != nil {
		return err
	}
	if len(have) >= MaxAttachments {
		return fault.New(fault.Invalid, fmt.Sprintf("An item can have at most %d attachments. Remove one first.", MaxAttachments))
	}
	if err := s.room(ctx, tx, w.user, c.Org, a.Size); err != nil {
		return err
	}
	if err := insertAttachment(ctx, tx, owner, a); err != nil {
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
	list, err := attachmentsOf(ctx, tx, ownersOf(w.user, []*Cipher{c})[0], []id.Cipher{cipher})
	c.attachments = appendAttachments(nil, list)
	return c, err
}

// Detach removes a file from an item, or the announcement of one.
func (s *Service) Detach(ctx context.Context, by By, cipher id.Cipher, attachment id.Attachment) (*Cipher, error) {
	return update(ctx, s, func(tx *db.Tx) (*Cipher, error) {
		w, c, err := by.writable(ctx, tx, cipher)
		if err != nil {
			return nil, err
		}
		owner := ownersOf(w.user, []*Cipher{c})[0]
		a, err := findAttachment(ctx, tx, owner, cipher, attachment)
		if err != nil {
			return nil, err
		}
		if err := deleteAttachment(ctx, tx, owner, cipher, attachment); err != nil {
			return nil, err
		}
		if err := bump(ctx, tx, w.user, []*Cipher{c}); err != nil {
			return nil, err
		}
		if err := w.detached(ctx, tx, owner, c, a); err != nil {
			return nil, err
		}
		return w.findOne(ctx, tx, cipher)
	})
}
