package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/kastellan/kastellan/internal/app"
	"github.com/kastellan/kastellan/internal/config"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/token"
)

// TestEventsVerify runs the command beside an open database, as an operator does
// beside the server.
func TestEventsVerify(t *testing.T) {
	dir := t.TempDir()
	call := func(want int, args ...string) (out, trouble string) {
		t.Helper()
		var o, e bytes.Buffer
		if got := run(t.Context(), append([]string{"events", "verify", "--data-dir", filepath.Join(dir, "data")}, args...), nil, console{&o, &e}, composition{}); got != want {
			t.Fatalf("%v: exit status %d, want %d\n%s%s", args, got, want, &o, &e)
		}
		return o.String(), e.String()
	}
	if _, trouble := call(1); !strings.Contains(trouble, "--data-dir") {
		t.Errorf("without a server's data: %s", trouble)
	}
	if _, err := os.Stat(filepath.Join(dir, "data")); err == nil {
		t.Error("looking made a data directory")
	}

	base, err := app.Open(t.Context(), &config.Config{DataDir: filepath.Join(dir, "data")}, "", slog.Default())
	if err != nil {
		t.Fatal(err)
	}
	defer base.DB.Close()
	keeper, err := token.NewKeeper(base.Secret)
	if err != nil {
		t.Fatal(err)
	}
	org := dbtest.Org(t, base.DB, dbtest.Columns{"name": "Meadow Bakery"})
	entries := func(chained bool) {
		t.Helper()
		if err := base.DB.Update(t.Context(), func(tx *db.Tx) error {
			return event.Append(t.Context(), tx, event.Event{Type: event.OrgUpdated, Org: org}, event.Event{Type: event.OrgPurged, Org: org})
		}); err != nil {
			t.Fatal(err)
		}
		if !chained {
			return
		}
		if _, err := (&event.Chainer{DB: base.DB, Notary: event.NewNotary(keeper)}).CatchUp(context.WithoutCancel(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	entries(true)
	anchor := filepath.Join(dir, "anchor.json")
	if out, _ := call(0, "--anchor", anchor); !strings.HasPrefix(out, "2 chained entries read in 1 log; 0 not chained yet; ") {
		t.Errorf("output: %s", out)
	}
	entries(true)
	entries(false)
	out, _ := call(0, "--since", anchor, "--output", "json")
	var body verdictBody
	if err := json.Unmarshal([]byte(out), &body); err != nil || !body.Whole || body.Entries != 4 || body.Unchained != 2 || body.At.IsZero() {
		t.Errorf("%v: %s", err, out)
	}

	dbtest.Exec(t, base.DB, `UPDATE events SET type = 1602 WHERE seq = 2`)
	out, trouble := call(1, "--since", anchor, "--anchor", anchor+"2")
	entry := dbtest.Value[string](t, base.DB, `SELECT id FROM events WHERE seq = 2`)
	if want := `Log of organization "Meadow Bakery" (` + string(org) + `): entry 2 (` + entry + `) is not what the server wrote there`; !strings.HasPrefix(out, want) {
		t.Errorf("output: %s\nwant %s", out, want)
	}
	if !strings.Contains(trouble, "The audit log is damaged: 1 finding.") {
		t.Errorf("trouble: %s", trouble)
	}
	if _, err := os.Stat(anchor + "2"); err == nil {
		t.Error("a damaged log got an anchor")
	}

	dbtest.Exec(t, base.DB, `UPDATE events SET id = $1 WHERE seq = 2`, "\x1b[2J")
	if out, _ := call(1); strings.Contains(out, "\x1b") {
		t.Errorf("what somebody wrote into the log reached the terminal: %q", out)
	}

	dbtest.Exec(t, base.DB, `DELETE FROM events WHERE seq IS NOT NULL`)
	dbtest.Exec(t, base.DB, `DELETE FROM event_chains WHERE tenant_id = $1`, org)
	if out, _ := call(1); !strings.HasPrefix(out, "All logs: 0 of 1 chains are there; ") {
		t.Errorf("output: %s", out)
	}
	dbtest.Exec(t, base.DB, `DELETE FROM event_chains`)
	call(0)
	if out, _ := call(1, "--since", anchor); !strings.Contains(out, "the whole log is gone; it had 2 entries") {
		t.Errorf("output: %s", out)
	}
	if _, trouble := call(1, "--since", filepath.Join(dir, "data", "secret.key")); !strings.Contains(trouble, "no anchor") {
		t.Errorf("trouble: %s", trouble)
	}
}
