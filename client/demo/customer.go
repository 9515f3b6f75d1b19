package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/kastellan/kastellan/client"
)

// invitationsAtOnce is how many addresses one invitation may hold.
const invitationsAtOnce = 20

// serve takes on the nth customer: the organization, its collections, its people
// and its items.
func (f *filler) serve(ctx context.Context, n int) error {
	c := customers[n]
	org, err := f.takeOn(ctx, c, staff(n)[0])
	if err != nil {
		return err
	}
	f.result.Clients++
	f.step(c.name)
	collections, err := f.furnish(ctx, org, c)
	if err != nil {
		return fmt.Errorf("collections: %w", err)
	}
	if err := f.populate(ctx, org, n, collections); err != nil {
		return fmt.Errorf("members: %w", err)
	}
	return f.stock(ctx, org, c, collections)
}

func (f *filler) takeOn(ctx context.Context, c customer, owner person) (client.OrgID, error) {
	known, err := f.session.Clients(ctx, f.provider)
	if err != nil {
		return "", err
	}
	if at := slices.IndexFunc(known, func(o client.ClientOrganization) bool { return o.Name == c.name }); at >= 0 {
		return known[at].OrganizationID, nil
	}
	created, err := f.session.CreateClient(ctx, f.provider, client.NewClient{
		Name: c.name, OwnerEmail: owner.email, Plan: c.plan, Seats: c.seats(), Collection: "Everybody",
	})
	return created.OrganizationID, err
}

// furnish returns the collections in the order of the story, behind the one that
// every organization begins with.
func (f *filler) furnish(ctx context.Context, org client.OrgID, c customer) ([]client.Collection, error) {
	known, err := f.session.Collections(ctx, org)
	if err != nil {
		return nil, err
	}
	var out []client.Collection
	for _, name := range append([]string{"Everybody"}, c.collections...) {
		at := slices.IndexFunc(known, func(k client.Collection) bool { return k.Name == name })
		if at >= 0 {
			out = append(out, known[at])
			continue
		}
		created, err := f.session.CreateCollection(ctx, org, client.CollectionContent{Name: name})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, created)
	}
	return out, f.organize(ctx, org, c, out)
}

// organize makes a group that reads the common collection, if the server has groups.
func (f *filler) organize(ctx context.Context, org client.OrgID, c customer, collections []client.Collection) error {
	if !f.groups || c.plan != client.Enterprise {
		return nil
	}
	const name = "All staff"
	known, err := f.session.Groups(ctx, org)
	if err == nil && slices.ContainsFunc(known, func(g client.Group) bool { return g.Name == name }) {
		return nil
	}
	if err == nil {
		_, err = f.session.CreateGroup(ctx, org, client.GroupContent{
			Name: name, Collections: []client.Access[client.CollectionID]{{ID: collections[0].ID, ReadOnly: true}},
		})
	}
	if client.IsNotFound(err) {
		f.groups = false
		f.result.Notes = append(f.result.Notes, "This server has no groups yet: none were made.")
		return nil
	}
	return err
}

// populate brings the members in as far as the story goes.
func (f *filler) populate(ctx context.Context, org client.OrgID, n int, collections []client.Collection) error {
	people := staff(n)
	if err := f.inviteAll(ctx, org, people, collections); err != nil {
		return err
	}
	known, err := f.session.Members(ctx, org)
	if err != nil {
		return err
	}
	c := customers[n]
	return each(ctx, len(people), func(ctx context.Context, i int) error {
		at := slices.IndexFunc(known, func(m client.Member) bool { return m.Email == people[i].email })
		if at < 0 {
			return fmt.Errorf("%s is not in the list after the invitation", people[i].name)
		}
		goal := client.Confirmed
		switch fromEnd := len(people) - 1 - i; {
		case fromEnd < c.pending:
			goal = client.Invited
		case fromEnd < c.pending+c.unconfirmed:
			goal = client.Accepted
		}
		if err := f.bringIn(ctx, org, people[i], known[at], goal); err != nil {
			return fmt.Errorf("%s: %w", people[i].name, err)
		}
		if goal == client.Confirmed {
			f.account(people[i], c.name, map[client.Role]string{
				client.Owner: "owner", client.Admin: "admin", client.User: "user",
			}[role(i)])
		}
		f.mu.Lock()
		f.result.Members++
		f.mu.Unlock()
		f.step(people[i].name)
		return nil
	})
}

// inviteAll invites who is not there yet; those with the same rights together.
func (f *filler) inviteAll(ctx context.Context, org client.OrgID, people []person, collections []client.Collection) error {
	known, err := f.session.Members(ctx, org)
	if err != nil {
		return err
	}
	missing := make([][]string, len(collections)) // addresses by collection
	for i, p := range people {
		if slices.ContainsFunc(known, func(m client.Member) bool { return m.Email == p.email }) {
			continue
		}
		if role(i) != client.User {
			in := client.Invitation{Emails: []string{p.email}, Role: role(i)}
			if err := f.session.InviteMembers(ctx, org, in); err != nil {
				return err
			}
			continue
		}
		at := i % len(collections)
		missing[at] = append(missing[at], p.email)
	}
	for at, emails := range missing {
		for batch := range slices.Chunk(emails, invitationsAtOnce) {
			in := client.Invitation{Emails: batch, Role: client.User, Collections: rights(collections, at)}
			if err := f.session.InviteMembers(ctx, org, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// rights let everybody read the common collection and work in one of their own.
func rights(collections []client.Collection, at int) []client.Access[client.CollectionID] {
	out := []client.Access[client.CollectionID]{{ID: collections[0].ID, ReadOnly: at != 0}}
	if at != 0 {
		out = append(out, client.Access[client.CollectionID]{ID: collections[at].ID})
	}
	return out
}

func (f *filler) bringIn(ctx context.Context, org client.OrgID, p person, known client.Member, goal client.Status) error {
	var own *client.Session
	if known.Status == client.Invited && goal > client.Invited {
		var err error
		if own, err = f.acceptAs(ctx, org, p, known.ID); err != nil {
			return err
		}
	}
	if known.Status == client.Confirmed || goal != client.Confirmed {
		return nil
	}
	keys, err := f.session.MemberKeys(ctx, org, known.ID)
	if err != nil {
		return err
	}
	if len(keys) != 1 {
		return fmt.Errorf("the server names %d public keys", len(keys))
	}
	if err := f.compare(ctx, own, p, keys[0].Fingerprint()); err != nil {
		return err
	}
	if err := f.session.ConfirmMember(ctx, org, keys[0]); err != nil {
		return fmt.Errorf("confirm: %w", err)
	}
	return nil
}

func (f *filler) acceptAs(ctx context.Context, org client.OrgID, p person, id client.MemberID) (*client.Session, error) {
	url, err := f.session.MemberInviteLink(ctx, org, id)
	if err != nil {
		return nil, fmt.Errorf("invitation link: %w", err)
	}
	link, err := client.ParseLink(url)
	if err != nil {
		return nil, err
	}
	own, err := f.join(ctx, p, link)
	if err != nil {
		return nil, err
	}
	if err := own.Accept(ctx, link); err != nil {
		return nil, fmt.Errorf("accept: %w", err)
	}
	return own, nil
}
