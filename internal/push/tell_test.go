package push_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/reqctx"
)

// told runs act in a transaction and gives "type: users" of what went out.
func told(t *testing.T, act func(tx *db.Tx) error) [][]id.User {
	t.Helper()
	d := dbtest.SQLite(t)
	byType := make([][]id.User, 30)
	d.Outlet = func(list []any) {
		for _, m := range push.Gather(list) {
			byType[m.Type] = append(byType[m.Type], m.Users...)
		}
	}
	if err := d.Update(t.Context(), act); err != nil {
		t.Fatal(err)
	}
	return byType
}

func TestWhoIsTouchedHearsOfItOnceAndInTheBestWords(t *testing.T) {
	ctx := reqctx.WithActor(t.Context(), reqctx.Actor{Identifier: "here"})
	got := told(t, func(tx *db.Tx) error {
		push.Touched(ctx, tx, []id.User{"a", "b"})
		push.Tell(ctx, tx, push.Message{Type: push.CipherCreated, Users: []id.User{"a"}, ID: "c"})
		push.Touched(ctx, tx, []id.User{"b", "c"})
		push.Tell(ctx, tx, push.Message{Type: push.PolicyChanged}) // to nobody
		return nil
	})
	want := make([][]id.User, 30)
	want[push.CipherCreated], want[push.VaultChanged] = []id.User{"a"}, []id.User{"b", "c"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhoIsLoggedOutHearsNothingElse(t *testing.T) {
	got := told(t, func(tx *db.Tx) error {
		push.Tell(t.Context(), tx, push.Message{Type: push.LogOut, Users: []id.User{"a"}}, push.Message{Type: push.SettingsChanged, Users: []id.User{"a", "b"}})
		push.Touched(t.Context(), tx, []id.User{"a"})
		return nil
	})
	want := make([][]id.User, 30)
	want[push.LogOut], want[push.SettingsChanged] = []id.User{"a"}, []id.User{"b"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestNothingIsToldOfWhatWasNotCommitted(t *testing.T) {
	d := dbtest.SQLite(t)
	d.Outlet = func(list []any) { t.Errorf("told %v", list) }
	absent := d.Update(t.Context(), func(tx *db.Tx) error {
		push.Touched(t.Context(), tx, []id.User{"a"})
		return tx.ExecOne(t.Context(), `UPDATE users SET name = '' WHERE id = 'nobody'`)
	})
	if absent == nil {
		t.Error("the transaction was committed")
	}
}
