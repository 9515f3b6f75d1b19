package orgs

import (
	"net/http"

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
	return a.Orgs.FindCollection(r.Context(), user, organization, which)
}

func (a *API) getCollection(w http.ResponseWriter, r *http.Request) error {
	c, err := a.findCollection(r)
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
}

func (in collectionRequest) read() (org.EditCollection, error) {
	out := org.EditCollection{Name: in.Name, ExternalID: in.ExternalID, KeepMembers: in.Users == nil}
	if len(in.Groups) > 0 {
		return out, fault.Absent()
	}
	for _, s := range in.Users {
		who, err := id.Parse[id.Member](s.ID)
		if err != nil {
			return out, fault.Absent()
		}
		out.Members = append(out.Members, org.Access{Member: who, ReadOnly: s.ReadOnly, HidePasswords: s.HidePasswords, Manage: s.Manage})
	}
	return out, nil
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
	Object         string  `json:"object"`
	ID             string  `json:"id"`
	OrganizationID string  `json:"organizationId"`
	Name           string  `json:"name"`
	ExternalID     *string `json:"externalId"`
	Type           int     `json:"type"`
	DefaultEmail   *string `json:"defaultUserCollectionEmail"`
}

func collectionOf(c org.Collection) collectionBody {
	return collectionBody{Object: "collection", ID: string(c.ID), OrganizationID: string(c.Org), Name: c.Name, ExternalID: text(c.ExternalID)}
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
	b := detailBody{Unmanaged: c.Orphaned, Assigned: c.Mine != nil, Groups: []selection{}}
	b.collectionBody = collectionOf(c)
	b.Object = "collectionAccessDetails"
	if c.Mine != nil {
		b.ReadOnly, b.HidePasswords, b.Manage = c.Mine.ReadOnly, c.Mine.HidePasswords, c.Mine.Manage
	}
	b.Users = each(c.Members, func(s org.Access) selection { return selectionOf(string(s.Member), s) })
	return b
}
