//go:build bench

package bench

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
)

// A large provider: what the pages of its portal ask for.
const (
	manyClients      = 1000
	membersPerClient = 25
	eventsPerClient  = 50
)

// portalPages are the requests behind the pages, the slowest part of each.
func portalPages(provider id.Provider) []struct{ name, path, aim string } {
	at := "/api/providers/" + string(provider)
	return []struct{ name, path, aim string }{
		{"Overview", at + "/overview", "300 ms"},
		{"Clients", at + "/organizations", ""},
		{"Baselines, drift of all", at + "/baselines/drift", ""},
		{"Audit log, newest", at + "/audit", ""},
		{"People, a search by name", at + "/people?search=person+07+of+05", ""},
		{"People, everybody without two-step login", at + "/people?twoStep=false", ""},
	}
}

// measureProvider times the Provider Portal of a provider with many clients, and
// the vault of its admin, who has the key of each of them.
func measureProvider(t *testing.T, s *realserver.Server, databaseURL string, figures *table) {
	admin := newUser(t, s, "provider@example.test")
	provider := fillProvider(t, s, databaseURL, admin)
	large := fmt.Sprintf("%d clients of %d people", manyClients, membersPerClient)
	people := bareRead(t, manyClients*membersPerClient)
	for _, page := range portalPages(provider) {
		answer := admin.get(page.path)
		what := fmt.Sprintf("%s: %s (%s)", large, page.name, bytes(int64(len(answer))))
		figures.times(what, median(9, func() { admin.get(page.path) }), people, "reading the people from a bare SQLite", page.aim)
	}
	const path = "/api/sync?excludeDomains=true"
	answer := admin.get(path)
	memory := fromMemory(t, answer)
	first := medianOfPrepared(9, func() { admin.post("/api/folders", folder(t)) }, func() { admin.get(path) })
	figures.times(fmt.Sprintf("%s: /sync of an admin (%s), after a change", large, bytes(int64(len(answer)))), first, memory, "the same bytes from memory", "")
	figures.times(large+": /sync of an admin, again", median(25, func() { admin.get(path) }), memory, "the same bytes from memory", "")
}

// bareRead is how long it takes to read people out of a table of their own.
func bareRead(t *testing.T, n int) time.Duration {
	bare, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "people.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer bare.Close()
	const fill = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO person SELECT i, 'Person ' || i, 'person.' || i || '@client.example.test', i % 4 FROM n`
	if _, err := bare.Exec("CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, email TEXT, status INTEGER)"); err != nil {
		t.Fatal(err)
	}
	if _, err := bare.Exec(fill, n); err != nil {
		t.Fatal(err)
	}
	return median(9, func() {
		rows, err := bare.Query("SELECT id, name, email, status FROM person")
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		found := 0
		for rows.Next() {
			var id, status int
			var name, email string
			if err := rows.Scan(&id, &name, &email, &status); err != nil {
				t.Fatal(err)
			}
			found++
		}
		if err := rows.Err(); err != nil || found != n {
			t.Fatalf("read %d of %d people: %v", found, n, err)
		}
	})
}

// fillProvider writes the clients and their people past the API, and a baseline
// from which every other client has drifted.
func fillProvider(t *testing.T, s *realserver.Server, databaseURL string, admin *user) id.Provider {
	d := openDatabase(t, s, databaseURL)
	defer d.Close()
	provider := dbtest.Provider(t, d, 2)
	dbtest.Staff(t, d, provider, dbtest.Value[id.User](t, d, `SELECT id FROM users WHERE email = $1`, admin.email), 0, 2)
	fleet := dbtest.NewFleet(t, d, provider, manyClients, membersPerClient, eventsPerClient)
	govern(t, d, provider, fleet)
	return provider
}

// govern assigns a baseline of five policies to all clients by a tag.
func govern(t *testing.T, d *db.DB, provider id.Provider, fleet dbtest.Fleet) {
	baseline, tag := id.New[id.Baseline](), id.New[id.ProviderTag]()
	dbtest.Row(t, d, "provider_tags", dbtest.Columns{"provider_id": provider, "id": tag, "name": "Everybody"})
	dbtest.Row(t, d, "baselines", dbtest.Columns{
		"provider_id": provider, "id": baseline, "name": "House rules", "description": "", "rank": 1, "may_deviate": true,
		"settings": `{"limitItemDeletion":true}`, "created_at": 1, "revised_at": 1,
	})
	dbtest.Row(t, d, "baseline_tags", dbtest.Columns{"provider_id": provider, "tag_id": tag, "baseline_id": baseline})
	data := map[int]string{0: "{}", 1: `{"minLength":14,"minComplexity":3}`, 2: `{"minLength":20,"useUpper":true,"useNumbers":true}`, 3: "{}", 5: "{}"}
	var tags, policies [][]any
	for kind, text := range data {
		dbtest.Row(t, d, "baseline_policies", dbtest.Columns{"provider_id": provider, "baseline_id": baseline, "type": kind, "enabled": true, "data": text})
		for i, org := range fleet.Orgs {
			policies = append(policies, []any{org, kind, id.New[id.Policy](), i%2 == 0, text, 1, 1})
		}
	}
	for _, client := range fleet.Clients {
		tags = append(tags, []any{provider, client, tag})
	}
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		if err := db.Insert(t.Context(), tx, `INSERT INTO client_tags (provider_id, client_id, tag_id)`, tags...); err != nil {
			return err
		}
		return db.Insert(t.Context(), tx, `INSERT INTO policies (org_id, type, id, enabled, data, created_at, revised_at)`, policies...)
	})
	if err != nil {
		t.Fatal(err)
	}
}
