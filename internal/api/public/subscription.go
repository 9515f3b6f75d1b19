package public

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/wire"
)

type subscriptionBody struct {
	Passwords *passwordSeats `json:"passwordManager"`
	Secrets   *secretSeats   `json:"secretsManager"`
}

type passwordSeats struct {
	Seats        *int `json:"seats"` // null: without a limit
	MaxAutoScale *int `json:"maxAutoScaleSeats"`
	Storage      *int `json:"storage"`
}

type secretSeats struct {
	Seats                *int `json:"seats"`
	MaxAutoScale         *int `json:"maxAutoScaleSeats"`
	ServiceAccounts      *int `json:"serviceAccounts"`
	MaxAutoScaleAccounts *int `json:"maxAutoScaleServiceAccounts"`
}

func (a *API) getSubscription(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	seats, err := a.Tenants.FindSeats(r.Context(), access.OwnKey, organization)
	if err != nil {
		return err
	}
	b := subscriptionBody{Passwords: &passwordSeats{}, Secrets: &secretSeats{}}
	if seats > 0 {
		b.Passwords.Seats = &seats
	}
	return wire.JSON(w, b)
}

type messageBody struct {
	Message string `json:"message"`
}

func (a *API) setSubscription(w http.ResponseWriter, r *http.Request) error {
	organization, err := caller(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[subscriptionBody](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if p := in.Passwords; p == nil || p.Seats == nil || p.MaxAutoScale != nil || p.Storage != nil || in.Secrets != nil {
		return fault.New(fault.Invalid, "Only the number of seats can be set here: passwordManager.seats.")
	}
	if err := a.Tenants.SetSeats(r.Context(), access.OwnKey, organization, *in.Passwords.Seats); err != nil {
		return err
	}
	return wire.JSON(w, messageBody{"The seats were set."})
}
