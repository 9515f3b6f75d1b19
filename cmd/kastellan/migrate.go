package main

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/kastellan/kastellan/internal/app"
)

type migrateCmd struct{ settings }

func (m *migrateCmd) Run(ctx context.Context, env environment, c console) error {
	cfg, err := m.load(env)
	if err != nil {
		return err
	}
	base, err := app.Open(ctx, cfg, version, slog.New(slog.NewTextHandler(c.err, nil)))
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "The %s database is at the newest version.\n", base.DB.Dialect)
	return base.DB.Close()
}
