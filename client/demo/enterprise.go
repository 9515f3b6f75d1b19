package demo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/kastellan/kastellan/client"
)

// departments are the groups of the larger customers: one for everybody, and one
// for each collection behind the common one.
func (at site) departments() []client.GroupContent {
	if at.plan != client.Enterprise {
		return nil
	}
	out := make([]client.GroupContent, len(at.collections))
	for i, collection := range at.collections {
		name := strings.ReplaceAll(collection.Name, "/", " ") + " team"
		if i == 0 {
			name = "All staff"
		}
		out[i] = client.GroupContent{
			Name: name, ExternalID: at.reference(name),
			Collections: []client.Access[client.CollectionID]{{ID: collection.ID, ReadOnly: i == 0}},
		}
	}
	return out
}

// organize makes the groups that are missing and returns all.
func (f *filler) organize(ctx context.Context, at site) ([]client.GroupID, error) {
	departments := at.departments()
	if len(departments) == 0 {
		return nil, nil
	}
	known, err := f.session.Groups(ctx, at.org)
	if err != nil {
		return nil, err
	}
	ids := make([]client.GroupID, len(departments))
	for i, d := range departments {
		if row := slices.IndexFunc(known, func(g client.Group) bool { return g.Name == d.Name }); row >= 0 {
			ids[i] = known[row].ID
			continue
		}
		if ids[i], err = f.session.CreateGroup(ctx, at.org, d); err != nil {
			return nil, fmt.Errorf("%s: %w", d.Name, err)
		}
	}
	return ids, nil
}

// policies are the house rules of the larger customers; the third needs the second.
var policies = []struct {
	kind client.PolicyType
	data map[string]any
}{
	{client.MasterPasswordPolicy, map[string]any{"minLength": 14, "requireLower": true, "requireNumbers": true}},
	{client.SingleOrganizationPolicy, nil},
	{client.RecoveryPolicy, map[string]any{"autoEnrollEnabled": false}},
}

// rule turns on the policies that are off.
func (f *filler) rule(ctx context.Context, at site) error {
	if at.plan != client.Enterprise {
		return nil
	}
	known, err := f.session.Policies(ctx, at.org)
	if err != nil {
		return err
	}
	for _, p := range policies {
		if slices.ContainsFunc(known, func(k client.Policy) bool { return k.Type == p.kind && k.Enabled }) {
			continue
		}
		if err := f.session.SetPolicy(ctx, at.org, p.kind, true, p.data); err != nil {
			return fmt.Errorf("type %d: %w", p.kind, err)
		}
	}
	return nil
}

// name has the customer's directory say how it calls the people.
func (f *filler) name(ctx context.Context, at site, people []person, known []client.Member) error {
	unnamed := slices.ContainsFunc(known, func(m client.Member) bool { return m.ExternalID == "" })
	if at.plan != client.Enterprise || !unnamed {
		return nil
	}
	key, err := f.session.OrgAPIKey(ctx, at.org, f.Password)
	if err != nil {
		return err
	}
	directory, err := f.Client.OpenDirectory(ctx, key)
	if err != nil {
		return err
	}
	var in client.DirectoryImport
	for i, p := range people {
		in.Members = append(in.Members, client.DirectoryMember{Email: p.email, ExternalID: at.reference(fmt.Sprintf("%03d", i+1))})
	}
	return directory.Import(ctx, in)
}

// enrol lets the administrators reset a person's password, after the person and
// the provider have compared the key under which that is done.
func (f *filler) enrol(ctx context.Context, org client.OrgID, own *client.Session, p person) (err error) {
	if own == nil {
		if own, err = f.login(ctx, p); err != nil {
			return err
		}
	}
	key, err := own.OrgPublicKey(ctx, org)
	if err != nil {
		return err
	}
	trusted, err := f.session.OrgPublicKey(ctx, org)
	if err != nil {
		return err
	}
	if client.OrgFingerprint(org, key) != client.OrgFingerprint(org, trusted) {
		return errFingerprint
	}
	if err := own.AllowRecovery(ctx, org, key, f.Password); err != nil {
		return fmt.Errorf("account recovery: %w", err)
	}
	return nil
}
