package public

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/wire"
)

// collectionBody has no name: that is encrypted with a key that programs don't have.
type collectionBody struct {
	Object     string  `json:"object"`
	ID         string  `json:"id"`
	ExternalID *string `json:"externalId"`
	Groups     []share `json:"groups"`
}

func collectionOf(c org.Collection) collectionBody {
	return collectionBody{Object: "collection", ID: string(c.ID), ExternalID: text(c.ExternalID),
		Groups: each(c.Groups, func(a org.Access) share { return shareOf(a.Group, a) })}
}

func (a *API) listCollections(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	all, err := a.Orgs.ListCollectionsInDetail(r.Context(), access.OwnKey, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, listOf(all, collectionOf))
}

func (a *API) getCollection(w http.ResponseWriter, r *http.Request) error {
	organization, which, err := on[id.Collection](r, "collection")
	if err != nil {
		return err
	}
	c, err := a.Orgs.FindCollection(r.Context(), access.OwnKey, organization, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, collectionOf(c))
}

// collectionRequest decides about groups. What single members have stays.
type collectionRequest struct {
	ExternalID string  `json:"externalId"`
	Groups     []share `json:"groups"`
}

func (a *API) updateCollection(w http.ResponseWriter, r *http.Request) error {
	organization, which, err := on[id.Collection](r, "collection")
	if err != nil {
		return err
	}
	in, err := wire.Decode[collectionRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	shares, err := sharesOf(in.Groups, func(a *org.Access, g id.Group) { a.Group = g })
	if err != nil {
		return err
	}
	c, err := a.Orgs.UpdateCollection(r.Context(), access.OwnKey, organization, which, org.EditCollection{
		ExternalID: in.ExternalID, Groups: shares, KeepName: true, KeepMembers: true,
	})
	if err != nil {
		return err
	}
	return wire.JSON(w, collectionOf(c))
}

func (a *API) deleteCollection(w http.ResponseWriter, r *http.Request) error {
	organization, which, err := on[id.Collection](r, "collection")
	if err != nil {
		return err
	}
	if err := a.Orgs.DeleteCollections(r.Context(), access.OwnKey, organization, []id.Collection{which}); err != nil {
		return err
	}
	return wire.OK(w)
}
