package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

type providerBody struct {
	Object            string    `json:"object"`
	ID                string    `json:"id"`
	Name              *string   `json:"name"` // null tells clients that it waits to be set up
	BusinessName      *string   `json:"businessName"`
	BusinessAddress1  *string   `json:"businessAddress1"`
	BusinessAddress2  *string   `json:"businessAddress2"`
	BusinessAddress3  *string   `json:"businessAddress3"`
	BusinessCountry   *string   `json:"businessCountry"`
	BusinessTaxNumber *string   `json:"businessTaxNumber"`
	BillingEmail      string    `json:"billingEmail"`
	CreationDate      wire.Date `json:"creationDate"`
	Type              int       `json:"type"`
}

func providerOf(p provider.Provider) providerBody {
	return providerBody{
		Object: "provider", ID: string(p.ID), Name: text(p.Name), BusinessName: text(p.BusinessName),
		BillingEmail: p.BillingEmail, CreationDate: wire.Date(p.CreatedAt), Type: p.Type,
	}
}

type editRequest struct {
	Name         string `json:"name"`
	BusinessName string `json:"businessName"`
	BillingEmail string `json:"billingEmail"`
}

func (in editRequest) edit() provider.Edit {
	return provider.Edit{Name: in.Name, BusinessName: in.BusinessName, BillingEmail: in.BillingEmail}
}

func (a *API) get(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	p, err := a.Providers.Find(r.Context(), caller, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, providerOf(p))
}

func (a *API) update(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[editRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	p, err := a.Providers.Update(r.Context(), caller, which, in.edit())
	if err != nil {
		return err
	}
	return wire.JSON(w, providerOf(p))
}

// setupRequest has payment fields too when official clients send it; there is
// nothing to pay here.
type setupRequest struct {
	editRequest
	Token string `json:"token"`
	Key   string `json:"key"`
}

func (a *API) setup(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[setupRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	p, err := a.Providers.Setup(r.Context(), caller, which, in.Token, in.Key, in.edit())
	if err != nil {
		return err
	}
	return wire.JSON(w, providerOf(p))
}
