package push

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// Tell sends messages once the transaction is committed. The date is that of the
// transaction unless the message has one.
func Tell(ctx context.Context, tx *db.Tx, messages ...Message) {
	for _, m := range messages {
		if len(m.Users) == 0 {
			continue
		}
		actor, _ := reqctx.ActorOf(ctx)
		m.Context = actor.Identifier
		if m.Date.IsZero() {
			m.Date = tx.Now
		}
		tx.Tell(m)
	}
}

// touched are accounts whose sync shows something else than before.
type touched Message

// Touched notes that something changed for accounts. Those to whom the transaction
// tells nothing in particular hear VaultChanged.
func Touched(ctx context.Context, tx *db.Tx, users []id.User) {
	if len(users) == 0 {
		return
	}
	actor, _ := reqctx.ActorOf(ctx)
	tx.Tell(touched{Type: VaultChanged, Users: users, Context: actor.Identifier, Date: tx.Now})
}

// Gather makes of what a transaction told the messages that go out. Whoever is logged
// out hears nothing else.
func Gather(told []any) []Message {
	var out []Message
	informed := map[id.User]bool{}
	for _, v := range told {
		if m, ok := v.(Message); ok {
			out = append(out, m)
			for _, u := range m.Users {
				informed[u] = true
			}
		}
	}
	for _, v := range told {
		t, ok := v.(touched)
		if !ok {
			continue
		}
		m := Message(t)
		m.Users = slices.DeleteFunc(slices.Clone(m.Users), func(u id.User) bool {
			if informed[u] {
				return true
			}
			informed[u] = true
			return false
		})
		if len(m.Users) > 0 {
			out = append(out, m)
		}
	}
	return withoutLoggedOut(out)
}

func withoutLoggedOut(list []Message) []Message {
	gone := map[id.User]bool{}
	for _, m := range list {
		if m.Type == LogOut && m.Device == "" {
			for _, u := range m.Users {
				gone[u] = true
			}
		}
	}
	if len(gone) == 0 {
		return list
	}
	out := list[:0]
	for _, m := range list {
		if m.Type != LogOut {
			m.Users = slices.DeleteFunc(slices.Clone(m.Users), func(u id.User) bool { return gone[u] })
		}
		if len(m.Users) > 0 {
			out = append(out, m)
		}
	}
	return out
}
