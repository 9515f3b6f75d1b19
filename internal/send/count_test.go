package send_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/send"
)

// TestNeverMoreAccessesThanAllowed has many recipients come at once, by the ways of today
// and by those of older apps.
func TestNeverMoreAccessesThanAllowed(t *testing.T) {
	const allowed, comers = 7, 40
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		for name, of := range map[string]send.Send{
			"text": w.text(most(allowed)), "text with a password": w.text(most(allowed), password("p")), "file": w.file(most(allowed)),
		} {
			t.Run(name, func(t *testing.T) {
				w.t = t
				secret := ""
				if of.Auth == send.ByPassword {
					secret = "p"
				}
				pass := w.enter(of, send.Shown{Password: secret})
				ways := []func(context.Context) error{
					func(ctx context.Context) error { _, err := w.Open(ctx, pass); return err },
					func(ctx context.Context) error { _, err := w.OpenOld(ctx, of.AccessID(), secret); return err },
				}
				if of.Type == send.File {
					ways = []func(context.Context) error{
						func(ctx context.Context) error { _, err := w.FindFile(ctx, pass, of.FileID); return err },
						func(ctx context.Context) error {
							_, err := w.FindFileOld(ctx, of.AccessID(), secret, of.FileID)
							return err
						},
					}
				}
				var opened atomic.Int32
				var all sync.WaitGroup
				for i := range comers {
					ctx := w.from()
					all.Go(func() {
						switch err := ways[i%len(ways)](ctx); {
						case err == nil:
							opened.Add(1)
						case !fault.Is(err, fault.NotFound):
							t.Errorf("neither opened nor absent: %v", err)
						}
					})
				}
				all.Wait()
				if got := opened.Load(); got != allowed || w.accesses(of) != allowed {
					t.Errorf("opened %d times, counted %d, want %d", got, w.accesses(of), allowed)
				}
			})
		}
	})
}

// TestTheLimitIsNotSetBelowTheCount: the number that an owner sees must stay true.
func TestTheLimitIsNotSetBelowTheCount(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of := w.text()
		for range 2 {
			if _, err := w.Open(w.from(), w.enter(of, send.Shown{})); err != nil {
				t.Fatal(err)
			}
		}
		_, err := w.Update(w.owner(), w.user, of.ID, w.draft(most(1)))
		w.refused("a limit below the count", err, fault.Invalid)
		_, err = w.Update(w.owner(), w.user, of.ID, w.draft(most(2)))
		w.fine("the count as limit", err)
		if got, err := w.Find(w.owner(), w.user, of.ID); err != nil || got.Accesses != 2 {
			t.Errorf("an edit changed the count to %d (%v)", got.Accesses, err)
		}
		_, err = w.Grant(w.from(), send.Shown{AccessID: of.AccessID()})
		w.closed("a Send that was opened often enough", err, send.ErrNotThere)
	})
}

// TestWhoeverComesWhileASendClosesFindsItClosed also where reading does not wait for who writes.
func TestWhoeverComesWhileASendClosesFindsItClosed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newWorld(t, d)
		of := w.text()
		pass, opened := w.enter(of, send.Shown{}), make(chan error, 1)
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			if err := tx.ExecOne(t.Context(), `UPDATE sends SET disabled = TRUE WHERE user_id = $1 AND id = $2`, of.User, of.ID); err != nil {
				return err
			}
			go func() {
				_, err := w.Open(w.from(), pass)
				opened <- err
			}()
			time.Sleep(300 * time.Millisecond) // so that it is at the row by then
			return nil
		})
		w.fine("disable the Send", err)
		w.refused("open it", <-opened, fault.NotFound)
		if n := w.accesses(of); n != 0 {
			t.Errorf("%d accesses are counted", n)
		}
	})
}
