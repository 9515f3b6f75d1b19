package vault

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// OrgImport is what an organization takes over from another product. Relations
// put items into collections.
type OrgImport struct {
	Items       []Draft
	Collections []org.NewCollection // with the id of a collection that exists, to use that
	Relations   []Relation
}

// ImportIntoOrg stores items and collections of an organization, all or none.
// Whoever may not import into all of it may fill the collections that they can
// edit, and none of the items may stay outside of one.
func (s *Service) ImportIntoOrg(ctx context.Context, user id.User, to id.Org, in OrgImport) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		o, err := access.ToOrg(ctx, tx, user, to)
		if err != nil {
			return err
		}
		if !o.Can(access.ImportItems) && (o.Member == "" || !o.Enabled) {
			return fault.Absent()
		}
		if err := in.check(to, !o.Can(access.ImportItems)); err != nil {
			return err
		}
		if err := checkDrafts(ctx, tx, user, in.Items); err != nil {
			return err
		}
		places, err := in.places(ctx, tx, o)
		if err != nil {
			return err
		}
		created, err := in.store(ctx, tx, o, places)
		if err != nil {
			return err
		}
		w := way{user: user, org: to, provider: o.ActingProvider()}
		if err := w.log(ctx, tx, created, event.CipherCreated); err != nil {
			return err
		}
		return w.tellMany(ctx, tx, created, user) // also for collections that got no items
	})
}

func (in OrgImport) check(to id.Org, allPlaced bool) error {
	if err := atMost("items", len(in.Items), MaxImportItems); err != nil {
		return err
	}
	if err := atMost("collections", len(in.Collections), MaxImportFolders); err != nil {
		return err
	}
	if err := checkRelations(in.Relations, len(in.Items), len(in.Collections)); err != nil {
		return err
	}
	placed := map[int]bool{}
	for _, r := range in.Relations {
		placed[r.Item] = true
	}
	if allPlaced && (len(in.Collections) == 0 || len(placed) < len(in.Items)) {
		return fault.Field("collectionRelationships", "Choose a collection that you can edit for every item.")
	}
	for _, d := range in.Items {
		if d.Org != "" && d.Org != to {
			return fault.Absent()
		}
	}
	return nil
}

// places finds or makes the collections, by index. An id that is not one of the
// organization's own is another vault's: the collection is made anew.
func (in OrgImport) places(ctx context.Context, tx *db.Tx, o access.Org) ([]id.Collection, error) {
	known, err := o.Collections(ctx, tx)
	if err != nil {
		return nil, err
	}
	fillable := map[id.Collection]bool{}
	if !o.Can(access.ImportItems) {
		if fillable, err = (way{user: o.User}).fillable(ctx, tx, o.ID); err != nil {
			return nil, err
		}
	}
	places := make([]id.Collection, len(in.Collections))
	var fresh []org.NewCollection
	for i, c := range in.Collections {
		_, ok := known[c.ID]
		switch {
		case !ok:
			c.ID = id.New[id.Collection]()
			fresh = append(fresh, c)
		case !o.Can(access.ImportItems) && !fillable[c.ID]:
			return nil, fault.Absent()
		}
		places[i] = c.ID
	}
	return places, org.ImportCollections(ctx, tx, o, fresh)
}

func (in OrgImport) store(ctx context.Context, tx *db.Tx, o access.Org, places []id.Collection) ([]*Cipher, error) {
	items := make([]Draft, len(in.Items))
	for i, d := range in.Items {
		items[i] = Draft{Type: d.Type, Data: d.Data}
	}
	ids, err := insert(ctx, tx, o.User, o.ID, items)
	if err != nil {
		return nil, err
	}
	var rows [][]any
	seen := map[[2]string]bool{}
	for _, r := range in.Relations {
		// Compared by ids: two indices may stand for the same collection.
		pair := [2]string{string(places[r.Place]), string(ids[r.Item])}
		if !seen[pair] {
			rows = append(rows, []any{o.ID, pair[0], pair[1]})
		}
		seen[pair] = true
	}
	if err := db.Insert(ctx, tx, `INSERT INTO collection_ciphers (org_id, collection_id, cipher_id)`, rows...); err != nil {
		return nil, err
	}
	created := make([]*Cipher, len(ids))
	for i, c := range ids {
		created[i] = &Cipher{ID: c, Org: o.ID}
	}
	return created, nil
}
