package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/offboard"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

func (a *API) offboardRoutes() []wire.Route {
	return []wire.Route{
		{Method: "POST", Path: user + "/offboard", Who: wire.ProviderAdmin, Handle: a.offboardUser},
		{Method: "DELETE", Path: one, Who: wire.ProviderAdmin, Handle: a.deleteProvider, Also: []string{"POST " + one + "/delete"}},
		{Method: "POST", Path: one + "/delete-recover-token", Who: wire.Anyone, Handle: a.deleteByLink},
	}
}

type offboardingBody struct {
	Object   string          `json:"object"`
	Name     *string         `json:"name"`
	Email    string          `json:"email"`
	Provider leavingBody     `json:"provider"`
	Clients  []departureBody `json:"clients"`
	Reached  []departureBody `json:"reached"` // not as a member, but as staff that opens items
	Keys     []nameBody      `json:"keys"`
}

type leavingBody struct {
	Removed bool    `json:"removed"`
	Error   *string `json:"error"`
}

type departureBody struct {
	ID             id.ProviderClient `json:"id"`
	OrganizationID id.Org            `json:"organizationId"`
	Name           string            `json:"name"`
	Role           *int              `json:"role"` // null where the person is no member
	Items          int               `json:"items"`
	Error          *string           `json:"error"`
}

type nameBody struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func departureOf(d offboard.Departure) departureBody {
	out := departureBody{ID: d.Client, OrganizationID: d.Org, Name: d.Name, Items: d.Items, Error: text(d.Kept)}
	if role := int(d.Role); role >= 0 {
		out.Role = &role
	}
	return out
}

func offboardingOf(t offboard.Technician) offboardingBody {
	return offboardingBody{
		Object: "offboarding", Name: text(t.Name), Email: t.Email, Provider: leavingBody{Removed: t.Kept == "", Error: text(t.Kept)},
		Clients: each(t.Clients, departureOf), Reached: each(t.Reached, departureOf),
		Keys: each(t.Keys, func(k provider.Key) nameBody { return nameBody{ID: string(k.ID), Name: k.Name} }),
	}
}

type dryRequest struct {
	DryRun bool `json:"dryRun"`
}

func (a *API) offboardUser(w http.ResponseWriter, r *http.Request) error {
	caller, which, who, err := on[id.ProviderUser](r, "user")
	if err != nil {
		return err
	}
	in, err := wire.Decode[dryRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	report, err := a.Offboard.OffboardTechnician(r.Context(), caller, which, who, in.DryRun)
	if err != nil {
		return err
	}
	return wire.JSON(w, offboardingOf(report))
}

type deleteRequest struct {
	MasterPasswordHash string `json:"masterPasswordHash"`
	OTP                string `json:"otp"`
	Secret             string `json:"secret"` // what some clients call either
}

func (in deleteRequest) secret() account.Secret {
	s := account.Secret{MasterPasswordHash: in.MasterPasswordHash, OTP: in.OTP}
	if s.MasterPasswordHash == "" && s.OTP == "" {
		s.MasterPasswordHash = in.Secret
	}
	return s
}

func (a *API) deleteProvider(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[deleteRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Offboard.DeleteProvider(r.Context(), caller, which, in.secret()); err != nil {
		return err
	}
	return wire.OK(w)
}

func (a *API) deleteByLink(w http.ResponseWriter, r *http.Request) error {
	which, err := wire.PathID[id.Provider](r, "provider")
	if err != nil {
		return err
	}
	in, err := wire.Decode[acceptRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Offboard.DeleteProviderByLink(r.Context(), which, in.Token); err != nil {
		return err
	}
	return wire.OK(w)
}
