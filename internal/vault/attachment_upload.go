package vault

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/vault/attachment"
)

// Upload takes in a file that was announced. The item keeps its revision date: it is the
// one that the uploading client was told, and an edit that names it must not be out of date.
func (s *Service) Upload(ctx context.Context, user id.User, cipher id.Cipher, file id.Attachment, body io.Reader) error {
	awaited, err := view(ctx, s, func(tx *db.Tx) (attachment.File, error) {
		_, _, f, err := awaitedBy(ctx, tx, user, cipher, file)
		return f, err
	})
	if err != nil {
		return err
	}
	return s.keep(ctx, body, min(awaited.Size+slack, s.MaxUpload), func(tx *db.Tx, stored blob.Stored) error {
		w, c, f, err := awaitedBy(ctx, tx, user, cipher, file)
		if err != nil {
			return err
		}
		return s.complete(ctx, tx, w, c, f, stored)
	})
}

// FindAwaited answers an announced file that is not there yet, and its item.
func (s *Service) FindAwaited(ctx context.Context, user id.User, cipher id.Cipher, file id.Attachment) (*Cipher, error) {
	return view(ctx, s, func(tx *db.Tx) (*Cipher, error) {
		w, _, _, err := awaitedBy(ctx, tx, user, cipher, file)
		if err != nil {
			return nil, err
		}
		return w.findWithAwaited(ctx, tx, cipher)
	})
}

// awaitedBy finds an announced file of an item that the account may change. The path of
// an upload does not say whether it was announced in the vault or in the Admin Console,
// which opens no less.
func awaitedBy(ctx context.Context, tx *db.Tx, user id.User, cipher id.Cipher, file id.Attachment) (way, *Cipher, attachment.File, error) {
	org, err := access.OrgOf(ctx, tx, cipher)
	if err != nil {
		return way{}, nil, attachment.File{}, err
	}
	w, c, err := By{User: user, Console: org != "", Org: org}.writable(ctx, tx, cipher)
	if err != nil {
		return w, nil, attachment.File{}, err
	}
	f, err := attachment.Find(ctx, tx, w.ownerOf(c), cipher, file)
	if err == nil && f.Stored != "" {
		err = fault.New(fault.Invalid, "This file is there already. To replace it, add another attachment.")
	}
	return w, c, f, err
}

func (s *Service) complete(ctx context.Context, tx *db.Tx, w way, c *Cipher, f attachment.File, stored blob.Stored) error {
	if d := stored.Size - f.Size; d > slack || -d > slack {
		return fault.New(fault.Invalid, fmt.Sprintf("The file has %s, and %s were announced.", tenant.Readable(stored.Size), tenant.Readable(f.Size)))
	}
	if more := stored.Size - f.Size; more > 0 {
		if err := s.room(ctx, tx, w.user, c.Org, more); err != nil {
			return err
		}
	}
	if err := attachment.Fill(ctx, tx, w.ownerOf(c), f, stored); err != nil {
		return err
	}
	return w.attached(ctx, tx, c)
}

// AttachOld takes in a file that was not announced, as clients of old send it. It may
// lack a key of its own.
func (s *Service) AttachOld(ctx context.Context, by By, cipher id.Cipher, name, key string, body io.Reader) (*Cipher, error) {
	f := attachment.File{Cipher: cipher, ID: id.New[id.Attachment](), Name: name, Key: key}
	if err := f.Check(true); err != nil {
		return nil, err
	}
	left, err := view(ctx, s, func(tx *db.Tx) (int64, error) {
		w, c, err := by.writable(ctx, tx, cipher)
		if err != nil {
			return 0, err
		}
		return s.left(ctx, tx, w.user, c.Org)
	})
	if err != nil {
		return nil, err
	}
	var c *Cipher
	err = s.keep(ctx, body, left, func(tx *db.Tx, stored blob.Stored) error {
		w, found, err := by.writable(ctx, tx, cipher)
		if err != nil {
			return err
		}
		f.Stored, f.Size = stored.Name, stored.Size
		if err := s.attach(ctx, tx, w, found, f); err != nil {
			return err
		}
		if err := w.attached(ctx, tx, found); err != nil {
			return err
		}
		c, err = w.findOne(ctx, tx, cipher)
		return err
	})
	return c, err
}

// maxOldUpload is the largest file that may come without being announced.
const maxOldUpload = 100 << 20

// left is how large a file may be that was not announced.
func (s *Service) left(ctx context.Context, tx *db.Tx, user id.User, org id.Org) (int64, error) {
	u, err := s.usage(ctx, tx, user, org)
	if err == nil {
		err = u.Take(1)
	}
	return min(u.Limit-u.Used, maxOldUpload, s.MaxUpload), err
}

// keep stores a file and then names it in a row. When that fails the file goes, unless
// the row does name it: the answer to a commit can be lost on its way. What cannot be
// found out now, the nightly sweep does.
func (s *Service) keep(ctx context.Context, body io.Reader, limit int64, name func(*db.Tx, blob.Stored) error) error {
	stored, err := s.Files.Keep(ctx, body, limit)
	if err != nil {
		return err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error { return name(tx, stored) })
	if err == nil {
		return nil
	}
	named, unknown := view(context.WithoutCancel(ctx), s, func(tx *db.Tx) (bool, error) {
		return attachment.Named(ctx, tx, stored)
	})
	if named || unknown != nil {
		return errors.Join(err, unknown)
	}
	return errors.Join(err, s.Files.Drop(ctx, stored))
}
