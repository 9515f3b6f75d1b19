package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/fleet"
)

type baselinesCmd struct {
	List    baselinesListCmd    `cmd:"" help:"List the baselines."`
	Drift   baselinesDriftCmd   `cmd:"" help:"Tell how clients differ from their baselines."`
	Preview baselinesPreviewCmd `cmd:"" help:"Tell what applying its baseline to a client would do, and change nothing."`
	Apply   baselinesApplyCmd   `cmd:"" help:"Make clients what their baselines want them to be. When something cannot be changed, the exit status is 1."`
}

type baselinesListCmd struct{ remote }

func (l *baselinesListCmd) Run(ctx context.Context, env environment, c console) error {
	f, err := l.fleet(env)
	if err != nil {
		return err
	}
	all, err := f.Baselines(ctx)
	if err != nil {
		return err
	}
	return show(c, l.Output, all, func(all []fleet.Baseline) table {
		t := table{head: []string{"NAME", "POLICIES", "SETTINGS", "GOVERNS", "DRIFTED", "DEVIATIONS", "ID"}}
		for _, b := range all {
			allowed := "not allowed"
			if b.MayDeviate {
				allowed = "allowed"
			}
			t.add(b.Name, len(b.Policies), len(b.Settings), b.Governs, b.Drifted, allowed, b.ID)
		}
		return t
	})
}

type baselinesDriftCmd struct {
	remote
	Clients []string `arg:"" optional:"" name:"client" help:"Only these, by name or id."`
	Fail    bool     `help:"Exit with status 1 when a client has drifted."`
}

func (d *baselinesDriftCmd) Run(ctx context.Context, env environment, c console) error {
	f, err := d.fleet(env)
	if err != nil {
		return err
	}
	clients, err := f.Clients(ctx)
	if err != nil {
		return err
	}
	only, err := picked(clients, d.Clients)
	if err != nil {
		return err
	}
	all, err := f.Drift(ctx)
	if err != nil {
		return err
	}
	if len(only) > 0 {
		all = slices.DeleteFunc(all, func(s fleet.Standing) bool { return !slices.Contains(only, s.ClientID) })
	}
	names := map[client.ClientID]string{}
	for _, c := range clients {
		names[c.ID] = c.Name
	}
	if err := show(c, d.Output, all, func(all []fleet.Standing) table { return driftTable(all, names) }); err != nil {
		return err
	}
	if n := drifted(all); d.Fail && n > 0 {
		return fmt.Errorf("%s differently than the baseline wants", count(n, "client is set", "clients are set"))
	}
	return nil
}

// picked are the ids of the clients that a person names; none for no names.
func picked(clients []fleet.Client, names []string) ([]client.ClientID, error) {
	var out []client.ClientID
	for _, name := range names {
		of, err := pick(clients, name)
		if err != nil {
			return nil, err
		}
		out = append(out, of.ID)
	}
	return out, nil
}

// drifted counts the clients with a difference that no owner has accounted for.
func drifted(all []fleet.Standing) int {
	n := 0
	for _, s := range all {
		if slices.ContainsFunc(s.Differences, func(d fleet.Difference) bool { return d.Deviation == nil }) {
			n++
		}
	}
	return n
}

func driftTable(all []fleet.Standing, names map[client.ClientID]string) table {
	t := table{head: []string{"CLIENT", "WHAT", "WANTED", "IS", "ACCEPTED BECAUSE"}}
	for _, s := range all {
		for _, d := range s.Differences {
			reason := ""
			if d.Deviation != nil {
				reason = d.Deviation.Reason
			}
			t.add(names[s.ClientID], d.Subject, string(d.Expected), string(d.Actual), reason)
		}
	}
	return t
}

type baselinesPreviewCmd struct {
	remote
	Client string `arg:"" help:"Its name or id."`
}

func (p *baselinesPreviewCmd) Run(ctx context.Context, env environment, c console) error {
	f, err := p.fleet(env)
	if err != nil {
		return err
	}
	of, err := theClient(ctx, f, p.Client)
	if err != nil {
		return err
	}
	preview, err := f.PreviewBaseline(ctx, of.ID)
	if err != nil {
		return err
	}
	return show(c, p.Output, preview, func(p fleet.Preview) table {
		t := table{head: []string{"WHAT", "BLOCKED BY", "WHO IS CONCERNED"}}
		for _, change := range p.Changes {
			var people []string
			for _, who := range change.People {
				people = append(people, who.Email+" ("+who.Effect+")")
			}
			t.add(change.Subject, or(sentence(change.BlockedBy), "-"), or(strings.Join(people, ", "), "-"))
		}
		return t
	})
}

// sentence is the sentence, if there is one.
func sentence(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

type baselinesApplyCmd struct {
	remote
	Clients  []string `arg:"" name:"client" help:"Their names or ids."`
	Subjects []string `name:"subject" placeholder:"SUBJECT" help:"Only this policy or setting, as drift names it; may be given several times."`
}

// applied is what became of one change at one client.
type applied struct {
	Client  client.ClientID `json:"clientId"`
	Name    string          `json:"clientName"`
	Subject string          `json:"subject"`
	Error   string          `json:"error,omitempty"`
}

func (a *baselinesApplyCmd) Run(ctx context.Context, env environment, c console) error {
	f, err := a.fleet(env)
	if err != nil {
		return err
	}
	clients, err := f.Clients(ctx)
	if err != nil {
		return err
	}
	if _, err := picked(clients, a.Clients); err != nil {
		return err
	}
	all, failed := []applied{}, 0
	for _, name := range a.Clients {
		of, _ := pick(clients, name)
		changes, err := f.ApplyBaseline(ctx, of.ID, a.Subjects...)
		if stop := stopUnlessRefused(err); stop != nil {
			return errors.Join(show(c, a.Output, all, appliedTable), stop)
		}
		if err != nil {
			all = append(all, applied{of.ID, of.Name, "", worded(err)})
			failed++
		}
		for _, change := range changes {
			all = append(all, applied{of.ID, of.Name, change.Subject, sentence(change.Error)})
			if change.Error != nil {
				failed++
			}
		}
	}
	if err := show(c, a.Output, all, appliedTable); err != nil {
		return err
	}
	if failed > 0 {
		return fmt.Errorf("%s not made", count(failed, "change was", "changes were"))
	}
	return nil
}

func appliedTable(all []applied) table {
	t := table{head: []string{"CLIENT", "WHAT", "PROBLEM"}}
	for _, a := range all {
		t.add(a.Name, a.Subject, a.Error)
	}
	return t
}
