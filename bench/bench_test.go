//go:build bench

package bench

import (
	"fmt"
	"testing"

	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/dbtest"
)

// TestBench prints the table on SQLite, and below it what differs on PostgreSQL.
func TestBench(t *testing.T) {
	for name, url := range map[string]func() string{
		"SQLite":     func() string { return "" },
		"PostgreSQL": func() string { return dbtest.PostgresURL(t) },
	} {
		t.Run(name, func(t *testing.T) {
			var figures table
			database := url()
			s := realserver.Start(t, database)
			measureServer(t, s, &figures)
			owner, org := measureOrganization(t, s, database, &figures)
			measureProvider(t, s, database, &figures)
			if name == "SQLite" {
				measureFiles(t, &figures)
				measureProcess(t, s, &figures)
				measureSockets(t, &figures)
				measureBrowser(t, s, &figures)
				measureConsole(t, s, owner, org, &figures)
			}
			fmt.Printf("\n%s\n\n%s\n", name, figures)
		})
	}
}

func measureServer(t *testing.T, s *realserver.Server, figures *table) {
	u := newUser(t, s, "bench@example.test")
	measureLogin(t, u, figures)
	measureCreate(t, u, figures)
	measureSync(t, u, figures)
	measureImport(t, s, figures)
}
