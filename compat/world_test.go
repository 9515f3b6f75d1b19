//go:build compat

package compat

import (
	"testing"

	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// onBothDatabases runs a test on a server with SQLite and on one with PostgreSQL, side by side.
func onBothDatabases(t *testing.T, test func(*testing.T, *realserver.Server)) {
	t.Parallel()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		test(t, realserver.Start(t, ""))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		test(t, realserver.Start(t, dbtest.PostgresURL(t)))
	})
}
