package main

import (
	"context"
	"errors"
	"fmt"
)

type providerSuspendCmd struct {
	settings
	Provider string `arg:"" help:"Id of the provider; it is in the address of the Provider Portal."`
}

func (p *providerSuspendCmd) Run(ctx context.Context, env environment, c console, w composition) error {
	return p.enable(ctx, env, c, w, p.Provider, false)
}

type providerResumeCmd struct {
	settings
	Provider string `arg:"" help:"Id of the provider; it is in the address of the Provider Portal."`
}

func (p *providerResumeCmd) Run(ctx context.Context, env environment, c console, w composition) error {
	return p.enable(ctx, env, c, w, p.Provider, true)
}

func (s *settings) enable(ctx context.Context, env environment, c console, w composition, provider string, enabled bool) error {
	base, err := s.open(ctx, env, c)
	if err != nil {
		return err
	}
	return errors.Join(w.enableProvider(ctx, base, provider, enabled), base.DB.Close())
}

type providerDeleteLinkCmd struct {
	settings
	Provider string `arg:"" help:"Id of the provider; it is in the address of the Provider Portal."`
}

func (p *providerDeleteLinkCmd) Run(ctx context.Context, env environment, c console, w composition) error {
	base, err := p.open(ctx, env, c)
	if err != nil {
		return err
	}
	link, err := w.deletionLink(ctx, base, p.Provider)
	if err = errors.Join(err, base.DB.Close()); err != nil {
		return err
	}
	fmt.Fprintln(c.out, link)
	return nil
}
