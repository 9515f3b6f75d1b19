package audit

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// FleetQuery is what to read of the logs of a provider and its clients.
type FleetQuery struct {
	Query
	Types   []event.Type        // beside the categories
	Clients []id.ProviderClient // empty for all, and the provider itself
}

// FleetPage is a page of them, the newest entry first.
type FleetPage struct {
	Entries []FleetEntry
	Next    event.Cursor
}

// FleetEntry is an entry with the names of what it tells of, as they are today.
type FleetEntry struct {
	event.Entry
	Client     id.ProviderClient // empty for what concerns no present client
	ClientName string
	ActingName Name
	UserName   Name
	KeyName    string
}

// Name is how a person is called; empty for accounts that are deleted.
type Name struct{ Name, Email string }

// OfFleet reads the provider's log and those of all of its clients as one stream,
// for its admins and for programs. A program whose key is for some clients reads
// the logs of these, and of the provider's what is about them. Five statements,
// however many clients.
func (s *Service) OfFleet(ctx context.Context, user id.User, provider id.Provider, q FleetQuery) (FleetPage, error) {
	var page FleetPage
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		staff, err := access.ToFleet(ctx, tx, user, provider, false)
		if err != nil {
			return err
		}
		if !staff.Admin && staff.Key == "" {
			return fault.Absent()
		}
		f, err := q.filter(tx.Now)
		if err != nil {
			return err
		}
		f.Types = q.Types
		clients, err := reached(ctx, tx, staff)
		if err != nil {
			return err
		}
		fleet, err := clients.fleet(staff, q.Clients)
		if err != nil {
			return err
		}
		found, err := event.ReadFleet(ctx, tx, fleet, f)
		if err != nil {
			return err
		}
		page, err = clients.describe(ctx, tx, provider, found)
		return err
	})
	return page, err
}

// client is a client in reach.
type client struct {
	id   id.ProviderClient
	org  id.Org
	name string
}

type clientList struct {
	all    []client
	byOrg  map[id.Org]client
	byLink map[id.ProviderClient]client
}

func reached(ctx context.Context, tx *db.Tx, staff access.Staff) (clientList, error) {
	list := clientList{byOrg: map[id.Org]client{}, byLink: map[id.ProviderClient]client{}}
	var err error
	list.all, err = db.All(ctx, tx, func(r db.Row) (client, error) {
		var c client
		err := r.Scan(&c.id, &c.org, &c.name)
		list.byOrg[c.org], list.byLink[c.id] = c, c
		return c, err
	}, `SELECT pc.id, pc.org_id, o.name FROM provider_clients pc JOIN organizations o ON o.id = pc.org_id
		WHERE pc.provider_id = $1 AND `+staff.Reaches(2), append([]any{staff.Provider}, staff.Reaching(tx)...)...)
	return list, err
}

// fleet is the logs to read. One client that is out of reach makes all absent.
func (l clientList) fleet(staff access.Staff, chosen []id.ProviderClient) (event.Fleet, error) {
	chosen = slices.Compact(slices.Sorted(slices.Values(chosen))) // a log that is read twice gives its entries twice
	f := event.Fleet{Provider: staff.Provider, About: chosen}
	if len(chosen) == 0 {
		f.About = nil
		if !staff.AllClients {
			f.About = []id.ProviderClient{}
		}
		for _, c := range l.all {
			f.Orgs = append(f.Orgs, c.org)
			if !staff.AllClients {
				f.About = append(f.About, c.id)
			}
		}
		return f, nil
	}
	for _, link := range chosen {
		c, ok := l.byLink[link]
		if !ok {
			return event.Fleet{}, fault.Absent()
		}
		f.Orgs = append(f.Orgs, c.org)
	}
	return f, nil
}

// describe adds the names. One statement.
func (l clientList) describe(ctx context.Context, tx *db.Tx, provider id.Provider, found event.Page) (FleetPage, error) {
	page := FleetPage{Entries: make([]FleetEntry, len(found.Entries)), Next: found.Next}
	var people []id.User
	var keys []id.ProviderKey
	for _, e := range found.Entries {
		people, keys = append(people, e.Acting, e.User), append(keys, e.Key)
	}
	names := map[string]Name{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		var who string
		var n Name
		err := r.Scan(&who, db.Opt(&n.Name), &n.Email)
		names[who] = n
		return err
	}, `SELECT id, name, email FROM users WHERE `+db.Among(tx, "id", 1)+`
		UNION ALL SELECT id, name, '' FROM provider_keys WHERE provider_id = $2 AND `+db.Among(tx, "id", 3), db.List(people), provider, db.List(keys))
	for i, e := range found.Entries {
		c, ok := l.byOrg[e.Org]
		if !ok && e.Org == "" {
			c = l.byLink[e.ProviderClient]
		}
		page.Entries[i] = FleetEntry{
			Entry: e, Client: c.id, ClientName: c.name,
			ActingName: names[string(e.Acting)], UserName: names[string(e.User)], KeyName: names[string(e.Key)].Name,
		}
		if e.Provider != "" && e.Provider != provider {
			page.Entries[i].ActingName = Name{} // who worked for a former provider is not this one's to know
		}
	}
	return page, err
}
