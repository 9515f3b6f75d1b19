package client

import (
	"encoding/json"

	"github.com/kastellan/kastellan/client/seal"
)

// accountKeys are the encrypted keys of an account. The last two belong to
// version 2 and are null for version 1.
type accountKeys struct {
	Encryption struct {
		PrivateKey      seal.EncString `json:"wrappedPrivateKey"`
		PublicKey       string         `json:"publicKey"`
		SignedPublicKey *string        `json:"signedPublicKey"`
	} `json:"publicKeyEncryptionKeyPair"`
	Signature     json.RawMessage `json:"signatureKeyPair"`
	SecurityState json.RawMessage `json:"securityState"`
}

func present(raw json.RawMessage) bool { return len(raw) > 0 && string(raw) != "null" }

// open returns the private key, and checks that the public key which the server
// hands to others is really its half.
func (a *accountKeys) open(user seal.Key) (seal.PrivateKey, error) {
	if a == nil || a.Encryption.PrivateKey == "" {
		return seal.PrivateKey{}, seal.ErrSyntax
	}
	kind, err := a.Encryption.PrivateKey.Type()
	switch {
	case err != nil:
		return seal.PrivateKey{}, err
	case kind == seal.COSE || present(a.Signature) || present(a.SecurityState) || a.Encryption.SignedPublicKey != nil:
		return seal.PrivateKey{}, seal.ErrVersion2
	}
	private, err := user.UnwrapPrivate(a.Encryption.PrivateKey)
	if err != nil {
		return seal.PrivateKey{}, err
	}
	if private.Public().Base64() != a.Encryption.PublicKey {
		return seal.PrivateKey{}, ErrOwnKey
	}
	return private, nil
}
