package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/kastellan/kastellan/client"
)

// site is a customer's organization, as far as it is made.
type site struct {
	customer
	number      int
	org         client.OrgID
	closed      bool                // suspended at the end of a former run: nobody gets at its items
	collections []client.Collection // behind the one that every organization begins with
	groups      []client.GroupID    // in the order of the departments; none without
}

// serve takes on the nth customer: the organization, its collections, its people
// and its items.
func (f *filler) serve(ctx context.Context, n int) (err error) {
	at := site{customer: customers[n], number: n}
	if at.org, at.closed, err = f.takeOn(ctx, at.customer, staff(n)[0]); err != nil {
		return err
	}
	f.result.Clients++
	f.step(at.name)
	if at.closed {
		f.passBy(at)
		return nil
	}
	if at.collections, err = f.furnish(ctx, at.org, at.customer); err != nil {
		return fmt.Errorf("collections: %w", err)
	}
	if at.groups, err = f.organize(ctx, at); err != nil {
		return fmt.Errorf("groups: %w", err)
	}
	if err := f.rule(ctx, at); err != nil {
		return fmt.Errorf("policies: %w", err)
	}
	if err := f.populate(ctx, at); err != nil {
		return fmt.Errorf("members: %w", err)
	}
	return f.stock(ctx, at)
}

// passBy counts what a former run made in a client that it then closed.
func (f *filler) passBy(at site) {
	for i, p := range staff(at.number) {
		f.arrived(at, i, p)
	}
	for i := range at.items {
		for range enclosed(i) {
			f.enclosed()
		}
		f.stocked(at.name)
	}
}

func (f *filler) takeOn(ctx context.Context, c customer, owner person) (org client.OrgID, closed bool, err error) {
	known, err := f.session.Clients(ctx, f.provider)
	if err != nil {
		return "", false, err
	}
	if at := slices.IndexFunc(known, func(o client.ClientOrganization) bool { return o.Name == c.name }); at >= 0 {
		return known[at].OrganizationID, !known[at].Enabled, nil
	}
	created, err := f.session.CreateClient(ctx, f.provider, client.NewClient{
		Name: c.name, OwnerEmail: owner.email, Plan: c.plan, Seats: c.seats(), Collection: "Everybody",
	})
	return created.OrganizationID, false, err
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
		created, err := f.session.CreateCollection(ctx, org, client.CollectionContent{Name: name, ExternalID: c.reference(name)})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, created)
	}
	return out, nil
}
