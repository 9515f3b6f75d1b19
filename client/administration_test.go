package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client/seal"
)

// sent is the body of the last request to a route, as a decoded value.
func (f *fake) sent(route string) (value any) {
	f.t.Helper()
	var raw json.RawMessage
	f.last(route, &raw)
	if err := json.Unmarshal(raw, &value); err != nil {
		f.t.Fatal(err)
	}
	return value
}

type m = map[string]any

// What is left out of a request means "keep" to some servers: groups always say all.
func TestGroupRequests(t *testing.T) {
	f := newFake(t)
	s := f.session()
	f.on("POST /api/organizations/o/groups", m{"id": "g"})
	f.on("PUT /api/organizations/o/groups/g", m{"id": "g"})
	f.on("DELETE /api/organizations/o/groups/g", nil)
	f.on("DELETE /api/organizations/o/groups/g/user/m", nil)
	f.on("GET /api/organizations/o/groups/details", m{"data": []m{{
		"id": "g", "name": "Bakers", "externalId": nil, "users": []string{"m"},
		"collections": []m{{"id": "c", "readOnly": true, "hidePasswords": false, "manage": false}},
	}}})
	id, err := s.CreateGroup(t.Context(), "o", GroupContent{Name: "Bakers"})
	if err != nil || id != "g" {
		t.Fatalf("got %q, %v", id, err)
	}
	want := m{"name": "Bakers", "collections": []any{}, "users": []any{}}
	if diff := cmp.Diff(any(want), f.sent("POST /api/organizations/o/groups")); diff != "" {
		t.Errorf("create: %s", diff)
	}
	content := GroupContent{Name: "Bakers", ExternalID: "x", Members: []MemberID{"m"}, Collections: []Access[CollectionID]{{ID: "c", Manage: true}}}
	if err := s.UpdateGroup(t.Context(), "o", "g", content); err != nil {
		t.Fatal(err)
	}
	want = m{"name": "Bakers", "externalId": "x", "users": []any{"m"}, "collections": []any{
		m{"id": "c", "readOnly": false, "hidePasswords": false, "manage": true},
	}}
	if diff := cmp.Diff(any(want), f.sent("PUT /api/organizations/o/groups/g")); diff != "" {
		t.Errorf("update: %s", diff)
	}
	groups, err := s.Groups(t.Context(), "o")
	if err != nil {
		t.Fatal(err)
	}
	read := []Group{{ID: "g", Name: "Bakers", Members: []MemberID{"m"}, Collections: []Access[CollectionID]{{ID: "c", ReadOnly: true}}}}
	if diff := cmp.Diff(read, groups); diff != "" {
		t.Errorf("list: %s", diff)
	}
	if err := errors.Join(s.LeaveGroup(t.Context(), "o", "g", "m"), s.DeleteGroup(t.Context(), "o", "g")); err != nil {
		t.Error(err)
	}
}

func TestPolicyRequests(t *testing.T) {
	f := newFake(t)
	s := f.session()
	f.on("PUT /api/organizations/o/policies/1", nil)
	f.on("POST /api/organizations/o/policies/3/preview", m{"blockedBy": nil, "members": []m{
		{"organizationUserId": "m", "name": nil, "email": "bea@example.test", "effect": "revoked"},
	}})
	f.on("GET /api/organizations/o/policies", m{"data": []m{
		{"type": 1, "enabled": true, "data": m{"minLength": 14}, "canToggleState": true, "revisionDate": "2026-01-02T03:04:05Z"},
		{"type": 3, "enabled": false, "data": nil, "canToggleState": false, "revisionDate": nil},
	}})
	if err := s.SetPolicy(t.Context(), "o", MasterPasswordPolicy, true, m{"minLength": 14}); err != nil {
		t.Fatal(err)
	}
	want := m{"type": 1.0, "enabled": true, "data": m{"minLength": 14.0}}
	if diff := cmp.Diff(any(want), f.sent("PUT /api/organizations/o/policies/1")); diff != "" {
		t.Error(diff)
	}
	preview, err := s.PreviewPolicy(t.Context(), "o", SingleOrganizationPolicy, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(PolicyPreview{Members: []AffectedMember{{ID: "m", Email: "bea@example.test", Effect: "revoked"}}}, preview); diff != "" {
		t.Errorf("preview: %s", diff)
	}
	policies, err := s.Policies(t.Context(), "o")
	if err != nil || len(policies) != 2 {
		t.Fatalf("got %v, %v", policies, err)
	}
	if p := policies[0]; p.Type != MasterPasswordPolicy || !p.Enabled || p.Data["minLength"] != 14.0 || !p.CanToggle || p.Revised.IsZero() {
		t.Errorf("first: %+v", p)
	}
	if p := policies[1]; p.Type != SingleOrganizationPolicy || p.Enabled || p.Data != nil || p.CanToggle || !p.Revised.IsZero() {
		t.Errorf("second: %+v", p)
	}
}

func TestPermit(t *testing.T) {
	f := newFake(t)
	s := f.session()
	f.on("POST /api/organizations/o/users/invite", nil)
	in := Invitation{Emails: []string{"a@example.test"}, Role: Custom, Permissions: Permit(EditAnyCollection, ManageUsers)}
	if err := s.InviteMembers(t.Context(), "o", in); err != nil {
		t.Fatal(err)
	}
	want := m{
		"emails": []any{"a@example.test"}, "type": 4.0, "collections": []any{}, "groups": []any{},
		"permissions": m{"editAnyCollection": true, "manageUsers": true},
	}
	if diff := cmp.Diff(any(want), f.sent("POST /api/organizations/o/users/invite")); diff != "" {
		t.Error(diff)
	}
}

// One item that cannot be read must not keep the others from being taken along.
func TestExportOrg(t *testing.T) {
	f := newFake(t)
	s := f.session()
	if _, err := s.ExportOrg(t.Context(), "o"); !errors.Is(err, ErrNoKey) {
		t.Errorf("organization without key: got %v, want %v", err, ErrNoKey)
	}
	org := seal.NewKey()
	s.keepOrgKey("o", org)
	good, broken := login("theirs", "b"), login("broken", "c")
	good.ID, good.OrganizationID, broken.ID, broken.OrganizationID = "1", "o", "2", "o"
	f.on("GET /api/organizations/o/export", m{
		"collections": []m{{"id": "c", "organizationId": "o", "name": org.EncryptText("Shared"), "externalId": "x"}},
		"ciphers":     []any{mustSeal(t, good, org), mustSeal(t, broken, seal.NewKey())},
	})
	export, err := s.ExportOrg(t.Context(), "o")
	if err != nil {
		t.Fatal(err)
	}
	if len(export.Items) != 1 || export.Items[0].Name != "theirs" || len(export.Unreadable) != 1 || export.Unreadable[0].ID != "2" {
		t.Errorf("items %+v, unreadable %+v", export.Items, export.Unreadable)
	}
	if diff := cmp.Diff([]Collection{{ID: "c", OrganizationID: "o", Name: "Shared", ExternalID: "x"}}, export.Collections); diff != "" {
		t.Error(diff)
	}
}

func TestOrgAPIKeyAndDirectory(t *testing.T) {
	f := newFake(t)
	s := f.session()
	f.on("POST /api/organizations/o/api-key", m{"apiKey": "the-secret"})
	f.on("POST /api/organizations/o/rotate-api-key", m{"apiKey": "another"})
	key, err := s.OrgAPIKey(t.Context(), "o", testPassword)
	if want := (APIKey{ClientID: "organization.o", Secret: "the-secret"}); err != nil || key != want {
		t.Fatalf("got %q %q, %v", key.ClientID, key.Secret, err)
	}
	if rotated, err := s.RotateOrgAPIKey(t.Context(), "o", testPassword); err != nil || rotated.Secret != "another" {
		t.Errorf("rotated: %q, %v", rotated.Secret, err)
	}
	f.neverSaid(testPassword)

	var grants []string
	f.handle("POST /identity/connect/token", func(w http.ResponseWriter, _ *http.Request) {
		f.mu.Lock()
		grants = append(grants, f.asked[len(f.asked)-1].body)
		f.mu.Unlock()
		fmt.Fprintf(w, `{"access_token":"of-the-organization-%d","expires_in":%d}`, len(grants), 30)
	})
	f.on("POST /api/public/organization/import", nil)
	directory, err := f.client().OpenDirectory(t.Context(), key)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%v %+v %#v %s", directory, directory, directory, directory); strings.Contains(got, "secret") || strings.Contains(got, "of-the-organization") {
		t.Errorf("a directory prints %q", got)
	}
	if err := directory.Import(t.Context(), DirectoryImport{Members: []DirectoryMember{{Email: "a@example.test", ExternalID: "x"}}}); err != nil {
		t.Fatal(err)
	}
	want := m{
		"groups": []any{}, "overwriteExisting": false, "largeImport": false,
		"members": []any{m{"email": "a@example.test", "externalId": "x", "deleted": false}},
	}
	if diff := cmp.Diff(any(want), f.sent("POST /api/public/organization/import")); diff != "" {
		t.Error(diff)
	}
	if last := f.asked[len(f.asked)-1]; last.auth != "Bearer of-the-organization-2" {
		t.Errorf("a token that is about to end was used: %s", last.auth)
	}
	if !strings.Contains(grants[0], "scope=api.organization") || !strings.Contains(grants[0], "client_id=organization.o") {
		t.Errorf("log-in: %s", grants[0])
	}
}

func TestDomainAndSettingsRequests(t *testing.T) {
	f := newFake(t)
	s := f.session()
	f.on("POST /api/organizations/o/domain", m{"id": "d", "domainName": "bakery.example.test", "txt": "record", "verifiedDate": nil})
	f.on("POST /api/organizations/o/domain/d/verify", m{"id": "d", "domainName": "bakery.example.test", "verifiedDate": "2026-01-02T03:04:05Z"})
	f.on("GET /api/organizations/o/domain", m{"data": []m{{"id": "d"}}})
	f.on("DELETE /api/organizations/o/domain/d", nil)
	domain, err := s.ClaimDomain(t.Context(), "o", "bakery.example.test")
	if want := (ClaimedDomain{ID: "d", Name: "bakery.example.test", Record: "record"}); err != nil || domain != want {
		t.Fatalf("got %+v, %v", domain, err)
	}
	if diff := cmp.Diff(any(m{"domainName": "bakery.example.test"}), f.sent("POST /api/organizations/o/domain")); diff != "" {
		t.Error(diff)
	}
	if domain, err = s.VerifyDomain(t.Context(), "o", "d"); err != nil || domain.Verified == nil {
		t.Errorf("verify: %+v, %v", domain, err)
	}
	if list, err := s.ClaimedDomains(t.Context(), "o"); err != nil || len(list) != 1 || list[0].ID != "d" {
		t.Errorf("list: %+v, %v", list, err)
	}
	if err := s.ReleaseDomain(t.Context(), "o", "d"); err != nil {
		t.Error(err)
	}

	f.on("PUT /api/organizations/o/collection-management", nil)
	f.on("PUT /api/organizations/o/provider-access", nil)
	no := false
	if err := s.SetOrgRules(t.Context(), "o", OrgRules{LimitItemDeletion: &no}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(any(m{"limitItemDeletion": false}), f.sent("PUT /api/organizations/o/collection-management")); diff != "" {
		t.Errorf("rules that nobody named: %s", diff)
	}
	if err := s.SetProviderItemAccess(t.Context(), "o", false); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(any(m{"providerItemAccess": false}), f.sent("PUT /api/organizations/o/provider-access")); diff != "" {
		t.Error(diff)
	}
}
