package demo

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/client/attachment"
	"github.com/kastellan/kastellan/client/item"
)

// stock fills the collections. Names are the same in every run, so that what is
// there already can be told.
func (f *filler) stock(ctx context.Context, at site) error {
	views, unreadable, err := f.session.OrgItems(ctx, at.org)
	if err != nil {
		return fmt.Errorf("list items: %w", err)
	}
	if len(unreadable) > 0 {
		return fmt.Errorf("item %s: %w", unreadable[0].ID, unreadable[0].Err)
	}
	known := make(map[string]item.View)
	for _, view := range views {
		known[view.Name] = view
	}
	return each(ctx, at.items, func(ctx context.Context, i int) error {
		view, err := invent(at.customer, i)
		if err != nil {
			return err
		}
		there, found := known[view.Name]
		if !found {
			view.OrganizationID = at.org
			view.CollectionIDs = []item.CollectionID{at.collections[shelf(i, len(at.collections))].ID}
			err := patient(ctx, func() error {
				there, err = f.session.CreateOrgItem(ctx, view)
				return err
			})
			if err != nil {
				return fmt.Errorf("item %q: %w", view.Name, err)
			}
		}
		if err := f.attach(ctx, attachment.AsAdmin(f.session), there, enclosed(i)); err != nil {
			return fmt.Errorf("item %q: %w", view.Name, err)
		}
		f.stocked(at.name + ": " + view.Name)
		return nil
	})
}

// stocked counts an item that is there.
func (f *filler) stocked(what string) {
	f.mu.Lock()
	f.result.Items++
	f.mu.Unlock()
	f.step(what)
}

// shelf is the collection of the ith item. Each round begins one further, so that
// every kind comes into every collection.
func shelf(i, collections int) int { return (i + i/collections) % collections }
