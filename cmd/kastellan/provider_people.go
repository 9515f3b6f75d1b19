package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/fleet"
)

type peopleCmd struct {
	List    peopleListCmd    `cmd:"" help:"Find people in all clients."`
	Invite  peopleInviteCmd  `cmd:"" help:"Invite people into a client."`
	Revoke  peopleRevokeCmd  `cmd:"" help:"Take all access to a client from people, and keep what they were."`
	Restore peopleRestoreCmd `cmd:"" help:"Give revoked people back what they were."`
	Remove  peopleRemoveCmd  `cmd:"" help:"Take people out of a client."`
}

var statuses = map[client.Status]string{
	client.Revoked: "revoked", client.Invited: "invited", client.Accepted: "accepted", client.Confirmed: "confirmed", client.Staged: "staged",
}

var roles = map[client.Role]string{client.Owner: "owner", client.Admin: "admin", client.User: "user", client.Custom: "custom"}

// numbered is the value that is called name; nil for no name.
func numbered[T comparable](names map[T]string, name string) *T {
	for v, n := range names {
		if n == name {
			return &v
		}
	}
	return nil
}

type peopleListCmd struct {
	remote
	Search  string `arg:"" optional:"" help:"Part of a name or address."`
	Client  string `placeholder:"CLIENT" help:"Only in this client, by name or id."`
	Status  string `enum:",revoked,invited,accepted,confirmed,staged" default:"" help:"Only those who are invited, accepted, confirmed, revoked or staged."`
	Type    string `enum:",owner,admin,user,custom" default:"" help:"Only owners, admins, users or those with a custom role."`
	TwoStep *bool  `name:"two-step" negatable:"" help:"Only those with two-step login, or without."`
}

func (l *peopleListCmd) Run(ctx context.Context, env environment, c console) error {
	f, err := l.fleet(env)
	if err != nil {
		return err
	}
	q := fleet.PeopleQuery{Search: l.Search, Status: numbered(statuses, l.Status), Role: numbered(roles, l.Type), TwoStep: l.TwoStep}
	if l.Client != "" {
		of, err := theClient(ctx, f, l.Client)
		if err != nil {
			return err
		}
		q.Client = of.ID
	}
	all := []fleet.Person{}
	for after := ""; ; {
		people, next, err := f.People(ctx, q, after)
		if err != nil {
			return err
		}
		all = append(all, people...)
		if after = next; after == "" {
			break
		}
	}
	return show(c, l.Output, all, peopleTable)
}

func peopleTable(all []fleet.Person) table {
	t := table{head: []string{"EMAIL", "NAME", "CLIENT", "ROLE", "STATUS", "TWO-STEP", "ID"}}
	for _, p := range all {
		t.add(p.Email, p.Name, p.ClientName, roles[p.Role], statuses[p.Status], yesNo(p.TwoStep), p.MemberID)
	}
	return t
}

// outcome is what became of one person.
type outcome struct {
	Email string          `json:"email"`
	ID    client.MemberID `json:"id"`
	Error string          `json:"error,omitempty"`
}

func outcomesTable(all []outcome) table {
	t := table{head: []string{"EMAIL", "ID", "PROBLEM"}}
	for _, o := range all {
		t.add(o.Email, o.ID, o.Error)
	}
	return t
}

// report prints what became of each, and fails when something was not done.
func report(c console, output string, all []outcome) error {
	if err := show(c, output, all, outcomesTable); err != nil {
		return err
	}
	failed := 0
	for _, o := range all {
		if o.Error != "" {
			failed++
		}
	}
	if failed == 0 {
		return nil
	}
	return fmt.Errorf("not done for %d of %s", failed, count(len(all), "person", "people"))
}

type peopleInviteCmd struct {
	remote
	Client     string   `required:"" placeholder:"CLIENT" help:"Into this client, by name or id."`
	Emails     []string `arg:"" name:"address" help:"Whom to invite."`
	Type       string   `enum:"owner,admin,user" default:"user" help:"As an owner, an admin or a user."`
	Groups     []string `name:"group" placeholder:"GROUP" help:"Put them into this group, by name or id; may be given several times."`
	ExternalID string   `name:"external-id" placeholder:"ID" help:"A directory's id of the one person."`
}

func (i *peopleInviteCmd) Run(ctx context.Context, env environment, c console) error {
	if i.ExternalID != "" && len(i.Emails) > 1 {
		return errors.New("--external-id is for one person alone")
	}
	f, err := i.fleet(env)
	if err != nil {
		return err
	}
	into, err := theClient(ctx, f, i.Client)
	if err != nil {
		return err
	}
	groups, err := groupsNamed(ctx, f, into.ID, i.Groups)
	if err != nil {
		return err
	}
	all := []outcome{}
	for _, email := range i.Emails {
		m, err := f.Invite(ctx, into.ID, fleet.Invitation{Email: email, Role: *numbered(roles, i.Type), Groups: groups, ExternalID: i.ExternalID})
		if err := stopUnlessRefused(err); err != nil {
			return errors.Join(report(c, i.Output, all), err)
		}
		all = append(all, outcome{email, m.ID, said(err)})
	}
	return report(c, i.Output, all)
}

// stopUnlessRefused is the error when it is no refusal of this one person: nothing
// else would go either.
func stopUnlessRefused(err error) error {
	refusal, ok := errors.AsType[*client.Error](err)
	if err == nil || (ok && (refusal.Status == 400 || refusal.Status == 404)) {
		return nil
	}
	return err
}

func said(err error) string {
	if err == nil {
		return ""
	}
	return worded(err)
}

func groupsNamed(ctx context.Context, f *fleet.Fleet, of client.ClientID, names []string) ([]client.GroupID, error) {
	if len(names) == 0 {
		return nil, nil
	}
	known, err := f.Groups(ctx, of)
	if err != nil {
		return nil, err
	}
	var out []client.GroupID
	for _, name := range names {
		found := false
		for _, g := range known {
			if string(g.ID) == name || strings.EqualFold(g.Name, name) {
				out, found = append(out, g.ID), true
				break
			}
		}
		if !found {
			return nil, fmt.Errorf("the client has no group %q", name)
		}
	}
	return out, nil
}
