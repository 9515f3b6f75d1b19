package provider

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// Remove takes people out of a provider, with the API keys that they made, for
// those who may, and writes to them. It refuses when no confirmed admin would stay.
func Remove(ctx context.Context, tx *db.Tx, outbox *mail.Outbox, provider id.Provider, gone []User) error {
	ids := make([]id.ProviderUser, len(gone))
	makers := []id.User{}
	events := make([]event.Event, len(gone))
	for i, u := range gone {
		ids[i] = u.ID
		if u.User != "" {
			makers = append(makers, u.User)
		}
		events[i] = event.Event{Type: event.ProviderUserRemoved, Provider: provider, ProviderUser: u.ID, User: u.User}
	}
	if err := keepAdmin(ctx, tx, provider, ids); err != nil {
		return err
	}
	if err := tellRemoved(ctx, tx, outbox, provider, gone); err != nil {
		return err
	}
	if err := touchConfirmed(ctx, tx, gone); err != nil {
		return err
	}
	if err := EndKeysOf(ctx, tx, provider, makers...); err != nil {
		return err
	}
	if err := deleteUsers(ctx, tx, provider, ids); err != nil {
		return err
	}
	return event.Append(ctx, tx, events...)
}

func tellRemoved(ctx context.Context, tx *db.Tx, outbox *mail.Outbox, provider id.Provider, gone []User) error {
	if outbox == nil || len(gone) == 0 {
		return nil
	}
	p, err := byID(ctx, tx, provider)
	if err != nil {
		return err
	}
	spoken, err := languages(ctx, tx, gone)
	if err != nil {
		return err
	}
	letters := make([]mail.Message, len(gone))
	for i, u := range gone {
		if letters[i], err = mail.Render(spoken(u.Email), u.Email, mail.ProviderRemoved{Provider: p.Name, Time: tx.Now}); err != nil {
			return err
		}
	}
	return outbox.Queue(ctx, tx, letters...)
}

// languages tells in which language to write to people. Whoever has no account yet
// is written to in that of who acts.
func languages(ctx context.Context, tx *db.Tx, people []User) (func(email string) mail.Lang, error) {
	addresses := make([]string, len(people))
	for i, u := range people {
		addresses[i] = u.Email
	}
	actor, _ := reqctx.ActorOf(ctx)
	known, others := map[string]mail.Lang{}, mail.English
	err := db.Each(ctx, tx, func(r db.Row) error {
		var user id.User
		var email, culture string
		err := r.Scan(&user, &email, &culture)
		known[email] = mail.LangOf(culture)
		if user == actor.User {
			others = known[email]
		}
		return err
	}, `SELECT id, email, culture FROM users WHERE id = $2 OR `+db.Among(tx, "email", 1), db.List(addresses), actor.User)
	return func(email string) mail.Lang {
		if lang, ok := known[email]; ok {
			return lang
		}
		return others
	}, err
}
