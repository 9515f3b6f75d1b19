//go:build compat

package compat

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/compat/realserver"
)

func TestOrganization(t *testing.T) { onBothDatabases(t, testOrganization) }

// testOrganization is the thin path of the product: a technician takes a client on and makes an
// item there; the client's owner works with it in the official client.
func testOrganization(t *testing.T, s *realserver.Server) {
	tech := setUpProvider(t, s)
	provider := tech.sync(t).Profile.Providers[0].ID
	org, err := tech.CreateClient(t.Context(), provider, client.NewClient{
		Name: "Example Ltd", OwnerEmail: "owner@example.test", Plan: client.Enterprise, Seats: 5, Collection: "Everyone",
	})
	if err != nil {
		t.Fatal(err)
	}
	owner := joined(t, s, tech, org.OrganizationID, "owner@example.test")
	b := install(t, s)
	b.login(t, owner)

	t.Run("the owner finds the organization", func(t *testing.T) {
		got := b.list(t, "organizations")
		if len(got) != 1 {
			t.Fatalf("organizations: %v", got)
		}
		mustHold(t, "organization", map[string]any{
			"id": string(org.OrganizationID), "name": "Example Ltd", "type": 0.0, "status": 2.0, "enabled": true,
		}, got[0])
	})
	t.Run("the owner finds what the technician made", func(t *testing.T) { testTechnician(t, b, tech, org) })
	t.Run("the owner moves an item into the organization", func(t *testing.T) { testMove(t, b, tech, org.OrganizationID) })
	t.Run("the owner exports the organization", func(t *testing.T) { testExportOrg(t, b, org.OrganizationID) })
	t.Run("the owner confirms a member", func(t *testing.T) { testConfirm(t, s, b, owner, org.OrganizationID) })
}

var setUpLink = regexp.MustCompile(`https?://\S+/#/providers/setup-provider\?\S+`)

// setUpProvider follows the link that the server prints on an empty database.
func setUpProvider(t *testing.T, s *realserver.Server) person {
	t.Helper()
	printed := setUpLink.FindString(s.Log.String())
	link, err := client.ParseLink(printed)
	if err != nil {
		t.Fatalf("the console shows no set-up link: %v\n%s", err, s.Log.String())
	}
	tech := registerWith(t, s, "tech@msp.example.test", client.Registration{Proof: client.Proof{Link: link}})
	err = tech.SetUpProvider(t.Context(), link, client.ProviderDetails{Name: "Example MSP", BillingEmail: tech.email})
	if err != nil {
		t.Fatal(err)
	}
	return tech
}

// joined takes an invited person all the way: the link, an account, acceptance and confirmation by host.
func joined(t *testing.T, s *realserver.Server, host person, org client.OrgID, email string) person {
	t.Helper()
	p, member := accepted(t, s, host, org, email)
	keys, err := host.MemberKeys(t.Context(), org, member)
	if err != nil || len(keys) != 1 {
		t.Fatalf("keys of %s: %v, %v", email, keys, err)
	}
	if got, want := keys[0].Fingerprint(), p.fingerprint(t); got != want {
		t.Fatalf("the server names the key %q for %s, want %q", got, email, want)
	}
	if err := host.ConfirmMember(t.Context(), org, keys[0]); err != nil {
		t.Fatal(err)
	}
	return p
}

func accepted(t *testing.T, s *realserver.Server, host person, org client.OrgID, email string) (person, client.MemberID) {
	t.Helper()
	id := memberID(t, host, org, email)
	url, err := host.MemberInviteLink(t.Context(), org, id)
	if err != nil {
		t.Fatal(err)
	}
	link, err := client.ParseLink(url)
	if err != nil {
		t.Fatalf("%q: %v", url, err)
	}
	p := registerWith(t, s, email, client.Registration{Proof: client.Proof{Link: link}})
	if err := p.Accept(t.Context(), link); err != nil {
		t.Fatal(err)
	}
	return p, id
}

func memberID(t *testing.T, host person, org client.OrgID, email string) client.MemberID {
	t.Helper()
	members, err := host.Members(t.Context(), org)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range members {
		if m.Email == email {
			return m.ID
		}
	}
	t.Fatalf("%s is not among the members %v", email, members)
	return ""
}

func testTechnician(t *testing.T, b *bw, tech person, made client.ClientOrganization) {
	org := made.OrganizationID
	collection, err := tech.CreateCollection(t.Context(), org, client.CollectionContent{
		Name: "Network", Members: []client.Access[client.MemberID]{{ID: made.OwnerMemberID, Manage: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var login item.View
	login.Type, login.Name, login.Notes = item.LoginType, "Firewall", "made by the technician"
	login.OrganizationID, login.CollectionIDs = org, []client.CollectionID{collection.ID}
	login.Login = &item.Login[string]{Username: "admin", Password: "made by the technician"}
	firewall, err := tech.CreateOrgItem(t.Context(), login)
	if err != nil {
		t.Fatal(err)
	}

	b.says(t, "Syncing complete.", "sync")
	got := sorted(names(b.list(t, "collections", "--organizationid", string(org))))
	if diff := cmp.Diff([]string{"Everyone", "Network"}, got); diff != "" {
		t.Errorf("collections (-want +got):\n%s", diff)
	}
	got = sorted(names(b.list(t, "org-collections", "--organizationid", string(org))))
	if diff := cmp.Diff([]string{"Everyone", "Network"}, got); diff != "" {
		t.Errorf("org-collections (-want +got):\n%s", diff)
	}
	got = names(b.list(t, "items", "--organizationid", string(org)))
	if diff := cmp.Diff([]string{"Firewall"}, got); diff != "" {
		t.Errorf("items (-want +got):\n%s", diff)
	}
	mustHold(t, "the technician's item", map[string]any{
		"organizationId": string(org), "collectionIds": []any{string(collection.ID)}, "notes": "made by the technician",
		"login": map[string]any{"username": "admin", "password": "made by the technician"},
	}, b.object(t, "get", "item", string(firewall.ID)))
}

func testMove(t *testing.T, b *bw, tech person, org client.OrgID) {
	made := b.object(t, "create", "item", encode(t, map[string]any{
		"type": 2, "name": "Was private", "notes": "now shared", "secureNote": map[string]any{"type": 0},
	}))
	everyone := b.list(t, "collections", "--search", "Everyone")[0]["id"].(string)
	b.must(t, "move", made["id"].(string), string(org), encode(t, []string{everyone}))
	b.must(t, "sync", "--force")
	mustHold(t, "moved", map[string]any{
		"name": "Was private", "notes": "now shared", "organizationId": string(org), "collectionIds": []any{everyone},
	}, b.object(t, "get", "item", made["id"].(string)))

	items, unreadable, err := tech.OrgItems(t.Context(), org)
	if err != nil || len(unreadable) > 0 {
		t.Fatalf("the technician cannot read %v: %v", unreadable, err)
	}
	got := []string{}
	for _, i := range items {
		got = append(got, i.Name)
	}
	if diff := cmp.Diff([]string{"Firewall", "Was private"}, sorted(got)); diff != "" {
		t.Errorf("what the technician sees (-want +got):\n%s", diff)
	}
}

func testConfirm(t *testing.T, s *realserver.Server, b *bw, owner person, org client.OrgID) {
	everyone := b.list(t, "collections", "--search", "Everyone")[0]["id"].(string)
	err := owner.InviteMembers(t.Context(), org, client.Invitation{
		Emails: []string{"member@example.test"}, Role: client.User,
		Collections: []client.Access[client.CollectionID]{{ID: client.CollectionID(everyone)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	invited := string(memberID(t, owner, org, "member@example.test"))
	if got := b.fails(t, "confirm", "org-member", invited, "--organizationid", string(org)); !strings.Contains(got, "accept") {
		t.Errorf("confirming an invited member printed %q", got)
	}
	member, id := accepted(t, s, owner, org, "member@example.test")
	if got, want := b.must(t, "get", "fingerprint", member.id()), member.fingerprint(t); got != want {
		t.Errorf("the owner sees the fingerprint %q, want %q", got, want)
	}
	b.must(t, "confirm", "org-member", string(id), "--organizationid", string(org))

	listed := map[string]any{}
	for _, m := range b.list(t, "org-members", "--organizationid", string(org)) {
		listed[m["email"].(string)] = m["status"]
	}
	if diff := cmp.Diff(map[string]any{"owner@example.test": 2.0, "member@example.test": 2.0}, listed); diff != "" {
		t.Errorf("members and their status (-want +got):\n%s", diff)
	}
	other := install(t, s)
	other.login(t, member)
	if diff := cmp.Diff([]string{"Was private"}, names(other.list(t, "items"))); diff != "" {
		t.Errorf("what the confirmed member reads (-want +got):\n%s", diff)
	}
}
