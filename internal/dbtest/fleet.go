package dbtest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// Fleet is the clients of a provider, each with as many members and entries in
// its log.
type Fleet struct {
	Orgs    []id.Org
	Clients []id.ProviderClient // the links, in the same order
	Users   []id.User           // the confirmed members, client by client
}

// NewFleet writes many clients with many members in one transaction, with keys
// and addresses of the length of real ones. Of ten members one is an owner, seven
// are confirmed users, one has accepted and one is invited; every other account
// has two-step login.
func NewFleet(t testing.TB, d *db.DB, provider id.Provider, clients, members, events int) Fleet {
	t.Helper()
	w := fleetWriter{sealedKey: "4." + strings.Repeat("A", 342) + "==", provider: provider, members: members, events: events, now: d.Now()}
	for n := range clients {
		w.client(n)
	}
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		for _, of := range []struct {
			table string
			rows  [][]any
		}{
			{`INSERT INTO organizations (id, name, billing_email, plan_type, seats, status, enabled, public_key, private_key, api_key,
				limit_collection_creation, limit_collection_deletion, limit_item_deletion, admins_access_all, provider_item_access, created_at, revised_at)`, w.orgs},
			{`INSERT INTO provider_clients (provider_id, id, org_id, key, created_at, revised_at)`, w.links},
			{`INSERT INTO users (id, email, email_verified, name, hint, culture, password_hash, kdf_type, kdf_iterations, salt, user_key, public_key,
				private_key, security_stamp, api_key, force_password_reset, verify_devices, equivalent_domains, excluded_domains, created_at, revised_at)`, w.accounts},
			{`INSERT INTO members (org_id, id, user_id, email, key, status, type, permissions, created_at, revised_at)`, w.people},
			{`INSERT INTO second_factors (user_id, kind, secret, last_step, created_at)`, w.factors},
			{`INSERT INTO events (tenant_id, id, at, type, org_id, provider_id)`, w.log},
		} {
			if err := db.Insert(t.Context(), tx, of.table, of.rows...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w.fleet
}

type fleetWriter struct {
	fleet                                       Fleet
	provider                                    id.Provider
	members, events                             int
	now                                         time.Time
	sealedKey                                   string
	orgs, links, accounts, people, factors, log [][]any
}

func (w *fleetWriter) client(n int) {
	org, link := id.New[id.Org](), id.New[id.ProviderClient]()
	w.fleet.Orgs, w.fleet.Clients = append(w.fleet.Orgs, org), append(w.fleet.Clients, link)
	w.orgs = append(w.orgs, []any{
		org, fmt.Sprintf("Example Client %04d", n), "billing@example.com", 19, 2 * w.members, 2, true, PublicKey, w.sealedKey, []byte("-"),
		false, false, false, true, true, 1, 1,
	})
	w.links = append(w.links, []any{w.provider, link, org, w.sealedKey, 1, 1})
	for i := range w.members {
		w.member(n, i, org)
	}
	for i := range w.events {
		kind, through := 1501, any(nil)
		if i%10 == 0 {
			kind, through = 1603, w.provider
		}
		w.log = append(w.log, []any{org, id.New[id.Event](), w.now.Add(time.Duration(i-w.events) * time.Hour).UnixMicro(), kind, org, through})
	}
}

func (w *fleetWriter) member(n, i int, org id.Org) {
	email := fmt.Sprintf("person.%02d@client-%04d.%s.example.test", i, n, w.provider[:8])
	user, role, status, key := id.New[id.User](), 2, 2, any(w.sealedKey)
	switch i % 10 {
	case 0:
		role = 0
	case 8:
		status, key = 1, nil
	case 9:
		w.people = append(w.people, []any{org, id.New[id.Member](), nil, email, nil, 0, role, 0, 1, 1})
		return
	}
	w.accounts = append(w.accounts, []any{
		user, email, true, fmt.Sprintf("Person %02d of %04d", i, n), "", "en-US", "-", 0, 600000, email, w.sealedKey, PublicKey,
		w.sealedKey, string(id.New[id.User]()), []byte("-"), false, true, "[]", "[]", 1, 1,
	})
	w.people = append(w.people, []any{org, id.New[id.Member](), user, nil, key, status, role, 0, 1, 1})
	if i%2 == 0 {
		w.factors = append(w.factors, []any{user, 0, []byte("-"), 0, 1})
	}
	if status == 2 {
		w.fleet.Users = append(w.fleet.Users, user)
	}
}
