package providers

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/provider"
	"github.com/kastellan/kastellan/internal/wire"
)

// billingRoutes answer as the billing pages of official clients expect, with the
// seats as they are. Nothing costs anything here.
func (a *API) billingRoutes() []wire.Route {
	billing := one + "/billing"
	vnext := billing + "/vnext"
	return []wire.Route{
		{Method: "GET", Path: billing + "/subscription", Who: wire.ProviderStaff, Handle: a.subscription},
		{Method: "GET", Path: billing + "/invoices", Who: wire.ProviderAdmin, Handle: a.invoices},
		{Method: "GET", Path: billing + "/invoices/{invoice}", Who: wire.ProviderAdmin, Handle: a.invoice},
		{Method: "GET", Path: vnext + "/address", Who: wire.ProviderAdmin, Handle: a.getAddress},
		{Method: "PUT", Path: vnext + "/address", Who: wire.ProviderAdmin, Handle: a.setAddress},
		{Method: "GET", Path: vnext + "/credit", Who: wire.ProviderAdmin, Handle: a.nothingBilled},
		{Method: "GET", Path: vnext + "/payment-method", Who: wire.ProviderAdmin, Handle: a.nothingBilled},
		{Method: "PUT", Path: vnext + "/payment-method", Who: wire.ProviderAdmin, Handle: a.setPaymentMethod},
		{Method: "GET", Path: vnext + "/warnings", Who: wire.ProviderStaff, Handle: a.warnings},
	}
}

type subscriptionBody struct {
	Status               string     `json:"status"`
	CurrentPeriodEndDate wire.Date  `json:"currentPeriodEndDate"`
	DiscountPercentage   *int       `json:"discountPercentage"`
	CollectionMethod     string     `json:"collectionMethod"`
	Plans                []planBody `json:"plans"`
	AccountCredit        int        `json:"accountCredit"`
	TaxInformation       *taxBody   `json:"taxInformation"`
	CancelAt             wire.Date  `json:"cancelAt"`
	Suspension           *struct{}  `json:"suspension"`
	ProviderType         int        `json:"providerType"`
	PaymentSource        *struct{}  `json:"paymentSource"`
}

type planBody struct {
	PlanName       string `json:"planName"`
	Type           int    `json:"type"`
	ProductTier    int    `json:"productTier"`
	SeatMinimum    int    `json:"seatMinimum"`
	PurchasedSeats int    `json:"purchasedSeats"`
	AssignedSeats  int    `json:"assignedSeats"`
	Cost           int    `json:"cost"`
	Cadence        string `json:"cadence"`
}

type taxBody struct {
	Country    string  `json:"country"`
	PostalCode string  `json:"postalCode"`
	TaxID      *string `json:"taxId"`
	TaxIDType  *string `json:"taxIdType"`
	Line1      *string `json:"line1"`
	Line2      *string `json:"line2"`
	City       *string `json:"city"`
	State      *string `json:"state"`
}

func planOf(p provider.PlanSeats) planBody {
	return planBody{
		PlanName: p.Plan.Name, Type: p.Plan.Type, ProductTier: p.Plan.Tier, SeatMinimum: p.Minimum, PurchasedSeats: p.Purchased(),
		AssignedSeats: p.Assigned, Cadence: "Monthly",
	}
}

func (a *API) subscription(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	s, err := a.Providers.FindSubscription(r.Context(), caller, which)
	if err != nil {
		return err
	}
	out := subscriptionBody{Status: "active", CollectionMethod: "send_invoice", Plans: each(s.Plans, planOf), ProviderType: s.Type}
	if !s.Enabled {
		out.Status = "unpaid" // how clients call a provider that was suspended
	}
	if at := s.Address; at != nil {
		out.TaxInformation = &taxBody{
			Country: at.Country, PostalCode: at.PostalCode, TaxID: text(at.TaxID), TaxIDType: text(at.TaxCode),
			Line1: text(at.Line1), Line2: text(at.Line2), City: text(at.City), State: text(at.State),
		}
	}
	return wire.JSON(w, out)
}

// billingAdmin lets admins pass, also those of a suspended provider.
func (a *API) billingAdmin(r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	return a.Providers.AllowBilling(r.Context(), caller, which)
}

type invoicesBody struct {
	Invoices []struct{} `json:"invoices"`
}

func (a *API) invoices(w http.ResponseWriter, r *http.Request) error {
	if err := a.billingAdmin(r); err != nil {
		return err
	}
	return wire.JSON(w, invoicesBody{Invoices: []struct{}{}})
}

// invoice finds none: none is ever made.
func (a *API) invoice(_ http.ResponseWriter, r *http.Request) error {
	if err := a.billingAdmin(r); err != nil {
		return err
	}
	return fault.Absent()
}

func (a *API) nothingBilled(w http.ResponseWriter, r *http.Request) error {
	if err := a.billingAdmin(r); err != nil {
		return err
	}
	return wire.JSON(w, nil)
}

func (a *API) setPaymentMethod(_ http.ResponseWriter, r *http.Request) error {
	if err := a.billingAdmin(r); err != nil {
		return err
	}
	return fault.New(fault.Invalid, "Nothing is billed on this server, so it keeps no payment methods.")
}

type addressBody struct {
	Country    string     `json:"country"`
	PostalCode string     `json:"postalCode"`
	Line1      *string    `json:"line1"`
	Line2      *string    `json:"line2"`
	City       *string    `json:"city"`
	State      *string    `json:"state"`
	TaxID      *taxIDBody `json:"taxId"`
}

type taxIDBody struct {
	Code  string `json:"code"`
	Value string `json:"value"`
}

func addressOf(at provider.Address) addressBody {
	out := addressBody{
		Country: at.Country, PostalCode: at.PostalCode, Line1: text(at.Line1), Line2: text(at.Line2), City: text(at.City), State: text(at.State),
	}
	if at.TaxID != "" {
		out.TaxID = &taxIDBody{Code: at.TaxCode, Value: at.TaxID}
	}
	return out
}

func (in addressBody) address() provider.Address {
	said := func(s *string) string {
		if s == nil {
			return ""
		}
		return *s
	}
	out := provider.Address{
		Country: in.Country, PostalCode: in.PostalCode, Line1: said(in.Line1), Line2: said(in.Line2), City: said(in.City), State: said(in.State),
	}
	if in.TaxID != nil {
		out.TaxCode, out.TaxID = in.TaxID.Code, in.TaxID.Value
	}
	return out
}

func (a *API) getAddress(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	at, err := a.Providers.FindAddress(r.Context(), caller, which)
	if err != nil {
		return err
	}
	if at == nil {
		return wire.JSON(w, nil)
	}
	return wire.JSON(w, addressOf(*at))
}

func (a *API) setAddress(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	in, err := wire.Decode[addressBody](w, r, wire.SmallBody)
	if err != nil {
		return err
	}
	at, err := a.Providers.SetAddress(r.Context(), caller, which, in.address())
	if err != nil {
		return err
	}
	return wire.JSON(w, addressOf(at))
}

type warningsBody struct {
	Suspension *suspensionBody `json:"suspension"`
	TaxID      *struct{}       `json:"taxId"`
}

type suspensionBody struct {
	Resolution            string    `json:"resolution"`
	SubscriptionCancelsAt wire.Date `json:"subscriptionCancelsAt"`
}

func (a *API) warnings(w http.ResponseWriter, r *http.Request) error {
	caller, which, err := call(r)
	if err != nil {
		return err
	}
	s, err := a.Providers.FindSubscription(r.Context(), caller, which)
	if err != nil {
		return err
	}
	var out warningsBody
	if !s.Enabled {
		out.Suspension = &suspensionBody{Resolution: "contact_support"}
	}
	return wire.JSON(w, out)
}
