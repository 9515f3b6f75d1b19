package orgs

import (
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/wire"
)

// features are the switches by which clients show or hide whole areas. One is on
// when this server has the area and the plan includes it.
type features struct {
	UsePolicies                bool `json:"usePolicies"`
	UseSso                     bool `json:"useSso"`
	UseKeyConnector            bool `json:"useKeyConnector"`
	UseScim                    bool `json:"useScim"`
	UseGroups                  bool `json:"useGroups"`
	UseDirectory               bool `json:"useDirectory"`
	UseEvents                  bool `json:"useEvents"`
	UseTotp                    bool `json:"useTotp"`
	Use2fa                     bool `json:"use2fa"`
	UseAPI                     bool `json:"useApi"`
	UseResetPassword           bool `json:"useResetPassword"`
	UseSecretsManager          bool `json:"useSecretsManager"`
	UsePasswordManager         bool `json:"usePasswordManager"`
	UsersGetPremium            bool `json:"usersGetPremium"`
	UseCustomPermissions       bool `json:"useCustomPermissions"`
	UseRiskInsights            bool `json:"useRiskInsights"`
	UseOrganizationDomains     bool `json:"useOrganizationDomains"`
	UseAdminSponsoredFamilies  bool `json:"useAdminSponsoredFamilies"`
	UseAutomaticConfirmation   bool `json:"useAutomaticUserConfirmation"`
	UsePhishingBlocker         bool `json:"usePhishingBlocker"`
	UseMyItems                 bool `json:"useMyItems"`
	UseInviteLinks             bool `json:"useInviteLinks"`
	UsePam                     bool `json:"usePam"`
	UseDisableSMAdsForUsers    bool `json:"useDisableSMAdsForUsers"`
	UseActivateAutofillPolicy  bool `json:"useActivateAutofillPolicy"`
	SelfHost                   bool `json:"selfHost"`
	HasPublicAndPrivateKeys    bool `json:"hasPublicAndPrivateKeys"`
	LimitCollectionCreation    bool `json:"limitCollectionCreation"`
	LimitCollectionDeletion    bool `json:"limitCollectionDeletion"`
	LimitItemDeletion          bool `json:"limitItemDeletion"`
	AllowAdminAccessToAllItems bool `json:"allowAdminAccessToAllCollectionItems"`
}

type organizationBody struct {
	Object             string   `json:"object"`
	ID                 string   `json:"id"`
	Name               string   `json:"name"`
	BusinessName       *string  `json:"businessName"`
	BusinessAddress1   *string  `json:"businessAddress1"`
	BusinessAddress2   *string  `json:"businessAddress2"`
	BusinessAddress3   *string  `json:"businessAddress3"`
	BusinessCountry    *string  `json:"businessCountry"`
	BusinessTaxNumber  *string  `json:"businessTaxNumber"`
	BillingEmail       string   `json:"billingEmail"`
	Plan               planBody `json:"plan"`
	SecretsManagerPlan *string  `json:"secretsManagerPlan"`
	PlanType           int      `json:"planType"`
	Seats              *int     `json:"seats"`
	MaxAutoscaleSeats  *int     `json:"maxAutoscaleSeats"`
	MaxCollections     *int     `json:"maxCollections"`
	MaxStorageGb       int      `json:"maxStorageGb"`
	SmSeats            *int     `json:"smSeats"`
	SmServiceAccounts  *int     `json:"smServiceAccounts"`
	features
	ProviderItemAccess bool      `json:"providerItemAccess"` // Kastellan's own: the provider's staff reaches items
	RevisionDate       wire.Date `json:"revisionDate"`
}

func (a *API) organizationOf(o tenant.Organization) organizationBody {
	return organizationBody{
		Object: "organization", ID: string(o.ID), Name: o.Name, BusinessName: text(o.BusinessName), BillingEmail: o.BillingEmail,
		Plan: planOf(o.Plan), ProviderItemAccess: o.ProviderItemAccess, RevisionDate: wire.Date(o.RevisedAt),
		PlanType: o.Plan.Type, Seats: number(o.Seats), MaxStorageGb: tenant.Gigabytes(o.Storage.Of(a.OrgStorage)),
		features: features{
			UseGroups: true, UseAPI: true, UseDirectory: true,
			UsePolicies: o.Plan.Enterprise(), UseResetPassword: o.Plan.Enterprise(), UseCustomPermissions: o.Plan.Enterprise(),
			UseOrganizationDomains: o.Plan.Enterprise(), UseActivateAutofillPolicy: o.Plan.Enterprise(),
			UseEvents: true, UseTotp: true, UsePasswordManager: true, UsersGetPremium: true, SelfHost: true,
			HasPublicAndPrivateKeys: o.PublicKey != "" && o.HasPrivateKey,
			LimitCollectionCreation: o.LimitCollectionCreation, LimitCollectionDeletion: o.LimitCollectionDeletion,
			LimitItemDeletion: o.LimitItemDeletion, AllowAdminAccessToAllItems: o.AdminsAccessAll,
		},
	}
}

// text gives null for what is not there.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func number(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}
