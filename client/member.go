package client

import (
	"context"

	"github.com/kastellan/kastellan/client/seal"
)

// Member is a person in an organization. UserID is empty while invited.
type Member struct {
	ID          MemberID               `json:"id"`
	UserID      UserID                 `json:"userId"`
	Name        string                 `json:"name"`
	Email       string                 `json:"email"`
	Role        Role                   `json:"type"`
	Status      Status                 `json:"status"`
	Permissions map[string]bool        `json:"permissions"` // of a custom role
	TwoFactor   bool                   `json:"twoFactorEnabled"`
	Recoverable bool                   `json:"resetPasswordEnrolled"` // see AllowRecovery
	Claimed     bool                   `json:"claimedByOrganization"` // the account is of one of its domains
	Collections []Access[CollectionID] `json:"collections"`
	Groups      []GroupID              `json:"groups"`
	ExternalID  string                 `json:"externalId"` // in the directory that they came from
}

// Members lists the people of an organization.
func (s *Session) Members(ctx context.Context, org OrgID) ([]Member, error) {
	var answer list[Member]
	err := s.do(ctx, "GET", orgPath(org)+"/users?includeCollections=true&includeGroups=true", nil, &answer)
	return answer.Data, err
}

// Invitation asks people to join an organization.
type Invitation struct {
	Emails      []string               `json:"emails"`
	Role        Role                   `json:"type"`
	Permissions map[string]bool        `json:"permissions,omitempty"` // of a custom role
	Collections []Access[CollectionID] `json:"collections"`
	Groups      []GroupID              `json:"groups"`
}

// InviteMembers invites people.
func (s *Session) InviteMembers(ctx context.Context, org OrgID, in Invitation) error {
	in.Collections, in.Groups = orEmpty(in.Collections), orEmpty(in.Groups)
	return s.do(ctx, "POST", orgPath(org)+"/users/invite", in, nil)
}

// MemberInviteLink returns the link that a server without mail gives to whoever
// may invite. The link is a secret.
func (s *Session) MemberInviteLink(ctx context.Context, org OrgID, id MemberID) (string, error) {
	return s.inviteLink(ctx, orgPath(org)+"/users/"+escape(id)+"/invite-link")
}

func (s *Session) inviteLink(ctx context.Context, path string) (string, error) {
	var answer struct {
		URL string `json:"url"`
	}
	err := s.do(ctx, "GET", path, nil, &answer)
	return answer.URL, err
}

// Accept follows an invitation to an organization or a provider.
func (s *Session) Accept(ctx context.Context, link Link) error {
	body := map[string]string{"token": link.Token}
	switch link.Kind {
	case OrganizationLink:
		return s.do(ctx, "POST", orgPath(link.OrganizationID)+"/users/"+escape(link.MemberID)+"/accept", body, nil)
	case ProviderLink:
		return s.do(ctx, "POST", providerPath(link.ProviderID)+"/users/"+escape(link.ProviderUserID)+"/accept", body, nil)
	default:
		return ErrLink
	}
}

// AcceptEnrolling follows an invitation to an organization that enrols everybody in
// account recovery. Compare [OrgFingerprint] of the key with the administrators.
func (s *Session) AcceptEnrolling(ctx context.Context, link Link, key seal.PublicKey) error {
	user, _, err := s.keys()
	if err != nil {
		return err
	}
	wrapped, err := key.Encapsulate(user)
	if err != nil {
		return err
	}
	body := map[string]string{"token": link.Token, "resetPasswordKey": string(wrapped)}
	return s.do(ctx, "POST", orgPath(link.OrganizationID)+"/users/"+escape(link.MemberID)+"/accept", body, nil)
}

// PersonKey is the public key that the server names for somebody. ID is that of
// the member or provider user.
type PersonKey[T ~string] struct {
	ID     T
	UserID UserID
	Key    seal.PublicKey
}

// Fingerprint is the phrase to compare with the person before confirming.
func (p PersonKey[T]) Fingerprint() string { return seal.Fingerprint(string(p.UserID), p.Key) }

// personKeys fetches the keys of people who accepted; the server leaves out others.
func personKeys[T ~string](ctx context.Context, s *Session, path string, ids []T) ([]PersonKey[T], error) {
	var answer list[struct {
		ID     T      `json:"id"`
		UserID UserID `json:"userId"`
		Key    string `json:"key"`
	}]
	if err := s.do(ctx, "POST", path, map[string]any{"ids": ids}, &answer); err != nil {
		return nil, err
	}
	keys := make([]PersonKey[T], len(answer.Data))
	for i, person := range answer.Data {
		key, err := seal.ParsePublicKey(person.Key)
		if err != nil {
			return nil, err
		}
		keys[i] = PersonKey[T]{ID: person.ID, UserID: person.UserID, Key: key}
	}
	return keys, nil
}

// MemberKeys fetches the public keys of members who wait to be confirmed.
func (s *Session) MemberKeys(ctx context.Context, org OrgID, ids ...MemberID) ([]PersonKey[MemberID], error) {
	return personKeys(ctx, s, orgPath(org)+"/users/public-keys", ids)
}

// ConfirmMember hands the organization's key to a member. Compare the fingerprint
// with the person first.
func (s *Session) ConfirmMember(ctx context.Context, org OrgID, person PersonKey[MemberID]) error {
	key, err := s.orgKey(org)
	if err != nil {
		return err
	}
	wrapped, err := person.Key.Encapsulate(key)
	if err != nil {
		return err
	}
	body := map[string]seal.EncString{"key": wrapped, "defaultUserCollectionName": key.EncryptText("My items")}
	return s.do(ctx, "POST", orgPath(org)+"/users/"+escape(person.ID)+"/confirm", body, nil)
}

// ChangeMember replaces a member's role and rights.
func (s *Session) ChangeMember(ctx context.Context, org OrgID, member Member) error {
	body := map[string]any{
		"type": member.Role, "collections": orEmpty(member.Collections), "groups": orEmpty(member.Groups),
		"permissions": member.Permissions, "accessSecretsManager": false,
	}
	return s.do(ctx, "PUT", orgPath(org)+"/users/"+escape(member.ID), body, nil)
}

// RemoveMember removes a person from an organization.
func (s *Session) RemoveMember(ctx context.Context, org OrgID, id MemberID) error {
	return s.do(ctx, "DELETE", orgPath(org)+"/users/"+escape(id), nil, nil)
}

// RevokeMember suspends a member: all rights end at once. RestoreMember gives them
// back.
func (s *Session) RevokeMember(ctx context.Context, org OrgID, id MemberID) error {
	return s.do(ctx, "PUT", orgPath(org)+"/users/"+escape(id)+"/revoke", nil, nil)
}

// RestoreMember ends the suspension of a member.
func (s *Session) RestoreMember(ctx context.Context, org OrgID, id MemberID) error {
	return s.do(ctx, "PUT", orgPath(org)+"/users/"+escape(id)+"/restore", nil, nil)
}

// DeleteMemberAccount deletes the whole account of a member that the organization
// has claimed.
func (s *Session) DeleteMemberAccount(ctx context.Context, org OrgID, id MemberID) error {
	return s.do(ctx, "DELETE", orgPath(org)+"/users/"+escape(id)+"/delete-account", nil, nil)
}
