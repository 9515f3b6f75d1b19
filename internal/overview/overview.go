package overview

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Overview is how all clients stand.
type Overview struct {
	Clients []Client
	Needs   Needs
	Plans   []provider.PlanSeats
}

// Client is how one client stands.
type Client struct {
	ID      id.ProviderClient
	Org     id.Org
	Name    string
	Plan    tenant.Plan
	Seats   int // 0: unlimited
	Status  tenant.Status
	Enabled bool
	Tags    []id.ProviderTag
	Members Members
	// Standing to its baseline; nil when none governs it.
	Standing *Standing

	LastActivity time.Time // of the last entry in its log, whoever made it
	LastAccess   time.Time // when somebody of the provider last looked into its vault
	LastAccessBy string    // their name, or that of the API key
}

// Members counts those of one client by how far they have come.
type Members struct {
	Invited, Accepted, Confirmed, Revoked, Staged int

	Owners  int // confirmed ones
	TwoStep int // confirmed ones with two-step login
}

// Occupied is the number of seats in use.
func (m Members) Occupied() int { return m.Invited + m.Accepted + m.Confirmed }

// Alert is something about a client that somebody should look at.
type Alert string

// The alerts, the gravest first.
const (
	Suspended     Alert = "suspended"
	NoOwner       Alert = "noOwner"       // nobody of the client itself can lead it
	Confirmations Alert = "confirmations" // people have accepted and wait to be confirmed
	OutOfSeats    Alert = "outOfSeats"
	Drift         Alert = "drift" // it differs from its baseline, and no owner gave a reason
)

// Alerts are those of the client, the gravest first.
func (c Client) Alerts() []Alert {
	out := []Alert{}
	for _, a := range []struct {
		is   bool
		name Alert
	}{
		{!c.Enabled, Suspended},
		{c.Members.Owners == 0, NoOwner},
		{c.Members.Accepted > 0, Confirmations},
		{c.Seats > 0 && c.Members.Occupied() >= c.Seats, OutOfSeats},
		{c.Standing != nil && c.Standing.Drift > 0, Drift},
	} {
		if a.is {
			out = append(out, a.name)
		}
	}
	return out
}

// Find gives the provider's staff the overview of the clients that they reach. A
// constant number of statements.
func (s *Service) Find(ctx context.Context, user id.User, of id.Provider) (Overview, error) {
	var out Overview
	err := s.reading(ctx, user, of, func(tx *db.Tx, staff access.Staff) (err error) {
		if out.Clients, err = clientsOf(ctx, tx, staff); err != nil {
			return err
		}
		if err = describe(ctx, tx, staff, out.Clients); err != nil {
			return err
		}
		if out.Needs, err = needsOf(ctx, tx, staff, out.Clients); err != nil {
			return err
		}
		out.Plans, err = provider.PlansOf(ctx, tx, staff)
		return err
	})
	return out, err
}

// describe reads what belongs to the clients, each kind in a constant number of
// statements.
func describe(ctx context.Context, tx *db.Tx, staff access.Staff, clients []Client) error {
	place := make(map[id.ProviderClient]*Client, len(clients))
	for i := range clients {
		place[clients[i].ID] = &clients[i]
	}
	for _, read := range []func(context.Context, *db.Tx, access.Staff, map[id.ProviderClient]*Client) error{
		countMembers, readTags, readActivity, readStandings,
	} {
		if err := read(ctx, tx, staff, place); err != nil {
			return err
		}
	}
	return nil
}
