package client

import (
	"context"

	"github.com/kastellan/kastellan/client/seal"
)

// proof derives the hash that proves the current password to the server.
func (s *Session) proof(password string) (string, error) {
	master, err := seal.NewMasterKey(password, s.salt, s.kdf)
	if err != nil {
		return "", err
	}
	return master.ServerHash(password), nil
}

type secret struct {
	Hash string `json:"masterPasswordHash"`
}

// newPassword is the body that sets a password, or the same one anew.
type newPassword struct {
	secret
	Authentication authenticationData `json:"authenticationData"`
	Unlock         unlockData         `json:"unlockData"`
	Hint           *string            `json:"masterPasswordHint,omitempty"`
}

func (s *Session) setPassword(ctx context.Context, path, old, password string, kdf seal.KDF, hint *string) error {
	if err := kdf.CheckNew(); err != nil {
		return err
	}
	user, _, err := s.keys()
	if err != nil {
		return err
	}
	var body newPassword
	if body.Hash, err = s.proof(old); err != nil {
		return err
	}
	u := unlocking{kdf: kdf, salt: s.salt}
	if u.key, err = seal.NewMasterKey(password, u.salt, u.kdf); err != nil {
		return err
	}
	body.Authentication, body.Unlock = u.pair(password, user)
	body.Hint = hint
	return s.do(ctx, "POST", path, body, nil)
}

// ChangePassword sets a new master password for the same keys. The server ends
// all sessions of the account, this one too; log in again.
func (s *Session) ChangePassword(ctx context.Context, old, password, hint string) error {
	return s.setPassword(ctx, "/api/accounts/password", old, password, s.kdf, &hint)
}

// ChangeKDF derives the key from the same password in another way. The server
// ends all sessions of the account, this one too; log in again.
func (s *Session) ChangeKDF(ctx context.Context, password string, kdf seal.KDF) error {
	return s.setPassword(ctx, "/api/accounts/kdf", password, password, kdf, nil)
}

// Rename sets the person's name.
func (s *Session) Rename(ctx context.Context, name string) error {
	return s.do(ctx, "PUT", "/api/accounts/profile", map[string]string{"name": name}, nil)
}

// APIKey returns the personal API key.
func (s *Session) APIKey(ctx context.Context, password string) (APIKey, error) {
	return s.apiKeyAt(ctx, "/api/accounts/api-key", password)
}

// RotateAPIKey replaces the personal API key.
func (s *Session) RotateAPIKey(ctx context.Context, password string) (APIKey, error) {
	return s.apiKeyAt(ctx, "/api/accounts/rotate-api-key", password)
}

func (s *Session) apiKeyAt(ctx context.Context, path, password string) (APIKey, error) {
	hash, err := s.proof(password)
	if err != nil {
		return APIKey{}, err
	}
	var answer struct {
		Secret string `json:"apiKey"`
	}
	if err := s.do(ctx, "POST", path, secret{hash}, &answer); err != nil {
		return APIKey{}, err
	}
	return APIKey{ClientID: "user." + string(s.UserID), Secret: answer.Secret}, nil
}

// EndSessions logs the account out everywhere, here too.
func (s *Session) EndSessions(ctx context.Context, password string) error {
	hash, err := s.proof(password)
	if err != nil {
		return err
	}
	return s.do(ctx, "POST", "/api/accounts/security-stamp", secret{hash}, nil)
}

// DeleteAccount deletes the account and everything that is only its own.
func (s *Session) DeleteAccount(ctx context.Context, password string) error {
	hash, err := s.proof(password)
	if err != nil {
		return err
	}
	return s.do(ctx, "DELETE", "/api/accounts", secret{hash}, nil)
}
