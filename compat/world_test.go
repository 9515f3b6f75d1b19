//go:build compat

package compat

import (
	"testing"

	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// onBothDatabases runs a test on a server with SQLite and on one with PostgreSQL, side by side.
func onBothDatabases(t *testing.T, test func(*testing.T, *realserver.Server)) {
	eachDatabase(t, func(t *testing.T, url string) { test(t, realserver.Start(t, url)) })
}

// eachDatabase is for tests whose server needs more than a database.
func eachDatabase(t *testing.T, test func(t *testing.T, url string)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, "")
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, dbtest.PostgresURL(t))
	})
}
