package client

import "context"

// OrgRules say what members may do with collections; nil keeps a rule as it is.
type OrgRules struct {
	LimitCollectionCreation *bool `json:"limitCollectionCreation,omitempty"` // to administrators
	LimitCollectionDeletion *bool `json:"limitCollectionDeletion,omitempty"`
	LimitItemDeletion       *bool `json:"limitItemDeletion,omitempty"` // to who manages the collection
	AdminsAccessAll         *bool `json:"allowAdminAccessToAllCollectionItems,omitempty"`
}

// SetOrgRules changes the rules of an organization.
func (s *Session) SetOrgRules(ctx context.Context, org OrgID, rules OrgRules) error {
	return s.do(ctx, "PUT", orgPath(org)+"/collection-management", rules, nil)
}

// SetProviderItemAccess decides whether the people of the provider may read the
// items of an organization. Only its own owners may.
func (s *Session) SetProviderItemAccess(ctx context.Context, org OrgID, allowed bool) error {
	body := map[string]bool{"providerItemAccess": allowed}
	return s.do(ctx, "PUT", orgPath(org)+"/provider-access", body, nil)
}
