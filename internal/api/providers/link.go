package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

// linkRoutes are about which organizations are clients at all.
func (a *API) linkRoutes() []wire.Route {
	link := one + "/organizations/{client}"
	return []wire.Route{
		{Method: "GET", Path: clients + "/addable", Who: wire.ProviderStaff, Handle: a.listAddable},
		{Method: "POST", Path: clients + "/existing", Who: wire.ProviderAdmin, Handle: a.addExisting, Also: []string{"POST " + one + "/organizations/add"}},
		{Method: "GET", Path: link + "/handover", Who: wire.ProviderAdmin, Handle: a.findHandover},
		{Method: "DELETE", Path: link, Who: wire.ProviderAdmin, Handle: a.unlink, Also: []string{"POST " + link + "/delete"}},
		{Method: "PUT", Path: link + "/storage", Who: wire.ProviderAdmin, Handle: a.setStorage},
		{Method: "PUT", Path: client + "/enabled", Who: wire.ProviderAdmin, Handle: a.setClientEnabled},
	}
}

type addableBody struct {
	ID       id.Org `json:"id"`
	Name     string `json:"name"`
	Plan     string `json:"plan"`
	Seats    int    `json:"seats"`
	Disabled bool   `json:"disabled"`
}

func addableOf(a provider.Addable) addableBody {
	plan := "Teams"
	if a.Plan.Enterprise() {
		plan = "Enterprise"
	}
	return addableBody{ID: a.Org, Name: a.Name, Plan: plan, Seats: a.Seats, Disabled: a.Disabled}
}

// listAddable answers without the envelope of lists, as official clients expect.
func (a *API) listAddable(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	list, err := a.Providers.ListAddable(r.Context(), caller, which)
	if err != nil {
		return err
	}
	return wire.JSON(w, each(list, addableOf))
}

type existingRequest struct {
	Key            string `json:"key"`
	OrganizationID string `json:"organizationId"`
}

func (a *API) addExisting(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[existingRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	organization, err := id.Parse[id.Org](in.OrganizationID)
	if err != nil {
		return fault.Absent()
	}
	if err := a.Providers.AddExisting(r.Context(), caller, which, organization, in.Key); err != nil {
		return err
	}
	return wire.OK(w)
}

type handoverBody struct {
	Object         string            `json:"object"`
	ClientID       id.ProviderClient `json:"clientId"`
	OrganizationID id.Org            `json:"organizationId"`
	Name           string            `json:"name"`
	Owners         []personBody      `json:"owners"`
	Members        memberCountBody   `json:"members"`
	Seats          int               `json:"seats"`
	Plan           string            `json:"plan"`
	PlanType       int               `json:"planType"`
	Enabled        bool              `json:"enabled"`
	Policies       []int             `json:"policies"`
	Domains        []string          `json:"domains"`
	Staff          []technicianBody  `json:"staff"`
	APIKeys        []string          `json:"apiKeys"`
	Baseline       *string           `json:"baseline"`
	BlockedBy      *string           `json:"blockedBy"`
	At             wire.Date         `json:"at"`
}

type personBody struct {
	Name  *string `json:"name"`
	Email string  `json:"email"`
}

type technicianBody struct {
	personBody
	Type int `json:"type"`
}

type memberCountBody struct {
	Invited   int `json:"invited"`
	Accepted  int `json:"accepted"`
	Confirmed int `json:"confirmed"`
	Revoked   int `json:"revoked"`
	Staged    int `json:"staged"`
}

func personOf(p provider.Person) personBody { return personBody{Name: text(p.Name), Email: p.Email} }

func technicianOf(t provider.Technician) technicianBody {
	return technicianBody{personBody: personOf(t.Person), Type: typeOf(t.Admin)}
}

func handoverOf(h provider.Handover) handoverBody {
	return handoverBody{
		Object: "handover", ClientID: h.ID, OrganizationID: h.Org, Name: h.Name, Owners: each(h.Owners, personOf),
		Members: memberCountBody(h.Members), Seats: h.Seats, Plan: h.Plan.Name, PlanType: h.Plan.Type, Enabled: h.Enabled,
		Policies: each(h.Policies, same), Domains: each(h.Domains, same), Staff: each(h.Staff, technicianOf), APIKeys: each(h.Keys, same),
		Baseline: text(h.Baseline), BlockedBy: text(h.Blocked()), At: wire.Date(h.At),
	}
}

func (a *API) findHandover(w http.ResponseWriter, r *http.Request) error {
	caller, which, c, err := on[id.ProviderClient](r, "client")
	if err != nil {
		return err
	}
	h, err := a.Providers.FindHandover(r.Context(), caller, which, c)
	if err != nil {
		return err
	}
	return wire.JSON(w, handoverOf(h))
}

func (a *API) unlink(w http.ResponseWriter, r *http.Request) error {
	caller, which, c, err := on[id.ProviderClient](r, "client")
	if err != nil {
		return err
	}
	h, err := a.Providers.Unlink(r.Context(), caller, which, c)
	if err != nil {
		return err
	}
	return wire.JSON(w, handoverOf(h))
}

type enabledRequest struct {
	Enabled *bool `json:"enabled"`
}

func (a *API) setClientEnabled(w http.ResponseWriter, r *http.Request) error {
	caller, which, c, err := on[id.ProviderClient](r, "client")
	if err != nil {
		return err
	}
	in, err := wire.Decode[enabledRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if in.Enabled == nil {
		return fault.Field("enabled", "Say whether the client is enabled.")
	}
	if err := a.Providers.SetClientEnabled(r.Context(), caller, which, c, *in.Enabled); err != nil {
		return err
	}
	return wire.OK(w)
}
