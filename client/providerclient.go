package client

import (
	"context"

	"github.com/kastellan/kastellan/client/seal"
)

// Plan is what a client of a provider may use.
type Plan int

// The plans of clients; the numbers are those of the wire.
const (
	Teams      Plan = 17
	Enterprise Plan = 19
)

// ClientOrganization is a client in a provider's list.
type ClientOrganization struct {
	ID             ClientID       `json:"id"`
	ProviderID     ProviderID     `json:"providerId"`
	OrganizationID OrgID          `json:"organizationId"`
	Name           string         `json:"organizationName"`
	Key            seal.EncString `json:"key"`
	UserCount      int            `json:"userCount"`
	OccupiedSeats  int            `json:"occupiedSeats"`
	Seats          int            `json:"seats"`
	RemainingSeats int            `json:"remainingSeats"`
	Plan           string         `json:"plan"`
	PlanType       Plan           `json:"planType"`
	Status         int            `json:"status"`
	Enabled        bool           `json:"enabled"`
	// OwnerMemberID is only set in the answer to CreateClient.
	OwnerMemberID MemberID `json:"ownerMemberId"`
}

// Clients lists the clients of a provider.
func (s *Session) Clients(ctx context.Context, provider ProviderID) ([]ClientOrganization, error) {
	var answer list[ClientOrganization]
	if err := s.do(ctx, "GET", providerPath(provider)+"/organizations", nil, &answer); err != nil {
		return nil, err
	}
	key, err := s.providerKey(provider)
	if err != nil {
		return nil, err
	}
	for _, client := range answer.Data {
		if org, err := key.Unwrap(client.Key); err == nil {
			s.keepOrgKey(client.OrganizationID, org)
		}
	}
	return answer.Data, nil
}

// NewClient is a client that a provider takes on.
type NewClient struct {
	Name       string
	OwnerEmail string // is invited as the first owner
	Plan       Plan
	Seats      int
	Collection string // name of the first collection
}

// CreateClient makes an organization for a client of a provider. Its new key is
// wrapped under the provider's, so that all of the provider's people can help;
// the owner gets it on being confirmed.
func (s *Session) CreateClient(ctx context.Context, provider ProviderID, in NewClient) (ClientOrganization, error) {
	owner, err := s.providerKey(provider)
	if err != nil {
		return ClientOrganization{}, err
	}
	key := seal.NewKey()
	pair, _, err := newKeyPair(key)
	if err != nil {
		return ClientOrganization{}, err
	}
	body := map[string]any{
		"name": in.Name, "ownerEmail": in.OwnerEmail, "planType": in.Plan, "seats": in.Seats,
		"key": owner.Wrap(key), "keyPair": pair, "collectionName": key.EncryptText(in.Collection),
	}
	var answer ClientOrganization
	if err := s.do(ctx, "POST", providerPath(provider)+"/clients", body, &answer); err != nil {
		return ClientOrganization{}, err
	}
	s.keepOrgKey(answer.OrganizationID, key)
	return answer, nil
}

// ChangeClient gives a client another name and number of seats.
func (s *Session) ChangeClient(ctx context.Context, provider ProviderID, id ClientID, name string, seats int) error {
	body := map[string]any{"name": name, "assignedSeats": seats}
	return s.do(ctx, "PUT", providerPath(provider)+"/clients/"+escape(id), body, nil)
}
