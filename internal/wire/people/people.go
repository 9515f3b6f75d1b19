// Package people writes the people of all clients of a provider as the Provider
// Portal and the Provider API give them, and reads what both are asked for.
package people

import (
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

// Body is one member of one client.
type Body struct {
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

// ListBody is a page of them.
type ListBody struct {
	wire.List[Body]
	Total int `json:"total"`
}

// List gives a page.
func List(found overview.People) ListBody {
	page := make([]Body, len(found.Found))
	for i, p := range found.Found {
		page[i] = Body{
			string(p.Client), string(p.Org), p.ClientName, string(p.Member), text(p.Name), p.Email, int(p.Status), int(p.Role), p.TwoStep, wire.Date(p.RevisedAt),
		}
	}
	body := ListBody{wire.ListOf(page), found.Total}
	body.ContinuationToken = text(found.Next.Token())
	return body
}

// text gives null for what is not there.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// SearchOf reads what the address asks for. States, types and clients may be
// several, with commas between.
func SearchOf(asked url.Values) (in overview.Search, err error) {
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
