package blob

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/kastellan/kastellan/internal/db"
)

const (
	// sweepAge is how old a file is before the sweep expects a row to name it.
	//
	// No file of that age is still waiting for its row: Keep gives up after keepTime, from
	// before the store dates the file, and the row's transaction follows in the same
	// request, within minutes. The rest of the day is for clocks that differ.
	sweepAge = 24 * time.Hour
	// keepTime is how long an upload may take.
	keepTime = 12 * time.Hour
	// sweepAtOnce is how many files are compared with the rows at a time.
	sweepAtOnce = 500
	// sweepFirst is how long after the start the first sweep comes: a restart has other
	// things to do first, and a server that is restarted each day must be swept too.
	sweepFirst = 10 * time.Minute
)

// RunSweep sweeps daily until ctx ends.
func (f *Files) RunSweep(ctx context.Context) error {
	timer := time.NewTimer(sweepFirst)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		switch removed, err := f.Sweep(ctx); {
		case err != nil && ctx.Err() == nil:
			f.Log.ErrorContext(ctx, "the store of files could not be swept and will be tomorrow", "error", err)
		case removed > 0:
			f.Log.InfoContext(ctx, "files that were uploaded and never used were removed", "count", removed)
		}
		timer.Reset(24 * time.Hour)
	}
}

// Sweep removes the files older than a day that no row knows, and what uploads left that
// ended halfway: a crash between storing a file and naming it leaves one.
func (f *Files) Sweep(ctx context.Context) (removed int, err error) {
	if err := f.own(ctx); err != nil {
		return 0, err
	}
	batch := make([]string, 0, sweepAtOnce)
	empty := func() error {
		n, err := f.removeUnknown(ctx, batch)
		removed, batch = removed+n, batch[:0]
		return err
	}
	err = f.Store.List(ctx, f.DB.Now().Add(-sweepAge), func(name string) error {
		if batch = append(batch, name); len(batch) < sweepAtOnce {
			return nil
		}
		return empty()
	})
	if err != nil {
		return removed, err
	}
	return removed, empty()
}

// removeUnknown removes those of the files that no row knows. A row can be late only for
// a young file, so the order of looking and removing does not matter.
func (f *Files) removeUnknown(ctx context.Context, names []string) (int, error) {
	if len(names) == 0 {
		return 0, nil
	}
	unknown := map[string]bool{}
	for _, name := range names {
		unknown[name] = true
	}
	err := f.DB.View(ctx, func(tx *db.Tx) error {
		list, err := known(ctx, tx, names)
		for _, name := range list {
			delete(unknown, name)
		}
		return err
	})
	if err != nil || len(unknown) == 0 {
		return 0, err
	}
	return len(unknown), f.Store.Delete(ctx, slices.Sorted(maps.Keys(unknown))...)
}
