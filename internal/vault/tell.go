package vault

import (
	"context"
	"slices"
	"strings"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

// changed writes the events of an act on items, and tells those who see them: of one
// item by its id, of several that there is much to fetch. also are accounts that saw
// them before the act. Items of nobody else have no events.
//
// Where kind deletes items it is called before they are gone. All other acts have
// happened already; list may hold the items as they were.
func (w way) changed(ctx context.Context, tx *db.Tx, list []*Cipher, kind event.Type, also ...id.User) error {
	if err := w.log(ctx, tx, list, kind); err != nil {
		return err
	}
	return w.tell(ctx, tx, list, pushOf(kind), also)
}

// touch is changed for what is no event.
func (w way) touch(ctx context.Context, tx *db.Tx, list []*Cipher) error {
	return w.tell(ctx, tx, list, push.CipherUpdated, nil)
}

func (w way) tell(ctx context.Context, tx *db.Tx, list []*Cipher, t push.Type, also []id.User) error {
	if len(list) == 1 {
		return w.tellOne(ctx, tx, list[0], t, also)
	}
	return w.tellMany(ctx, tx, list, also...)
}

func (w way) log(ctx context.Context, tx *db.Tx, list []*Cipher, kind event.Type) error {
	var events []event.Event
	for _, c := range list {
		if c.Org != "" {
			events = append(events, event.Event{Type: kind, Org: c.Org, Provider: w.provider, Cipher: c.ID})
		}
	}
	return event.Append(ctx, tx, events...)
}

// tellOne names to each reader of an item only those of its collections that they can
// access. Who saw it before hears of no collection: their apps fetch the item, and
// find that it is gone.
func (w way) tellOne(ctx context.Context, tx *db.Tx, c *Cipher, t push.Type, before []id.User) error {
	audiences := []audience{{users: []id.User{w.user}}}
	if c.Org != "" {
		var err error
		if audiences, err = audiencesOf(ctx, tx, c); err != nil {
			return err
		}
	}
	var heard []id.User
	for _, a := range audiences {
		heard = append(heard, a.users...)
	}
	gone := slices.DeleteFunc(unique(before), func(u id.User) bool { return slices.Contains(heard, u) })
	for _, a := range append(audiences, audience{users: gone}) {
		m := c.message(tx, t)
		m.Users, m.Collections = a.users, a.collections
		push.Tell(ctx, tx, m)
	}
	return account.Touch(ctx, tx, append(heard, gone...)...)
}

// message is one about the item. Apps fetch it when its date is later than that of
// the item that they have: also when the item itself kept its revision date.
func (c *Cipher) message(tx *db.Tx, t push.Type) push.Message {
	return push.Message{Type: t, ID: string(c.ID), Org: c.Org, Date: later(tx.Now, c.RevisedAt)}
}

func pushOf(kind event.Type) push.Type {
	switch kind {
	case event.CipherCreated:
		return push.CipherCreated
	case event.CipherDeleted:
		return push.CipherDeleted
	default:
		return push.CipherUpdated
	}
}

// tellMany tells those who see some of the items, and others, to fetch everything.
func (w way) tellMany(ctx context.Context, tx *db.Tx, list []*Cipher, others ...id.User) error {
	users, err := readersOf(ctx, tx, list)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(list, func(c *Cipher) bool { return c.Org == "" }) {
		users = append(users, w.user)
	}
	return tellAll(ctx, tx, append(users, others...))
}

// tellAll tells accounts that many items have changed at once.
func tellAll(ctx context.Context, tx *db.Tx, users []id.User) error {
	return account.TouchAs(ctx, tx, push.CiphersChanged, unique(users)...)
}

// tellSelf tells the apps of one account what it noted about items.
func tellSelf(ctx context.Context, tx *db.Tx, user id.User, list []*Cipher) error {
	if len(list) != 1 {
		return tellAll(ctx, tx, []id.User{user})
	}
	m := list[0].message(tx, push.CipherUpdated)
	m.Users = []id.User{user}
	for quoted := range strings.SplitSeq(list[0].collections, ",") {
		if quoted != "" {
			m.Collections = append(m.Collections, id.Collection(strings.Trim(quoted, `"`)))
		}
	}
	push.Tell(ctx, tx, m)
	return account.Touch(ctx, tx, user)
}
