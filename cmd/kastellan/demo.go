package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/kastellan/kastellan/client/demo"
	"github.com/kastellan/kastellan/internal/app"
	"github.com/kastellan/kastellan/internal/config"
)

type demoCmd struct{ settings }

// Run fills the server that these settings start. When it does not run, it is
// started for as long as this takes, without its mail server: invented people
// get no letters, and their invitation links are shown instead.
func (d *demoCmd) Run(ctx context.Context, env environment, c console, w composition) error {
	cfg, err := d.load(env)
	if err != nil {
		return err
	}
	if app.CheckHealth(ctx, cfg) == nil {
		return fill(ctx, cfg, c, w)
	}
	cfg.SMTPHost = ""
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan error, 1)
	go func() {
		ended <- app.Run(ctx, cfg, version, app.Console{Out: io.Discard, Log: io.Discard}, w.build)
	}()
	if err := awaitReady(ctx, cfg, ended); err != nil {
		return err
	}
	err = fill(ctx, cfg, c, w)
	stop()
	if err = errors.Join(err, <-ended); err == nil {
		fmt.Fprintln(c.out, "\nStart the server with the same settings to log in.")
	}
	return err
}

func fill(ctx context.Context, cfg *config.Config, c console, w composition) error {
	var link string
	err := onData(ctx, cfg, c, func(base app.Base) (err error) {
		link, err = w.createProvider(ctx, base, "")
		return err
	})
	if err != nil {
		return err
	}
	url, client := app.Client(cfg)
	defer client.CloseIdleConnections()
	provider, err := w.fillDemo(ctx, url, client, link, c.out)
	if err != nil {
		return err
	}
	return onData(ctx, cfg, c, func(base app.Base) error {
		return w.setPlans(ctx, base, provider, demo.SeatMinimums.Teams, demo.SeatMinimums.Enterprise)
	})
}

// onData does what only the operator may, beside the server that runs.
func onData(ctx context.Context, cfg *config.Config, c console, act func(app.Base) error) error {
	base, err := app.Open(ctx, cfg, version, slog.New(slog.NewTextHandler(c.err, nil)))
	if err != nil {
		return err
	}
	return errors.Join(act(base), base.DB.Close())
}

func awaitReady(ctx context.Context, cfg *config.Config, ended <-chan error) error {
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case err := <-ended:
			return err
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
			if app.CheckHealth(ctx, cfg) == nil {
				return nil
			}
		}
	}
}
