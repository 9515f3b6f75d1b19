package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/kastellan/kastellan/client"
)

// invitationsAtOnce is how many addresses one invitation may hold.
const invitationsAtOnce = 20

// populate brings the members in as far as the story goes.
func (f *filler) populate(ctx context.Context, at site) error {
	people := staff(at.number)
	if err := f.inviteAll(ctx, at, people); err != nil {
		return err
	}
	known, err := f.session.Members(ctx, at.org)
	if err != nil {
		return err
	}
	if err := f.name(ctx, at, people, known); err != nil {
		return fmt.Errorf("directory: %w", err)
	}
	return each(ctx, len(people), func(ctx context.Context, i int) error {
		p := people[i]
		row := slices.IndexFunc(known, func(m client.Member) bool { return m.Email == p.email })
		if row < 0 {
			return fmt.Errorf("%s is not in the list after the invitation", p.name)
		}
		if err := f.bringIn(ctx, at, i, p, known[row]); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		f.arrived(at, i, p)
		return nil
	})
}

// arrived counts somebody who is as far as the story goes.
func (f *filler) arrived(at site, i int, p person) {
	if at.goal(i) == client.Confirmed {
		f.account(p, at.name, roleNames[at.role(i)])
	}
	f.mu.Lock()
	f.result.Members++
	f.mu.Unlock()
	f.step(p.name)
}

// inviteAll invites who is not there yet; those with the same rights together.
func (f *filler) inviteAll(ctx context.Context, at site, people []person) error {
	known, err := f.session.Members(ctx, at.org)
	if err != nil {
		return err
	}
	missing := make([][]string, len(at.collections)) // addresses by collection
	for i, p := range people {
		if slices.ContainsFunc(known, func(m client.Member) bool { return m.Email == p.email }) {
			continue
		}
		if in := at.headInvitation(i); in.Role != client.User {
			in.Emails = []string{p.email}
			if err := f.session.InviteMembers(ctx, at.org, in); err != nil {
				return err
			}
			continue
		}
		missing[i%len(missing)] = append(missing[i%len(missing)], p.email)
	}
	for place, emails := range missing {
		for batch := range slices.Chunk(emails, invitationsAtOnce) {
			in := at.userInvitation(place)
			in.Emails = batch
			if err := f.session.InviteMembers(ctx, at.org, in); err != nil {
				return err
			}
		}
	}
	return nil
}

// headInvitation is for those with a role of their own.
func (at site) headInvitation(i int) client.Invitation {
	in := client.Invitation{Role: at.role(i)}
	if in.Role == client.Custom {
		in.Permissions = client.Permit(client.ManageUsers, client.ManageGroups, client.AccessEventLogs)
		in.Groups = at.groups[:1]
	}
	return in
}

// userInvitation lets everybody read the common collection and work in one of
// their own: through groups, where there are any.
func (at site) userInvitation(place int) client.Invitation {
	in := client.Invitation{Role: client.User}
	switch {
	case len(at.groups) == 0:
		in.Collections = rights(at.collections, place)
	case place == 0:
		in.Groups = at.groups[:1]
	default:
		in.Groups = []client.GroupID{at.groups[0], at.groups[place]}
	}
	return in
}

func rights(collections []client.Collection, at int) []client.Access[client.CollectionID] {
	out := []client.Access[client.CollectionID]{{ID: collections[0].ID, ReadOnly: at != 0}}
	if at != 0 {
		out = append(out, client.Access[client.CollectionID]{ID: collections[at].ID})
	}
	return out
}

// bringIn takes a person from where they are to where the story wants them.
func (f *filler) bringIn(ctx context.Context, at site, i int, p person, known client.Member) (err error) {
	goal := at.goal(i)
	var own *client.Session
	if known.Status == client.Invited && goal != client.Invited {
		if own, err = f.acceptAs(ctx, at.org, p, known.ID); err != nil {
			return err
		}
		known.Status = client.Accepted
	}
	if known.Status == client.Accepted && goal != client.Accepted {
		if err := f.confirm(ctx, at.org, own, p, known.ID); err != nil {
			return err
		}
		known.Status = client.Confirmed
	}
	if known.Status == client.Confirmed && goal == client.Revoked {
		return f.session.RevokeMember(ctx, at.org, known.ID)
	}
	if at.recoverable(i) && !known.Recoverable {
		return f.enrol(ctx, at.org, own, p)
	}
	return nil
}

func (f *filler) confirm(ctx context.Context, org client.OrgID, own *client.Session, p person, id client.MemberID) error {
	keys, err := f.session.MemberKeys(ctx, org, id)
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
