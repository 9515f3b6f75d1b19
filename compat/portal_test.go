//go:build compat

package compat

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/portal"
	"github.com/kastellan/kastellan/compat/realserver"
)

func TestPortal(t *testing.T) { onBothDatabases(t, testPortal) }

// testPortal is a technician with the official client at hand, who belongs to one
// client as a member too, while the Provider Portal changes what the technician
// serves. The client must show the technician's own items and no client's, and
// must never ask for the password again.
func testPortal(t *testing.T, s *realserver.Server) {
	d := newDesk(t, s)
	t.Run("while the portal acts", d.testActs)
	t.Run("afterwards, with commands", func(t *testing.T) {
		d.b.says(t, "Syncing complete.", "sync", "--force")
		mustHold(t, "status", map[string]any{"status": "unlocked", "userEmail": d.tech.email}, d.b.object(t, "status"))
		d.same(t, "afterwards", names(d.b.list(t, "items")), names(d.b.list(t, "organizations")), names(d.b.list(t, "collections")))
	})
}

func (d *desk) testActs(t *testing.T) {
	d.api = d.b.serve(t)
	d.look(t, "before anything")
	bakery := d.takeOn(t, "Meadow Bakery", "baker@example.test")
	d.look(t, "a new client")

	must(t, d.boss.ChangeClient(t.Context(), d.provider, bakery.ID, "Meadow Bakery", 9))
	d.look(t, "more seats")
	must(t, d.tech.ChangeClient(t.Context(), d.provider, bakery.ID, "Meadow Bakery & Sons", 8))
	d.look(t, "another name and less seats, given by the technician")
	d.listed(t, "Harbour Clinic", "Meadow Bakery & Sons")

	tag, err := d.portal.CreateTag(t.Context(), "Bakeries")
	must(t, err)
	must(t, d.portal.TagClient(t.Context(), bakery.ID, tag))
	d.look(t, "a tag")
	d.testReach(t, tag)
	d.testBaseline(t, tag, bakery)

	for _, suspended := range []bool{true, false} {
		must(t, d.portal.Suspend(t.Context(), bakery.ID, suspended))
		d.look(t, fmt.Sprintf("a client that is suspended: %t", suspended))
	}
	for _, role := range []client.ProviderRole{client.ProviderAdmin, client.ServiceUser} {
		must(t, d.portal.SetRole(t.Context(), d.place, role))
		d.look(t, fmt.Sprintf("the role %d", role))
	}
	for _, made := range []client.ClientOrganization{bakery, d.clinic} {
		must(t, d.portal.Unlink(t.Context(), made.ID))
		d.look(t, "letting go of "+made.Name)
	}
	d.listed(t)
	must(t, d.portal.Offboard(t.Context(), d.place))
	d.look(t, "leaving the provider, but not what is no client any more")
}

// testReach limits which clients the technician serves, and lifts the limit.
func (d *desk) testReach(t *testing.T, tag portal.TagID) {
	t.Helper()
	soon := time.Now().Add(time.Hour)
	both := []string{"Harbour Clinic", "Meadow Bakery & Sons"}
	for _, step := range []struct {
		name  string
		reach portal.Reach
		want  []string
	}{
		{"a reach of one tag", portal.Reach{Assigned: true, Tags: []portal.Tie[portal.TagID]{{ID: tag}}}, both[1:]},
		{"a reach of one client, for an hour", portal.Reach{Assigned: true, Clients: []portal.Tie[client.ClientID]{{ID: d.clinic.ID, Until: &soon}}}, both[:1]},
		{"a reach of nothing", portal.Reach{Assigned: true}, nil},
		{"all clients again", portal.Reach{}, both},
	} {
		must(t, d.portal.SetReach(t.Context(), d.place, step.reach))
		d.look(t, step.name)
		d.listed(t, step.want...)
	}
}

// desk is a provider with a technician, who has a vault of their own and is a
// plain member of one of its clients.
type desk struct {
	server     *realserver.Server
	boss, tech person
	provider   client.ProviderID
	portal     portal.Provider // as the boss uses it
	place      client.ProviderUserID
	clinic     client.ClientOrganization
	b          *bw     // the technician's
	api        restAPI // the same, while it serves
}

func newDesk(t *testing.T, s *realserver.Server) *desk {
	d := &desk{server: s, boss: setUpProvider(t, s)}
	d.provider = d.boss.sync(t).Profile.Providers[0].ID
	d.portal = portal.Of(d.boss.Session, d.provider)
	d.hire(t)
	d.clinic = d.takeOn(t, "Harbour Clinic", "doctor@example.test")
	everyone, err := d.boss.Collections(t.Context(), d.clinic.OrganizationID)
	must(t, err)
	must(t, d.boss.InviteMembers(t.Context(), d.clinic.OrganizationID, client.Invitation{
		Emails: []string{d.tech.email}, Role: client.User, Collections: []client.Access[client.CollectionID]{{ID: everyone[0].ID}},
	}))
	d.enlistTech(t)
	var own item.View
	own.Type, own.Name, own.SecureNote = item.SecureNoteType, "The technician's own", &item.SecureNote{}
	d.tech.sync(t)
	_, err = d.tech.CreateItem(t.Context(), own)
	must(t, err)
	d.b = install(t, s)
	d.b.login(t, d.tech)
	return d
}

// hire takes on a technician, all the way from the invitation.
func (d *desk) hire(t *testing.T) {
	t.Helper()
	const email = "technician@msp.example.test"
	must(t, d.boss.InviteProviderPeople(t.Context(), d.provider, client.ServiceUser, email))
	people, err := d.boss.ProviderPeople(t.Context(), d.provider)
	must(t, err)
	for _, p := range people {
		if p.Email == email {
			d.place = p.ID
		}
	}
	url, err := d.boss.ProviderInviteLink(t.Context(), d.provider, d.place)
	must(t, err)
	link, err := client.ParseLink(url)
	must(t, err)
	d.tech = registerWith(t, d.server, email, client.Registration{Proof: client.Proof{Link: link}})
	must(t, d.tech.Accept(t.Context(), link))
	keys, err := d.boss.ProviderPersonKeys(t.Context(), d.provider, d.place)
	must(t, err)
	must(t, d.boss.ConfirmProviderPerson(t.Context(), d.provider, keys[0]))
	d.tech.sync(t)
}

// takeOn makes a client with an owner, and an item that the technician may read
// as the provider's but that is not theirs.
func (d *desk) takeOn(t *testing.T, name, owner string) client.ClientOrganization {
	t.Helper()
	made, err := d.boss.CreateClient(t.Context(), d.provider, client.NewClient{
		Name: name, OwnerEmail: owner, Plan: client.Enterprise, Seats: 5, Collection: "Everyone",
	})
	must(t, err)
	joined(t, d.server, d.boss, made.OrganizationID, owner)
	for _, collection := range []string{"Everyone", "Closed"} {
		in := d.collection(t, made, collection)
		var view item.View
		view.Type, view.Name, view.OrganizationID, view.CollectionIDs = item.SecureNoteType, collection+" at "+name, made.OrganizationID, []client.CollectionID{in}
		view.SecureNote = &item.SecureNote{}
		_, err := d.boss.CreateOrgItem(t.Context(), view)
		must(t, err)
	}
	d.tech.sync(t) // for the key of the new client
	return made
}

func (d *desk) collection(t *testing.T, made client.ClientOrganization, name string) client.CollectionID {
	t.Helper()
	list, err := d.boss.Collections(t.Context(), made.OrganizationID)
	must(t, err)
	for _, c := range list {
		if c.Name == name {
			return c.ID
		}
	}
	c, err := d.boss.CreateCollection(t.Context(), made.OrganizationID, client.CollectionContent{
		Name: name, Members: []client.Access[client.MemberID]{{ID: made.OwnerMemberID, Manage: true}},
	})
	must(t, err)
	return c.ID
}

// enlistTech makes the technician a confirmed member of the clinic.
func (d *desk) enlistTech(t *testing.T) {
	t.Helper()
	org := d.clinic.OrganizationID
	id := memberID(t, d.boss, org, d.tech.email)
	url, err := d.boss.MemberInviteLink(t.Context(), org, id)
	must(t, err)
	link, err := client.ParseLink(url)
	must(t, err)
	must(t, d.tech.Accept(t.Context(), link))
	keys, err := d.boss.MemberKeys(t.Context(), org, id)
	must(t, err)
	must(t, d.boss.ConfirmMember(t.Context(), org, keys[0]))
}

// look holds what the official client shows to what is the technician's own.
func (d *desk) look(t *testing.T, after string) {
	t.Helper()
	d.api.call(t, "POST", "/sync?force=true", nil)
	status, _ := d.api.call(t, "GET", "/status", nil)["template"].(map[string]any)
	mustHold(t, "status after "+after, map[string]any{"status": "unlocked", "userEmail": d.tech.email}, status)
	d.same(t, after, keys(d.api.listed(t, "/list/object/items", 2)), keys(d.api.listed(t, "/list/object/organizations", 1)),
		keys(d.api.listed(t, "/list/object/collections", 1)))
}

func (d *desk) same(t *testing.T, after string, items, organizations, collections []string) {
	t.Helper()
	got := map[string][]string{"items": sorted(items), "organizations": organizations, "collections": collections}
	want := map[string][]string{
		"items": {"Everyone at Harbour Clinic", "The technician's own"}, "organizations": {"Harbour Clinic"}, "collections": {"Everyone"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what the client shows after %s (-want +got):\n%s", after, diff)
	}
}

// listed holds the clients that the technician finds in the portal to their names.
func (d *desk) listed(t *testing.T, want ...string) {
	t.Helper()
	clients, err := portal.Of(d.tech.Session, d.provider).Overview(t.Context())
	must(t, err)
	got := []string{}
	for _, c := range clients {
		got = append(got, c.Name)
	}
	if diff := cmp.Diff(append([]string{}, want...), got); diff != "" {
		t.Errorf("clients of the technician (-want +got):\n%s", diff)
	}
}

// testBaseline lets the technician apply a baseline, to the clinic too, whose
// policies a member gets. The client lets a provider's people off them by itself.
func (d *desk) testBaseline(t *testing.T, tag portal.TagID, bakery client.ClientOrganization) {
	t.Helper()
	baseline, err := d.portal.CreateBaseline(t.Context(), portal.Baseline{
		Name: "House rules", Settings: map[string]bool{"limitItemDeletion": true},
		Policies: []portal.BaselinePolicy{{Type: client.PasswordGeneratorPolicy, Enabled: true, Data: map[string]any{"minLength": 20}}},
	})
	must(t, err)
	must(t, d.portal.AssignBaseline(t.Context(), baseline, []client.ClientID{d.clinic.ID}, []portal.TagID{tag}))
	d.look(t, "a baseline that nobody has applied")
	for _, made := range []client.ClientOrganization{bakery, d.clinic} {
		done, err := portal.Of(d.tech.Session, d.provider).ApplyBaseline(t.Context(), made.ID)
		must(t, err)
		want := []portal.Applied{{Subject: "policy:2"}, {Subject: "setting:limitItemDeletion"}}
		if diff := cmp.Diff(want, done); diff != "" {
			t.Errorf("applied to %s (-want +got):\n%s", made.Name, diff)
		}
		d.look(t, "the baseline applied to "+made.Name)
	}
	clients, err := d.portal.Overview(t.Context())
	must(t, err)
	for _, c := range clients {
		if c.Drift == nil || *c.Drift != 0 {
			t.Errorf("%s has drifted: %v", c.Name, c.Drift)
		}
	}
}
