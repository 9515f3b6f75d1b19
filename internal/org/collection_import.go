package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// NewCollection is a collection that an import brings along.
type NewCollection struct {
	ID         id.Collection // made by the import
	Name       string
	ExternalID string
}

// ImportCollections makes collections of which the actor has full control, when
// the actor is a member. The caller touches those who see them.
func ImportCollections(ctx context.Context, tx *db.Tx, actor access.Org, list []NewCollection) error {
	if len(list) == 0 {
		return nil
	}
	if !actor.Can(access.CreateCollections) {
		return fault.Absent()
	}
	var collections, holders [][]any
	var events []event.Event
	for _, c := range list {
		if err := (EditCollection{Name: c.Name, ExternalID: c.ExternalID}).check(); err != nil {
			return err
		}
		collections = append(collections, []any{actor.ID, c.ID, c.Name, db.Null(c.ExternalID), tx.Now, tx.Now})
		if actor.Member != "" {
			holders = append(holders, []any{actor.ID, c.ID, actor.Member, false, false, true})
		}
		events = append(events, event.Event{Type: event.CollectionCreated, Org: actor.ID, Provider: actor.ActingProvider(), Collection: c.ID})
	}
	if err := db.Insert(ctx, tx, `INSERT INTO collections (org_id, id, name, external_id, created_at, revised_at)`, collections...); err != nil {
		return err
	}
	if err := db.Insert(ctx, tx, `INSERT INTO collection_members (org_id, collection_id, member_id, read_only, hide_passwords, manage)`, holders...); err != nil {
		return err
	}
	return event.Append(ctx, tx, events...)
}
