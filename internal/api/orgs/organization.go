package orgs

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/wire"
)

type keyPair struct {
	PublicKey           string `json:"publicKey"`
	EncryptedPrivateKey string `json:"encryptedPrivateKey"`
}

func (k keyPair) pair() org.KeyPair {
	return org.KeyPair{Public: k.PublicKey, Private: k.EncryptedPrivateKey}
}

type createRequest struct {
	Name            string  `json:"name"`
	BusinessName    string  `json:"businessName"`
	BillingEmail    string  `json:"billingEmail"`
	PlanType        *int    `json:"planType"`
	AdditionalSeats int     `json:"additionalSeats"`
	Key             string  `json:"key"`
	Keys            keyPair `json:"keys"`
	CollectionName  string  `json:"collectionName"`
}

func (a *API) list(w http.ResponseWriter, r *http.Request) error {
	user, err := caller(r)
	if err != nil {
		return err
	}
	list, err := a.Memberships(r.Context(), user)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(list))
}

func (a *API) create(w http.ResponseWriter, r *http.Request) error {
	user, err := caller(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[createRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	plan := org.EnterpriseAnnually
	if in.PlanType != nil && *in.PlanType != 0 { // the plan that clients call free has no place here
		plan = *in.PlanType
	}
	o, err := a.Orgs.Create(r.Context(), user, org.New{
		Name: in.Name, BusinessName: in.BusinessName, BillingEmail: in.BillingEmail, Plan: plan, Seats: in.AdditionalSeats,
		Keys: in.Keys.pair(), Collection: in.CollectionName,
	}, in.Key)
	if err != nil {
		return err
	}
	return wire.JSON(w, organizationOf(o))
}

func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	o, err := a.Orgs.Find(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, organizationOf(o))
}

type updateRequest struct {
	Name         string   `json:"name"`
	BusinessName *string  `json:"businessName"`
	BillingEmail string   `json:"billingEmail"`
	Keys         *keyPair `json:"keys"`

	LastKnownRevisionDate wire.Date `json:"lastKnownRevisionDate"`
}

func (a *API) update(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[updateRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	change := org.Change{Name: in.Name, BusinessName: in.BusinessName, BillingEmail: in.BillingEmail, LastKnown: time.Time(in.LastKnownRevisionDate)}
	if in.Keys != nil {
		pair := in.Keys.pair()
		change.Keys = &pair
	}
	o, err := a.Orgs.Update(r.Context(), user, organization, change)
	if err != nil {
		return err
	}
	return wire.JSON(w, organizationOf(o))
}

func (a *API) leave(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	if err := a.Orgs.Leave(r.Context(), user, organization); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) publicKey(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	key, err := a.Orgs.FindPublicKey(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, publicKeyBody{Object: "organizationPublicKey", PublicKey: key})
}

type publicKeyBody struct {
	Object    string `json:"object"`
	PublicKey string `json:"publicKey"`
}

type keysBody struct {
	Object     string `json:"object"`
	PublicKey  string `json:"publicKey"`
	PrivateKey string `json:"privateKey"`
}

func (a *API) setKeys(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[keyPair](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Orgs.SetKeys(r.Context(), user, organization, in.pair()); err != nil {
		return err
	}
	return wire.JSON(w, keysBody{"organizationKeys", in.PublicKey, in.EncryptedPrivateKey})
}
