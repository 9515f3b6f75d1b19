package db_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
)

func TestArgumentsOutOfOrderBindByNumber(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		got := ""
		err := d.View(t.Context(), func(tx *db.Tx) error {
			_, err := db.One(t.Context(), tx, func(r db.Row) (struct{}, error) {
				var a, b string
				err := r.Scan(&a, &b)
				got = a + b
				return struct{}{}, err
			}, `SELECT CAST($2 AS TEXT), CAST($1 AS TEXT)`, "a", "b")
			return err
		})
		if err != nil || got != "ba" {
			t.Errorf("select $2, $1 with a, b = %q, %v; want ba", got, err)
		}
	})
}

func TestAmongTakesAnyNumberOfIDsInOneParameter(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, ids := range [][]string{nil, {"x"}, {"x", `quote"d`, "y"}} {
			var n int
			err := d.View(t.Context(), func(tx *db.Tx) (err error) {
				n, err = db.One(t.Context(), tx, db.Value[int],
					`SELECT COUNT(*) FROM (SELECT 'x' AS id UNION ALL SELECT 'quote"d' UNION ALL SELECT 'z') AS v WHERE `+db.Among(tx, "v.id", 1), db.List(ids))
				return err
			})
			want := min(len(ids), 2)
			if err != nil || n != want {
				t.Errorf("rows among %q = %d, %v; want %d", ids, n, err, want)
			}
		}
	})
}

func TestFailedUpdateLeavesNothingAndDoesNotRunOnCommit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		ran := false
		boom := errors.New("boom")
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			tx.OnCommit(func() { ran = true })
			if err := limit(t.Context(), tx, "s"); err != nil {
				return err
			}
			return boom
		})
		if !errors.Is(err, boom) || ran || limits(t, d) != 0 {
			t.Errorf("err = %v, OnCommit ran = %v, rows = %d; want boom, false, 0", err, ran, limits(t, d))
		}
	})
}

func TestDuplicateIsAConflictAndMissingReferenceToo(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		insert := func() error {
			return d.Update(t.Context(), func(tx *db.Tx) error { return limit(t.Context(), tx, "same") })
		}
		if err := insert(); err != nil {
			t.Fatal(err)
		}
		if err := insert(); !fault.Is(err, fault.Conflict) {
			t.Errorf("second insert of the same key: %v; want a conflict", err)
		}
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(t.Context(), `INSERT INTO folders (user_id, id, name, created_at, revised_at) VALUES ('nobody', 'f', '', 0, 0)`)
			return err
		})
		if !fault.Is(err, fault.Conflict) {
			t.Errorf("row that refers to nobody: %v; want a conflict", err)
		}
	})
}

func TestConcurrentReadModifyWriteLosesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Update(t.Context(), func(tx *db.Tx) error { return limit(t.Context(), tx, "n") }); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				err := d.Update(t.Context(), func(tx *db.Tx) error {
					n, err := db.One(t.Context(), tx, db.Value[int64], `SELECT free_at FROM rate_limits WHERE subject = 'n'`)
					if err != nil {
						return err
					}
					_, err = tx.Exec(t.Context(), `UPDATE rate_limits SET free_at = $1 WHERE subject = 'n'`, n+1)
					return err
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		var got int64
		_ = d.View(t.Context(), func(tx *db.Tx) (err error) {
			got, err = db.One(t.Context(), tx, db.Value[int64], `SELECT free_at FROM rate_limits WHERE subject = 'n'`)
			return err
		})
		if got != 8 {
			t.Errorf("counter after 8 increments side by side = %d, want 8", got)
		}
	})
}

func TestViewCannotWrite(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.View(t.Context(), func(tx *db.Tx) error { return limit(t.Context(), tx, "v") })
		if err == nil || limits(t, d) != 0 {
			t.Errorf("writing in a View: %v; want a refusal", err)
		}
	})
}

func TestTimesKeepMicrosecondsAndNullIsZero(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		want := time.Date(2026, 11, 22, 10, 55, 21, 11123000, time.UTC)
		err := d.View(t.Context(), func(tx *db.Tx) error {
			_, err := db.One(t.Context(), tx, func(r db.Row) (int, error) {
				got, none := time.Time{}, time.Now()
				if err := r.Scan(db.Time(&got), db.Time(&none)); err != nil {
					return 0, err
				}
				if !got.Equal(want) || !none.IsZero() {
					t.Errorf("got %v and %v, want %v and the zero time", got, none, want)
				}
				return 0, nil
			}, `SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT)`, want, time.Time{})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestUnwritablePlaceSaysWhatToDo(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	d, err := db.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	_, err = db.Open(t.Context(), filepath.Join(file, "kastellan.db"))
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "data_dir") {
		t.Errorf("opening below a file: %v; want a sentence that names data_dir", err)
	}
}

func TestPostgresThatIsDownSaysSo(t *testing.T) {
	_, err := db.Open(t.Context(), "postgres://k@127.0.0.1:1/k?connect_timeout=2")
	if !fault.Is(err, fault.Unavailable) || !strings.Contains(err.Error(), "127.0.0.1:1") {
		t.Errorf("opening a PostgreSQL that is down: %v; want a sentence with its address", err)
	}
}

func limit(ctx context.Context, tx *db.Tx, subject string) error {
	_, err := tx.Exec(ctx, `INSERT INTO rate_limits (name, subject, free_at) VALUES ('t', $1, 0)`, subject)
	return err
}

func limits(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		n, err = db.One(t.Context(), tx, db.Value[int], `SELECT COUNT(*) FROM rate_limits`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestAnnouncementsAreHeardAfterTheCommit(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		heard, stop := d.Listen("bread")
		quiet := func(name string) {
			t.Helper()
			select {
			case <-heard:
				t.Errorf("%s: heard an announcement, want none", name)
			default:
			}
		}
		announce := func(topic string, fail error) {
			t.Helper()
			err := d.UpdateByLock(t.Context(), func(tx *db.Tx) error {
				tx.Announce(topic)
				return fail
			})
			if !errors.Is(err, fail) {
				t.Fatal(err)
			}
		}
		announce("bread", context.Canceled)
		also, end := d.Listen("cake")
		defer end()
		announce("cake", nil)
		<-also
		quiet("another topic, and an act that failed")
		announce("bread", nil)
		announce("bread", nil)
		select {
		case <-heard:
		default:
			t.Error("an announcement was not heard")
		}
		quiet("two before anybody looked are one")
		stop()
		announce("bread", nil)
		quiet("after stop")
	})
}
