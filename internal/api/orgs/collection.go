package orgs

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) listShared(w http.ResponseWriter, r *http.Request) error {
	user, err := caller(r)
	if err != nil {
		return err
	}
	list, err := a.Orgs.ListShared(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, sharedOf)))
}

func (a *API) listCollections(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Orgs.ListCollections(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, collectionOf)))
}

func (a *API) listCollectionsInDetail(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Orgs.ListCollectionsInDetail(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, detailOf)))
}

func (a *API) findCollection(r *http.Request) (org.Collection, error) {
	user, organization, which, err := on[id.Collection](r, "collection")
	if err != nil {
		return org.Collection{}, err
	}
	return a.Orgs.FindCollectionInDetail(r.Context(), user, organization, which)
}

func (a *API) getCollection(w http.ResponseWriter, r *http.Request) error {
	user, organization, which, err := on[id.Collection](r, "collection")
	if err != nil {
		return err
	}
	c, err := a.Orgs.FindCollection(r.Context(), user, organization, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, collectionOf(c))
}

func (a *API) getCollectionInDetail(w http.ResponseWriter, r *http.Request) error {
	c, err := a.findCollection(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, detailOf(c))
}

// getCollectionUsers answers a bare array, as clients expect here.
func (a *API) getCollectionUsers(w http.ResponseWriter, r *http.Request) error {
	c, err := a.findCollection(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, detailOf(c).Users)
}

type collectionRequest struct {
	Name       string      `json:"name"`
	ExternalID string      `json:"externalId"`
	Users      []selection `json:"users"`
	Groups     []selection `json:"groups"`
	LastKnown  wire.Date   `json:"lastKnownRevisionDate"`
}

func (in collectionRequest) read() (out org.EditCollection, err error) {
	out = org.EditCollection{
		Name: in.Name, ExternalID: in.ExternalID, KeepMembers: in.Users == nil, KeepGroups: in.Groups == nil, LastKnown: time.Time(in.LastKnown),
	}
	if out.Members, err = sharesOf(in.Users, toMember); err != nil {
		return out, err
	}
	out.Groups, err = sharesOf(in.Groups, toGroup)
	return out, err
}

// sharesOf reads who shall have a collection. A malformed id names nobody.
func sharesOf(list []selection, to func(*org.Access, string) error) ([]org.Access, error) {
	out := make([]org.Access, len(list))
	for i, s := range list {
		out[i] = org.Access{ReadOnly: s.ReadOnly, HidePasswords: s.HidePasswords, Manage: s.Manage}
		if err := to(&out[i], s.ID); err != nil {
			return nil, fault.Absent()
		}
	}
	return out, nil
}

func toMember(a *org.Access, s string) (err error) {
	a.Member, err = id.Parse[id.Member](s)
	return err
}

func toGroup(a *org.Access, s string) (err error) {
	a.Group, err = id.Parse[id.Group](s)
	return err
}

type bulkAccessRequest struct {
	CollectionIDs []string    `json:"collectionIds"`
	Users         []selection `json:"users"`
	Groups        []selection `json:"groups"`
}

func (a *API) giveCollections(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[bulkAccessRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	list, err := ids[id.Collection](in.CollectionIDs)
	if err != nil {
		return err
	}
	toMembers, err := sharesOf(in.Users, toMember)
	if err != nil {
		return err
	}
	toGroups, err := sharesOf(in.Groups, toGroup)
	if err != nil {
		return err
	}
	if err := a.Orgs.GiveCollections(r.Context(), user, organization, list, toMembers, toGroups); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) createCollection(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[collectionRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	edit, err := in.read()
	if err != nil {
		return err
	}
	c, err := a.Orgs.CreateCollection(r.Context(), user, organization, edit)
	if err != nil {
		return err
	}
	return wire.JSON(w, detailOf(c))
}

func (a *API) updateCollection(w http.ResponseWriter, r *http.Request) error {
	user, organization, which, err := on[id.Collection](r, "collection")
	if err != nil {
		return err
	}
	in, err := wire.Decode[collectionRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	edit, err := in.read()
	if err != nil {
		return err
	}
	c, err := a.Orgs.UpdateCollection(r.Context(), user, organization, which, edit)
	if err != nil {
		return err
	}
	return wire.JSON(w, detailOf(c))
}

func (a *API) deleteCollection(w http.ResponseWriter, r *http.Request) error {
	user, organization, which, err := on[id.Collection](r, "collection")
	if err != nil {
		return err
	}
	if err := a.Orgs.DeleteCollections(r.Context(), user, organization, []id.Collection{which}); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) deleteCollections(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[idsRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	list, err := ids[id.Collection](in.IDs)
	if err != nil {
		return err
	}
	if err := a.Orgs.DeleteCollections(r.Context(), user, organization, list); err != nil {
		return err
	}
	return wire.OK(w)
}

type collectionBody struct {
	Object         string    `json:"object"`
	ID             string    `json:"id"`
	OrganizationID string    `json:"organizationId"`
	Name           string    `json:"name"`
	ExternalID     *string   `json:"externalId"`
	Type           int       `json:"type"`
	DefaultEmail   *string   `json:"defaultUserCollectionEmail"`
	RevisionDate   wire.Date `json:"revisionDate"`
}

func collectionOf(c org.Collection) collectionBody {
	return collectionBody{
		Object: "collection", ID: string(c.ID), OrganizationID: string(c.Org), Name: c.Name, ExternalID: text(c.ExternalID),
		RevisionDate: wire.Date(c.RevisedAt),
	}
}

type sharedBody struct {
	collectionBody
	ReadOnly      bool `json:"readOnly"`
	HidePasswords bool `json:"hidePasswords"`
	Manage        bool `json:"manage"`
}

func sharedOf(s org.Shared) sharedBody {
	b := sharedBody{collectionOf(s.Collection), s.Share.ReadOnly, s.Share.HidePasswords, s.Share.Manage}
	b.Object = "collectionDetails"
	return b
}

type detailBody struct {
	sharedBody
	Assigned  bool        `json:"assigned"`
	Unmanaged bool        `json:"unmanaged"`
	Users     []selection `json:"users"`
	Groups    []selection `json:"groups"`
}

func detailOf(c org.Collection) detailBody {
	b := detailBody{Unmanaged: c.Orphaned, Assigned: c.Mine != nil}
	b.collectionBody = collectionOf(c)
	b.Object = "collectionAccessDetails"
	if c.Mine != nil {
		b.ReadOnly, b.HidePasswords, b.Manage = c.Mine.ReadOnly, c.Mine.HidePasswords, c.Mine.Manage
	}
	b.Users = each(c.Members, func(s org.Access) selection { return selectionOf(string(s.Member), s) })
	b.Groups = each(c.Groups, func(s org.Access) selection { return selectionOf(string(s.Group), s) })
	return b
}
