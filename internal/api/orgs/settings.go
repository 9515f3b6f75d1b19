package orgs

import (
	"net/http"
	"time"

	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/wire"
)

// rulesRequest: what is missing stays as it is.
type rulesRequest struct {
	LimitCollectionCreation *bool     `json:"limitCollectionCreation"`
	LimitCollectionDeletion *bool     `json:"limitCollectionDeletion"`
	LimitItemDeletion       *bool     `json:"limitItemDeletion"`
	AdminsAccessAll         *bool     `json:"allowAdminAccessToAllCollectionItems"`
	LastKnownRevisionDate   wire.Date `json:"lastKnownRevisionDate"`
}

func (a *API) setRules(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[rulesRequest](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	o, err := a.Tenants.SetRules(r.Context(), user, organization, tenant.NewRules{
		LimitCollectionCreation: in.LimitCollectionCreation, LimitCollectionDeletion: in.LimitCollectionDeletion,
		LimitItemDeletion: in.LimitItemDeletion, AdminsAccessAll: in.AdminsAccessAll, LastKnown: time.Time(in.LastKnownRevisionDate),
	})
	if err != nil {
		return err
	}
	return wire.JSON(w, a.organizationOf(o))
}

func (a *API) setProviderAccess(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[struct {
		ProviderItemAccess bool `json:"providerItemAccess"`
	}](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	o, err := a.Tenants.SetProviderItemAccess(r.Context(), user, organization, in.ProviderItemAccess)
	if err != nil {
		return err
	}
	return wire.JSON(w, a.organizationOf(o))
}

func (a *API) deleteOrganization(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[secretJSON](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	if err := a.Offboard.DeleteOrg(r.Context(), user, organization, in.secret()); err != nil {
		return err
	}
	return wire.OK(w)
}

// subscriptionBody: an organization has no subscription of its own here, and so
// no more to say than what it is.
type subscriptionBody struct {
	organizationBody
	StorageName          string  `json:"storageName"`
	StorageGb            float64 `json:"storageGb"`
	Subscription         *string `json:"subscription"`
	UpcomingInvoice      *string `json:"upcomingInvoice"`
	CustomerDiscount     *string `json:"customerDiscount"`
	Expiration           *string `json:"expiration"`
	ExpirationNoGrace    *string `json:"expirationWithoutGracePeriod"`
	ExemptFromAutomation bool    `json:"exemptFromBillingAutomation"`
}

func (a *API) subscription(w http.ResponseWriter, r *http.Request) error {
	user, organization, err := call(r)
	if err != nil {
		return err
	}
	o, err := a.Tenants.FindSubscription(r.Context(), user, organization)
	if err != nil {
		return err
	}
	body := subscriptionBody{organizationBody: a.organizationOf(o)}
	body.Object = "organizationSubscription"
	body.StorageName, body.StorageGb = tenant.Readable(o.Storage.Used), float64(o.Storage.Used)/(1<<30)
	return wire.JSON(w, body)
}

func (a *API) billingMetadata(w http.ResponseWriter, r *http.Request) error {
	standing, err := a.standing(r)
	if err != nil {
		return err
	}
	return wire.JSON(w, struct {
		SecretsManagerAlone bool `json:"isOnSecretsManagerStandalone"`
		Occupied            int  `json:"organizationOccupiedSeats"`
	}{false, standing.Occupied})
}

type warningsBody struct {
	FreeTrial            *string         `json:"freeTrial"`
	InactiveSubscription *resolutionBody `json:"inactiveSubscription"`
	ResellerRenewal      *string         `json:"resellerRenewal"`
	TaxID                *string         `json:"taxId"`
	PriceIncrease        *string         `json:"scheduledPriceIncrease"`
}

type resolutionBody struct {
	Resolution string `json:"resolution"`
}

// billingWarnings say whom to ask about an organization that is disabled.
func (a *API) billingWarnings(w http.ResponseWriter, r *http.Request) error {
	standing, err := a.standing(r)
	if err != nil {
		return err
	}
	var body warningsBody
	switch {
	case standing.Enabled:
	case standing.Managed:
		body.InactiveSubscription = &resolutionBody{"contact_provider"}
	default:
		body.InactiveSubscription = &resolutionBody{"contact_owner"}
	}
	return wire.JSON(w, body)
}

func (a *API) standing(r *http.Request) (tenant.Standing, error) {
	user, organization, err := call(r)
	if err != nil {
		return tenant.Standing{}, err
	}
	return a.Tenants.FindStanding(r.Context(), user, organization)
}
