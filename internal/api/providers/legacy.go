package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/wire"
)

// legacyRequest is how older clients create a client: the request for an
// organization, inside one that names its owner.
type legacyRequest struct {
	ClientOwnerEmail          string `json:"clientOwnerEmail"`
	OrganizationCreateRequest struct {
		Name            string `json:"name"`
		PlanType        int    `json:"planType"`
		AdditionalSeats int    `json:"additionalSeats"`
		Key             string `json:"key"`
		Keys            struct {
			PublicKey           string `json:"publicKey"`
			EncryptedPrivateKey string `json:"encryptedPrivateKey"`
		} `json:"keys"`
		CollectionName string `json:"collectionName"`
	} `json:"organizationCreateRequest"`
}

func (a *API) createClientAsBefore(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[legacyRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	of := in.OrganizationCreateRequest
	c, _, err := a.Enroll.CreateClient(r.Context(), caller, which, enroll.NewClient{
		Name: of.Name, OwnerEmail: in.ClientOwnerEmail, Plan: of.PlanType, Seats: of.AdditionalSeats, Key: of.Key,
		Keys: tenant.KeyPair{Public: of.Keys.PublicKey, Private: of.Keys.EncryptedPrivateKey}, Collection: of.CollectionName,
	})
	if err != nil {
		return err
	}
	body := clientOf(c)
	body.Object = "providerOrganization"
	return wire.JSON(w, body)
}
