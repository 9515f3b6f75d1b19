package send_test

import (
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/send"
)

// TestSweepRemovesWhatIsOver and nothing else, and tells the owner.
func TestSweepRemovesWhatIsOver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		var told []push.Message
		d.Outlet = func(list []any) { told = append(told, push.Gather(list)...) } // before the outbox runs, which reads it
		w.withMail()
		over, file, stays := w.text(w.until(time.Hour)), w.file(w.until(time.Hour)), w.text(w.until(30*time.Hour), emails("a@example.com"))
		_, err := w.Grant(w.from(), send.Shown{AccessID: stays.AccessID(), Email: "a@example.com"})
		w.closed("an address", err, send.ErrNeedsCode)
		_, err = w.Announce(w.owner(), w.user, w.draft(ofFile(100), w.until(48*time.Hour)))
		w.fine("announce", err)
		dbtest.Exec(t, d, `UPDATE users SET revised_at = 1`)
		told = nil
		w.wait(25 * time.Hour)
		w.fine("sweep", w.Sweep(t.Context()))
		if list, err := w.List(w.owner(), w.user); err != nil || len(list) != 1 || list[0].ID != stays.ID {
			t.Errorf("left are %v (%v)", list, err)
		}
		for table, want := range map[string]int{"sends": 1, "send_codes": 0, "doomed_files": 1} {
			if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM `+table); got != want {
				t.Errorf("%s has %d rows, want %d", table, got, want)
			}
		}
		if revised := dbtest.Value[int64](t, d, `SELECT revised_at FROM users`); revised == 1 {
			t.Error("the owner's apps would not fetch anything")
		}
		gone := map[string]bool{}
		for _, m := range told {
			gone[m.ID] = m.Type == push.SendDeleted
		}
		if len(told) != 2 || !gone[string(over.ID)] || !gone[string(file.ID)] {
			t.Errorf("told %+v", told)
		}
	})
}

// TestSweepTakesManyAtATime beyond what one transaction does.
func TestSweepTakesManyAtATime(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for range 3 {
			w.text(w.until(time.Hour))
		}
		dbtest.Exec(t, d, `INSERT INTO sends (user_id, id, type, key, name, hidden, auth_type, access_count, disabled, hide_email, created_at, revised_at, deletes_at)
			SELECT user_id, 'copy ' || n, type, key, name, hidden, auth_type, 0, disabled, hide_email, created_at, revised_at, deletes_at FROM sends,
			(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 450) SELECT n FROM c) many WHERE id = (SELECT MIN(id) FROM sends)`)
		w.wait(2 * time.Hour)
		w.fine("sweep", w.Sweep(t.Context()))
		if got := dbtest.Value[int](t, d, `SELECT COUNT(*) FROM sends`); got != 0 {
			t.Errorf("%d are left", got)
		}
	})
}
