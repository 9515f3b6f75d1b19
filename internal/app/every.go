package app

import (
	"context"
	"log/slog"
	"time"
)

// every makes a worker of a task that is done at the start and then once per
// interval. A failure is logged and the task tried again next time: daily chores
// must not stop the server.
func every(interval time.Duration, task func(context.Context) error) func(context.Context) error {
	return func(ctx context.Context) error {
		tick := time.NewTicker(interval)
		defer tick.Stop()
		for {
			if err := task(ctx); err != nil && ctx.Err() == nil {
				slog.ErrorContext(ctx, "a background task failed and will be tried again", "error", err)
			}
			select {
			case <-ctx.Done():
				return nil
			case <-tick.C:
			}
		}
	}
}
