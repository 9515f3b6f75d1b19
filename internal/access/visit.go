package access

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// visitLasts is for how long one note stands for everything that somebody reads
// in a client's vault. What they change there has entries of its own each time.
const visitLasts = time.Hour

// NoteVisit writes into the logs of the client and of the provider that staff look
// into the client's vault, unless that was noted within the hour before. Whoever
// gives out items, or who has which collection, calls it before the answer goes
// out. For members there is nothing to note.
func NoteVisit(ctx context.Context, d *db.DB, o Org) error {
	if o.ActingProvider() == "" {
		return nil
	}
	noted := false
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		noted, err = o.noted(ctx, tx)
		return err
	})
	if err != nil || noted {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		if noted, err := o.noted(ctx, tx); err != nil || noted {
			return err // another request of the same person was faster
		}
		link, err := db.One(ctx, tx, db.Value[id.ProviderClient], `SELECT id FROM provider_clients WHERE org_id = $1 AND provider_id = $2`, o.ID, o.Provider)
		if err != nil {
			return err
		}
		return event.Append(ctx, tx,
			event.Event{Type: event.OrgAccessedByProvider, Org: o.ID, Provider: o.Provider},
			event.Event{Type: event.ClientAccessed, Provider: o.Provider, ProviderClient: link})
	})
}

// noted finds the note of a visit by whoever asks: a person, or a program.
func (o Org) noted(ctx context.Context, tx *db.Tx) (bool, error) {
	who, value := "acting_user_id", string(o.User)
	if o.ByProviderKey {
		actor, _ := reqctx.ActorOf(ctx)
		who, value = "provider_key_id", string(actor.ProviderKey)
	}
	return db.One(ctx, tx, db.Value[bool], `SELECT EXISTS (SELECT 1 FROM events WHERE tenant_id = $1 AND `+who+` = $2 AND at > $3
		AND type = 1603 AND provider_id = $4)`, o.ID, value, tx.Now.Add(-visitLasts), o.Provider)
}
