package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/kastellan/kastellan/internal/app"
)

type providerCmd struct {
	Create providerCreateCmd `cmd:"" help:"Make a provider, and print the one-time link with which its first admin sets it up."`
}

type providerCreateCmd struct {
	settings
	Email string `placeholder:"ADDRESS" help:"Only the account with this e-mail address may use the link."`
}

func (p *providerCreateCmd) Run(ctx context.Context, env environment, c console, w composition) error {
	cfg, err := p.load(env)
	if err != nil {
		return err
	}
	base, err := app.Open(ctx, cfg, version, slog.New(slog.NewTextHandler(c.err, nil)))
	if err != nil {
		return err
	}
	link, err := w.createProvider(ctx, base, p.Email)
	if err = errors.Join(err, base.DB.Close()); err != nil {
		return err
	}
	fmt.Fprintln(c.out, link)
	return nil
}
