package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/fleet"
)

type clientsCmd struct {
	List   clientsListCmd   `cmd:"" help:"List the clients."`
	Show   clientsShowCmd   `cmd:"" help:"Show one client."`
	Create clientsCreateCmd `cmd:"" help:"Make a new client, and invite its owner. Needs the account of a provider admin, since it makes keys."`
	Set    clientsSetCmd    `cmd:"" help:"Rename a client, or assign its seats."`
}

type clientsListCmd struct{ remote }

func (l *clientsListCmd) Run(ctx context.Context, env environment, c console) error {
	f, err := l.fleet(env)
	if err != nil {
		return err
	}
	all, err := f.Clients(ctx)
	if err != nil {
		return err
	}
	return show(c, l.Output, all, clientsTable)
}

func clientsTable(all []fleet.Client) table {
	t := table{head: []string{"NAME", "PLAN", "SEATS", "USED", "FREE", "STATE", "ID"}}
	for _, c := range all {
		seats, free := fmt.Sprint(c.Seats), fmt.Sprint(c.Seats-c.OccupiedSeats)
		if c.Seats == 0 {
			seats, free = "unlimited", "unlimited"
		}
		state := "active"
		if !c.Enabled {
			state = "suspended"
		}
		t.add(c.Name, c.Plan, seats, c.OccupiedSeats, free, state, c.ID)
	}
	return t
}

// theClient is the client that a person names by its name or one of its ids.
func theClient(ctx context.Context, f *fleet.Fleet, named string) (fleet.Client, error) {
	all, err := f.Clients(ctx)
	if err != nil {
		return fleet.Client{}, err
	}
	return pick(all, named)
}

func pick(all []fleet.Client, named string) (fleet.Client, error) {
	var found []fleet.Client
	for _, c := range all {
		if string(c.ID) == named || string(c.OrganizationID) == named {
			return c, nil
		}
		if strings.EqualFold(c.Name, strings.TrimSpace(named)) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return fleet.Client{}, fmt.Errorf("there is no client %q that this API key reaches", named)
	}
	return fleet.Client{}, fmt.Errorf("%d clients are called %q: name the one you mean by its id", len(found), named)
}

type clientsShowCmd struct {
	remote
	Client string `arg:"" help:"Its name or id."`
}

func (s *clientsShowCmd) Run(ctx context.Context, env environment, c console) error {
	f, err := s.fleet(env)
	if err != nil {
		return err
	}
	one, err := theClient(ctx, f, s.Client)
	if err != nil {
		return err
	}
	return show(c, s.Output, one, aClient)
}

func aClient(one fleet.Client) table { return clientsTable([]fleet.Client{one}) }

type clientsSetCmd struct {
	remote
	Client string  `arg:"" help:"Its name or id."`
	Name   *string `placeholder:"NAME" help:"The new name."`
	Seats  *int    `placeholder:"N" help:"The new number of seats."`
}

func (s *clientsSetCmd) Run(ctx context.Context, env environment, c console) error {
	if s.Name == nil && s.Seats == nil {
		return errors.New("nothing to change: give --name or --seats")
	}
	f, err := s.fleet(env)
	if err != nil {
		return err
	}
	one, err := theClient(ctx, f, s.Client)
	if err != nil {
		return err
	}
	if one, err = f.SetClient(ctx, one.ID, fleet.Change{Name: s.Name, Seats: s.Seats}); err != nil {
		return err
	}
	return show(c, s.Output, one, aClient)
}

type clientsCreateCmd struct {
	person
	Name       string `arg:"" help:"Name of the client."`
	Owner      string `required:"" placeholder:"ADDRESS" help:"Who is invited as its first owner."`
	Plan       string `enum:"teams,enterprise" default:"enterprise" help:"teams or enterprise."`
	Seats      int    `required:"" placeholder:"N" help:"How many people may be in it."`
	Collection string `default:"Default collection" help:"Name of its first collection."`
	Provider   string `placeholder:"ID" help:"Which provider, for accounts that work for several."`
}

// Run makes the client's keys on this machine: the server never sees them.
func (cr *clientsCreateCmd) Run(ctx context.Context, env environment, c console) error {
	s, err := cr.login(ctx, env)
	if err != nil {
		return err
	}
	defer s.Lock()
	profile, err := s.Profile(ctx)
	if err != nil {
		return err
	}
	which, err := providerOf(profile, cr.Provider)
	if err != nil {
		return err
	}
	plans := map[string]client.Plan{"teams": client.Teams, "enterprise": client.Enterprise}
	made, err := s.CreateClient(ctx, which, client.NewClient{
		Name: cr.Name, OwnerEmail: cr.Owner, Plan: plans[cr.Plan], Seats: cr.Seats, Collection: cr.Collection,
	})
	if err != nil {
		return err
	}
	return show(c, cr.Output, fleet.Client{
		ID: made.ID, OrganizationID: made.OrganizationID, Name: made.Name, Plan: made.Plan, PlanType: made.PlanType, Seats: made.Seats,
		OccupiedSeats: made.OccupiedSeats, ConfirmedUsers: made.UserCount, Status: made.Status, Enabled: made.Enabled, TagIDs: []string{},
	}, aClient)
}

func providerOf(profile client.Profile, named string) (client.ProviderID, error) {
	var mine []client.ProviderMembership
	for _, p := range profile.Providers {
		if string(p.ID) == named {
			return p.ID, nil
		}
		if p.Role == client.ProviderAdmin && p.Status == client.Confirmed {
			mine = append(mine, p)
		}
	}
	switch {
	case named != "" || len(mine) == 0:
		return "", errors.New("this account administers no such provider")
	case len(mine) > 1:
		return "", fmt.Errorf("this account administers %d providers: choose one with --provider", len(mine))
	}
	return mine[0].ID, nil
}
