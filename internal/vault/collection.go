package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// SetCollections decides in which collections an item is, as far as the account
// can fill and empty them; other collections of the item stay. The answer is nil
// when the account does not see the item any more.
func (s *Service) SetCollections(ctx context.Context, by By, cipher id.Cipher, wanted []id.Collection) (*Cipher, error) {
	return update(ctx, s, func(tx *db.Tx) (*Cipher, error) {
		w, err := by.resolve(ctx, tx, access.WriteAllItems, cipher)
		if err != nil {
			return nil, err
		}
		found, err := w.findWith(ctx, tx, []id.Cipher{cipher}, mayAssign)
		if err != nil {
			return nil, err
		}
		if err := w.setCollections(ctx, tx, found[0], unique(wanted)); err != nil {
			return nil, err
		}
		after, err := w.list(ctx, tx, []id.Cipher{cipher})
		if err != nil || len(after) == 0 {
			return nil, err
		}
		return after[0], nil
	})
}

func (w way) setCollections(ctx context.Context, tx *db.Tx, c *Cipher, wanted []id.Collection) error {
	if c.Org == "" {
		return fault.New(fault.Invalid, "Only items of an organization can be in collections.")
	}
	current, err := collectionsOf(ctx, tx, c.Org, c.ID)
	if err != nil {
		return err
	}
	allowed, err := w.fillable(ctx, tx, c.Org)
	if err != nil {
		return err
	}
	add, drop, err := difference(current, allowed, wanted)
	if err != nil {
		return err
	}
	if !w.all && len(current)+len(add)-len(drop) == 0 {
		return fault.Field("collectionIds", "Choose at least one collection for the item.")
	}
	return w.reassign(ctx, tx, []*Cipher{c}, func() error {
		if err := assign(ctx, tx, c.Org, []id.Cipher{c.ID}, add); err != nil {
			return err
		}
		return unassign(ctx, tx, c.Org, []id.Cipher{c.ID}, drop)
	})
}

// difference is what to add and what to drop for an item to be in the wanted
// collections. A wanted one in which the item is not, and that the account cannot
// fill, is as good as absent.
func difference(current, allowed map[id.Collection]bool, wanted []id.Collection) (add, drop []id.Collection, err error) {
	keep := map[id.Collection]bool{}
	for _, c := range wanted {
		keep[c] = true
		if current[c] {
			continue
		}
		if !allowed[c] {
			return nil, nil, fault.Absent()
		}
		add = append(add, c)
	}
	for c := range current {
		if allowed[c] && !keep[c] {
			drop = append(drop, c)
		}
	}
	return add, drop, nil
}

// reassign runs a change of collections and tells those who saw the items before
// or see them after.
func (w way) reassign(ctx context.Context, tx *db.Tx, list []*Cipher, change func() error) error {
	before, err := readersOf(ctx, tx, list)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	if err := bump(ctx, tx, w.user, list); err != nil {
		return err
	}
	return w.changed(ctx, tx, list, event.CipherUpdatedCollections, before...)
}

// AssignCollections puts items of one organization into collections, or takes
// them out, all or none.
func (s *Service) AssignCollections(ctx context.Context, user id.User, org id.Org, ids []id.Cipher, collections []id.Collection, out bool) error {
	ids, err := distinct(ids)
	if err != nil {
		return err
	}
	if collections, err = distinct(collections); err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		w, err := Console(user, org).resolve(ctx, tx, access.WriteAllItems)
		if err != nil {
			return err
		}
		list, err := w.findWith(ctx, tx, ids, mayAssign)
		if err != nil {
			return err
		}
		if err := w.mayFill(ctx, tx, org, collections); err != nil {
			return err
		}
		return w.reassign(ctx, tx, list, func() error {
			if !out {
				return assign(ctx, tx, org, ids, collections)
			}
			return w.takeOut(ctx, tx, org, ids, collections)
		})
	})
}

func (w way) takeOut(ctx context.Context, tx *db.Tx, org id.Org, ids []id.Cipher, collections []id.Collection) error {
	if err := unassign(ctx, tx, org, ids, collections); err != nil || w.all {
		return err
	}
	n, err := homeless(ctx, tx, org, ids)
	if err == nil && n > 0 {
		return fault.New(fault.Invalid, "An item must stay in at least one collection.")
	}
	return err
}
