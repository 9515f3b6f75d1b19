package client_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/internal/live"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
)

const email, password = "Ann.Alder@example.test", "the first password"

func register(t *testing.T, c *client.Client, kdf seal.KDF) {
	t.Helper()
	token, err := c.RequestRegistration(t.Context(), email, "Ann Alder")
	if err != nil || token == "" {
		t.Fatalf("a server without mail gives the token at once: %v", err)
	}
	r := client.Registration{Email: email, Password: password, KDF: kdf, Proof: client.Proof{EmailToken: token}}
	if err := c.Register(t.Context(), r); err != nil {
		t.Fatal(err)
	}
}

func login(t *testing.T, c *client.Client, password string) *client.Session {
	t.Helper()
	s, err := c.Login(t.Context(), client.Credentials{Email: email, Password: password})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The life of one account on the real server, from its registration to its end.
func TestLifeOfAnAccount(t *testing.T) {
	ctx := t.Context()
	c := live.Run(t, "KASTELLAN_REGISTRATION=open").Client(t)
	register(t, c, seal.DefaultKDF)
	s := login(t, c, password)
	if err := s.ReportKeyID(ctx); err != nil {
		t.Error(err)
	}
	if err := s.Import(ctx, everything()); err != nil {
		t.Fatal(err)
	}
	checkVault(t, s)

	if err := s.ChangePassword(ctx, "wrong", "second password", ""); err == nil {
		t.Error("a wrong old password was taken")
	}
	if err := s.ChangePassword(ctx, password, "the second password", "first, then second"); err != nil {
		t.Fatal(err)
	}
	var refusal *client.Error
	if _, err := s.Sync(ctx); !errors.As(err, &refusal) {
		t.Errorf("the old session still works: %v", err)
	}
	if _, err := c.Login(ctx, client.Credentials{Email: email, Password: password}); !errors.As(err, &refusal) || refusal.Code != "invalid_grant" {
		t.Errorf("the old password: got %v", err)
	}
	s = login(t, c, "the second password")
	if err := s.ChangeKDF(ctx, "the second password", seal.KDF{Type: seal.Argon2id, Iterations: 3, Memory: 64, Parallelism: 4}); err != nil {
		t.Fatal(err)
	}
	s = login(t, c, "the second password")
	checkVault(t, s)
	checkAPIKey(t, c, s)

	if err := s.DeleteAccount(ctx, "the second password"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Login(ctx, client.Credentials{Email: email, Password: "the second password"}); !errors.As(err, &refusal) {
		t.Errorf("the account is still there: %v", err)
	}
}

// everything is one item of each kind, each second one in a folder.
func everything() client.Import {
	in := client.Import{Names: []string{"Home"}, Into: map[int]int{}}
	for kind := item.LoginType; kind <= item.PassportType; kind++ {
		view := item.View{Meta: item.Meta{Type: kind}, Content: item.Content[string]{Name: "Item", Notes: "Ä note", Fields: []item.Field[string]{{Type: item.HiddenField, Name: "PIN", Value: "1234"}}}}
		switch kind {
		case item.LoginType:
			view.Login = &item.Login[string]{Username: "ann", Password: "pw", URIs: []item.URI[string]{{URI: "https://shop.example.test"}}}
		case item.CardType:
			view.Card = &item.Card[string]{Number: "4111111111111111"}
		case item.IdentityType:
			view.Identity = &item.Identity[string]{FirstName: "Ann"}
		case item.SSHKeyType:
			view.SSHKey = &item.SSHKey[string]{PrivateKey: "private", PublicKey: "public", Fingerprint: "SHA256:x"}
		case item.BankAccountType:
			view.BankAccount = &item.BankAccount[string]{IBAN: "DE00"}
		case item.DriversLicenseType:
			view.DriversLicense = &item.DriversLicense[string]{LicenseNumber: "1"}
		case item.PassportType:
			view.Passport = &item.Passport[string]{PassportNumber: "2"}
		default: // a note has no part of its own
		}
		if kind%2 == 0 {
			in.Into[len(in.Items)] = 0
		}
		in.Items = append(in.Items, view)
	}
	return in
}

func checkVault(t *testing.T, s *client.Session) {
	t.Helper()
	vault, err := s.Sync(t.Context())
	if err != nil || len(vault.Unreadable) > 0 {
		t.Fatalf("sync: %v, %v", vault.Unreadable, err)
	}
	if vault.Profile.Name != "Ann Alder" || vault.Profile.Email != strings.ToLower(email) || vault.Profile.ID != s.UserID {
		t.Errorf("profile: got %+v", vault.Profile)
	}
	if len(vault.Folders) != 1 || vault.Folders[0].Name != "Home" {
		t.Errorf("folders: got %+v", vault.Folders)
	}
	kinds := make(map[item.Type]bool)
	for _, view := range vault.Items {
		kinds[view.Type] = true
		if view.Name != "Item" || view.Notes != "Ä note" || view.Fields[0].Value != "1234" {
			t.Errorf("type %d: got %+v", view.Type, view.Content)
		}
		if inFolder := view.FolderID == vault.Folders[0].ID; inFolder != (view.Type%2 == 0) {
			t.Errorf("type %d: in the folder: %v", view.Type, inFolder)
		}
	}
	if len(kinds) != int(item.PassportType) || len(vault.Items) != len(kinds) {
		t.Errorf("got %d items of %d kinds, want one of each of %d", len(vault.Items), len(kinds), item.PassportType)
	}
}

func checkAPIKey(t *testing.T, c *client.Client, s *client.Session) {
	t.Helper()
	key, err := s.APIKey(t.Context(), "the second password")
	if err != nil {
		t.Fatal(err)
	}
	own, err := c.On(client.NewDevice()).LoginAPIKey(t.Context(), key, "the second password")
	if err != nil {
		t.Fatal(err)
	}
	if err := own.Refresh(t.Context()); err != nil {
		t.Error(err)
	}
	checkVault(t, own)
	if _, err := s.RotateAPIKey(t.Context(), "the second password"); err != nil {
		t.Fatal(err)
	}
	var refusal *client.Error
	if _, err := c.LoginAPIKey(t.Context(), key, "the second password"); !errors.As(err, &refusal) || refusal.Code != "invalid_client" {
		t.Errorf("the replaced key: got %v", err)
	}
}

// Administrators' ways to items, and how members come and go, as far as the story
// of the demo does not tell it.
func TestLifeOfAClientOrganization(t *testing.T) {
	ctx := t.Context()
	server := live.Run(t)
	c := server.Client(t)
	link, err := client.ParseLink(server.SetUpLink(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Register(ctx, client.Registration{Email: email, Name: "Ann Alder", Password: password, Proof: client.Proof{Link: link}}); err != nil {
		t.Fatal(err)
	}
	s := login(t, c, password)
	if err := s.SetUpProvider(ctx, link, client.ProviderDetails{Name: "Example MSP", BillingEmail: email}); err != nil {
		t.Fatal(err)
	}
	var refusal *client.Error
	if err := s.SetUpProvider(ctx, link, client.ProviderDetails{Name: "Again", BillingEmail: email}); !errors.As(err, &refusal) || refusal.Status != http.StatusBadRequest {
		t.Errorf("setting up twice: got %v", err)
	}
	created, err := s.CreateClient(ctx, link.ProviderID, client.NewClient{Name: "Example Bakery", OwnerEmail: "owner@example.test", Plan: client.Teams, Seats: 3, Collection: "Everybody"})
	if err != nil {
		t.Fatal(err)
	}
	org := created.OrganizationID
	s = login(t, c, password) // the key must come back from the server, not from the session
	if _, err := s.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	collections, err := s.Collections(ctx, org)
	if err != nil || len(collections) != 1 || collections[0].Name != "Everybody" {
		t.Fatalf("collections: got %+v, %v", collections, err)
	}
	workWithItems(t, s, org, collections[0].ID)

	if err := s.ChangeClient(ctx, link.ProviderID, created.ID, "Example Bakery and Café", 2); err != nil {
		t.Error(err)
	}
	invitation := client.Invitation{Emails: []string{"b@example.test"}, Role: client.User}
	if err := s.InviteMembers(ctx, org, invitation); err != nil {
		t.Fatal(err)
	}
	invitation.Emails = []string{"c@example.test"}
	if err := s.InviteMembers(ctx, org, invitation); !errors.As(err, &refusal) || refusal.Status != http.StatusBadRequest || !strings.Contains(refusal.Error(), "seats") {
		t.Errorf("more people than seats: got %v", err)
	}
	members, err := s.Members(ctx, org)
	if err != nil || len(members) != 2 {
		t.Fatalf("members: %+v, %v", members, err)
	}
	for _, member := range members {
		if member.Email == "b@example.test" {
			if err := s.RemoveMember(ctx, org, member.ID); err != nil {
				t.Error(err)
			}
		}
	}
	clients, err := s.Clients(ctx, link.ProviderID)
	if err != nil || len(clients) != 1 || clients[0].Name != "Example Bakery and Café" || clients[0].OccupiedSeats != 1 {
		t.Errorf("clients: got %+v, %v", clients, err)
	}
}

func workWithItems(t *testing.T, s *client.Session, org client.OrgID, collection client.CollectionID) {
	t.Helper()
	ctx := t.Context()
	if err := s.ImportOrg(ctx, org, client.Import{Names: []string{"Imported"}, Items: everything().Items, Into: map[int]int{0: 0}}); err != nil {
		t.Fatal(err)
	}
	view := everything().Items[0]
	view.OrganizationID, view.CollectionIDs = org, []item.CollectionID{collection}
	view, err := s.CreateOrgItem(ctx, view)
	if err != nil {
		t.Fatal(err)
	}
	view.Name = "Renamed"
	if view, err = s.UpdateOrgItem(ctx, view); err != nil || view.Name != "Renamed" {
		t.Fatalf("update: %v", err)
	}
	if err := s.TrashOrgItem(ctx, view.ID); err != nil {
		t.Error(err)
	}
	if view, err = s.RestoreOrgItem(ctx, view.ID); err != nil || view.Deleted() {
		t.Errorf("restore: %v", err)
	}
	collections, err := s.Collections(ctx, org)
	if err != nil || len(collections) != 2 {
		t.Fatalf("collections after the import: %+v, %v", collections, err)
	}
	if err := s.SetOrgItemCollections(ctx, view.ID, []item.CollectionID{collections[0].ID, collections[1].ID}); err != nil {
		t.Error(err)
	}
	views, unreadable, err := s.OrgItems(ctx, org)
	if err != nil || len(unreadable) > 0 || len(views) != 9 {
		t.Fatalf("%d items, %v, %v, want 9", len(views), unreadable, err)
	}
	if err := s.DeleteOrgItem(ctx, view.ID); err != nil {
		t.Error(err)
	}
	if _, err := s.UpdateOrgItem(ctx, view); !client.IsNotFound(err) {
		t.Errorf("a deleted item: got %v", err)
	}
}
