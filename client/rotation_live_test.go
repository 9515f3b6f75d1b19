package client_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/attachment"
	"github.com/kastellan/kastellan/client/internal/live"
	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
	"github.com/kastellan/kastellan/client/send"
)

// The key of an account with items of both kinds, their files, a shared item, Sends
// and other sessions is replaced on the real server, twice.
func TestRotateKeys(t *testing.T) {
	ctx := t.Context()
	c := live.Run(t, "KASTELLAN_REGISTRATION=open").Client(t)
	register(t, c, seal.DefaultKDF)
	s := login(t, c, password)
	if err := s.ReportKeyID(ctx); err != nil {
		t.Fatal(err)
	}
	if err := s.Import(ctx, everything()); err != nil {
		t.Fatal(err)
	}
	withoutOwnKey(t, s)
	attach(t, s)
	links := sendSome(t, s)
	shared := share(t, s)
	key, err := s.APIKey(ctx, password)
	if err != nil {
		t.Fatal(err)
	}
	byKey, err := c.On(client.NewDevice()).LoginAPIKey(ctx, key, password)
	if err != nil {
		t.Fatal(err)
	}
	var refusal *client.Error
	if err := s.RotateKeys(ctx, "wrong"); !errors.As(err, &refusal) || refusal.Status != http.StatusBadRequest {
		t.Errorf("a wrong password: got %v", err)
	}
	other := login(t, c.On(client.NewDevice()), password)
	for range 2 {
		if err := s.RotateKeys(ctx, password); err != nil {
			t.Fatal(err)
		}
		if _, err := other.Sync(ctx); !errors.As(err, &refusal) {
			t.Errorf("another session still works: %v", err)
		}
		s, other = login(t, c, password), login(t, c.On(client.NewDevice()), password)
		checkRotated(t, s, shared)
		checkFiles(t, s)
		checkSends(t, s, links)
	}
	// An API key outlives the sessions, but what it seals with the old key is refused.
	if _, err := byKey.CreateItem(ctx, everything().Items[0]); !errors.As(err, &refusal) || refusal.Status != http.StatusBadRequest {
		t.Errorf("an item under the old key: got %v", err)
	}
}

// withoutOwnKey puts one item directly under the user key, as old ones are.
func withoutOwnKey(t *testing.T, s *client.Session) {
	t.Helper()
	vault, err := s.Sync(t.Context())
	if err != nil || vault.Items[0].Key == "" {
		t.Fatalf("sync: %v", err)
	}
	vault.Items[0].Key = ""
	if view, err := s.UpdateItem(t.Context(), vault.Items[0]); err != nil || view.Key != "" {
		t.Fatalf("update: %v", err)
	}
}

// attach puts a file at the item without a key of its own, and at one with.
func attach(t *testing.T, s *client.Session) {
	t.Helper()
	vault, err := s.Sync(t.Context())
	if err != nil || vault.Items[0].Key != "" || vault.Items[1].Key == "" {
		t.Fatalf("sync: %v", err)
	}
	for _, view := range vault.Items[:2] {
		if _, err := attachment.Of(s).Add(t.Context(), view, "plan.txt", []byte("the plan")); err != nil {
			t.Fatal(err)
		}
	}
}

func checkFiles(t *testing.T, s *client.Session) {
	t.Helper()
	vault, err := s.Sync(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, view := range vault.Items {
		for _, file := range view.Attachments {
			files++
			body, err := attachment.Of(s).Open(t.Context(), view, file.ID)
			if err != nil || string(body) != "the plan" || file.FileName != "plan.txt" {
				t.Errorf("%q: got %q, %v", file.FileName, body, err)
			}
		}
	}
	if files != 2 {
		t.Errorf("%d files, want 2", files)
	}
}

// sendSome makes a text with a password, and a file.
func sendSome(t *testing.T, s *client.Session) []send.Link {
	t.Helper()
	sends, tomorrow := send.Of(s), time.Now().Add(24*time.Hour)
	text, err := sends.Create(t.Context(), send.Send{Name: "Text", Notes: "mine", Text: "the text", Password: "sesame", Deletion: tomorrow})
	if err != nil {
		t.Fatal(err)
	}
	file, err := sends.CreateFile(t.Context(), send.Send{Name: "File", Deletion: tomorrow}, "plan.txt", []byte("the plan"))
	if err != nil {
		t.Fatal(err)
	}
	return []send.Link{sends.Link(text), sends.Link(file)}
}

// checkSends opens them as their owner, and by the links that were given away.
func checkSends(t *testing.T, s *client.Session, links []send.Link) {
	t.Helper()
	list, err := send.Of(s).List(t.Context())
	if err != nil || len(list) != len(links) {
		t.Fatalf("%d Sends, %v", len(list), err)
	}
	for _, own := range list {
		if link := send.Of(s).Link(own); link != links[0] && link != links[1] {
			t.Errorf("%s has another link", own.Name)
		}
	}
	if _, err := links[0].Open(t.Context(), nil, send.Proof{}); !errors.Is(err, send.ErrPasswordNeeded) {
		t.Errorf("without the password: got %v", err)
	}
	if got, err := links[0].Open(t.Context(), nil, send.Proof{Password: "sesame"}); err != nil || got.Text != "the text" {
		t.Errorf("the text: got %q, %v", got.Text, err)
	}
	got, err := links[1].Open(t.Context(), nil, send.Proof{})
	if err != nil {
		t.Fatal(err)
	}
	if body, err := got.Download(t.Context()); err != nil || string(body) != "the plan" {
		t.Errorf("the file: got %q, %v", body, err)
	}
}

// share founds an organization with one item.
func share(t *testing.T, s *client.Session) client.ItemID {
	t.Helper()
	org, err := s.CreateOrganization(t.Context(), client.NewOrganization{Name: "Ann's", BillingEmail: email, Collection: "All"})
	if err != nil {
		t.Fatal(err)
	}
	collections, err := s.Collections(t.Context(), org)
	if err != nil || len(collections) != 1 {
		t.Fatalf("collections: %+v, %v", collections, err)
	}
	view := everything().Items[0]
	view.OrganizationID, view.CollectionIDs = org, []item.CollectionID{collections[0].ID}
	if view, err = s.CreateItem(t.Context(), view); err != nil {
		t.Fatal(err)
	}
	return view.ID
}

func checkRotated(t *testing.T, s *client.Session, shared client.ItemID) {
	t.Helper()
	vault, err := s.Sync(t.Context())
	if err != nil || len(vault.Unreadable) > 0 {
		t.Fatalf("sync: %v, %v", vault.Unreadable, err)
	}
	found := false
	for _, view := range vault.Items {
		found = found || view.ID == shared
		if view.Name != "Item" || view.Notes != "Ä note" || view.Fields[0].Value != "1234" {
			t.Errorf("item %s: got %+v", view.ID, view.Content)
		}
		if view.OrganizationID == "" && (view.FolderID == vault.Folders[0].ID) != (view.Type%2 == 0) {
			t.Errorf("item %s: its folder changed", view.ID)
		}
	}
	if len(vault.Items) != int(item.PassportType)+1 || !found || vault.Folders[0].Name != "Home" {
		t.Errorf("%d items, the shared one: %v, folders %+v", len(vault.Items), found, vault.Folders)
	}
}
