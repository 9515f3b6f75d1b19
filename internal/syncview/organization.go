package syncview

import (
	"context"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Organization is one of an account's organizations, or a client of its
// provider, as clients see it.
type Organization struct {
	Object             string       `json:"object"`
	ID                 id.Org       `json:"id"`
	Name               string       `json:"name"`
	Enabled            bool         `json:"enabled"`
	Identifier         *string      `json:"identifier"`
	UserID             id.User      `json:"userId"`
	OrganizationUserID *id.Member   `json:"organizationUserId"`
	Status             int          `json:"status"`
	Type               int          `json:"type"`
	Key                string       `json:"key"`
	Permissions        permissions  `json:"permissions"`
	ProductTierType    int          `json:"productTierType"`
	PlanProductType    int          `json:"planProductType"` // the older name
	Seats              *int         `json:"seats"`
	MaxCollections     *int         `json:"maxCollections"`
	MaxStorageGB       int          `json:"maxStorageGb"`
	HasKeys            bool         `json:"hasPublicAndPrivateKeys"`
	ProviderID         *id.Provider `json:"providerId"`
	ProviderName       *string      `json:"providerName"`
	ProviderType       *int         `json:"providerType"`
	LimitCreation      bool         `json:"limitCollectionCreation"`
	LimitDeletion      bool         `json:"limitCollectionDeletion"`
	LimitItemDeletion  bool         `json:"limitItemDeletion"`
	AdminsAccessAll    bool         `json:"allowAdminAccessToAllCollectionItems"`
	// ProviderItemAccess is Kastellan's own: whether the provider's staff reaches items.
	ProviderItemAccess bool `json:"providerItemAccess"`
	RecoveryEnrolled   bool `json:"resetPasswordEnrolled"`
	UserIsClaimed      bool `json:"userIsClaimedByOrganization"`
	UserIsManaged      bool `json:"userIsManagedByOrganization"` // the older name
	features
	unused
}

// features are the switches by which clients show parts of themselves. Only what
// this server does is on.
type features struct {
	UseTotp            bool `json:"useTotp"`
	UseEvents          bool `json:"useEvents"`
	UsersGetPremium    bool `json:"usersGetPremium"`
	UsePasswordManager bool `json:"usePasswordManager"`
	SelfHost           bool `json:"selfHost"`

	UsePolicies               bool `json:"usePolicies"`
	UseGroups                 bool `json:"useGroups"`
	Use2FA                    bool `json:"use2fa"`
	UseAPI                    bool `json:"useApi"`
	UseResetPassword          bool `json:"useResetPassword"`
	UseCustomPermissions      bool `json:"useCustomPermissions"`
	UseSSO                    bool `json:"useSso"`
	UseDirectory              bool `json:"useDirectory"`
	UseKeyConnector           bool `json:"useKeyConnector"`
	UseScim                   bool `json:"useScim"`
	UseSecretsManager         bool `json:"useSecretsManager"`
	UseActivateAutofillPolicy bool `json:"useActivateAutofillPolicy"`
	UseRiskInsights           bool `json:"useRiskInsights"`
	UseOrganizationDomains    bool `json:"useOrganizationDomains"`
	UseAdminSponsoredFamilies bool `json:"useAdminSponsoredFamilies"`
	UseAutomaticConfirmation  bool `json:"useAutomaticUserConfirmation"`
	UsePhishingBlocker        bool `json:"usePhishingBlocker"`
	UseMyItems                bool `json:"useMyItems"`
	UseInviteLinks            bool `json:"useInviteLinks"`
	UsePam                    bool `json:"usePam"`
	UseDisableSMAds           bool `json:"useDisableSMAdsForUsers"`
}

// unused are members that clients expect and that say no here.
type unused struct {
	SSOBound                bool    `json:"ssoBound"`
	SSOEnabled              bool    `json:"ssoEnabled"`
	KeyConnectorEnabled     bool    `json:"keyConnectorEnabled"`
	KeyConnectorURL         *string `json:"keyConnectorUrl"`
	SSOMemberDecryptionType *int    `json:"ssoMemberDecryptionType"`
	SponsorshipName         *string `json:"familySponsorshipFriendlyName"`
	SponsorshipAvailable    bool    `json:"familySponsorshipAvailable"`
	SponsorshipLastSync     *string `json:"familySponsorshipLastSyncDate"`
	SponsorshipValidUntil   *string `json:"familySponsorshipValidUntil"`
	SponsorshipToDelete     *bool   `json:"familySponsorshipToDelete"`
	IsAdminInitiated        bool    `json:"isAdminInitiated"`
	AccessSecretsManager    bool    `json:"accessSecretsManager"`
	AccessPam               bool    `json:"accessPam"`
}

const orgColumns = `o.id, o.name, o.enabled, o.plan_type, o.seats, o.public_key IS NOT NULL AND o.private_key IS NOT NULL,
	o.limit_collection_creation, o.limit_collection_deletion, o.limit_item_deletion, o.admins_access_all, o.provider_item_access, o.storage_limit`

// permissions are those of a custom role, by name.
type permissions map[string]bool

// none are the permissions of whoever has no custom role.
var none = permissions(access.Permissions(0).Names())

// organizationsOf reads the confirmed memberships of an account.
func (s *Service) organizationsOf(ctx context.Context, tx *db.Tx, user id.User) ([]Organization, error) {
	return db.All(ctx, tx, func(r db.Row) (Organization, error) {
		o := Organization{Object: "profileOrganization", UserID: user, Status: 2}
		var custom access.Permissions
		err := o.scan(r, s.OrgStorage, &o.OrganizationUserID, &o.Type, db.Opt(&o.Key), &custom, &o.RecoveryEnrolled,
			&o.UserIsClaimed, &o.ProviderID, &o.ProviderName, &o.ProviderType)
		o.Permissions, o.UserIsManaged = custom.Names(), o.UserIsClaimed
		return o, err
	}, `SELECT `+orgColumns+`, m.id, m.type, m.key, m.permissions, m.recovery_key IS NOT NULL,
		EXISTS (SELECT 1 FROM `+org.Proved+` JOIN users u ON u.id = m.user_id AND `+org.AtDomain+` WHERE d.org_id = o.id), p.id, p.name, p.type
		FROM members m JOIN organizations o ON o.id = m.org_id
		LEFT JOIN provider_clients pc ON pc.org_id = o.id
		LEFT JOIN providers p ON p.id = pc.provider_id
		WHERE m.user_id = $1 AND m.status = 2 ORDER BY o.name, o.id`, user)
}

// clientsOf reads the clients that an account reaches as somebody of a provider.
// Both kinds of provider people count as owners there, under the provider's key.
func (s *Service) clientsOf(ctx context.Context, tx *db.Tx, user id.User) ([]Organization, error) {
	return db.All(ctx, tx, func(r db.Row) (Organization, error) {
		o := Organization{Object: "profileProviderOrganization", UserID: user, Status: 2, Permissions: none}
		err := o.scan(r, s.OrgStorage, &o.Key, &o.ProviderID, &o.ProviderName, &o.ProviderType)
		return o, err
	}, `SELECT `+orgColumns+`, pc.key, p.id, p.name, p.type
		FROM provider_users pu JOIN providers p ON p.id = pu.provider_id AND p.enabled AND p.status <> 0
		JOIN provider_clients pc ON pc.provider_id = p.id
		JOIN organizations o ON o.id = pc.org_id
		WHERE pu.user_id = $1 AND pu.status = 2 AND `+access.InReach(2)+` ORDER BY o.name, o.id`, user, tx.Now)
}

// scan reads a row; storage is the limit of organizations that have none of their own.
func (o *Organization) scan(r db.Row, storage int64, more ...any) error {
	var plan int
	var files tenant.Storage
	err := r.Scan(append([]any{
		&o.ID, &o.Name, &o.Enabled, &plan, &o.Seats, &o.HasKeys,
		&o.LimitCreation, &o.LimitDeletion, &o.LimitItemDeletion, &o.AdminsAccessAll, &o.ProviderItemAccess, &files.Limit,
	}, more...)...)
	p, _ := tenant.PlanOf(plan)
	o.ProductTierType, o.PlanProductType = p.Tier, p.Tier
	o.MaxStorageGB = tenant.Gigabytes(files.Of(storage))
	large := p.Enterprise()
	o.features = features{
		UseTotp: true, UseEvents: true, UsersGetPremium: true, UsePasswordManager: true, SelfHost: true,
		UseGroups: true, UseAPI: true, UseDirectory: true,
		UsePolicies: large, UseResetPassword: large, UseCustomPermissions: large, UseOrganizationDomains: large,
		UseActivateAutofillPolicy: large,
	}
	return err
}

// provider is a provider for which an account works, as clients see it.
type provider struct {
	Object         string      `json:"object"`
	ID             id.Provider `json:"id"`
	Name           *string     `json:"name"`
	Key            string      `json:"key"`
	Status         int         `json:"status"`
	Type           int         `json:"type"`
	Enabled        bool        `json:"enabled"`
	Permissions    permissions `json:"permissions"`
	UserID         id.User     `json:"userId"`
	UseEvents      bool        `json:"useEvents"`
	ProviderStatus int         `json:"providerStatus"`
	ProviderType   int         `json:"providerType"`
}

func providersOf(ctx context.Context, tx *db.Tx, user id.User) ([]provider, error) {
	return db.All(ctx, tx, func(r db.Row) (provider, error) {
		p := provider{Object: "profileProvider", UserID: user, Status: 2, UseEvents: true, Permissions: none}
		err := r.Scan(&p.ID, &p.Name, db.Opt(&p.Key), &p.Type, &p.Enabled, &p.ProviderStatus, &p.ProviderType)
		return p, err
	}, `SELECT p.id, p.name, pu.key, pu.type, p.enabled, p.status, p.type
		FROM provider_users pu JOIN providers p ON p.id = pu.provider_id
		WHERE pu.user_id = $1 AND pu.status = 2 AND p.status <> 0 ORDER BY p.name, p.id`, user)
}
