package dbtest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
)

// PostgresURL makes an empty PostgreSQL database that lives as long as the test
// and returns its URL. It skips the test when TEST_POSTGRES names no cluster,
// and fails it when REQUIRE_POSTGRES=1 says that one must be there.
func PostgresURL(t testing.TB) string {
	t.Helper()
	cluster := os.Getenv("TEST_POSTGRES")
	if cluster == "" {
		const hint = "TEST_POSTGRES names no PostgreSQL cluster; scripts/with-postgres.sh COMMAND starts one"
		if os.Getenv("REQUIRE_POSTGRES") == "1" {
			t.Fatal(hint)
		}
		t.Skip(hint)
	}
	u, err := url.Parse(cluster)
	if err != nil {
		t.Fatalf("parse TEST_POSTGRES: %v", err)
	}
	name := "test_" + strings.ToLower(rand.Text())
	run(t, cluster, "CREATE DATABASE "+name)
	t.Cleanup(func() {
		// FORCE ends what a failed test left connected.
		run(t, cluster, "DROP DATABASE "+name+" WITH (FORCE)")
	})
	u.Path = "/" + name
	return u.String()
}

// run executes one statement outside a transaction, as CREATE DATABASE demands.
// It works on a fresh context because clean-up runs after the test's own has ended.
func run(t testing.TB, cluster, statement string) {
	t.Helper()
	if err := exec(context.Background(), cluster, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

func exec(ctx context.Context, cluster, statement string) error {
	conn, err := pgx.Connect(ctx, cluster)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, statement)
	return err
}
