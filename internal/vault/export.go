package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// OrgExport is what somebody may take along of an organization.
type OrgExport struct {
	Collections []ExportedCollection
	Items       []*Cipher // what is in the trash stays there
}

// ExportedCollection is a collection as an export names it.
type ExportedCollection struct {
	ID         id.Collection
	Org        id.Org
	Name       string
	ExternalID string
}

// ExportOrg gives everything to members who may export all of an organization,
// and to other members the collections that they manage. The provider's staff
// exports nothing. Each export is logged.
func (s *Service) ExportOrg(ctx context.Context, user id.User, org id.Org) (OrgExport, error) {
	return update(ctx, s, func(tx *db.Tx) (OrgExport, error) {
		o, err := access.ToOrg(ctx, tx, user, org)
		if err != nil {
			return OrgExport{}, err
		}
		if o.Member == "" || !o.Enabled {
			return OrgExport{}, fault.Absent()
		}
		var out OrgExport
		if out.Collections, err = exportedCollections(ctx, tx, o); err != nil {
			return OrgExport{}, err
		}
		items, err := administered(ctx, tx, o, access.ExportItems)
		if err != nil {
			return OrgExport{}, err
		}
		for _, c := range items {
			if c.DeletedAt.IsZero() {
				out.Items = append(out.Items, c)
			}
		}
		return out, event.Append(ctx, tx, event.Event{Type: event.OrgExported, Org: org})
	})
}

// exportedCollections are all, or those that the account manages.
func exportedCollections(ctx context.Context, tx *db.Tx, o access.Org) ([]ExportedCollection, error) {
	mine, err := o.Collections(ctx, tx)
	if err != nil {
		return nil, err
	}
	list, err := db.All(ctx, tx, func(r db.Row) (ExportedCollection, error) {
		c := ExportedCollection{Org: o.ID}
		err := r.Scan(&c.ID, &c.Name, db.Opt(&c.ExternalID))
		return c, err
	}, `SELECT id, name, external_id FROM collections WHERE org_id = $1 ORDER BY id`, o.ID)
	var out []ExportedCollection
	for _, c := range list {
		if o.Can(access.ExportItems) || mine[c.ID].Manages {
			out = append(out, c)
		}
	}
	return out, err
}
