package providers

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

const keys = one + "/keys"

func (a *API) keyRoutes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: keys, Who: wire.ProviderAdmin, Handle: a.listKeys},
		{Method: "POST", Path: keys, Who: wire.ProviderAdmin, Handle: a.createKey},
		{Method: "DELETE", Path: keys + "/{key}", Who: wire.ProviderAdmin, Handle: a.deleteKey, Also: []string{"POST " + keys + "/{key}/delete"}},
	}
}

type keyBody struct {
	Object     string       `json:"object"`
	ID         string       `json:"id"`
	Name       string       `json:"name"`
	AllClients bool         `json:"allClients"`
	ClientIDs  []string     `json:"clientIds"`
	MayWrite   bool         `json:"mayWrite"`
	CreatedBy  *creatorBody `json:"createdBy"`
	CreatedAt  wire.Date    `json:"creationDate"`
	ExpiresAt  wire.Date    `json:"expirationDate"`
	UsedAt     wire.Date    `json:"lastUsedDate"`
	ClientID   string       `json:"clientId"`
}

type creatorBody struct {
	Name  string `json:"name"`
	Email string `json:"email"`
}

func keyOf(k provider.Key) keyBody {
	b := keyBody{
		Object: "providerApiKey", ID: string(k.ID), Name: k.Name, AllClients: k.AllClients, MayWrite: k.MayWrite,
		ClientIDs: each(k.Clients, func(c id.ProviderClient) string { return string(c) }),
		CreatedAt: wire.Date(k.CreatedAt), ExpiresAt: wire.Date(k.ExpiresAt), UsedAt: wire.Date(k.UsedAt), ClientID: "provider." + string(k.ID),
	}
	if k.Creator.Email != "" {
		b.CreatedBy = &creatorBody{k.Creator.Name, k.Creator.Email}
	}
	return b
}

func (a *API) listKeys(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Providers.ListKeys(r.Context(), caller, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, wire.ListOf(each(list, keyOf)))
}

type newKeyRequest struct {
	Name               string    `json:"name"`
	AllClients         bool      `json:"allClients"`
	ClientIDs          []string  `json:"clientIds"`
	MayWrite           bool      `json:"mayWrite"`
	ExpirationDate     wire.Date `json:"expirationDate"`
	MasterPasswordHash string    `json:"masterPasswordHash"`
	OTP                string    `json:"otp"`
}

func (in newKeyRequest) scope() (provider.Scope, error) {
	out := provider.Scope{AllClients: in.AllClients, MayWrite: in.MayWrite, ExpiresAt: time.Time(in.ExpirationDate)}
	for _, raw := range in.ClientIDs {
		c, err := id.Parse[id.ProviderClient](raw)
		if err != nil {
			return out, fault.Absent()
		}
		out.Clients = append(out.Clients, c)
	}
	return out, nil
}

// newKeyBody is the one answer that has the secret.
type newKeyBody struct {
	keyBody
	ClientSecret string `json:"clientSecret"`
}

func (a *API) createKey(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[newKeyRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	scope, err := in.scope()
	if err != nil {
		return err
	}
	proof := account.Secret{MasterPasswordHash: in.MasterPasswordHash, OTP: in.OTP}
	key, secret, err := a.Providers.CreateKey(r.Context(), caller, which, in.Name, scope, proof)
	if err != nil {
		return err
	}
	return wire.JSON(w, newKeyBody{keyOf(key), secret})
}

func (a *API) deleteKey(w http.ResponseWriter, r *http.Request) error {
	caller, which, key, err := on[id.ProviderKey](r, "key")
	if err != nil {
		return err
	}
	if err := a.Providers.DeleteKey(r.Context(), caller, which, key); err != nil {
		return err
	}
	return wire.OK(w)
}
