package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Share hands personal items over to one organization, encrypted anew under its
// key, all or none. The account must be able to edit each of the collections,
// and there must be one. Drafts carry the ids of the items.
func (s *Service) Share(ctx context.Context, user id.User, drafts []Draft, collections []id.Collection) ([]*Cipher, error) {
	ids := idsOfDrafts(drafts)
	distinctIDs, err := distinct(ids)
	if err != nil {
		return nil, err
	}
	if len(distinctIDs) != len(ids) {
		return nil, fault.New(fault.Invalid, "The request names an item twice.")
	}
	org := drafts[0].Org
	for _, d := range drafts {
		if d.Org == "" || d.Org != org {
			return nil, fault.Field("organizationId", "Name one organization for all items.")
		}
	}
	return update(ctx, s, func(tx *db.Tx) ([]*Cipher, error) {
		w := way{user: user}
		if err := w.share(ctx, tx, org, ids, drafts, collections); err != nil {
			return nil, err
		}
		if err := s.bringFiles(ctx, tx, org, drafts); err != nil {
			return nil, err
		}
		return w.find(ctx, tx, ids)
	})
}

func (w way) share(ctx context.Context, tx *db.Tx, org id.Org, ids []id.Cipher, drafts []Draft, collections []id.Collection) error {
	list, err := w.find(ctx, tx, ids)
	if err != nil {
		return err
	}
	if err := w.mayFill(ctx, tx, org, collections); err != nil {
		return err
	}
	if err := w.prepare(ctx, tx, drafts); err != nil {
		return err
	}
	items, err := handing(tx, list, drafts)
	if err != nil {
		return err
	}
	if err := handOver(ctx, tx, w.user, org, items); err != nil {
		return err
	}
	if err := replaceMarks(ctx, tx, w.user, string(org), ids, drafts); err != nil {
		return err
	}
	if err := assign(ctx, tx, org, ids, collections); err != nil {
		return err
	}
	for _, c := range list {
		c.Org = org
	}
	return w.changed(ctx, tx, list, event.CipherShared)
}

// handing checks each draft against the item that it replaces.
func handing(tx *db.Tx, list []*Cipher, drafts []Draft) ([]handed, error) {
	current := map[id.Cipher]*Cipher{}
	for _, c := range list {
		current[c.ID] = c
	}
	items := make([]handed, len(drafts))
	for i, d := range drafts {
		c := current[d.ID]
		if c.Org != "" {
			return nil, fault.New(fault.Invalid, "The item belongs to an organization already.")
		}
		if err := stale(d.LastKnown, c.RevisedAt); err != nil {
			return nil, err
		}
		items[i] = handed{ID: string(d.ID), Type: int(d.Type), Data: d.Data, Revised: later(tx.Now, c.RevisedAt).UnixMicro()}
	}
	return items, nil
}

func idsOfDrafts(drafts []Draft) []id.Cipher {
	ids := make([]id.Cipher, len(drafts))
	for i, d := range drafts {
		ids[i] = d.ID
	}
	return ids
}
