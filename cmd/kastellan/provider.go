package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/kastellan/kastellan/internal/app"
)

type providerCmd struct {
	Create providerCreateCmd `cmd:"" help:"On the server: make a provider, and print the one-time link with which its first admin sets it up."`
	Plan   providerPlanCmd   `cmd:"" help:"On the server: say how many seats of each plan a provider has anyway."`

	Suspend    providerSuspendCmd    `cmd:"" help:"On the server: keep the people of a provider from its clients, which work on."`
	Resume     providerResumeCmd     `cmd:"" help:"On the server: end that."`
	DeleteLink providerDeleteLinkCmd `cmd:"" help:"On the server: print a link that is good for an hour and deletes a provider without clients."`

	Clients   clientsCmd   `cmd:"" help:"Over the network: list, show, make and change clients."`
	Seats     seatsCmd     `cmd:"" help:"Over the network: plan and assign seats."`
	People    peopleCmd    `cmd:"" help:"Over the network: find, invite, revoke, restore and remove people."`
	Baselines baselinesCmd `cmd:"" help:"Over the network: drift from baselines, and its end."`
	Events    logCmd       `cmd:"" help:"Over the network: read the log of the provider and its clients."`
}

type providerCreateCmd struct {
	settings
	Email string `placeholder:"ADDRESS" help:"Only the account with this e-mail address may use the link."`
}

func (p *providerCreateCmd) Run(ctx context.Context, env environment, c console, w composition) error {
	base, err := p.open(ctx, env, c)
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

// open opens the server's data on this machine.
func (s *settings) open(ctx context.Context, env environment, c console) (app.Base, error) {
	cfg, err := s.load(env)
	if err != nil {
		return app.Base{}, err
	}
	return app.Open(ctx, cfg, version, slog.New(slog.NewTextHandler(c.err, nil)))
}

type providerPlanCmd struct {
	settings
	Provider   string `arg:"" help:"Id of the provider; it is in the address of the Provider Portal."`
	Teams      int    `required:"" placeholder:"N" help:"Seats of the plan Teams."`
	Enterprise int    `required:"" placeholder:"N" help:"Seats of the plan Enterprise."`
}

func (p *providerPlanCmd) Run(ctx context.Context, env environment, c console, w composition) error {
	base, err := p.open(ctx, env, c)
	if err != nil {
		return err
	}
	return errors.Join(w.setPlans(ctx, base, p.Provider, p.Teams, p.Enterprise), base.DB.Close())
}
