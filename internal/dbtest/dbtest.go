// Package dbtest gives tests a migrated, empty database of each kind. Whatever
// touches storage is tested through Each, on SQLite and on PostgreSQL.
package dbtest

import (
	"path/filepath"
	"testing"

	"github.com/kastellan/kastellan/internal/db"
)

// Each runs the test once per kind of database.
func Each(t *testing.T, run func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { run(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { run(t, open(t, PostgresURL(t))) })
}

// EachAtOnce is Each for tests that take long: both kinds run at the same time, and must
// share nothing.
func EachAtOnce(t *testing.T, run func(t *testing.T, d *db.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { t.Parallel(); run(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { t.Parallel(); run(t, open(t, PostgresURL(t))) })
}

// SQLite gives an empty SQLite database.
func SQLite(t testing.TB) *db.DB {
	t.Helper()
	return open(t, filepath.Join(t.TempDir(), "kastellan.db"))
}

func open(t testing.TB, url string) *db.DB {
	t.Helper()
	d, err := db.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	if _, err := d.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return d
}
