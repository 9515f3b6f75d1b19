package vault

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// What an account notes about an item is its own affair: whoever can read the
// item may do it, nobody else notices, and the item's revision date stays, so
// that others who are editing it are not told that they are out of date.

// Mark sets the folder and the favourite of one item.
func (s *Service) Mark(ctx context.Context, user id.User, cipher id.Cipher, folder id.Folder, favorite bool) (*Cipher, error) {
	return update(ctx, s, func(tx *db.Tx) (*Cipher, error) {
		w := way{user: user}
		c, err := w.findOne(ctx, tx, cipher)
		if err != nil {
			return nil, err
		}
		d := Draft{Folder: folder, Favorite: favorite, ArchivedAt: c.ArchivedAt}
		if err := w.prepare(ctx, tx, []Draft{d}); err != nil {
			return nil, err
		}
		if err := replaceMarks(ctx, tx, user, ownersOf(user, []*Cipher{c})[0], []id.Cipher{cipher}, []Draft{d}); err != nil {
			return nil, err
		}
		if err := tellSelf(ctx, tx, user, []*Cipher{c}); err != nil {
			return nil, err
		}
		return w.findOne(ctx, tx, cipher)
	})
}

// Move puts items into a folder, or into none.
func (s *Service) Move(ctx context.Context, user id.User, ids []id.Cipher, folder id.Folder) error {
	_, err := s.markMany(ctx, user, ids, func(tx *db.Tx, list []*Cipher) error {
		if err := (way{user: user}).prepare(ctx, tx, []Draft{{Folder: folder}}); err != nil {
			return err
		}
		return markAll(ctx, tx, user, list, "folder_id", "TEXT", db.Null(folder))
	})
	return err
}

// Archive puts items out of sight, for this account alone.
func (s *Service) Archive(ctx context.Context, user id.User, ids []id.Cipher) ([]*Cipher, error) {
	return s.markMany(ctx, user, ids, func(tx *db.Tx, list []*Cipher) error {
		return markAll(ctx, tx, user, list, "archived_at", "BIGINT", tx.Now)
	})
}

// Unarchive undoes Archive.
func (s *Service) Unarchive(ctx context.Context, user id.User, ids []id.Cipher) ([]*Cipher, error) {
	return s.markMany(ctx, user, ids, func(tx *db.Tx, list []*Cipher) error {
		return markAll(ctx, tx, user, list, "archived_at", "BIGINT", time.Time{})
	})
}

func (s *Service) markMany(ctx context.Context, user id.User, ids []id.Cipher, mark func(*db.Tx, []*Cipher) error) ([]*Cipher, error) {
	ids, err := distinct(ids)
	if err != nil {
		return nil, err
	}
	return update(ctx, s, func(tx *db.Tx) ([]*Cipher, error) {
		w := way{user: user}
		list, err := w.find(ctx, tx, ids)
		if err != nil {
			return nil, err
		}
		if err := mark(tx, list); err != nil {
			return nil, err
		}
		if err := tellSelf(ctx, tx, user, list); err != nil {
			return nil, err
		}
		return w.find(ctx, tx, ids)
	})
}
