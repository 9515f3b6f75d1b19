package client

import (
	"context"
	"fmt"

	"github.com/kastellan/kastellan/client/seal"
)

// OrgPublicKey fetches the key under which members leave a way to recover their
// accounts. Compare [OrgFingerprint] with the administrators before trusting it.
func (s *Session) OrgPublicKey(ctx context.Context, org OrgID) (seal.PublicKey, error) {
	var answer struct {
		PublicKey string `json:"publicKey"`
	}
	if err := s.do(ctx, "GET", orgPath(org)+"/public-key", nil, &answer); err != nil {
		return seal.PublicKey{}, err
	}
	return seal.ParsePublicKey(answer.PublicKey)
}

// OrgFingerprint is the phrase of an organization's public key.
func OrgFingerprint(org OrgID, key seal.PublicKey) string { return seal.Fingerprint(string(org), key) }

// AllowRecovery lets the administrators of an organization reset the caller's
// master password: it gives them the user key.
func (s *Session) AllowRecovery(ctx context.Context, org OrgID, key seal.PublicKey, password string) error {
	user, _, err := s.keys()
	if err != nil {
		return err
	}
	wrapped, err := key.Encapsulate(user)
	if err != nil {
		return err
	}
	hash, err := s.proof(password)
	if err != nil {
		return err
	}
	body := map[string]any{"resetPasswordKey": wrapped, "masterPasswordHash": hash}
	return s.do(ctx, "PUT", s.enrolmentPath(org), body, nil)
}

// WithdrawRecovery takes back what AllowRecovery gave.
func (s *Session) WithdrawRecovery(ctx context.Context, org OrgID) error {
	return s.do(ctx, "PUT", s.enrolmentPath(org), map[string]any{"resetPasswordKey": nil}, nil)
}

func (s *Session) enrolmentPath(org OrgID) string {
	return orgPath(org) + "/users/" + escape(s.UserID) + "/reset-password-enrollment"
}

type recoveryDetails struct {
	KDF         seal.KDFType   `json:"kdf"`
	Iterations  int            `json:"kdfIterations"`
	Memory      int            `json:"kdfMemory"`
	Parallelism int            `json:"kdfParallelism"`
	Salt        string         `json:"masterPasswordSalt"`
	UserKey     seal.EncString `json:"resetPasswordKey"`
	PrivateKey  seal.EncString `json:"encryptedPrivateKey"`
}

// open returns the member's user key, by way of the organization's private key.
func (d recoveryDetails) open(org seal.Key) (seal.Key, error) {
	private, err := org.UnwrapPrivate(d.PrivateKey)
	if err != nil {
		return seal.Key{}, err
	}
	return private.Decapsulate(d.UserKey)
}

// ResetMemberPassword sets the master password of a member who allowed it. The
// member keeps all keys and must choose a new password at the next log-in.
func (s *Session) ResetMemberPassword(ctx context.Context, org OrgID, member Member, password string) error {
	owner, err := s.orgKey(org)
	if err != nil {
		return err
	}
	path := orgPath(org) + "/users/" + escape(member.ID)
	var details recoveryDetails
	if err := s.do(ctx, "GET", path+"/reset-password-details", nil, &details); err != nil {
		return err
	}
	user, err := details.open(owner)
	if err != nil {
		return fmt.Errorf("recovery key of member %s: %w", member.ID, err)
	}
	if details.Salt == "" {
		details.Salt = seal.Salt(member.Email)
	}
	kdf := seal.KDF{Type: details.KDF, Iterations: details.Iterations, Memory: details.Memory, Parallelism: details.Parallelism}
	master, err := seal.NewMasterKey(password, details.Salt, kdf)
	if err != nil {
		return err
	}
	body := map[string]any{
		"newMasterPasswordHash": master.ServerHash(password), "key": master.WrapUserKey(user),
		"resetMasterPassword": true, "resetTwoFactor": false,
	}
	return s.do(ctx, "PUT", path+"/recover-account", body, nil)
}

// ResetMemberTwoFactor turns two-step login off for a member who allowed recovery.
func (s *Session) ResetMemberTwoFactor(ctx context.Context, org OrgID, id MemberID) error {
	body := map[string]any{"resetMasterPassword": false, "resetTwoFactor": true}
	return s.do(ctx, "PUT", orgPath(org)+"/users/"+escape(id)+"/recover-account", body, nil)
}

// ReplaceTemporaryPassword sets a password of one's own after an administrator had
// set one; see Session.MustChangePassword. The server ends all sessions of the
// account, this one too; log in again.
func (s *Session) ReplaceTemporaryPassword(ctx context.Context, password, hint string) error {
	user, _, err := s.keys()
	if err != nil {
		return err
	}
	master, err := seal.NewMasterKey(password, s.salt, s.kdf)
	if err != nil {
		return err
	}
	body := newPassword{Hint: &hint}
	body.Authentication, body.Unlock = unlocking{kdf: s.kdf, salt: s.salt, key: master}.pair(password, user)
	return s.do(ctx, "PUT", "/api/accounts/update-temp-password", body, nil)
}
