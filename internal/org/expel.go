package org

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// Expel takes members out of their organizations, which may be many, on behalf of a
// provider. The caller has checked that each may go. It takes a constant number
// of statements.
func Expel(ctx context.Context, tx *db.Tx, by id.Provider, gone []Member) error {
	if len(gone) == 0 {
		return nil
	}
	orgs, ids := make([]id.Org, len(gone)), make([]id.Member, len(gone))
	events := make([]event.Event, len(gone))
	for i, m := range gone {
		orgs[i], ids[i] = m.Org, m.ID
		events[i] = event.Event{Type: event.MemberRemoved, Org: m.Org, Member: m.ID, User: m.User, Provider: by}
	}
	if err := touchConfirmed(ctx, tx, push.OrgKeysChanged, gone); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM members WHERE `+db.Among(tx, "org_id", 1)+` AND `+db.Among(tx, "id", 2), db.List(orgs), db.List(ids)); err != nil {
		return err
	}
	return event.Append(ctx, tx, events...)
}
