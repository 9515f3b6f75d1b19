package main

import (
	"context"

	"github.com/kastellan/kastellan/internal/app"
)

type serveCmd struct{ settings }

func (s *serveCmd) Run(ctx context.Context, env environment, c console, w composition) error {
	cfg, err := s.load(env)
	if err != nil {
		return err
	}
	return app.Run(ctx, cfg, version, app.Console{Out: c.out, Log: c.err}, w.build)
}
