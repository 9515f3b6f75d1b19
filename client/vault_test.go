package client

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/client/item"
	"github.com/kastellan/kastellan/client/seal"
)

func login(name, password string) item.View {
	return item.View{Meta: item.Meta{Type: item.LoginType}, Content: item.Content[string]{
		Name: name, Login: &item.Login[string]{Password: password, URIs: []item.URI[string]{{URI: "https://shop.example.test"}}},
	}}
}

func mustSeal(t *testing.T, view item.View, owner seal.Key) item.Cipher {
	t.Helper()
	cipher, err := view.Seal(owner)
	if err != nil {
		t.Fatal(err)
	}
	return cipher
}

// Keys reach an account in three ways: its own, as a member, and through a
// provider. One broken item must not hide the others.
func TestSyncOpensWhatTheAccountWasGiven(t *testing.T) {
	f := newFake(t)
	s := f.session()
	user, private, err := s.keys()
	if err != nil {
		t.Fatal(err)
	}
	org, provider, client := seal.NewKey(), seal.NewKey(), seal.NewKey()
	orgFor, _ := private.Public().Encapsulate(org)
	providerFor, _ := private.Public().Encapsulate(provider)
	mine, theirs, broken := login("mine", "a"), login("theirs", "b"), login("broken", "c")
	mine.ID, theirs.ID, broken.ID, theirs.OrganizationID = "1", "2", "3", "o"
	f.on("GET /api/sync?excludeDomains=true", map[string]any{
		"profile": map[string]any{
			"id":                    testUser,
			"organizations":         []any{map[string]any{"id": "o", "key": orgFor}, map[string]any{"id": "bad", "key": "4.AAAA"}},
			"providers":             []any{map[string]any{"id": "p", "key": providerFor}},
			"providerOrganizations": []any{map[string]any{"id": "client", "providerId": "p", "key": provider.Wrap(client)}},
		},
		"folders":     []any{map[string]any{"id": "f", "name": user.EncryptText("Home")}},
		"collections": []any{map[string]any{"id": "c", "organizationId": "o", "name": org.EncryptText("Shared")}},
		"ciphers":     []any{mustSeal(t, mine, user), mustSeal(t, theirs, org), mustSeal(t, broken, seal.NewKey())},
	})
	vault, err := s.Sync(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, view := range vault.Items {
		names = append(names, view.Name)
	}
	names = append(names, vault.Folders[0].Name, vault.Collections[0].Name)
	if diff := cmp.Diff([]string{"mine", "theirs", "Home", "Shared"}, names); diff != "" {
		t.Error(diff)
	}
	if len(vault.Unreadable) != 1 || vault.Unreadable[0].ID != "3" || !errors.Is(vault.Unreadable[0].Err, seal.ErrDecrypt) {
		t.Errorf("unreadable: got %+v", vault.Unreadable)
	}
	if got, err := s.orgKey("client"); err != nil || got != client {
		t.Errorf("client of the provider: %v", err)
	}
	if _, err := s.orgKey("bad"); !errors.Is(err, ErrNoKey) {
		t.Errorf("bad key: got %v, want %v", err, ErrNoKey)
	}
}

func TestItemRequests(t *testing.T) {
	f := newFake(t)
	s := f.session()
	user, _, _ := s.keys()
	org := seal.NewKey()
	s.keepOrgKey("o", org)

	// The fake gives back what it was sent, as the server would.
	echo := func(w http.ResponseWriter, r *http.Request) {
		f.mu.Lock()
		body := f.asked[len(f.asked)-1].body
		f.mu.Unlock()
		var wrapped struct {
			Cipher json.RawMessage `json:"cipher"`
		}
		json.Unmarshal([]byte(body), &wrapped)
		if wrapped.Cipher != nil {
			body = string(wrapped.Cipher)
		}
		io.WriteString(w, strings.Replace(body, "{", `{"id":"new",`, 1))
	}
	f.handle("POST /api/ciphers", echo)
	f.handle("POST /api/ciphers/create", echo)
	f.handle("POST /api/ciphers/admin", echo)
	f.handle("PUT /api/ciphers/new/share", echo)

	created, err := s.CreateItem(t.Context(), login("secret name", "secret password"))
	if err != nil {
		t.Fatal(err)
	}
	if created.ID != "new" || created.Name != "secret name" || created.Login.Password != "secret password" || len(created.Login.URIs) != 1 {
		t.Errorf("got %+v", created)
	}
	if created.Key == "" {
		t.Error("the item has no key of its own though the server offers it")
	}
	shared := login("secret name", "secret password")
	shared.OrganizationID, shared.CollectionIDs = "o", []CollectionID{"c"}
	for route, create := range map[string]func() (item.View, error){
		"POST /api/ciphers/create": func() (item.View, error) { return s.CreateItem(t.Context(), shared) },
		"POST /api/ciphers/admin":  func() (item.View, error) { return s.CreateOrgItem(t.Context(), shared) },
		"PUT /api/ciphers/new/share": func() (item.View, error) {
			return s.ShareItem(t.Context(), created, "o", []CollectionID{"c"})
		},
	} {
		if _, err := create(); err != nil {
			t.Errorf("%s: %v", route, err)
			continue
		}
		var body struct {
			Cipher      item.Cipher
			Collections []CollectionID `json:"collectionIds"`
		}
		f.last(route, &body)
		if view, err := body.Cipher.Open(org); err != nil || view.Name != "secret name" {
			t.Errorf("%s: not under the organization's key: %v", route, err)
		}
		if _, err := body.Cipher.Open(user); err == nil {
			t.Errorf("%s: still opens with the user's key", route)
		}
		if diff := cmp.Diff([]CollectionID{"c"}, body.Collections); diff != "" {
			t.Errorf("%s: %s", route, diff)
		}
	}
	stranger := shared
	stranger.OrganizationID = "unknown"
	if _, err := s.CreateItem(t.Context(), stranger); !errors.Is(err, ErrNoKey) {
		t.Errorf("organization without key: got %v, want %v", err, ErrNoKey)
	}
	f.neverSaid("secret name", "secret password", "shop.example.test")
}

func TestImport(t *testing.T) {
	f := newFake(t)
	s := f.session()
	user, _, _ := s.keys()
	f.on("POST /api/ciphers/import", nil)
	old := login("b", "p")
	old.ID, old.Key = "old-id", "2.foreign|key|x"
	in := Import{Names: []string{"secret folder"}, Items: []item.View{login("a", "p"), old}, Into: map[int]int{1: 0}}
	if err := s.Import(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	var body struct {
		Ciphers   []item.Cipher
		Folders   []struct{ Name seal.EncString }
		Relations []relation `json:"folderRelationships"`
	}
	f.last("POST /api/ciphers/import", &body)
	if diff := cmp.Diff([]relation{{Item: 1, Into: 0}}, body.Relations); diff != "" {
		t.Error(diff)
	}
	if name, err := user.DecryptText(body.Folders[0].Name); err != nil || name != "secret folder" {
		t.Errorf("folder: got %q, %v", name, err)
	}
	if view, err := body.Ciphers[1].Open(user); err != nil || view.Name != "b" || view.ID != "" {
		t.Errorf("item: got %+v, %v", view, err)
	}
	f.neverSaid("secret folder", "old-id")
}
