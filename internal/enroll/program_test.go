package enroll_test

import (
	"context"
	"log/slog"
	"testing"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// program is the context of a request by an API key of the provider.
func (w *world) program(writes bool, clients ...id.Org) context.Context {
	w.t.Helper()
	key := id.New[id.ProviderKey]()
	dbtest.Row(w.t, w.d, "provider_keys", dbtest.Columns{"provider_id": w.provider, "id": key, "name": string(key), "secret_hash": "-",
		"all_clients": len(clients) == 0, "may_write": writes, "created_at": 1})
	for _, c := range clients {
		link := dbtest.Value[id.ProviderClient](w.t, w.d, `SELECT id FROM provider_clients WHERE org_id = $1`, c)
		dbtest.Row(w.t, w.d, "provider_key_clients", dbtest.Columns{"provider_id": w.provider, "key_id": key, "client_id": link})
	}
	return reqctx.WithActor(w.t.Context(), reqctx.Actor{Provider: w.provider, ProviderKey: key})
}

// A program is no account: letters that are written on its behalf must not look
// for one.
func TestProgramsManagePeopleOfClients(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := newBakery(t, d)
		outbox := mail.NewOutbox(d, b.enroll.Tokens, nil, slog.New(slog.DiscardHandler))
		b.enroll.Outbox, b.orgs.Outbox = outbox, outbox
		by := b.program(true, b.org)
		letters := func(what string, want int) {
			t.Helper()
			if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM mail_outbox`); got != want {
				t.Errorf("%s: %d letters, want %d", what, got, want)
			}
			dbtest.Exec(t, d, `DELETE FROM mail_outbox`)
		}
		user := enroll.Invitation{Emails: []string{"new@example.com"}, Role: access.User}
		owner := enroll.Invitation{Emails: []string{"head@example.com"}, Role: access.Owner}
		who, err := b.enroll.InviteMember(by, access.ProviderKey, b.org, user)
		b.fine("invite", err)
		letters("invite", 1)
		_, err = b.enroll.InviteMember(by, access.ProviderKey, b.org, owner)
		b.fine("invite an owner", err)
		letters("an owner, of which the two owners hear", 3)
		failures, err := b.enroll.ReinviteMembers(by, access.ProviderKey, b.org, []id.Member{who})
		if err != nil || failures[0].Reason != "" {
			t.Errorf("invite again: %v, %v", failures, err)
		}
		letters("invite again", 1)
		b.fine("revoke", b.enroll.RevokeMember(by, access.ProviderKey, b.org, b.rows["admin"]))
		b.fine("restore", b.enroll.RestoreMember(by, access.ProviderKey, b.org, b.rows["admin"]))
		b.fine("remove", b.orgs.RemoveMember(by, access.ProviderKey, b.org, b.rows["admin"]))
		if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE provider_key_id IS NOT NULL AND acting_user_id IS NULL AND provider_id = $1`, b.provider); got != 10 {
			t.Errorf("%d entries name the key, want 10", got)
		}

		reader, elsewhere := b.program(false), b.program(true, b.others)
		for name, ctx := range map[string]context.Context{"a key that reads": reader, "a key for another client": elsewhere, "its name without a key": b.as(b.stranger)} {
			_, err := b.enroll.InviteMember(ctx, access.ProviderKey, b.org, enroll.Invitation{Emails: []string{"x@example.com"}, Role: access.User})
			b.absent(name+" invites", err)
			b.absent(name+" revokes", b.enroll.RevokeMember(ctx, access.ProviderKey, b.org, b.rows["user"]))
			b.absent(name+" removes", b.orgs.RemoveMember(ctx, access.ProviderKey, b.org, b.rows["user"]))
			_, err = b.orgs.ListMembers(ctx, access.ProviderKey, b.org, org.With{})
			if (err == nil) != (name == "a key that reads") {
				t.Errorf("%s lists people: %v", name, err)
			}
		}
	})
}
