package offboard

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/provider"
)

// Technician is what becomes of somebody who leaves a provider and its clients.
type Technician struct {
	provider.User
	Kept    string      // why they stay with the provider; empty when they go
	Clients []Departure // where they are members, by name
	Reached []Departure // where they are not, and the provider let them open items
	Keys    []provider.Key
}

// Departure is one client that somebody leaves.
type Departure struct {
	Client id.ProviderClient
	Org    id.Org
	Name   string
	Role   access.Role
	Items  int    // that they may know, and that should be changed
	Kept   string // why they stay; empty when they go

	member org.Member
}

// OffboardTechnician takes somebody out of a provider and out of all of its
// clients in one act, with the API keys that they made; with dry it only tells what
// would become of it. Where something would be left without a head they stay, and
// the rest is done. It takes a constant number of statements.
func (s *Service) OffboardTechnician(ctx context.Context, user id.User, by id.Provider, who id.ProviderUser, dry bool) (Technician, error) {
	var out Technician
	act := func(tx *db.Tx) error {
		self, err := access.ToProviderAsAdmin(ctx, tx, user, by)
		if err != nil {
			return err
		}
		if out, err = survey(ctx, tx, self, who); err != nil || dry {
			return err
		}
		return s.letGo(ctx, tx, by, out)
	}
	if dry {
		return out, s.DB.View(ctx, act)
	}
	return out, s.DB.Update(ctx, act)
}

// survey finds out what somebody would leave, and what keeps them.
func survey(ctx context.Context, tx *db.Tx, self access.Staff, who id.ProviderUser) (Technician, error) {
	found, err := provider.UsersByID(ctx, tx, self.Provider, []id.ProviderUser{who})
	if err != nil {
		return Technician{}, err
	}
	out := Technician{User: found[0]}
	if out.Kept, err = provider.Irremovable(ctx, tx, self, who); err != nil {
		return out, err
	}
	places, err := placesOf(ctx, tx, out.User)
	if err != nil {
		return out, err
	}
	for _, p := range places {
		if d := p.departure(); p.member.ID != "" {
			out.Clients = append(out.Clients, d)
		} else if d.Items > 0 {
			out.Reached = append(out.Reached, d)
		}
	}
	if out.Kept == "" && out.User.User != "" {
		out.Keys, err = keysBy(ctx, tx, self.Provider, out.User.User)
	}
	return out, err
}

func (s *Service) letGo(ctx context.Context, tx *db.Tx, by id.Provider, t Technician) error {
	var gone []org.Member
	for _, d := range t.Clients {
		if d.Kept == "" {
			gone = append(gone, d.member)
		}
	}
	if err := org.Expel(ctx, tx, by, gone); err != nil {
		return err
	}
	keys := make([]id.ProviderKey, len(t.Keys))
	for i, k := range t.Keys {
		keys[i] = k.ID
	}
	if err := provider.DeleteKeys(ctx, tx, by, keys...); err != nil || t.Kept != "" {
		return err
	}
	return provider.Remove(ctx, tx, s.Outbox, by, []provider.User{t.User})
}

// place is a client that somebody is a member of, or reaches as staff.
type place struct {
	Departure
	hadKey    bool // a key of the organization was given to them
	opens     bool // they reach its items as staff
	adminsAll bool // owners and admins open everything
	lastOwner bool
	claimed   bool
	all       int // items
	assigned  int // those in the member's collections
}

func (p place) departure() Departure {
	d := p.Departure
	d.Role = p.member.Role
	as := access.Org{
		Enabled: true, Member: p.member.ID, Role: p.member.Role, Permissions: p.member.Permissions, AdminsAccessAll: p.adminsAll,
	}
	switch {
	case p.opens || (p.hadKey && as.Can(access.ReadAllItems)):
		d.Items = p.all
	case p.hadKey:
		d.Items = p.assigned
	}
	switch {
	case p.lastOwner:
		d.Kept = "This person is the last confirmed owner of the organization. Make somebody else an owner first."
	case p.claimed:
		d.Kept = "This account belongs to a domain of the organization. Revoke the member there, or delete the account."
	}
	return d
}
