package providers

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/overview"
	"github.com/kastellan/kastellan/internal/wire"
)

type fleetPersonBody struct {
	ClientID       string    `json:"clientId"`
	OrganizationID string    `json:"organizationId"`
	ClientName     string    `json:"clientName"`
	MemberID       string    `json:"memberId"`
	Name           *string   `json:"name"`
	Email          string    `json:"email"`
	Status         int       `json:"status"`
	Type           int       `json:"type"`
	TwoStep        bool      `json:"twoStep"`
	RevisionDate   wire.Date `json:"revisionDate"`
}

type peopleBody struct {
	wire.List[fleetPersonBody]
	Total int `json:"total"`
}

func fleetPersonOf(p overview.Person) fleetPersonBody {
	return fleetPersonBody{
		string(p.Client), string(p.Org), p.ClientName, string(p.Member), text(p.Name), p.Email, int(p.Status), int(p.Role), p.TwoStep, wire.Date(p.RevisedAt),
	}
}

func (a *API) searchPeople(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := searchOf(r.URL.Query())
	if err != nil {
		return err
	}
	found, err := a.Overview.Search(r.Context(), caller, which, in)
	if err != nil {
		return err
	}
	body := peopleBody{wire.ListOf(each(found.Found, fleetPersonOf)), found.Total}
	body.ContinuationToken = text(found.Next.Token())
	return wire.JSON(w, body)
}

// searchOf reads what the address asks for. States, types and clients may be
// several, with commas between.
func searchOf(asked url.Values) (in overview.Search, err error) {
	in.Text = asked.Get("search")
	statuses := []org.MemberStatus{org.Revoked, org.Invited, org.Accepted, org.Confirmed, org.Staged}
	if in.Statuses, err = numbers("status", asked.Get("status"), statuses); err != nil {
		return in, err
	}
	if in.Roles, err = numbers("type", asked.Get("type"), []access.Role{access.Owner, access.Admin, access.User, access.Custom}); err != nil {
		return in, err
	}
	if has := asked.Get("twoStep"); has != "" {
		with, err := strconv.ParseBool(has)
		if err != nil {
			return in, fault.Field("twoStep", "Say true or false.")
		}
		in.TwoStep = &with
	}
	if list := asked.Get("client"); list != "" {
		if in.Clients, err = id.ParseAll[id.ProviderClient](strings.Split(list, ",")); err != nil {
			return in, fault.Absent()
		}
	}
	in.After, err = overview.ParseCursor(asked.Get("continuationToken"))
	return in, err
}

// numbers reads a list of those that there are.
func numbers[T ~int](field, list string, all []T) ([]T, error) {
	if list == "" {
		return nil, nil
	}
	var out []T
	for part := range strings.SplitSeq(list, ",") {
		n, err := strconv.Atoi(part)
		if err != nil || !slices.Contains(all, T(n)) {
			return nil, fault.Field(field, "There is no such "+field+".")
		}
		out = append(out, T(n))
	}
	return out, nil
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
