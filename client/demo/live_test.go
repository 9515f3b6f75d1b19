package demo

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/attachment"
	"github.com/kastellan/kastellan/client/internal/live"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/portal"
	"github.com/kastellan/kastellan/client/send"
)

// The whole story against the real server: stop it in the middle, continue, and
// look at it as four different people.
func TestFillTheRealServer(t *testing.T) {
	server := live.Run(t)
	c, link := server.Client(t), server.SetUpLink(t)
	ctx, stop := context.WithCancel(t.Context())
	_, err := Fill(ctx, Options{Client: c, SetUpLink: link, Progress: func(p Progress) {
		if p.Done == 40 {
			stop()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped in the middle: got %v, want %v", err, context.Canceled)
	}
	var last Progress
	result, err := Fill(t.Context(), Options{Client: c, SetUpLink: link, Progress: func(p Progress) { last = p }})
	if err != nil {
		t.Fatal(err)
	}
	if last.Done != steps() || last.Total != steps() || result.Clients != 7 || result.Members != 80 || result.Items != 500 {
		t.Errorf("after %+v: %d clients, %d members, %d items", last, result.Clients, result.Members, result.Items)
	}
	if first, second := result.Accounts[0].Email, result.Accounts[1].Email; first != admin.email || second != technicians[0].email {
		t.Errorf("the log-ins begin with %s and %s", first, second)
	}
	for _, note := range result.Notes {
		t.Log(note)
	}
	f := &filler{Options: Options{Client: c, Password: DefaultPassword}, provider: result.Provider}
	t.Run("service user", func(t *testing.T) { seeAsTechnician(t, f) })
	t.Run("members", func(t *testing.T) { seeAsMembers(t, f) })
	t.Run("owner of a larger customer", func(t *testing.T) { seeAsOwner(t, f) })
	t.Run("limited technicians", func(t *testing.T) { seeAsLimited(t, f) })
	t.Run("portal", func(t *testing.T) { seeThePortal(t, f) })
	t.Run("Sends and files", func(t *testing.T) { seeSendsAndFiles(t, f) })
	if result.Sends != len(sends) || result.Files != enclosures() {
		t.Errorf("%d Sends, %d files, want %d, %d", result.Sends, result.Files, len(sends), enclosures())
	}
	if result.Tags != 4 || result.Scoped != 2 || result.Baselines != 2 || result.Drifted != 3 {
		t.Errorf("%d tags, %d limited technicians, %d baselines, %d clients that differ, want 4, 2, 2, 3",
			result.Tags, result.Scoped, result.Baselines, result.Drifted)
	}
	t.Run("again", func(t *testing.T) {
		again, err := Fill(t.Context(), Options{Client: c})
		if err != nil || len(again.Accounts) != len(result.Accounts) {
			t.Errorf("got %d log-ins, %v, want %d", len(again.Accounts), err, len(result.Accounts))
		}
		again.Accounts, again.Notes, result.Accounts, result.Notes = nil, nil, nil, nil
		if diff := cmp.Diff(result, again); diff != "" {
			t.Errorf("another result (-first +again):\n%s", diff)
		}
	})
}

func seeAsTechnician(t *testing.T, f *filler) {
	s, err := f.login(t.Context(), technicians[1].person)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := s.Clients(t.Context(), f.provider)
	if err != nil || len(list) != len(customers) {
		t.Fatalf("%d clients, %v", len(list), err)
	}
	for _, c := range customers {
		at := slices.IndexFunc(list, func(o client.ClientOrganization) bool { return o.Name == c.name })
		if at < 0 {
			t.Errorf("%s is missing", c.name)
			continue
		}
		views, unreadable, err := s.OrgItems(t.Context(), list[at].OrganizationID)
		if c.suspended {
			if err == nil && len(views) > 0 {
				t.Errorf("%s is suspended and shows %d items", c.name, len(views))
			}
		} else if err != nil || len(unreadable) > 0 || len(views) != c.items {
			t.Errorf("%s: %d items, %v, %v, want %d", c.name, len(views), unreadable, err, c.items)
		}
		if list[at].OccupiedSeats != c.members-c.revoked || list[at].Seats != c.seats() {
			t.Errorf("%s: %d of %d seats, want %d of %d", c.name, list[at].OccupiedSeats, list[at].Seats, c.members-c.revoked, c.seats())
		}
	}
}

// seeAsLimited: clients outside their reach do not exist for technicians, also in
// what their apps get.
func seeAsLimited(t *testing.T, f *filler) {
	for _, technician := range technicians {
		var want []string
		for _, c := range customers {
			if slices.Contains(c.tags, technician.tag) || c.domain == technician.client {
				want = append(want, c.name)
			}
		}
		if technician.tag+technician.client == "" {
			continue
		}
		s, err := f.login(t.Context(), technician.person)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Sync(t.Context()); err != nil {
			t.Fatal(err)
		}
		list, err := s.Clients(t.Context(), f.provider)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, o := range list {
			got = append(got, o.Name)
			if views, _, err := s.OrgItems(t.Context(), o.OrganizationID); err != nil || len(views) == 0 {
				t.Errorf("%s finds %d items of %s: %v", technician.name, len(views), o.Name, err)
			}
		}
		slices.Sort(got)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("clients of %s (-want +got):\n%s", technician.name, diff)
		}
	}
}

// seeThePortal looks at how the clients stand, as the administrator does.
func seeThePortal(t *testing.T, f *filler) {
	s, err := f.login(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	all, err := portal.Of(s, f.provider).Overview(t.Context())
	if err != nil || len(all) != len(customers) {
		t.Fatalf("%d clients, %v", len(all), err)
	}
	drift := map[string]int{"dental": 3, "law": 1, "logistics": 2, "school": 0}
	for _, c := range customers {
		got := all[slices.IndexFunc(all, func(o portal.Standing) bool { return o.Name == c.name })]
		if got.Enabled == c.suspended || len(got.Tags) != len(c.tags) || (got.Seats == got.Occupied) != c.full {
			t.Errorf("%s: %+v", c.name, got)
		}
		want, governed := drift[c.domain]
		if (got.Drift != nil) != governed || (governed && *got.Drift != want) {
			t.Errorf("%s: drift %v, want %d, governed %v", c.name, got.Drift, want, governed)
		}
	}
	people, err := portal.Of(s, f.provider).People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, technician := range technicians {
		p := people[slices.IndexFunc(people, func(p portal.Person) bool { return p.Email == technician.email })]
		if p.Assigned != (technician.tag+technician.client != "") {
			t.Errorf("%s: %+v", technician.name, p.Reach)
		}
		if technician.tag != "" && (len(p.Tags) != 1 || p.Tags[0].Until == nil || time.Until(*p.Tags[0].Until) < 30*24*time.Hour) {
			t.Errorf("%s: %+v, want one tag with an end some weeks ahead", technician.name, p.Reach)
		}
	}
}

// seeAsOwner looks at what only the larger customers have.
func seeAsOwner(t *testing.T, f *filler) {
	ctx := t.Context()
	n := slices.IndexFunc(customers, func(c customer) bool { return c.plan == client.Enterprise })
	c, people := customers[n], staff(n)
	s, err := f.login(ctx, people[0])
	if err != nil {
		t.Fatal(err)
	}
	vault, err := s.Sync(ctx)
	if err != nil || len(vault.Profile.Organizations) != 1 {
		t.Fatalf("%+v, %v", vault.Profile.Organizations, err)
	}
	org := vault.Profile.Organizations[0].ID
	members, err := s.Members(ctx, org)
	if err != nil || len(members) != c.members {
		t.Fatalf("%d members, %v", len(members), err)
	}
	for i, p := range people {
		m := members[slices.IndexFunc(members, func(m client.Member) bool { return m.Email == p.email })]
		if m.Role != c.role(i) || m.Status != c.goal(i) || m.Recoverable != c.recoverable(i) || m.ExternalID == "" {
			t.Errorf("%s: %+v, want role %d, status %d, recoverable %v and an external id", p.name, m, c.role(i), c.goal(i), c.recoverable(i))
		}
		if (len(m.Groups) == 0) != (m.Role == client.Owner || m.Role == client.Admin) {
			t.Errorf("%s is in the groups %v", p.name, m.Groups)
		}
	}
	groups, err := s.Groups(ctx, org)
	if err != nil || len(groups) != 1+len(c.collections) {
		t.Errorf("%d groups, %v, want %d", len(groups), err, 1+len(c.collections))
	}
	for _, g := range groups {
		if g.ExternalID == "" || len(g.Members) == 0 || len(g.Collections) != 1 {
			t.Errorf("group %+v", g)
		}
	}
	set, err := s.Policies(ctx, org)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range policies {
		if !slices.ContainsFunc(set, func(q client.Policy) bool { return q.Type == p.kind && q.Enabled }) {
			t.Errorf("policy %d is off", p.kind)
		}
	}
	seeAsUser(t, f, people[3])
}

// seeAsUser: what a plain user sees there comes through groups.
func seeAsUser(t *testing.T, f *filler, p person) {
	s, err := f.login(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	vault, err := s.Sync(t.Context())
	if err != nil || len(vault.Unreadable) > 0 || len(vault.Items) == 0 || len(vault.Collections) != 2 {
		t.Errorf("%s sees %d items in %d collections, %v, %v", p.name, len(vault.Items), len(vault.Collections), vault.Unreadable, err)
	}
}

func seeAsMembers(t *testing.T, f *filler) {
	people := staff(0)
	for i, want := range map[int]int{0: customers[0].items, 2: 0} {
		s, err := f.login(t.Context(), people[i])
		if err != nil {
			t.Fatal(err)
		}
		vault, err := s.Sync(t.Context())
		if err != nil || len(vault.Unreadable) > 0 {
			t.Fatalf("%s: %v, %v", people[i].name, vault.Unreadable, err)
		}
		if len(vault.Profile.Organizations) != 1 || vault.Profile.Organizations[0].Name != customers[0].name {
			t.Errorf("%s belongs to %+v", people[i].name, vault.Profile.Organizations)
		}
		if len(vault.Items) == 0 || len(vault.Collections) == 0 {
			t.Errorf("%s sees %d items in %d collections", people[i].name, len(vault.Items), len(vault.Collections))
		}
		if want > 0 && len(vault.Items) > want {
			t.Errorf("%s sees %d items of %d", people[i].name, len(vault.Items), want)
		}
	}
	liveAsMember(t, f, people[2])
}

// liveAsMember does with a personal item what a person does with one.
func liveAsMember(t *testing.T, f *filler, p person) {
	ctx := t.Context()
	s, err := f.login(ctx, p)
	if err != nil {
		t.Fatal(err)
	}
	view, err := login(customers[0], 0)
	if err != nil {
		t.Fatal(err)
	}
	folder, err := s.CreateFolder(ctx, "Home")
	if err != nil {
		t.Fatal(err)
	}
	view.FolderID = folder.ID
	created, err := s.CreateItem(ctx, view)
	if err != nil {
		t.Fatal(err)
	}
	changed := created
	loginCopy := *created.Login
	loginCopy.Password = "another"
	changed.Login = &loginCopy
	changed.Remember(created, time.Now().UTC())
	if created, err = s.UpdateItem(ctx, changed); err != nil || created.Login.Password != "another" || len(created.PasswordHistory) != 1 {
		t.Fatalf("update: %+v, %v", created, err)
	}
	if err := s.TrashItem(ctx, created.ID); err != nil {
		t.Fatal(err)
	}
	if created, err = s.RestoreItem(ctx, created.ID); err != nil || created.Deleted() {
		t.Fatalf("restore: %v", err)
	}
	vault, err := s.Sync(ctx)
	if err != nil {
		t.Fatal(err)
	}
	own := slices.IndexFunc(vault.Collections, func(c client.Collection) bool { return !c.ReadOnly })
	if own < 0 {
		t.Fatal("no collection to share into")
	}
	target := vault.Collections[own]
	shared, err := s.ShareItem(ctx, created, target.OrganizationID, []item.CollectionID{target.ID})
	if err != nil || shared.OrganizationID != target.OrganizationID || shared.Login.Password != "another" {
		t.Fatalf("share: %+v, %v", shared.Meta, err)
	}
	if err := s.DeleteFolder(ctx, folder.ID); err != nil {
		t.Error(err)
	}
}

// seeSendsAndFiles opens what is shared as its recipient, and what is attached as its
// owner: once each, however often the story was told.
func seeSendsAndFiles(t *testing.T, f *filler) {
	s, err := f.login(t.Context(), admin)
	if err != nil {
		t.Fatal(err)
	}
	own := send.Of(s)
	list, err := own.List(t.Context())
	if err != nil || len(list) != len(sends) {
		t.Fatalf("%d Sends, %v", len(list), err)
	}
	for _, one := range list {
		proof := send.Proof{}
		if one.Auth == send.ByPassword {
			proof.Password = SendPassword
		}
		got, err := own.Link(one).Open(t.Context(), nil, proof)
		if err != nil || got.Name != one.Name || got.Text != one.Text {
			t.Errorf("%s: got %q, %v", one.Name, got.Text, err)
		}
	}
	vault, err := s.Sync(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, view := range vault.Items {
		for _, file := range view.Attachments {
			files++
			if _, err := attachment.Of(s).Open(t.Context(), view, file.ID); err != nil {
				t.Errorf("%s of %s: %v", file.FileName, view.Name, err)
			}
		}
	}
	if files != 3 {
		t.Errorf("%d files at personal items, want 3", files)
	}
}
