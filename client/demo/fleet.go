package demo

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/portal"
)

// SeatMinimums are the seats that the operator says the provider has anyway: a few
// less than it assigns of the one plan, a few more of the other.
var SeatMinimums = struct{ Teams, Enterprise int }{25, 80}

// houseRules is what the provider wants of its larger clients, beside what they
// have already; one of them gets it.
var houseRules = portal.Baseline{
	Name: "House rules", Description: "What every client with a plan for it should have.", MayDeviate: true,
	Settings: map[string]bool{"limitItemDeletion": true},
	Policies: append(wanted(), portal.BaselinePolicy{
		Type: client.PasswordGeneratorPolicy, Enabled: true, Data: map[string]any{"minLength": 20, "useNumbers": true},
	}),
}

// patientData is for the client that keeps more than others may know.
var patientData = portal.Baseline{
	Name: "Patient data", Description: "For practices: only who looks after a collection makes, empties or deletes one.",
	Settings: map[string]bool{"limitCollectionCreation": true, "limitCollectionDeletion": true, "limitItemDeletion": true},
}

const (
	houseTag      = "enterprise" // of the clients for which the house rules are
	tillScope     = 6 * 7 * 24 * time.Hour
	deviates      = "policy:2"
	deviateReason = "Our telephone system takes passwords of at most 16 characters."
)

// wanted are the policies of the larger customers, as a baseline has them.
func wanted() []portal.BaselinePolicy {
	out := make([]portal.BaselinePolicy, len(policies))
	for i, p := range policies {
		out[i] = portal.BaselinePolicy{Type: p.kind, Enabled: true, Data: p.data}
	}
	return out
}

// fleet is what the provider's administrator does with all clients at once.
type fleet struct {
	*filler
	portal.Provider
	clients map[string]client.ClientOrganization // by the domain of the story
	tags    map[string]portal.TagID              // by name
}

// steer sorts the clients, says who reaches which of them and what they should
// be like, and closes one.
func (f *filler) steer(ctx context.Context) error {
	all := fleet{f, portal.Of(f.session, f.provider), map[string]client.ClientOrganization{}, map[string]portal.TagID{}}
	known, err := f.session.Clients(ctx, f.provider)
	if err != nil {
		return err
	}
	for _, c := range customers {
		if at := slices.IndexFunc(known, func(o client.ClientOrganization) bool { return o.Name == c.name }); at >= 0 {
			all.clients[c.domain] = known[at]
		}
	}
	if err := all.suspend(ctx); err != nil {
		return fmt.Errorf("suspended client: %w", err)
	}
	if err := all.tag(ctx); err != nil {
		return fmt.Errorf("tags: %w", err)
	}
	if err := all.scope(ctx); err != nil {
		return fmt.Errorf("reach: %w", err)
	}
	if err := all.measure(ctx); err != nil {
		return fmt.Errorf("baselines: %w", err)
	}
	f.step("Provider Portal")
	return nil
}

// suspend closes what the story wants closed.
func (f fleet) suspend(ctx context.Context) error {
	for _, c := range customers {
		if at := f.clients[c.domain]; c.suspended && at.Enabled {
			if err := f.Suspend(ctx, at.ID, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// tag gives the clients that have no tags yet those of the story.
func (f fleet) tag(ctx context.Context) error {
	known, err := f.Tags(ctx)
	if err != nil {
		return err
	}
	tagged := map[client.ClientID]bool{}
	for _, t := range known {
		f.tags[t.Name] = t.ID
		for _, id := range t.Clients {
			tagged[id] = true
		}
	}
	for _, c := range customers {
		var ids []portal.TagID
		for _, name := range c.tags {
			if f.tags[name] == "" {
				if f.tags[name], err = f.CreateTag(ctx, name); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
			}
			ids = append(ids, f.tags[name])
		}
		if at := f.clients[c.domain].ID; !tagged[at] && len(ids) > 0 {
			if err := f.TagClient(ctx, at, ids...); err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
		}
	}
	f.result.Tags = len(f.tags)
	return nil
}

// scope limits the technicians who look after a few clients only.
func (f fleet) scope(ctx context.Context) error {
	people, err := f.People(ctx)
	if err != nil {
		return err
	}
	until := time.Now().UTC().Truncate(24 * time.Hour).Add(tillScope)
	for _, technician := range technicians {
		at := slices.IndexFunc(people, func(p portal.Person) bool { return p.Email == technician.email })
		if at < 0 || technician.tag+technician.client == "" {
			continue
		}
		f.result.Scoped++
		if people[at].Assigned {
			continue
		}
		reach := portal.Reach{Assigned: true}
		if technician.tag != "" {
			reach.Tags = []portal.Tie[portal.TagID]{{ID: f.tags[technician.tag], Until: &until}}
		}
		if technician.client != "" {
			reach.Clients = []portal.Tie[client.ClientID]{{ID: f.clients[technician.client].ID}}
		}
		if err := f.SetReach(ctx, people[at].ID, reach); err != nil {
			return fmt.Errorf("%s: %w", technician.name, err)
		}
	}
	return nil
}

// measure writes the baselines, brings one client in line, and has the owner of
// another say why they do otherwise.
func (f fleet) measure(ctx context.Context) error {
	if err := f.want(ctx, houseRules, nil, []portal.TagID{f.tags[houseTag]}); err != nil {
		return err
	}
	if err := f.want(ctx, patientData, []client.ClientID{f.clients["dental"].ID}, nil); err != nil {
		return err
	}
	applied, err := f.ApplyBaseline(ctx, f.clients["school"].ID)
	if err != nil {
		return err
	}
	for _, change := range applied {
		if change.Error != nil {
			return fmt.Errorf("apply %s: %s", change.Subject, *change.Error)
		}
	}
	law := slices.IndexFunc(customers, func(c customer) bool { return c.domain == "law" })
	owner, err := f.login(ctx, staff(law)[0])
	if err != nil {
		return err
	}
	if err := portal.Deviate(ctx, owner, f.clients["law"].OrganizationID, deviates, deviateReason); err != nil {
		return fmt.Errorf("deviation: %w", err)
	}
	all, err := f.Baselines(ctx)
	for _, b := range all {
		f.result.Baselines, f.result.Drifted = f.result.Baselines+1, f.result.Drifted+b.Drifted
	}
	return err
}

// want makes a baseline that is not there, and says for whom it is.
func (f fleet) want(ctx context.Context, b portal.Baseline, clients []client.ClientID, tags []portal.TagID) error {
	known, err := f.Baselines(ctx)
	if err != nil {
		return err
	}
	var id portal.BaselineID
	if at := slices.IndexFunc(known, func(k portal.Counted) bool { return k.Name == b.Name }); at >= 0 {
		if len(known[at].Clients)+len(known[at].Tags) > 0 {
			return nil
		}
		id = known[at].ID
	} else if id, err = f.CreateBaseline(ctx, b); err != nil {
		return err
	}
	return f.AssignBaseline(ctx, id, clients, tags)
}
