// Package event is the audit log: who did what, when, from where and through
// which provider.
//
// Append is called inside the transaction of the act, so that there is no act
// without its event and no event without its act. The rows refer to things by
// id and have no foreign keys: what they tell outlives what they tell of.
//
// Soon after the commit the Chainer gives each entry its place in the log's chain:
// a number, and a mac over the entry and the mac before it (docs/adr/0009). The
// Keeper sweeps from the beginning of a chain, the Verifier proves that the rest
// is as the server wrote it, and ReadFleet reads many logs as one.
package event

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// Event is one entry. The acting account, its device and its address are taken
// from the context.
type Event struct {
	Type           Type
	At             time.Time // when, as a client reports it; zero for now
	User           id.User   // whom it is about, when not only the actor
	Org            id.Org
	Provider       id.Provider // whose event it is, or through whom the actor acted in Org
	Cipher         id.Cipher
	Collection     id.Collection
	Group          id.Group
	Policy         id.Policy
	Member         id.Member
	ProviderUser   id.ProviderUser
	ProviderClient id.ProviderClient
	Key            id.ProviderKey // which it is about; that which acts is taken from the context
	Send           id.Send
	Domain         string
	System         System // who acted, when no account did
}

// Append writes events, up to 500 rows per statement. An organization's events
// stand in its log and in that of the provider through whom they were done; those
// of a person in the account's own log and in those of all organizations and
// providers that it is confirmed in; everything else in the account's own.
func Append(ctx context.Context, tx *db.Tx, events ...Event) error {
	actor, _ := reqctx.ActorOf(ctx)
	client := reqctx.ClientOf(ctx)
	events, err := withCopies(ctx, tx, events)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, e := range events {
		for _, tenant := range e.tenants(actor.User) {
			if (actor.Org != "" || actor.ProviderKey != "") && e.System == 0 {
				e.System = SystemPublicAPI
			}
			rows = append(rows, e.row(tx, tenant, e.acting(actor), actor.ProviderKey, client))
		}
	}
	tx.Announce(appended)
	return db.Insert(ctx, tx, `INSERT INTO events (tenant_id, id, at, type, user_id, acting_user_id, org_id, provider_id,
		cipher_id, collection_id, group_id, policy_id, member_id, provider_user_id, provider_client_id,
		provider_key_id, domain_name, system_user, device_type, ip_address, send_id)`, rows...)
}

// acting is who acted: whoever logs in is not known to the request before. Whoever opens
// a Send is not known at all.
func (e Event) acting(actor reqctx.Actor) id.User {
	if actor.User == "" && e.Type.ofPerson() && e.Send == "" {
		return e.User
	}
	return actor.User
}

func (e Event) tenants(actor id.User) []string {
	switch {
	case e.Org != "" && e.Provider != "":
		return []string{string(e.Org), string(e.Provider)}
	case e.Org != "":
		return []string{string(e.Org)}
	case e.Provider != "":
		return []string{string(e.Provider)}
	case e.User != "":
		return []string{string(e.User)}
	}
	return []string{string(actor)}
}

func (e Event) row(tx *db.Tx, tenant string, actor id.User, key id.ProviderKey, client reqctx.Client) []any {
	at := e.At
	if at.IsZero() {
		at = tx.Now
	}
	if e.Key != "" {
		key = e.Key
	}
	var deviceType any
	if client.DeviceType >= 0 {
		deviceType = client.DeviceType
	}
	return []any{
		tenant, id.New[id.Event](), at, int(e.Type), db.Null(e.User), db.Null(actor), db.Null(e.Org), db.Null(e.Provider),
		db.Null(e.Cipher), db.Null(e.Collection), db.Null(e.Group), db.Null(e.Policy), db.Null(e.Member), db.Null(e.ProviderUser),
		db.Null(e.ProviderClient), db.Null(key), db.Null(e.Domain), db.Null(int(e.System)), deviceType, db.Null(client.Addr), db.Null(e.Send),
	}
}
