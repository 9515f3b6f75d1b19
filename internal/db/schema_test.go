package db_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
)

var update = flag.Bool("update", false, "write the golden schemas anew")

// columns lists what a program can rely on: each column with its type, whether it
// may be NULL, and its place in the primary key; then the indexes.
var columns = db.By(`
	SELECT t.name || '.' || c.name || ' ' || c.type || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN ' NOT NULL' ELSE '' END || CASE WHEN c.pk > 0 THEN ' KEY' ELSE '' END
	FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'goose_%'
	UNION ALL
	SELECT 'index ' || tbl_name || ': ' || name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite_%'
	ORDER BY 1`, `
	SELECT line FROM (
		SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type || CASE WHEN c.is_nullable = 'NO' THEN ' NOT NULL' ELSE '' END ||
			CASE WHEN k.column_name IS NOT NULL THEN ' KEY' ELSE '' END AS line
		FROM information_schema.columns c
		LEFT JOIN information_schema.table_constraints p ON p.table_schema = 'public' AND p.table_name = c.table_name AND p.constraint_type = 'PRIMARY KEY'
		LEFT JOIN information_schema.key_column_usage k ON k.constraint_name = p.constraint_name AND k.table_name = c.table_name AND k.column_name = c.column_name
		WHERE c.table_schema = 'public' AND c.table_name NOT LIKE 'goose_%'
		UNION ALL
		SELECT 'index ' || tablename || ': ' || indexname FROM pg_indexes WHERE schemaname = 'public' AND tablename NOT LIKE 'goose_%'
			AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'
	) AS lines ORDER BY line COLLATE "C"`)

// TestSchemaIsAsRecorded makes every change of the schema visible in a review, and
// a difference between the two databases with it.
func TestSchemaIsAsRecorded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var lines []string
		err := d.View(t.Context(), func(tx *db.Tx) (err error) {
			lines, err = db.All(t.Context(), tx, db.Value[string], columns.In(tx))
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(lines, "\n") + "\n"
		file := "testdata/schema." + d.Dialect.String() + ".txt"
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("the schema is not the recorded one (-want +got); -update records it:\n%s", diff)
		}
	})
}

// TestBothDatabasesHaveTheSameColumns compares the recorded schemas, types apart.
func TestBothDatabasesHaveTheSameColumns(t *testing.T) {
	names := func(dialect string) (out []string) {
		text, err := os.ReadFile("testdata/schema." + dialect + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			name, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			_, constraint, _ := strings.Cut(rest, " NOT NULL")
			if strings.Contains(rest, "NOT NULL") {
				constraint = " NOT NULL" + constraint
			}
			if name == "index" {
				constraint = rest
			}
			out = append(out, name+constraint)
		}
		return out
	}
	if diff := cmp.Diff(names("sqlite"), names("postgres")); diff != "" {
		t.Errorf("SQLite and PostgreSQL differ (-sqlite +postgres):\n%s", diff)
	}
}
