package client_test

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/item"
)

// shelve makes a collection with one note in it.
func (s *story) shelve(name string) (client.CollectionID, item.View) {
	s.Helper()
	collection, err := s.provider.CreateCollection(s.Context(), s.org, client.CollectionContent{Name: name})
	s.must(err)
	view := item.View{
		Meta:    item.Meta{Type: item.SecureNoteType, OrganizationID: s.org, CollectionIDs: []item.CollectionID{collection.ID}},
		Content: item.Content[string]{Name: "Note of " + name},
	}
	view, err = s.provider.CreateOrgItem(s.Context(), view)
	s.must(err)
	return collection.ID, view
}

func (s *story) sees(what string, want ...string) {
	s.Helper()
	vault, err := s.member.Sync(s.Context())
	s.must(err)
	var got []string
	for _, view := range vault.Items {
		if view.OrganizationID != "" {
			got = append(got, view.Name)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		s.Errorf("what the member sees %s (-want +got):\n%s", what, diff)
	}
}

// What a member has through a group comes and goes with the group.
func TestGroups(t *testing.T) {
	s := newStory(t)
	ctx := t.Context()
	shop, note := s.shelve("Shop")
	s.sees("before")
	content := client.GroupContent{
		Name: "Bakers", ExternalID: "hr-1", Members: []client.MemberID{s.row.ID}, Collections: []client.Access[client.CollectionID]{{ID: shop, ReadOnly: true}},
	}
	id, err := s.owner.CreateGroup(ctx, s.org, content)
	s.must(err)
	s.sees("in the group", "Note of Shop")
	note.Name = "Renamed by the member"
	_, err = s.member.UpdateItem(ctx, note)
	s.refuses("edit what is read only", err, http.StatusNotFound)

	groups, err := s.owner.Groups(ctx, s.org)
	s.must(err)
	want := []client.Group{{ID: id, Name: content.Name, ExternalID: content.ExternalID, Members: content.Members, Collections: content.Collections}}
	if diff := cmp.Diff(want, groups); diff != "" {
		t.Errorf("groups (-want +got):\n%s", diff)
	}
	content.Collections[0].ReadOnly = false
	s.must(s.owner.UpdateGroup(ctx, s.org, id, content))
	_, err = s.member.UpdateItem(ctx, note)
	s.must(err)
	s.must(s.owner.LeaveGroup(ctx, s.org, id, s.row.ID))
	s.sees("after leaving the group")
	s.must(s.owner.UpdateGroup(ctx, s.org, id, content))
	s.sees("back in the group", "Renamed by the member")
	s.must(s.owner.DeleteGroup(ctx, s.org, id))
	s.sees("after the group")
}

// A custom role opens what its permissions say, and no more.
func TestCustomRole(t *testing.T) {
	s := newStory(t)
	ctx := t.Context()
	shop, note := s.shelve("Shop")
	row := s.row
	row.Role, row.Permissions = client.Custom, client.Permit(client.EditAnyCollection)
	s.must(s.provider.ChangeMember(ctx, s.org, row))
	_, err := s.member.UpdateCollection(ctx, s.org, shop, client.CollectionContent{Name: "Counter"})
	s.must(err)
	note.Name = "Renamed by the custom member"
	_, err = s.member.UpdateOrgItem(ctx, note)
	s.must(err)
	s.refuses("delete a collection", s.member.DeleteCollection(ctx, s.org, shop), http.StatusNotFound)
	_, err = s.member.CreateGroup(ctx, s.org, client.GroupContent{Name: "Mine"})
	s.refuses("make a group", err, http.StatusNotFound)
	if got := s.find(s.owner, memberEmail); got.Role != client.Custom || !got.Permissions["editAnyCollection"] || got.Permissions["manageGroups"] {
		t.Errorf("the list shows %v with %v", got.Role, got.Permissions)
	}
}

// Policies, domains, rules and the export, as the owner meets them.
func TestAdministrationOfAnOrganization(t *testing.T) {
	s := newStory(t)
	ctx := t.Context()
	s.shelve("Shop")

	preview, err := s.owner.PreviewPolicy(ctx, s.org, client.TwoFactorPolicy, nil)
	s.must(err)
	if len(preview.Members) != 1 || preview.Members[0].Email != memberEmail || preview.Members[0].Effect != "revoked" {
		t.Errorf("preview: %+v", preview)
	}
	s.must(s.owner.SetPolicy(ctx, s.org, client.DataOwnershipPolicy, true, nil))
	mine := item.View{Meta: item.Meta{Type: item.SecureNoteType}, Content: item.Content[string]{Name: "Mine"}}
	_, err = s.member.CreateItem(ctx, mine)
	s.refuses("an item of one's own", err, http.StatusBadRequest)
	policies, err := s.owner.Policies(ctx, s.org)
	s.must(err)
	on := map[client.PolicyType]bool{}
	for _, p := range policies {
		if p.Enabled {
			on[p.Type] = true
		}
	}
	want := map[client.PolicyType]bool{client.SingleOrganizationPolicy: true, client.DataOwnershipPolicy: true, client.RecoveryPolicy: true}
	if diff := cmp.Diff(want, on); diff != "" {
		t.Errorf("policies (-want +got):\n%s", diff)
	}

	domain, err := s.owner.ClaimDomain(ctx, s.org, "bakery.example.test")
	s.must(err)
	if domain.Record == "" || domain.Verified != nil {
		t.Errorf("claimed: %+v", domain)
	}
	domains, err := s.owner.ClaimedDomains(ctx, s.org)
	s.must(err)
	if len(domains) != 1 || domains[0].ID != domain.ID {
		t.Errorf("domains: %+v", domains)
	}
	s.must(s.owner.ReleaseDomain(ctx, s.org, domain.ID))

	export, err := s.owner.ExportOrg(ctx, s.org)
	s.must(err)
	if len(export.Collections) != 2 || len(export.Items) != 1 || export.Items[0].Name != "Note of Shop" || len(export.Unreadable) > 0 {
		t.Errorf("export: %+v", export)
	}
	_, err = s.provider.ExportOrg(ctx, s.org)
	s.refuses("export by the provider", err, http.StatusNotFound)
	s.refuses("the provider lets itself in", s.provider.SetProviderItemAccess(ctx, s.org, true), http.StatusNotFound)
	s.must(s.owner.SetProviderItemAccess(ctx, s.org, false))
	_, _, err = s.provider.OrgItems(ctx, s.org)
	s.refuses("items for the provider", err, http.StatusNotFound)

	yes := true
	s.must(s.owner.SetOrgRules(ctx, s.org, client.OrgRules{LimitCollectionCreation: &yes}))
	_, err = s.member.CreateCollection(ctx, s.org, client.CollectionContent{Name: "Mine", Members: []client.Access[client.MemberID]{{ID: s.row.ID, Manage: true}}})
	s.refuses("a collection made by a user", err, http.StatusNotFound)
}

// A directory names people by its own ids; a new key ends the old one.
func TestDirectory(t *testing.T) {
	s := newStory(t)
	ctx := t.Context()
	key, err := s.owner.OrgAPIKey(ctx, s.org, memberPassword)
	s.must(err)
	directory, err := s.server.OpenDirectory(ctx, key)
	s.must(err)
	in := client.DirectoryImport{
		Members: []client.DirectoryMember{{Email: memberEmail, ExternalID: "hr-7"}, {Email: "carl@example.test", ExternalID: "hr-8"}},
		Groups:  []client.DirectoryGroup{{Name: "Bakers", ExternalID: "hr-g", Members: []string{"hr-7", "hr-8"}}},
	}
	for range 2 { // the second time changes nothing
		s.must(directory.Import(ctx, in))
		if bea, carl := s.find(s.owner, memberEmail), s.find(s.owner, "carl@example.test"); bea.ExternalID != "hr-7" || bea.Status != client.Confirmed ||
			carl.ExternalID != "hr-8" || carl.Status != client.Invited || len(carl.Groups) != 1 {
			t.Errorf("after the import: %+v and %+v", bea, carl)
		}
	}
	_, err = s.member.OrgAPIKey(ctx, s.org, memberPassword)
	s.refuses("the key for a member", err, http.StatusNotFound)
	_, err = s.owner.RotateOrgAPIKey(ctx, s.org, memberPassword)
	s.must(err)
	s.refuses("import with a token of the old key", directory.Import(ctx, in), http.StatusUnauthorized)
	_, err = s.server.OpenDirectory(ctx, key)
	s.refuses("log in with the old key", err, http.StatusBadRequest)
}
