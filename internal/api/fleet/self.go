package fleet

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/wire"
)

type selfBody struct {
	Object string  `json:"object"`
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Key    keyBody `json:"apiKey"`
}

// keyBody is what the caller's own API key is good for.
type keyBody struct {
	ID         string    `json:"id"`
	Name       string    `json:"name"`
	AllClients bool      `json:"allClients"`
	ClientIDs  []string  `json:"clientIds"`
	MayWrite   bool      `json:"mayWrite"`
	ExpiresAt  wire.Date `json:"expirationDate"`
}

func (a *API) self(w http.ResponseWriter, r *http.Request) error {
	p, k, err := a.Providers.FindSelf(r.Context())
	if err != nil {
		return err
	}
	return wire.JSON(w, selfBody{"provider", string(p.ID), p.Name, keyBody{
		string(k.ID), k.Name, k.AllClients, texts(k.Clients), k.MayWrite, wire.Date(k.ExpiresAt),
	}})
}
