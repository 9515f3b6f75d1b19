//go:build compat

package compat

import (
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/compat/realserver"
)

func TestItem(t *testing.T) { onBothDatabases(t, testItem) }

// testItem works in one installation and looks with a second one, which knows only what the server
// stored. What holds for every type of item is shown by TestServe, at a fraction of the time.
func testItem(t *testing.T, s *realserver.Server) {
	ada := register(t, s, "ada")
	desk, phone := install(t, s), install(t, s)
	desk.login(t, ada)
	phone.login(t, ada)
	t.Run("the life of an item", func(t *testing.T) { testLife(t, desk, phone, fixtures(t)["login"]) })
	t.Run("folders", func(t *testing.T) { testFolders(t, desk, phone) })
}

func TestFind(t *testing.T) { onBothDatabases(t, testFind) }

// testFind looks for items in one installation, which reads everything anew after each write.
func testFind(t *testing.T, s *realserver.Server) {
	b := install(t, s)
	b.login(t, register(t, s, "ada"))
	items := fixtures(t)
	for _, name := range []string{"login", "note", "card"} {
		b.object(t, "create", "item", encode(t, items[name]))
	}
	b.says(t, "Syncing complete.", "sync", "--force")
	t.Run("favourites", func(t *testing.T) {
		favourites := slices.DeleteFunc(b.list(t, "items"), func(item map[string]any) bool { return item["favorite"] != true })
		if diff := cmp.Diff([]string{"Router of the front desk"}, names(favourites)); diff != "" {
			t.Errorf("favourites (-want +got):\n%s", diff)
		}
	})
	t.Run("search", func(t *testing.T) { testSearch(t, b) })
	t.Run("single facts", func(t *testing.T) { testFacts(t, b) })
	t.Run("archive", func(t *testing.T) { testArchive(t, b) })
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

func testArchive(t *testing.T, b *bw) {
	const name = "Alarm procedure"
	id := b.list(t, "items", "--search", name)[0]["id"].(string)
	b.must(t, "archive", "item", id)
	b.must(t, "sync", "--force")
	if got := names(b.list(t, "items")); slices.Contains(got, name) {
		t.Errorf("an archived item is listed among the others: %v", got)
	}
	if diff := cmp.Diff([]string{name}, names(b.list(t, "items", "--archived"))); diff != "" {
		t.Errorf("archive (-want +got):\n%s", diff)
	}
	b.must(t, "restore", "item", id)
	b.must(t, "sync", "--force")
	if got := names(b.list(t, "items", "--search", name)); len(got) != 1 {
		t.Errorf("after taking it out of the archive: %v", got)
	}
}

func testFacts(t *testing.T, b *bw) {
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
	if got := b.must(t, "get", "totp", "Router of the front desk"); !sixDigits.MatchString(got) {
		t.Errorf("totp: got %q, want six digits", got)
	}
}

var sixDigits = regexp.MustCompile(`^\d{6}$`)

func testSearch(t *testing.T, b *bw) {
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
