package audit

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Service reads logs.
type Service struct{ DB *db.DB }

// Query is what to read of a log.
type Query struct {
	Start, End time.Time // without both, the last 30 days
	Acting     id.User
	Cipher     id.Cipher
	Categories []event.Category
	After      event.Cursor
}

// filter is the query with its window.
func (q Query) filter(now time.Time) (event.Filter, error) {
	from, to, err := event.Window(q.Start, q.End, now)
	return event.Filter{From: from, To: to, Acting: q.Acting, Cipher: q.Cipher, Categories: q.Categories, After: q.After}, err
}

// read reads a page in a transaction of its own; log says which, and may narrow
// the filter.
func read[T id.Org | id.Provider | id.User](ctx context.Context, s *Service, q Query, log func(tx *db.Tx, f *event.Filter) (T, error)) (event.Page, error) {
	var page event.Page
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		f, err := q.filter(tx.Now)
		if err != nil {
			return err
		}
		whose, err := log(tx, &f)
		if err != nil {
			return err
		}
		page, err = event.Read(ctx, tx, whose, f)
		return err
	})
	return page, err
}

// Own reads the account's own log.
func (s *Service) Own(ctx context.Context, user id.User, q Query) (event.Page, error) {
	return read(ctx, s, q, func(*db.Tx, *event.Filter) (id.User, error) { return user, nil })
}

// OrgPage is a page of an organization's log, with the names of those who acted as
// its people: also of those who have left since, whom no list of members knows.
type OrgPage struct {
	event.Page
	Names map[id.User]string
}

// OfOrg reads an organization's log. Who of its provider acted is not named: to
// the organization, they are the provider's staff.
func (s *Service) OfOrg(ctx context.Context, user id.User, org id.Org, q Query) (OrgPage, error) {
	out := OrgPage{Names: map[id.User]string{}}
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		if _, err := access.Require(ctx, tx, user, org, access.ReadEvents); err != nil {
			return err
		}
		f, err := q.filter(tx.Now)
		if err != nil {
			return err
		}
		if out.Page, err = event.Read(ctx, tx, org, f); err != nil {
			return err
		}
		return out.name(ctx, tx)
	})
	return out, err
}

func (p *OrgPage) name(ctx context.Context, tx *db.Tx) error {
	var people []id.User
	for _, e := range p.Entries {
		if e.Provider == "" && e.Acting != "" {
			people = append(people, e.Acting)
		}
	}
	return db.Each(ctx, tx, func(r db.Row) error {
		var who id.User
		var name string
		err := r.Scan(&who, &name)
		p.Names[who] = name
		return err
	}, `SELECT id, name FROM users WHERE name <> '' AND `+db.Among(tx, "id", 1), db.List(people))
}

// OfMember reads what one member did in the organization. Whoever was only
// invited has done nothing that could be known, and is absent.
func (s *Service) OfMember(ctx context.Context, user id.User, org id.Org, member id.Member, q Query) (event.Page, error) {
	return read(ctx, s, q, func(tx *db.Tx, f *event.Filter) (id.Org, error) {
		if _, err := access.Require(ctx, tx, user, org, access.ReadEvents); err != nil {
			return "", err
		}
		var err error
		f.Acting, err = db.One(ctx, tx, db.Value[id.User], `SELECT user_id FROM members WHERE org_id = $1 AND id = $2 AND user_id IS NOT NULL`, org, member)
		return org, err
	})
}

// OfSend reads what an organization's log says of a Send of one of its members. Sends of
// others, and those that never were, are absent; deleted ones are not.
func (s *Service) OfSend(ctx context.Context, user id.User, org id.Org, send id.Send, q Query) (event.Page, error) {
	return read(ctx, s, q, func(tx *db.Tx, f *event.Filter) (id.Org, error) {
		if _, err := access.Require(ctx, tx, user, org, access.ReadEvents); err != nil {
			return "", err
		}
		f.Send = send
		known, err := db.One(ctx, tx, db.Value[bool], `SELECT EXISTS (SELECT 1 FROM events WHERE tenant_id = $1 AND send_id = $2)`, org, send)
		if err == nil && !known {
			err = fault.Absent()
		}
		return org, err
	})
}

// OfCipher reads what happened to one item: to those who may read its
// organization's log, or to the owner of a personal one.
func (s *Service) OfCipher(ctx context.Context, user id.User, cipher id.Cipher, q Query) (event.Page, error) {
	var page event.Page
	err := s.DB.View(ctx, func(tx *db.Tx) error {
		f, err := q.filter(tx.Now)
		if err != nil {
			return err
		}
		f.Cipher = cipher
		org, err := access.OrgOf(ctx, tx, cipher)
		if err != nil {
			return err
		}
		if org == "" {
			item, err := access.ToItem(ctx, tx, user, cipher)
			if err != nil {
				return err
			}
			page, err = event.Read(ctx, tx, item.User, f)
			return err
		}
		if _, err := access.Require(ctx, tx, user, org, access.ReadEvents); err != nil {
			return err
		}
		page, err = event.Read(ctx, tx, org, f)
		return err
	})
	return page, err
}

// OfProvider reads a provider's log, which has also what its people did in the
// organizations of its clients.
func (s *Service) OfProvider(ctx context.Context, user id.User, provider id.Provider, q Query) (event.Page, error) {
	return read(ctx, s, q, func(tx *db.Tx, _ *event.Filter) (id.Provider, error) {
		_, err := access.ToProviderAsAdmin(ctx, tx, user, provider)
		return provider, err
	})
}

// OfStaff reads what one of the provider's people did.
func (s *Service) OfStaff(ctx context.Context, user id.User, provider id.Provider, who id.ProviderUser, q Query) (event.Page, error) {
	return read(ctx, s, q, func(tx *db.Tx, f *event.Filter) (id.Provider, error) {
		if _, err := access.ToProviderAsAdmin(ctx, tx, user, provider); err != nil {
			return "", err
		}
		var err error
		f.Acting, err = db.One(ctx, tx, db.Value[id.User], `SELECT user_id FROM provider_users WHERE provider_id = $1 AND id = $2 AND user_id IS NOT NULL`, provider, who)
		return provider, err
	})
}
