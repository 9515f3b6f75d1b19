package provider_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/provider"
)

func (f *fleet) withMail() *fleet {
	f.s.Outbox = mail.NewOutbox(f.d, f.s.Tokens, nil, slog.New(slog.DiscardHandler))
	return f
}

func (f *fleet) unlink(user id.User, client int) (provider.Handover, error) {
	return f.s.Unlink(as(f.t, user), user, f.p, f.clients[client])
}

func TestUnlinkingHandsTheClientToItsOwners(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 2).withMail()
		org, link := f.orgs[0], f.clients[0]
		_, err := f.unlink(f.admin, 0)
		refused(t, "without an owner", err, "confirmed owner")
		for _, status := range []int{0, 1, -1} {
			var user id.User
			if status != 0 {
				user = dbtest.Account(t, d, fmt.Sprintf("status%d@client.example", status))
			}
			dbtest.Member(t, d, org, user, 0, status)
		}
		dbtest.Member(t, d, org, dbtest.Account(t, d, "user@client.example"), 2, 2)
		_, err = f.unlink(f.admin, 0)
		refused(t, "with owners who are not confirmed", err, "confirmed owner")

		owner := dbtest.Account(t, d, "owner@client.example")
		dbtest.Member(t, d, org, owner, 0, 2)
		dbtest.Row(t, d, "policies", dbtest.Columns{"org_id": org, "id": id.New[id.Policy](), "type": 3, "enabled": true, "data": "{}", "created_at": 1, "revised_at": 1})
		dbtest.Exec(t, d, `UPDATE organizations SET enabled = FALSE WHERE id = $1`, org)
		gold := f.tag("Gold", 0)
		dbtest.Row(t, d, "baselines", dbtest.Columns{"provider_id": f.p, "id": id.New[id.Baseline](), "name": "Standard", "description": "", "rank": 1, "may_deviate": false, "settings": "{}", "created_at": 1, "revised_at": 1})
		dbtest.Exec(t, d, `INSERT INTO baseline_tags (provider_id, tag_id, baseline_id) SELECT provider_id, $2, id FROM baselines WHERE provider_id = $1`, f.p, gold)
		for name, all := range map[string]bool{"Billing": true, "Elsewhere": false, "Here": false} {
			key := id.New[id.ProviderKey]()
			dbtest.Row(t, d, "provider_keys", dbtest.Columns{"provider_id": f.p, "id": key, "name": name, "secret_hash": "-", "all_clients": all, "may_write": true, "created_at": 1})
			if name == "Here" {
				dbtest.Row(t, d, "provider_key_clients", dbtest.Columns{"provider_id": f.p, "key_id": key, "client_id": link})
			}
		}
		fine(t, "reach", f.set(provider.Reach{Assigned: true, Clients: to(link)}))
		_, err = f.unlink(f.tech, 0)
		absent(t, "a service user", err)
		_, err = f.s.FindHandover(as(t, f.tech), f.tech, f.p, link)
		absent(t, "a service user looks", err)

		before, ownerBefore := f.revised(f.tech), f.revised(owner)
		preview, err := f.s.FindHandover(as(t, f.admin), f.admin, f.p, link)
		fine(t, "preview", err)
		keyBefore := dbtest.Value[[]byte](t, d, `SELECT api_key FROM organizations WHERE id = $1`, org)
		got, err := f.unlink(f.admin, 0)
		fine(t, "unlink", err)
		if bytes.Equal(keyBefore, dbtest.Value[[]byte](t, d, `SELECT api_key FROM organizations WHERE id = $1`, org)) {
			t.Error("the API key of the organization, which the staff could read, still is the same")
		}
		want := provider.Handover{
			Client: preview.Client, Owners: []provider.Person{{Name: "", Email: "owner@client.example"}},
			Members: provider.Standing{Invited: 1, Accepted: 1, Confirmed: 2, Revoked: 1}, Policies: []int{3}, Domains: []string{},
			Staff: []provider.Technician{{Person: provider.Person{Email: "admin@provider.example"}, Admin: true}, {Person: provider.Person{Email: "tech@provider.example"}}},
			Keys:  []string{"Billing", "Here"}, Baseline: "Standard",
		}
		ignore := cmpopts.IgnoreFields(provider.Handover{}, "At")
		names := cmpopts.IgnoreFields(provider.Person{}, "Name")
		if diff := cmp.Diff(want, got, ignore, names); diff != "" {
			t.Errorf("report (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(preview, got, ignore); diff != "" {
			t.Errorf("the preview said otherwise (-preview +report):\n%s", diff)
		}
		state := dbtest.Value[string](t, d, `SELECT status || ' ' || CASE WHEN enabled THEN 'enabled' ELSE 'disabled' END || ' ' || billing_email FROM organizations WHERE id = $1`, org)
		if state != "1 enabled owner@client.example" {
			t.Errorf("the organization is %s", state)
		}
		for _, table := range []string{"reach_clients", "client_tags", "provider_key_clients"} {
			if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM `+table); n != 0 {
				t.Errorf("%d rows of %s are left", n, table)
			}
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_clients WHERE org_id = $1`, org); n != 0 {
			t.Error("the provider's copy of the key is left")
		}
		if f.revised(f.tech) <= before || f.revised(owner) <= ownerBefore {
			t.Error("those who saw the link do not hear that it is gone")
		}
		if diff := cmp.Diff([]int{1600}, logOf(t, d, string(org))); diff != "" {
			t.Errorf("the organization's log (-want +got):\n%s", diff)
		}
		if log := f.log(); log[len(log)-1] != 1902 {
			t.Errorf("the provider's log: %v, want 1902 in it", log)
		}
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM mail_outbox`); n != 1 {
			t.Errorf("%d letters, want one to the owner", n)
		}
		_, err = f.unlink(f.admin, 0)
		absent(t, "once more", err)
	})
}

func TestAnOrganizationOfOnesOwnBecomesAClient(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 1)
		own := dbtest.Org(t, d, dbtest.Columns{"name": "Own", "plan_type": 18, "seats": 12})
		unlimited := dbtest.Org(t, d, dbtest.Columns{"name": "Unlimited", "plan_type": 20})
		for _, org := range []id.Org{own, unlimited} {
			dbtest.Member(t, d, org, f.admin, 0, 2)
			dbtest.Member(t, d, org, f.tech, 0, 2)
		}
		for name, change := range map[string]dbtest.Columns{"suspended": {"enabled": false}, "managed": {"status": 2}} {
			change["name"] = name
			dbtest.Member(t, d, dbtest.Org(t, d, change), f.admin, 0, 2)
		}
		dbtest.Member(t, d, dbtest.Org(t, d, nil), f.admin, 1, 2) // an admin of it, no owner
		dbtest.Member(t, d, dbtest.Org(t, d, nil), f.admin, 0, 1) // an owner to be
		list := func(user id.User) []string {
			all, err := f.s.ListAddable(as(t, user), user, f.p)
			fine(t, "addable", err)
			out := []string{}
			for _, a := range all {
				out = append(out, fmt.Sprint(a.Name, " ", a.Plan.Type, " ", a.Seats, " ", a.Disabled))
			}
			return out
		}
		if diff := cmp.Diff([]string{"Own 17 12 false", "Unlimited 19 2 false"}, list(f.admin)); diff != "" {
			t.Errorf("the admin's (-want +got):\n%s", diff)
		}
		fine(t, "minimum", f.s.SetPlans(t.Context(), f.p, 0, 2))
		if diff := cmp.Diff([]string{"Own 17 12 true", "Unlimited 19 2 false"}, list(f.tech)); diff != "" {
			t.Errorf("the technician's (-want +got):\n%s", diff)
		}
		add := func(user id.User, org id.Org, key string) error {
			return f.s.AddExisting(as(t, user), user, f.p, org, key)
		}
		absent(t, "a service user", add(f.tech, own, type2))
		refused(t, "a key of type 4", add(f.admin, own, type4), "type 2")
		absent(t, "an organization that does not exist", add(f.admin, id.New[id.Org](), type2))
		absent(t, "somebody else's", add(f.admin, dbtest.Org(t, d, nil), type2))
		absent(t, "a client that the admin does not own", add(f.admin, f.orgs[0], type2))
		before := f.revised(f.tech)
		fine(t, "add", add(f.admin, own, type2))
		fine(t, "add", add(f.admin, unlimited, type2))
		if err := add(f.admin, own, type2); !fault.Is(err, fault.Conflict) {
			t.Errorf("once more: %v, want a conflict", err)
		}
		clients, err := f.s.ListClients(as(t, f.tech), f.tech, f.p)
		fine(t, "clients", err)
		got := []string{}
		for _, c := range clients {
			got = append(got, fmt.Sprint(c.Name, " ", c.Plan.Type, " ", c.Seats, " ", c.Status, " ", len(c.Key)))
		}
		if diff := cmp.Diff([]string{"Client 0 17 5 2 1", fmt.Sprint("Own 17 12 2 ", len(type2)), fmt.Sprint("Unlimited 19 2 2 ", len(type2))}, got); diff != "" {
			t.Errorf("clients (-want +got):\n%s", diff)
		}
		if f.revised(f.tech) <= before {
			t.Error("the staff does not hear of a new client")
		}
		if diff := cmp.Diff([]int{1901, 1901}, f.log()); diff != "" {
			t.Errorf("the provider's log (-want +got):\n%s", diff)
		}
		if email := dbtest.Value[string](t, d, `SELECT billing_email FROM organizations WHERE id = $1`, own); !strings.HasPrefix(email, "billing@") {
			t.Errorf("bills go to %s", email)
		}
	})
}

// Two providers whose admins own one organization add it at once: one gets it.
func TestOneOfTwoProvidersGetsAnOrganization(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f, other := newFleet(t, d, 0), newOtherFleet(t, d)
		for range 5 {
			org := dbtest.Org(t, d, dbtest.Columns{"seats": 5})
			dbtest.Member(t, d, org, f.admin, 0, 2)
			dbtest.Member(t, d, org, other.admin, 0, 2)
			var won, lost atomic.Int64
			var all sync.WaitGroup
			for _, by := range []*fleet{f, other} {
				all.Go(func() {
					switch err := by.s.AddExisting(as(t, by.admin), by.admin, by.p, org, type2); {
					case err == nil:
						won.Add(1)
					case fault.Is(err, fault.Conflict):
						lost.Add(1)
					default:
						t.Errorf("the loser gets %v, want a conflict", err)
					}
				})
			}
			all.Wait()
			links := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_clients WHERE org_id = $1`, org)
			added := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM events WHERE type = 1901 AND provider_client_id IN (SELECT id FROM provider_clients WHERE org_id = $1)`, org)
			if won.Load() != 1 || lost.Load() != 1 || links != 1 || added != 1 {
				t.Errorf("%d won, %d lost, %d links, %d events; want one of each", won.Load(), lost.Load(), links, added)
			}
		}
	})
}

func TestASuspendedClient(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 1)
		member := dbtest.Account(t, d, "user@client.example")
		dbtest.Member(t, d, f.orgs[0], member, 2, 2)
		set := func(user id.User, enabled bool) error {
			return f.s.SetClientEnabled(as(t, user), user, f.p, f.clients[0], enabled)
		}
		absent(t, "a service user", set(f.tech, false))
		before := f.revised(member)
		fine(t, "suspend", set(f.admin, false))
		fine(t, "suspend again", set(f.admin, false))
		if dbtest.Value[bool](t, d, `SELECT enabled FROM organizations WHERE id = $1`, f.orgs[0]) || f.revised(member) <= before {
			t.Error("the client is enabled, or its members do not hear that it is not")
		}
		for _, log := range [][]int{f.log(), logOf(t, d, string(f.orgs[0]))} {
			if diff := cmp.Diff([]int{1600}, log); diff != "" {
				t.Errorf("log (-want +got):\n%s", diff)
			}
		}
		fine(t, "resume", set(f.admin, true))
		if !dbtest.Value[bool](t, d, `SELECT enabled FROM organizations WHERE id = $1`, f.orgs[0]) {
			t.Error("the client is still suspended")
		}
	})
}

func TestWhoeverIsRemovedGetsALetter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 0).withMail()
		invited := dbtest.Staff(t, d, f.p, "", 1, 0)
		fine(t, "remove one with an account", f.s.RemoveUser(as(t, f.admin), f.admin, f.p, f.rowTech))
		fine(t, "take an invitation back", f.s.RemoveUser(as(t, f.admin), f.admin, f.p, invited))
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM mail_outbox`); n != 2 {
			t.Errorf("%d letters, want 2", n)
		}
	})
}

// However many admins take each other out at once, one stays.
func TestAdminsWhoRemoveEachOtherLeaveOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := newFleet(t, d, 0)
		users, rows := []id.User{f.admin}, []id.ProviderUser{dbtest.Value[id.ProviderUser](t, d, `SELECT id FROM provider_users WHERE user_id = $1`, f.admin)}
		for i := range 3 {
			user := dbtest.Account(t, d, fmt.Sprintf("admin%d@provider.example", i))
			users, rows = append(users, user), append(rows, dbtest.Staff(t, d, f.p, user, 0, 2))
		}
		var all sync.WaitGroup
		for i := range users {
			all.Go(func() {
				next := (i + 1) % len(users)
				if i%2 == 0 {
					_ = f.s.RemoveUser(as(t, users[i]), users[i], f.p, rows[next])
				} else {
					_ = f.s.SetAdmin(as(t, users[i]), users[i], f.p, rows[next], false, nil)
				}
			})
		}
		all.Wait()
		if n := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM provider_users WHERE type = 0 AND status = 2`); n < 1 {
			t.Error("no admin is left")
		}
	})
}
