package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Find answers one item.
func (s *Service) Find(ctx context.Context, by By, cipher id.Cipher) (*Cipher, error) {
	var w way
	found, err := view(ctx, s, func(tx *db.Tx) (_ *Cipher, err error) {
		if w, err = by.resolve(ctx, tx, access.ReadAllItems, cipher); err != nil {
			return nil, err
		}
		return w.findOne(ctx, tx, cipher)
	})
	if err != nil {
		return nil, err
	}
	return found, access.NoteVisit(ctx, s.DB, access.Org{ID: w.org, User: w.user, Provider: w.provider})
}

// List answers all items that an account sees.
func (s *Service) List(ctx context.Context, user id.User) ([]*Cipher, error) {
	return view(ctx, s, func(tx *db.Tx) ([]*Cipher, error) { return listSeen(ctx, tx, user) })
}

// ListOfOrg answers all items of an organization to those who may read all, and
// to admins from whom it keeps the others, what they administer.
func (s *Service) ListOfOrg(ctx context.Context, user id.User, org id.Org) ([]*Cipher, error) {
	var o access.Org
	list, err := view(ctx, s, func(tx *db.Tx) (_ []*Cipher, err error) {
		if o, err = access.ToOrg(ctx, tx, user, org); err != nil {
			return nil, err
		}
		if !o.Can(access.ReadAllItems) && !o.ReachesUnassigned() {
			return nil, fault.Absent()
		}
		return administered(ctx, tx, o, access.ReadAllItems)
	})
	if err != nil {
		return nil, err
	}
	return list, access.NoteVisit(ctx, s.DB, o)
}

// administered reads every item of an organization for those who may do act to
// all of them, and otherwise those in collections that the account manages; for
// admins also those that are in none. At most two statements.
func administered(ctx context.Context, tx *db.Tx, o access.Org, act access.Act) ([]*Cipher, error) {
	if o.Can(act) {
		return listOfOrg(ctx, tx, o.ID)
	}
	list, err := listManaged(ctx, tx, o.User, o.ID)
	if err != nil || !o.ReachesUnassigned() {
		return list, err
	}
	loose, err := listUnassigned(ctx, tx, o.ID)
	return append(list, loose...), err
}

// ListAssigned answers the items of an organization that reach a member through
// collections.
func (s *Service) ListAssigned(ctx context.Context, user id.User, org id.Org) ([]*Cipher, error) {
	return view(ctx, s, func(tx *db.Tx) ([]*Cipher, error) {
		o, err := access.ToOrg(ctx, tx, user, org)
		if err != nil {
			return nil, err
		}
		if o.Member == "" {
			return nil, fault.Absent()
		}
		all, err := listSeen(ctx, tx, user)
		if err != nil {
			return nil, err
		}
		assigned := []*Cipher{}
		for _, c := range all {
			if c.Org == org {
				assigned = append(assigned, c)
			}
		}
		return assigned, nil
	})
}
