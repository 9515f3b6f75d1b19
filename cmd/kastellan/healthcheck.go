package main

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/internal/app"
)

type healthcheckCmd struct{ settings }

func (h *healthcheckCmd) Run(ctx context.Context, env environment, c console) error {
	cfg, err := h.load(env)
	if err != nil {
		return err
	}
	if err := app.CheckHealth(ctx, cfg); err != nil {
		return err
	}
	fmt.Fprintln(c.out, "ready")
	return nil
}
