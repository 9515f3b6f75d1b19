//go:build compat

package compat

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/compat/realserver"
)

func TestItem(t *testing.T) { onBothDatabases(t, testItem) }

// testItem works in one installation and looks with a second one, which knows only what the server stored.
func testItem(t *testing.T, s *realserver.Server) {
	ada := register(t, s, "ada")
	desk, phone := install(t, s), install(t, s)
	desk.login(t, ada)
	phone.login(t, ada)
	items := fixtures(t)

	t.Run("the life of an item", func(t *testing.T) { testLife(t, desk, phone, items["login"]) })
	t.Run("every type", func(t *testing.T) { testEveryType(t, desk, phone, items) })
	t.Run("folders", func(t *testing.T) { testFolders(t, desk, phone) })
	t.Run("archive", func(t *testing.T) { testArchive(t, desk, phone) })
	t.Run("search and single facts", func(t *testing.T) { testFind(t, desk) })
}

func testLife(t *testing.T, desk, phone *bw, login map[string]any) {
	made := desk.object(t, "create", "item", encode(t, login))
	id := made["id"].(string)
	mustHold(t, "created", login, made)

	phone.says(t, "Syncing complete.", "sync")
	mustHold(t, "seen by the second installation", login, phone.object(t, "get", "item", id))

	changed := with(login, "name", "Router in the cellar")
	mustHold(t, "edited", changed, phone.object(t, "edit", "item", id, encode(t, changed)))
	desk.says(t, "Syncing complete.", "sync")
	mustHold(t, "seen by the first installation", changed, desk.object(t, "get", "item", id))

	desk.must(t, "delete", "item", id)
	phone.must(t, "sync")
	if got := phone.list(t, "items"); len(got) != 0 {
		t.Errorf("a deleted item is still listed: %v", names(got))
	}
	if diff := cmp.Diff([]string{"Router in the cellar"}, names(phone.list(t, "items", "--trash"))); diff != "" {
		t.Errorf("trash (-want +got):\n%s", diff)
	}
	phone.must(t, "restore", "item", id)
	desk.must(t, "sync")
	mustHold(t, "restored", changed, desk.object(t, "get", "item", id))

	desk.must(t, "delete", "item", id, "--permanent")
	phone.must(t, "sync")
	if got := phone.fails(t, "get", "item", id); got != "Not found." {
		t.Errorf("a purged item: %q, want Not found.", got)
	}
}

func testEveryType(t *testing.T, desk, phone *bw, items map[string]map[string]any) {
	for name, item := range items {
		made := desk.object(t, "create", "item", encode(t, item))
		mustHold(t, "created "+name, item, made)
	}
	phone.must(t, "sync")
	listed := phone.list(t, "items")
	for name, item := range items {
		i := slices.IndexFunc(listed, func(got map[string]any) bool { return got["name"] == item["name"] })
		if i < 0 {
			t.Errorf("the second installation does not list the %s", name)
			continue
		}
		mustHold(t, "listed "+name, item, listed[i])
	}
	favourites := slices.DeleteFunc(listed, func(item map[string]any) bool { return item["favorite"] != true })
	if diff := cmp.Diff([]string{items["login"]["name"].(string)}, names(favourites)); diff != "" {
		t.Errorf("favourites (-want +got):\n%s", diff)
	}
}

func testFolders(t *testing.T, desk, phone *bw) {
	made := desk.object(t, "create", "folder", encode(t, map[string]any{"name": "Servers/North"}))
	id := made["id"].(string)
	item := desk.object(t, "create", "item", encode(t, map[string]any{
		"type": 2, "name": "In a folder", "folderId": id, "secureNote": map[string]any{"type": 0},
	}))
	phone.must(t, "sync")
	if diff := cmp.Diff([]string{"In a folder"}, names(phone.list(t, "items", "--folderid", id))); diff != "" {
		t.Errorf("items of the folder (-want +got):\n%s", diff)
	}
	phone.object(t, "edit", "folder", id, encode(t, map[string]any{"name": "Servers/South"}))
	desk.must(t, "sync")
	mustHold(t, "folder", map[string]any{"name": "Servers/South"}, desk.object(t, "get", "folder", id))
	desk.must(t, "delete", "folder", id)
	phone.must(t, "sync")
	if diff := cmp.Diff([]string{"No Folder"}, names(phone.list(t, "folders"))); diff != "" {
		t.Errorf("folders (-want +got):\n%s", diff)
	}
	mustHold(t, "the item outlives its folder", map[string]any{"name": "In a folder", "folderId": nil},
		phone.object(t, "get", "item", item["id"].(string)))
	desk.must(t, "delete", "item", item["id"].(string), "--permanent")
}

func testArchive(t *testing.T, desk, phone *bw) {
	made := desk.object(t, "create", "item", encode(t, map[string]any{
		"type": 2, "name": "Old contract", "secureNote": map[string]any{"type": 0},
	}))
	id := made["id"].(string)
	desk.must(t, "archive", "item", id)
	phone.must(t, "sync")
	if got := names(phone.list(t, "items")); slices.Contains(got, "Old contract") {
		t.Errorf("an archived item is listed among the others: %v", got)
	}
	if diff := cmp.Diff([]string{"Old contract"}, names(phone.list(t, "items", "--archived"))); diff != "" {
		t.Errorf("archive (-want +got):\n%s", diff)
	}
	phone.must(t, "restore", "item", id)
	desk.must(t, "sync")
	if got := names(desk.list(t, "items", "--search", "Old contract")); len(got) != 1 {
		t.Errorf("after taking it out of the archive: %v", got)
	}
}

func testFind(t *testing.T, b *bw) {
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"username": {[]string{"get", "username", "Router of the front desk"}, "desk"},
		"password": {[]string{"get", "password", "Router of the front desk"}, "correct horse 42"},
		"uri":      {[]string{"get", "uri", "Router of the front desk"}, "https://router.example.test/admin"},
		"notes":    {[]string{"get", "notes", "Alarm procedure"}, "First call the guard."},
	} {
		if got := b.must(t, c.args...); got != c.want {
			t.Errorf("%s: got %q, want %q", name, got, c.want)
		}
	}
	if got := b.must(t, "get", "totp", "Router of the front desk"); len(got) != 6 {
		t.Errorf("totp: got %q, want six digits", got)
	}
	if diff := cmp.Diff([]string{"Company card"}, names(b.list(t, "items", "--search", "company"))); diff != "" {
		t.Errorf("search (-want +got):\n%s", diff)
	}
	byURL := b.list(t, "items", "--url", "https://router.example.test/elsewhere")
	if diff := cmp.Diff([]string{"Router of the front desk"}, names(byURL)); diff != "" {
		t.Errorf("search by URL (-want +got):\n%s", diff)
	}
}

func sorted(list []string) []string {
	slices.Sort(list)
	return list
}
