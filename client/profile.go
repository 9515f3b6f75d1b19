package client

import (
	"context"

	"github.com/kastellan/kastellan/client/seal"
)

// Role is what a member may do in an organization.
type Role int

// The roles; the numbers are those of the wire.
const (
	Owner  Role = 0
	Admin  Role = 1
	User   Role = 2
	Custom Role = 4
)

// ProviderRole is what a person may do in a provider.
type ProviderRole int

// The roles; the numbers are those of the wire.
const (
	ProviderAdmin ProviderRole = 0
	ServiceUser   ProviderRole = 1
)

// Status is how far a person has come.
type Status int

// The states; the numbers are those of the wire.
const (
	Revoked   Status = -1
	Invited   Status = 0
	Accepted  Status = 1
	Confirmed Status = 2
	Staged    Status = 3
)

// Profile is the account, and what it belongs to.
type Profile struct {
	ID                    UserID                 `json:"id"`
	Name                  string                 `json:"name"`
	Email                 string                 `json:"email"`
	EmailVerified         bool                   `json:"emailVerified"`
	TwoFactorEnabled      bool                   `json:"twoFactorEnabled"`
	ForcePasswordReset    bool                   `json:"forcePasswordReset"`
	Organizations         []Membership           `json:"organizations"`
	Providers             []ProviderMembership   `json:"providers"`
	ProviderOrganizations []ProviderOrganization `json:"providerOrganizations"`
}

// Membership is an organization of which the account is a member.
type Membership struct {
	ID             OrgID          `json:"id"`
	Name           string         `json:"name"`
	MemberID       MemberID       `json:"organizationUserId"`
	Role           Role           `json:"type"`
	Status         Status         `json:"status"`
	Enabled        bool           `json:"enabled"`
	ProviderID     ProviderID     `json:"providerId"`
	RecoveryKeySet bool           `json:"resetPasswordEnrolled"`
	Key            seal.EncString `json:"key"`
}

// ProviderMembership is a provider for which the account works.
type ProviderMembership struct {
	ID      ProviderID     `json:"id"`
	Name    string         `json:"name"`
	Role    ProviderRole   `json:"type"`
	Status  Status         `json:"status"`
	Enabled bool           `json:"enabled"`
	Key     seal.EncString `json:"key"`
}

// ProviderOrganization is a client of a provider for which the account works.
type ProviderOrganization struct {
	ID         OrgID          `json:"id"`
	Name       string         `json:"name"`
	ProviderID ProviderID     `json:"providerId"`
	Key        seal.EncString `json:"key"`
}

// Profile fetches the account without its vault.
func (s *Session) Profile(ctx context.Context) (Profile, error) {
	var profile Profile
	if err := s.do(ctx, "GET", "/api/accounts/profile", nil, &profile); err != nil {
		return Profile{}, err
	}
	s.takeKeys(profile)
	return profile, nil
}

// takeKeys opens the keys that others gave to the account. One that does not open
// is left out: it must not hide the others. Using it gives ErrNoKey.
func (s *Session) takeKeys(profile Profile) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.private.IsZero() {
		return
	}
	for _, org := range profile.Organizations {
		if key, err := s.private.Decapsulate(org.Key); err == nil {
			s.orgs[org.ID] = key
		}
	}
	for _, provider := range profile.Providers {
		if key, err := s.private.Decapsulate(provider.Key); err == nil {
			s.providers[provider.ID] = key
		}
	}
	for _, org := range profile.ProviderOrganizations {
		provider, found := s.providers[org.ProviderID]
		if !found {
			continue
		}
		if key, err := provider.Unwrap(org.Key); err == nil {
			s.orgs[org.ID] = key
		}
	}
}
