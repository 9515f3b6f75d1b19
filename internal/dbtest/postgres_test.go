package dbtest_test

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"github.com/kastellan/kastellan/internal/dbtest"
)

func TestEachCallMakesAnEmptyDatabaseOfItsOwn(t *testing.T) {
	first, second := dbtest.PostgresURL(t), dbtest.PostgresURL(t)
	mustExec(t, first, "CREATE TABLE thing (id TEXT)")
	got := map[string]int{"first": tables(t, first), "second": tables(t, second)}
	want := map[string]int{"first": 1, "second": 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
}

func TestTheDatabaseIsGoneAfterTheTest(t *testing.T) {
	var url string
	t.Run("owner", func(t *testing.T) { url = dbtest.PostgresURL(t) })
	if url == "" {
		t.Skip("no PostgreSQL")
	}
	if conn, err := pgx.Connect(t.Context(), url); err == nil {
		conn.Close(t.Context())
		t.Error("the database of an ended test still takes connections")
	}
}

func mustExec(t *testing.T, url, statement string) {
	t.Helper()
	conn := connect(t, url)
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func tables(t *testing.T, url string) int {
	t.Helper()
	var n int
	row := connect(t, url).QueryRow(t.Context(), "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
	if err := row.Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.WithoutCancel(t.Context())) })
	return conn
}
