//go:build compat

package compat

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/compat/realserver"
)

func TestTransfer(t *testing.T) { onBothDatabases(t, testTransfer) }

// testTransfer moves one vault through every format: the account "from" imports and exports,
// and what it exported is imported into the account "to", which must then hold the same.
func testTransfer(t *testing.T, s *realserver.Server) {
	owner := register(t, s, "from")
	from := install(t, s)
	from.login(t, owner)
	dir := t.TempDir()

	t.Run("import Bitwarden JSON", func(t *testing.T) {
		from.says(t, "Imported", "import", "bitwardenjson", testdata(t, "bitwarden.json"))
		want := decode[map[string]any](t, read(t, "testdata/bitwarden.json"))["items"].([]any)
		got := byName(from.list(t, "items"))
		for _, item := range want {
			item := withoutIDs(item.(map[string]any))
			mustHold(t, item["name"].(string), item, got[item["name"].(string)])
		}
		folders := from.list(t, "folders", "--search", "Imported")
		if len(folders) != 1 {
			t.Fatalf("folders: %v", folders)
		}
		filed := sorted(names(from.list(t, "items", "--folderid", folders[0]["id"].(string))))
		if diff := cmp.Diff([]string{"Imported card", "Imported login"}, filed); diff != "" {
			t.Errorf("items in the imported folder (-want +got):\n%s", diff)
		}
	})
	t.Run("import the CSV of another product", func(t *testing.T) {
		from.says(t, "Imported", "import", "chromecsv", testdata(t, "chrome.csv"))
		mustHold(t, "imported", map[string]any{
			"type": 1.0, "notes": "wholesale account",
			"login": map[string]any{"username": "buyer", "password": `pa,ss"word`},
		}, from.object(t, "get", "item", "shop.example.test"))
	})
	t.Run("import nonsense", func(t *testing.T) {
		nonsense := filepath.Join(dir, "nonsense.json")
		write(t, nonsense, `{"items":`)
		from.fails(t, "import", "bitwardenjson", nonsense)
		if got := len(from.list(t, "items")); got != 5 {
			t.Errorf("after a refused import the vault holds %d items, want 5", got)
		}
	})

	want := vault(t, from)
	var to *bw
	for _, c := range []struct {
		name, format string
		flags        []string
		check        func(t *testing.T, file string)
	}{
		{"CSV", "csv", nil, checkCSV},
		{"JSON", "json", nil, func(t *testing.T, file string) { to = importElsewhere(t, s, file, want) }},
		{"JSON encrypted with a password", "encrypted_json", []string{"--password", filePassword}, func(t *testing.T, file string) {
			importElsewhere(t, s, file, want)
		}},
		{"JSON encrypted for the account", "encrypted_json", nil, func(t *testing.T, file string) {
			importIntoItself(t, from, to, file)
		}},
	} {
		t.Run("export "+c.name, func(t *testing.T) {
			file := filepath.Join(dir, strings.ReplaceAll(c.name, " ", "-"))
			args := append([]string{"export", "--format", c.format, "--output", file}, c.flags...)
			from.says(t, "Saved "+file, args...)
			c.check(t, file)
		})
	}
}

const filePassword = "pass phrase of the file"

// importElsewhere imports a file into a fresh account and compares the two vaults.
func importElsewhere(t *testing.T, s *realserver.Server, file string, want []any) *bw {
	to := install(t, s)
	to.login(t, register(t, s, strings.ToLower(filepath.Base(file))))
	got := to.run(t, []string{"FILE_PASSWORD=" + filePassword}, "import", "--passwordenv", "FILE_PASSWORD", "bitwardenjson", file)
	if !got.ok || !strings.Contains(got.stdout, "Imported") {
		t.Fatalf("import printed %q", got.both())
	}
	if diff := cmp.Diff(want, vault(t, to)); diff != "" {
		t.Errorf("the vault after the import (-want +got):\n%s", diff)
	}
	return to
}

// importIntoItself imports a file that only the account itself can read, beside what it has.
func importIntoItself(t *testing.T, from, stranger *bw, file string) {
	if text := read(t, file); strings.Contains(text, "Imported login") {
		t.Error("the encrypted export holds a name in the clear")
	}
	stranger.fails(t, "import", "bitwardenjson", file)

	before := len(from.list(t, "items"))
	from.says(t, "Imported", "import", "bitwardenjson", file)
	items := from.list(t, "items")
	if len(items) != 2*before {
		t.Errorf("after importing its own export the account holds %d items, want %d", len(items), 2*before)
	}
	for _, name := range names(items) {
		if strings.Contains(name, "decrypt") {
			t.Errorf("an item cannot be read: %q", name)
		}
	}
}

func checkCSV(t *testing.T, file string) {
	rows, err := csv.NewReader(strings.NewReader(read(t, file))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		if row[column["name"]] != "Imported login" {
			continue
		}
		got := []string{row[column["folder"]], row[column["favorite"]], row[column["login_username"]], row[column["login_password"]]}
		if diff := cmp.Diff([]string{"Imported", "1", "imp", "orted"}, got); diff != "" {
			t.Errorf("row of the imported login (-want +got):\n%s", diff)
		}
		return
	}
	t.Errorf("no row for the imported login in\n%v", rows)
}

// vault is everything an account holds, without ids and dates, as the client exports it.
func vault(t *testing.T, b *bw) []any {
	t.Helper()
	export := decode[map[string]any](t, b.must(t, "export", "--format", "json", "--raw"))
	folders := map[string]any{}
	for _, f := range export["folders"].([]any) {
		f := f.(map[string]any)
		folders[f["id"].(string)] = f["name"]
	}
	byName := map[string]any{}
	for _, item := range export["items"].([]any) {
		item := item.(map[string]any)
		if id, ok := item["folderId"].(string); ok {
			item["folder"] = folders[id]
		}
		byName[item["name"].(string)] = withoutIDs(item)
	}
	list := []any{}
	for _, name := range sorted(keys(byName)) {
		list = append(list, byName[name])
	}
	return list
}

// withoutIDs drops what is different in every vault.
func withoutIDs(item map[string]any) map[string]any {
	kept := map[string]any{}
	for k, v := range item {
		switch k {
		case "id", "folderId", "organizationId", "collectionIds", "revisionDate", "creationDate", "deletedDate", "archivedDate":
		default:
			kept[k] = v
		}
	}
	return kept
}

func byName(items []map[string]any) map[string]map[string]any {
	m := map[string]map[string]any{}
	for _, item := range items {
		m[item["name"].(string)] = item
	}
	return m
}

func keys[V any](m map[string]V) []string {
	list := []string{}
	for k := range m {
		list = append(list, k)
	}
	return list
}

func testdata(t testing.TB, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func write(t testing.TB, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
