package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/kastellan/kastellan/client/seal"
)

// ErrUntrusted means that an organization may recover the account, and that the
// caller did not say with which public key; or not with the one that the server
// names.
var ErrUntrusted = errors.New("the key of an organization that may recover the account is not trusted")

// RecoveryTrust is the public key of an organization that may recover the account,
// as the caller knows it; see OrgFingerprint.
type RecoveryTrust struct {
	Org OrgID
	Key seal.PublicKey
}

type recoverable struct {
	Org OrgID          `json:"organizationId"`
	Key seal.EncString `json:"resetPasswordKey"`
}

const recoveryList = "organizationPasswordResetKeyData"

// recoveryUnder makes the new recovery keys, and makes sure that they, items,
// folders and Sends are all there is. What were left out would be lost with the
// old key.
func (s *Session) recoveryUnder(ctx context.Context, user seal.Key, trusted []RecoveryTrust) ([]recoverable, error) {
	var lists map[string]json.RawMessage
	if err := s.do(ctx, "GET", "/api/accounts/key-management/key-rotation-data", nil, &lists); err != nil {
		return nil, err
	}
	var enrolled []struct {
		Org OrgID  `json:"organizationId"`
		Key string `json:"publicKey"`
	}
	for name, list := range lists {
		if name == recoveryList {
			if err := json.Unmarshal(list, &enrolled); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			continue
		}
		var entries []json.RawMessage
		if json.Unmarshal(list, &entries) == nil && len(entries) > 0 {
			return nil, fmt.Errorf("%s: %w", name, ErrMoreUnderKey)
		}
	}
	known := map[OrgID]seal.PublicKey{}
	for _, t := range trusted {
		known[t.Org] = t.Key
	}
	out := []recoverable{}
	for _, e := range enrolled {
		key, told := known[e.Org]
		if !told || key.Base64() != e.Key {
			return nil, fmt.Errorf("organization %s: %w", e.Org, ErrUntrusted)
		}
		wrapped, err := key.Encapsulate(user)
		if err != nil {
			return nil, err
		}
		out = append(out, recoverable{Org: e.Org, Key: wrapped})
	}
	return out, nil
}
