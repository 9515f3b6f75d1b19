package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
)

// Trash puts items into the trash, all or none.
func (s *Service) Trash(ctx context.Context, by By, ids []id.Cipher) error {
	_, err := s.onDeletable(ctx, by, ids, func(tx *db.Tx, w way, list []*Cipher) error {
		if err := setDeleted(ctx, tx, w.user, list, true); err != nil {
			return err
		}
		return w.changed(ctx, tx, list, event.CipherSoftDeleted)
	})
	return err
}

// Restore takes items out of the trash, all or none, and answers them.
func (s *Service) Restore(ctx context.Context, by By, ids []id.Cipher) ([]*Cipher, error) {
	var restored []*Cipher
	_, err := s.onDeletable(ctx, by, ids, func(tx *db.Tx, w way, list []*Cipher) error {
		if err := setDeleted(ctx, tx, w.user, list, false); err != nil {
			return err
		}
		if err := w.changed(ctx, tx, list, event.CipherRestored); err != nil {
			return err
		}
		var err error
		restored, err = w.find(ctx, tx, idsOf(list))
		return err
	})
	return restored, err
}

// Delete removes items for good, all or none, whether they are in the trash or not.
func (s *Service) Delete(ctx context.Context, by By, ids []id.Cipher) error {
	_, err := s.onDeletable(ctx, by, ids, func(tx *db.Tx, w way, list []*Cipher) error {
		// Who sees them can only be told while they exist.
		if err := w.changed(ctx, tx, list, event.CipherDeleted); err != nil {
			return err
		}
		return remove(ctx, tx, w.user, list)
	})
	return err
}

func (s *Service) onDeletable(ctx context.Context, by By, ids []id.Cipher, act func(*db.Tx, way, []*Cipher) error) (way, error) {
	ids, err := distinct(ids)
	if err != nil {
		return way{}, err
	}
	return update(ctx, s, func(tx *db.Tx) (way, error) {
		w, err := by.resolve(ctx, tx, access.WriteAllItems, ids...)
		if err != nil {
			return w, err
		}
		list, err := w.findWith(ctx, tx, ids, mayDelete)
		if err != nil {
			return w, err
		}
		return w, act(tx, w, list)
	})
}

// Purge removes what has been in the trash for more than TrashDays, and answers
// how many items that were. It works in portions, so that others get to write in
// between.
func (s *Service) Purge(ctx context.Context) (int, error) {
	total := 0
	for {
		n, err := update(ctx, s, func(tx *db.Tx) (int, error) { return purgeSome(ctx, tx, s.TrashDays) })
		total += n
		if err != nil || n == 0 {
			return total, err
		}
	}
}

func purgeSome(ctx context.Context, tx *db.Tx, days int) (int, error) {
	var owners []id.User
	list, err := db.All(ctx, tx, func(r db.Row) (*Cipher, error) {
		c, owner := &Cipher{}, id.User("")
		err := r.Scan(&c.ID, db.Opt(&owner), db.Opt(&c.Org))
		if owner != "" {
			owners = append(owners, owner)
		}
		return c, err
	}, `SELECT id, user_id, org_id FROM ciphers WHERE deleted_at < $1 ORDER BY deleted_at LIMIT 1000`, tx.Now.AddDate(0, 0, -days))
	if err != nil || len(list) == 0 {
		return 0, err
	}
	readers, err := readersOf(ctx, tx, list)
	if err != nil {
		return 0, err
	}
	tenants := ownersOf("", list)
	for _, owner := range owners {
		tenants = append(tenants, string(owner))
	}
	if _, err := tx.Exec(ctx, `DELETE FROM ciphers WHERE `+db.Among(tx, "owner_id", 1)+` AND `+db.Among(tx, "id", 2),
		db.List(unique(tenants)), db.List(idsOf(list))); err != nil {
		return 0, err
	}
	return len(list), tellAll(ctx, tx, append(readers, owners...))
}
