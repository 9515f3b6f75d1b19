//go:build compat

package compat

import (
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/compat/realserver"
)

// house is a client of a provider: the technician who took it on, its owner, and
// the collections and people that a test brings in.
type house struct {
	server      *realserver.Server
	tech, owner person
	org         client.OrgID
	head        client.MemberID // the owner, as a member
}

func newHouse(t *testing.T, s *realserver.Server) house {
	t.Helper()
	tech := setUpProvider(t, s)
	made, err := tech.CreateClient(t.Context(), tech.sync(t).Profile.Providers[0].ID, client.NewClient{
		Name: "Example Ltd", OwnerEmail: "owner@example.test", Plan: client.Enterprise, Seats: 20, Collection: "Everyone",
	})
	if err != nil {
		t.Fatal(err)
	}
	h := house{server: s, tech: tech, org: made.OrganizationID, head: made.OwnerMemberID}
	h.owner = joined(t, s, tech, h.org, "owner@example.test")
	h.owner.sync(t)
	return h
}

// invite asks somebody in, as a plain user without anything.
func (h house) invite(t *testing.T, name string) client.MemberID {
	t.Helper()
	email := name + "@example.test"
	if err := h.owner.InviteMembers(t.Context(), h.org, client.Invitation{Emails: []string{email}, Role: client.User}); err != nil {
		t.Fatal(err)
	}
	return memberID(t, h.owner, h.org, email)
}

// bringIn takes somebody all the way into the organization.
func (h house) bringIn(t *testing.T, name string) (person, client.MemberID) {
	t.Helper()
	id := h.invite(t, name)
	p := joined(t, h.server, h.owner, h.org, name+"@example.test")
	p.sync(t)
	return p, id
}

func (h house) collection(t *testing.T, name string) client.CollectionID {
	t.Helper()
	made, err := h.owner.CreateCollection(t.Context(), h.org, client.CollectionContent{
		Name: name, Members: []client.Access[client.MemberID]{{ID: h.head, Manage: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return made.ID
}

// secretLogin makes an item with everything that can be hidden of one.
func (h house) secretLogin(t *testing.T, name string, in client.CollectionID) item.View {
	t.Helper()
	var view item.View
	view.Type, view.Name, view.Notes = item.LoginType, name, "in the cellar"
	view.OrganizationID, view.CollectionIDs = h.org, []client.CollectionID{in}
	view.Login = &item.Login[string]{Username: "admin", Password: "kept from some", TOTP: "JBSWY3DPEHPK3PXP"}
	view.Fields = []item.Field[string]{{Type: item.TextField, Name: "Rack", Value: "7"}, {Type: item.HiddenField, Name: "PIN", Value: "4711"}}
	made, err := h.owner.CreateItem(t.Context(), view)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// policy turns a policy on or off, as the owner does in the Admin Console.
func (h house) policy(t *testing.T, kind client.PolicyType, on bool, data map[string]any) {
	t.Helper()
	if err := h.owner.SetPolicy(t.Context(), h.org, kind, on, data); err != nil {
		t.Fatalf("policy %d: %v", kind, err)
	}
}

// find reads a member as the owner sees them.
func (h house) find(t *testing.T, id client.MemberID) client.Member {
	t.Helper()
	members, err := h.owner.Members(t.Context(), h.org)
	must(t, err)
	for _, m := range members {
		if m.ID == id {
			return m
		}
	}
	t.Fatalf("%s is not among the members", id)
	return client.Member{}
}

// must fails the test when an act of our own client does.
func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
