package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/fleet"
)

// somePeople are people of one client.
type somePeople struct {
	remote
	Client string   `required:"" placeholder:"CLIENT" help:"Of this client, by name or id."`
	People []string `arg:"" name:"person" help:"Their addresses or ids."`
}

type memberAct func(ctx context.Context, of client.ClientID, id client.MemberID) error

// each does something with all of them, and tells what became of each. When one of
// them is not there, nothing is done.
func (p *somePeople) each(ctx context.Context, env environment, c console, act func(f *fleet.Fleet) memberAct) error {
	f, err := p.fleet(env)
	if err != nil {
		return err
	}
	of, err := theClient(ctx, f, p.Client)
	if err != nil {
		return err
	}
	members, err := f.Members(ctx, of.ID)
	if err != nil {
		return err
	}
	all := []outcome{}
	for _, named := range p.People {
		m, err := theMember(members, named)
		if err != nil {
			return err
		}
		all = append(all, outcome{Email: m.Email, ID: m.ID})
	}
	for i := range all {
		err := act(f)(ctx, of.ID, all[i].ID)
		if stop := stopUnlessRefused(err); stop != nil {
			return stop
		}
		all[i].Error = said(err)
	}
	return report(c, p.Output, all)
}

func theMember(members []fleet.Member, named string) (fleet.Member, error) {
	for _, m := range members {
		if string(m.ID) == named || strings.EqualFold(m.Email, strings.TrimSpace(named)) {
			return m, nil
		}
	}
	return fleet.Member{}, fmt.Errorf("the client has nobody called %q; nothing was done", named)
}

type peopleRevokeCmd struct{ somePeople }

func (r *peopleRevokeCmd) Run(ctx context.Context, env environment, c console) error {
	return r.each(ctx, env, c, func(f *fleet.Fleet) memberAct { return f.Revoke })
}

type peopleRestoreCmd struct{ somePeople }

func (r *peopleRestoreCmd) Run(ctx context.Context, env environment, c console) error {
	return r.each(ctx, env, c, func(f *fleet.Fleet) memberAct { return f.Restore })
}

type peopleRemoveCmd struct{ somePeople }

func (r *peopleRemoveCmd) Run(ctx context.Context, env environment, c console) error {
	return r.each(ctx, env, c, func(f *fleet.Fleet) memberAct { return f.Remove })
}
