package providers

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/enroll"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) clientRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: one + "/organizations", Who: wire.ProviderStaff, Handle: a.listClients},
		{Method: "POST", Path: clients, Who: wire.ProviderAdmin, Handle: a.createClient},
		{Method: "POST", Path: one + "/organizations", Who: wire.ProviderAdmin, Handle: a.createClientAsBefore},
		{Method: "POST", Path: clients + "/seats", Who: wire.ProviderStaff, Handle: a.planSeats},
		{Method: "PUT", Path: client, Who: wire.ProviderStaff, Handle: a.updateClient},
	}
}

type clientBody struct {
	Object           string  `json:"object"`
	ID               string  `json:"id"`
	ProviderID       string  `json:"providerId"`
	OrganizationID   string  `json:"organizationId"`
	OrganizationName string  `json:"organizationName"`
	Key              string  `json:"key"`
	Settings         *string `json:"settings"`
	UserCount        int     `json:"userCount"`
	OccupiedSeats    int     `json:"occupiedSeats"`
	Seats            int     `json:"seats"`
	RemainingSeats   int     `json:"remainingSeats"`
	Plan             string  `json:"plan"`
	PlanType         int     `json:"planType"`
	Status           int     `json:"status"`
	Enabled          bool    `json:"enabled"`

	Tags         []id.ProviderTag `json:"tags"`
	RevisionDate wire.Date        `json:"revisionDate"`
}

func clientOf(c provider.Client) clientBody {
	return clientBody{
		Object: "providerOrganizationOrganizationDetail", ID: string(c.ID), ProviderID: string(c.Provider),
		OrganizationID: string(c.Org), OrganizationName: c.Name, Key: c.Key, UserCount: c.Users, OccupiedSeats: c.Occupied,
		Seats: c.Seats, RemainingSeats: c.Remaining(), Plan: c.Plan.Name, PlanType: c.Plan.Type, Status: int(c.Status), Enabled: c.Enabled,
		Tags: each(c.Tags, same), RevisionDate: wire.Date(c.RevisedAt),
	}
}

type newClientBody struct {
	clientBody
	OwnerMemberID string `json:"ownerMemberId"`
}

type createRequest struct {
	Name       string `json:"name"`
	OwnerEmail string `json:"ownerEmail"`
	PlanType   int    `json:"planType"`
	Seats      int    `json:"seats"`
	Key        string `json:"key"`
	KeyPair    struct {
		PublicKey           string `json:"publicKey"`
		EncryptedPrivateKey string `json:"encryptedPrivateKey"`
	} `json:"keyPair"`
	CollectionName string `json:"collectionName"`
}

func (a *API) createClient(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[createRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	c, owner, err := a.Enroll.CreateClient(r.Context(), caller, which, enroll.NewClient{
		Name: in.Name, OwnerEmail: in.OwnerEmail, Plan: in.PlanType, Seats: in.Seats, Key: in.Key,
		Keys: tenant.KeyPair{Public: in.KeyPair.PublicKey, Private: in.KeyPair.EncryptedPrivateKey}, Collection: in.CollectionName,
	})
	if err != nil {
		return err
	}
	return wire.JSON(w, newClientBody{clientOf(c), string(owner)})
}

type assignRequest struct {
	Name          string `json:"name"`
	AssignedSeats int    `json:"assignedSeats"`

	LastKnownRevisionDate wire.Date `json:"lastKnownRevisionDate"`
}

func (a *API) updateClient(w http.ResponseWriter, r *http.Request) error {
	caller, which, client, err := on[id.ProviderClient](r, "client")
	if err != nil {
		return err
	}
	in, err := wire.Decode[assignRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Providers.UpdateClient(r.Context(), caller, which, client, provider.EditClient{
		Name: in.Name, Seats: in.AssignedSeats, LastKnown: time.Time(in.LastKnownRevisionDate),
	}); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) listClients(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Providers.ListClients(r.Context(), caller, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, clientOf)))
}
