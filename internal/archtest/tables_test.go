package archtest

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// owners says which package writes a table. Reading is free to all above it.
var owners = map[string]string{
	"users": "internal/account", "devices": "internal/account", "sessions": "internal/account", "account_codes": "internal/account",
	"second_factors": "internal/account", "recovery_codes": "internal/account", "remembered_devices": "internal/account",
	"auth_requests": "internal/authrequest", "rate_limits": "internal/ratelimit", "mail_outbox": "internal/mail", "events": "internal/event", "event_chains": "internal/event",
	"organizations": "internal/tenant", "members": "internal/org", "collections": "internal/org", "collection_members": "internal/org",
	"groups": "internal/org", "group_members": "internal/org", "collection_groups": "internal/org",
	"policies": "internal/policy", "claimed_domains": "internal/claim",
	"folders": "internal/vault", "ciphers": "internal/vault", "cipher_marks": "internal/vault", "collection_ciphers": "internal/vault",
	"attachments": "internal/vault/attachment", "attachment_moves": "internal/vault/attachment", "doomed_files": "internal/blob", "relay_devices": "internal/push/relay",
	"sends": "internal/send", "send_codes": "internal/send",
	"providers": "internal/provider", "provider_users": "internal/provider", "provider_clients": "internal/provider",
	"provider_tags": "internal/provider", "client_tags": "internal/provider", "reach_clients": "internal/provider", "reach_tags": "internal/provider",
	"provider_plans": "internal/provider", "provider_keys": "internal/provider", "provider_key_clients": "internal/provider",
	"baselines": "internal/baseline", "baseline_policies": "internal/baseline", "baseline_clients": "internal/baseline",
	"baseline_tags": "internal/baseline", "baseline_deviations": "internal/baseline",
}

var writes = regexp.MustCompile(`\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+([a-z_]+)`)

func TestEachTableHasOneWriter(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		if forTests(p) {
			continue
		}
		for _, file := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, file))
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range writes.FindAllStringSubmatch(withoutComments(text), -1) {
				table := m[1]
				owner, known := owners[table]
				if table == "set" { // ON CONFLICT … DO UPDATE SET
					continue
				}
				seen[table] = true
				if !known || owner != name {
					t.Errorf("%s/%s writes table %s, which belongs to %q", name, file, table, owner)
				}
			}
		}
	}
	for table := range owners {
		if !seen[table] {
			t.Errorf("nobody writes table %s: is the pattern of this test still right?", table)
		}
	}
}

func TestEveryTableHasAnOwner(t *testing.T) {
	files, err := filepath.Glob("../db/migrations/sqlite/*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("no migrations found: %v", err)
	}
	create := regexp.MustCompile(`CREATE TABLE (\w+)`)
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range create.FindAllStringSubmatch(string(text), -1) {
			if owners[m[1]] == "" {
				t.Errorf("table %s has no owner", m[1])
			}
		}
	}
}

// TestUpdatesAndDeletesNameTheirRows catches statements that would change a whole table.
func TestUpdatesAndDeletesNameTheirRows(t *testing.T) {
	// A statement may be put together of several pieces: what follows it ends it.
	statement := regexp.MustCompile(`(?s)(?:UPDATE [a-z_]+ SET|DELETE FROM [a-z_]+).*?\n\s*(?:return|if|\})`)
	for _, p := range packages(t) {
		if forTests(p) {
			continue
		}
		for _, file := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, file))
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range statement.FindAllString(withoutComments(text), -1) {
				if !strings.Contains(s, "WHERE") {
					t.Errorf("%s/%s: no WHERE in %s", p.ImportPath, file, s)
				}
			}
		}
	}
}

// forTests is true for the packages of tests, which set up what there is no act for.
func forTests(p pkg) bool {
	at := place(strings.TrimPrefix(p.ImportPath, module))
	return at != nil && levels[at[0]].name == "tests only"
}

var comment = regexp.MustCompile(`(?m)//.*$`)

func withoutComments(text []byte) string { return comment.ReplaceAllString(string(text), "") }

// TestOnlyTestsHashCheaply keeps the cost of password hashes out of reach of the product.
func TestOnlyTestsHashCheaply(t *testing.T) {
	for _, p := range packages(t) {
		for _, file := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, file))
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(text), "passhash.CheapForTests") && !forTests(p) {
				t.Errorf("%s/%s makes password hashes cheap", p.ImportPath, file)
			}
		}
	}
}
