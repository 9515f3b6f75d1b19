package client

import (
	"context"

	"github.com/kastellan/kastellan/client/seal"
)

func providerPath(provider ProviderID) string { return "/api/providers/" + escape(provider) }

// ProviderDetails is what a provider says about itself.
type ProviderDetails struct {
	Name         string `json:"name"`
	BusinessName string `json:"businessName,omitempty"`
	BillingEmail string `json:"billingEmail"`
}

// Provider fetches a provider. A pending one has no name yet.
func (s *Session) Provider(ctx context.Context, provider ProviderID) (ProviderDetails, error) {
	var details ProviderDetails
	err := s.do(ctx, "GET", providerPath(provider), nil, &details)
	return details, err
}

// SetUpProvider turns a pending provider into a working one with a new key. The
// caller becomes its first administrator.
func (s *Session) SetUpProvider(ctx context.Context, link Link, details ProviderDetails) error {
	if link.Kind != SetupLink {
		return ErrLink
	}
	_, private, err := s.keys()
	if err != nil {
		return err
	}
	key := seal.NewKey()
	wrapped, err := private.Public().Encapsulate(key)
	if err != nil {
		return err
	}
	body := struct {
		ProviderDetails
		Token string         `json:"token"`
		Key   seal.EncString `json:"key"`
	}{details, link.Token, wrapped}
	if err := s.do(ctx, "POST", providerPath(link.ProviderID)+"/setup", body, nil); err != nil {
		return err
	}
	s.mu.Lock()
	s.providers[link.ProviderID] = key
	s.mu.Unlock()
	return s.Refresh(ctx) // the token's claims do not name the provider yet
}

// ProviderPerson is somebody who works for a provider. UserID is empty while invited.
type ProviderPerson struct {
	ID     ProviderUserID `json:"id"`
	UserID UserID         `json:"userId"`
	Name   string         `json:"name"`
	Email  string         `json:"email"`
	Role   ProviderRole   `json:"type"`
	Status Status         `json:"status"`
}

// ProviderPeople lists who works for a provider.
func (s *Session) ProviderPeople(ctx context.Context, provider ProviderID) ([]ProviderPerson, error) {
	var answer list[ProviderPerson]
	err := s.do(ctx, "GET", providerPath(provider)+"/users", nil, &answer)
	return answer.Data, err
}

// InviteProviderPeople invites up to 20 people to work for a provider.
func (s *Session) InviteProviderPeople(ctx context.Context, provider ProviderID, role ProviderRole, emails ...string) error {
	body := map[string]any{"emails": emails, "type": role}
	return s.do(ctx, "POST", providerPath(provider)+"/users/invite", body, nil)
}

// ProviderInviteLink is MemberInviteLink for a provider.
func (s *Session) ProviderInviteLink(ctx context.Context, provider ProviderID, id ProviderUserID) (string, error) {
	return s.inviteLink(ctx, providerPath(provider)+"/users/"+escape(id)+"/invite-link")
}

// ProviderPersonKeys fetches the public keys of people who wait to be confirmed.
func (s *Session) ProviderPersonKeys(ctx context.Context, provider ProviderID, ids ...ProviderUserID) ([]PersonKey[ProviderUserID], error) {
	return personKeys(ctx, s, providerPath(provider)+"/users/public-keys", ids)
}

// ConfirmProviderPerson hands the provider's key to somebody, and with it the keys
// of all its clients. Compare the fingerprint with the person first.
func (s *Session) ConfirmProviderPerson(ctx context.Context, provider ProviderID, person PersonKey[ProviderUserID]) error {
	key, err := s.providerKey(provider)
	if err != nil {
		return err
	}
	wrapped, err := person.Key.Encapsulate(key)
	if err != nil {
		return err
	}
	body := map[string]seal.EncString{"key": wrapped}
	return s.do(ctx, "POST", providerPath(provider)+"/users/"+escape(person.ID)+"/confirm", body, nil)
}

// RemoveProviderPerson removes somebody from a provider.
func (s *Session) RemoveProviderPerson(ctx context.Context, provider ProviderID, id ProviderUserID) error {
	return s.do(ctx, "DELETE", providerPath(provider)+"/users/"+escape(id), nil, nil)
}
