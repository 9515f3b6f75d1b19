package blob

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/db"
)

const (
	// doomedAtOnce is how many files are removed between two looks at the database.
	doomedAtOnce = 100
	// doomedPoll finds what triggers doomed by a cascade, on this node or another.
	doomedPoll = 30 * time.Second
	// storeAgain is the longest pause while the store does not answer.
	storeAgain = 10 * time.Minute
)

const doomed = "doomed files"

// Doomed wakes the worker once the transaction is committed: for acts that let go of files
// and whose people expect the space to be free soon. Without it a timer comes by.
func Doomed(tx *db.Tx) { tx.Announce(doomed) }

// Run removes the files that no row names any more, until ctx ends. Several nodes may do
// so at once: removing a file twice is no error.
func (f *Files) Run(ctx context.Context) error {
	heard, stop := f.DB.Listen(doomed)
	defer stop()
	pause := doomedPoll
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-heard:
		case <-timer.C:
		}
		if _, err := f.RemoveDoomed(ctx); err == nil {
			pause = doomedPoll
		} else if ctx.Err() == nil {
			f.Log.ErrorContext(ctx, "files that nobody needs any more could not be removed from the store and will be later", "error", err)
			pause = min(2*pause, storeAgain)
		}
		timer.Reset(pause)
	}
}

// RemoveDoomed removes all files that no row names any more, and says how many. A name is
// forgotten only after its file is gone for good.
func (f *Files) RemoveDoomed(ctx context.Context) (removed int, err error) {
	for after := ""; ; {
		var names []string
		err := f.DB.View(ctx, func(tx *db.Tx) (err error) {
			names, err = doomedFiles(ctx, tx, after)
			return err
		})
		if err != nil || len(names) == 0 {
			return removed, err
		}
		after = names[len(names)-1]
		if err := f.Store.Delete(ctx, names...); err != nil {
			return removed, err
		}
		err = f.DB.UpdateByLock(ctx, func(tx *db.Tx) error { return forgetDoomed(ctx, tx, names) })
		if err != nil {
			return removed, err
		}
		removed += len(names)
	}
}
