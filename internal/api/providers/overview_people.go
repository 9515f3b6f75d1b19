package providers

import (
	"math"
	"net/http"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/overview"
	"github.com/kastellan/kastellan/internal/wire"
	"github.com/kastellan/kastellan/internal/wire/people"
)

func (a *API) searchPeople(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := people.SearchOf(r.URL.Query())
	if err != nil {
		return err
	}
	found, err := a.Overview.Search(r.Context(), caller, which, in)
	if err != nil {
		return err
	}
	return wire.JSON(w, people.List(found))
}

type wishBody struct {
	Client string   `json:"client"`
	Email  string   `json:"email"`
	Type   *int     `json:"type"` // a user, when it is not said
	Groups []string `json:"groups"`
}

type checkRequest struct {
	Rows []wishBody `json:"rows"`
}

type verdictBody struct {
	Row            int      `json:"row"` // from 0 on
	ClientID       *string  `json:"clientId"`
	OrganizationID *string  `json:"organizationId"`
	ClientName     *string  `json:"clientName"`
	Email          string   `json:"email"`
	Type           int      `json:"type"`
	GroupIDs       []string `json:"groupIds"`
	Error          *string  `json:"error"`
	Already        *int     `json:"already"`
}

type recipientBody struct {
	ClientID string `json:"clientId"`
	Name     string `json:"name"`
	Free     *int   `json:"free"` // null: unlimited
	Wanted   int    `json:"wanted"`
}

type checkBody struct {
	Data    []verdictBody   `json:"data"`
	Clients []recipientBody `json:"clients"`
}

func wishOf(b wishBody) overview.Wish {
	wish := overview.Wish{Client: b.Client, Email: b.Email, Role: access.User, Groups: b.Groups}
	if b.Type != nil {
		wish.Role = access.Role(*b.Type)
	}
	return wish
}

func verdictOf(row int, v overview.Verdict) verdictBody {
	b := verdictBody{Row: row, Email: v.Email, Type: int(v.Role), GroupIDs: plain(v.GroupIDs), Error: text(v.Error), Already: (*int)(v.Already)}
	if v.Of != nil {
		b.ClientID, b.OrganizationID, b.ClientName = text(string(v.Of.ID)), text(string(v.Of.Org)), &v.Of.Name
	}
	return b
}

func recipientOf(c *overview.Recipient) recipientBody {
	b := recipientBody{ClientID: string(c.ID), Name: c.Name, Wanted: c.Wanted}
	if free := c.Free(); free != math.MaxInt {
		b.Free = &free
	}
	return b
}

func (a *API) checkPeople(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[checkRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	list, into, err := a.Overview.Check(r.Context(), caller, which, each(in.Rows, wishOf))
	if err != nil {
		return err
	}
	body := checkBody{Data: make([]verdictBody, len(list)), Clients: each(into, recipientOf)}
	for i, v := range list {
		body.Data[i] = verdictOf(i, v)
	}
	return wire.JSON(w, body)
}
