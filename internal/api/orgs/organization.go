package orgs

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/wire"
)

type keyPair struct {
	PublicKey           string `json:"publicKey"`
	EncryptedPrivateKey string `json:"encryptedPrivateKey"`
}

func (k keyPair) pair() tenant.KeyPair {
	return tenant.KeyPair{Public: k.PublicKey, Private: k.EncryptedPrivateKey}
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
	plan := tenant.EnterpriseAnnually
	if in.PlanType != nil && *in.PlanType != 0 { // the plan that clients call free has no place here
		plan = *in.PlanType
	}
	o, err := a.Enroll.Found(r.Context(), user, enroll.NewOrganization{New: tenant.New{
		Name: in.Name, BusinessName: in.BusinessName, BillingEmail: in.BillingEmail, Plan: plan, Seats: in.AdditionalSeats, Keys: in.Keys.pair(),
	}, Key: in.Key, Collection: in.CollectionName})
	if err != nil {
		return err
	}
	return wire.JSON(w, a.organizationOf(o))
}

func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	o, err := a.Tenants.Find(r.Context(), user, organization)
	if err != nil {
		return err
	}
	return wire.JSON(w, a.organizationOf(o))
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
	change := tenant.Change{Name: in.Name, BusinessName: in.BusinessName, BillingEmail: in.BillingEmail, LastKnown: time.Time(in.LastKnownRevisionDate)}
	if in.Keys != nil {
		pair := in.Keys.pair()
		change.Keys = &pair
	}
	o, err := a.Tenants.Update(r.Context(), user, organization, change)
	if err != nil {
		return err
	}
	return wire.JSON(w, a.organizationOf(o))
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
	key, err := a.Tenants.FindPublicKey(r.Context(), user, organization)
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
	if err := a.Tenants.SetKeys(r.Context(), user, organization, in.pair()); err != nil {
		return err
	}
	return wire.JSON(w, keysBody{"organizationKeys", in.PublicKey, in.EncryptedPrivateKey})
}
