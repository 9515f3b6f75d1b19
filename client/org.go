package client

import (
	"context"

	"github.com/kastellan/kastellan/client/seal"
)

// NewOrganization is an organization that the caller founds and will own.
type NewOrganization struct {
	Name         string
	BillingEmail string
	Collection   string // name of the first collection
}

// CreateOrganization founds an organization with new keys.
func (s *Session) CreateOrganization(ctx context.Context, in NewOrganization) (OrgID, error) {
	_, private, err := s.keys()
	if err != nil {
		return "", err
	}
	key := seal.NewKey()
	wrapped, err := private.Public().Encapsulate(key)
	if err != nil {
		return "", err
	}
	pair, _, err := newKeyPair(key)
	if err != nil {
		return "", err
	}
	body := map[string]any{
		"name": in.Name, "billingEmail": in.BillingEmail, "planType": 0,
		"key": wrapped, "keys": pair, "collectionName": key.EncryptText(in.Collection),
	}
	var answer struct {
		ID OrgID `json:"id"`
	}
	if err := s.do(ctx, "POST", "/api/organizations", body, &answer); err != nil {
		return "", err
	}
	s.keepOrgKey(answer.ID, key)
	return answer.ID, nil
}

func (s *Session) keepOrgKey(org OrgID, key seal.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.orgs[org] = key
}

// LeaveOrganization ends the caller's own membership.
func (s *Session) LeaveOrganization(ctx context.Context, org OrgID) error {
	return s.do(ctx, "POST", orgPath(org)+"/leave", nil, nil)
}
