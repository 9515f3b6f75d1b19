package orgs

import (
	"net/http"

	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/wire"
)

// planBody is a plan as pages about subscriptions read it. This server sells
// nothing: all prices are 0.
type planBody struct {
	Object               string   `json:"object"`
	Type                 int      `json:"type"`
	Name                 string   `json:"name"`
	ProductTier          int      `json:"productTier"`
	Product              int      `json:"product"` // the older name
	IsAnnual             bool     `json:"isAnnual"`
	NameKey              string   `json:"nameLocalizationKey"`
	DescriptionKey       string   `json:"descriptionLocalizationKey"`
	CanBeUsedByBusiness  bool     `json:"canBeUsedByBusiness"`
	TrialPeriodDays      *int     `json:"trialPeriodDays"`
	HasSelfHost          bool     `json:"hasSelfHost"`
	HasPolicies          bool     `json:"hasPolicies"`
	HasGroups            bool     `json:"hasGroups"`
	HasDirectory         bool     `json:"hasDirectory"`
	HasEvents            bool     `json:"hasEvents"`
	HasTotp              bool     `json:"hasTotp"`
	Has2fa               bool     `json:"has2fa"`
	HasAPI               bool     `json:"hasApi"`
	HasSso               bool     `json:"hasSso"`
	HasResetPassword     bool     `json:"hasResetPassword"`
	HasCustomPermissions bool     `json:"hasCustomPermissions"`
	UsersGetPremium      bool     `json:"usersGetPremium"`
	UpgradeSortOrder     int      `json:"upgradeSortOrder"`
	DisplaySortOrder     int      `json:"displaySortOrder"`
	LegacyYear           *int     `json:"legacyYear"`
	Disabled             bool     `json:"disabled"`
	PasswordManager      seatPlan `json:"passwordManager"`
	SecretsManager       *string  `json:"secretsManager"`
}

// seatPlan is what a seat costs and what comes with it.
type seatPlan struct {
	PlanProductID           string `json:"planProductId"`
	StripeSeatPlanID        string `json:"stripeSeatPlanId"`
	BaseSeats               int    `json:"baseSeats"`
	BasePrice               int    `json:"basePrice"`
	SeatPrice               int    `json:"seatPrice"`
	ProviderPortalSeatPrice int    `json:"providerPortalSeatPrice"`
	MaxSeats                *int   `json:"maxSeats"`
	MaxCollections          *int   `json:"maxCollections"`
	HasAdditionalSeats      bool   `json:"hasAdditionalSeatsOption"`
	HasAdditionalStorage    bool   `json:"hasAdditionalStorageOption"`
	AllowSeatAutoscale      bool   `json:"allowSeatAutoscale"`
}

func planOf(p tenant.Plan) planBody {
	annual := p.Type == tenant.TeamsAnnually || p.Type == tenant.EnterpriseAnnually
	key := "planNameTeams"
	if p.Enterprise() {
		key = "planNameEnterprise"
	}
	return planBody{
		Object: "plan", Type: p.Type, Name: p.Name, ProductTier: p.Tier, Product: p.Tier, IsAnnual: annual,
		NameKey: key, DescriptionKey: key, CanBeUsedByBusiness: true, HasSelfHost: true, HasGroups: true, HasDirectory: true,
		HasEvents: true, HasTotp: true, HasAPI: true, UsersGetPremium: true,
		HasPolicies: p.Enterprise(), HasResetPassword: p.Enterprise(), HasCustomPermissions: p.Enterprise(),
		UpgradeSortOrder: p.Tier, DisplaySortOrder: p.Tier,
		PasswordManager: seatPlan{PlanProductID: p.Name, StripeSeatPlanID: p.Name, HasAdditionalSeats: true},
	}
}

// plans are all that this server knows.
func (a *API) plans(w http.ResponseWriter, _ *http.Request) error {
	return wire.JSON(w, wire.ListOf(each(tenant.Plans(), planOf)))
}
