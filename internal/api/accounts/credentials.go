package accounts

import (
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
)

type kdfJSON struct {
	KdfType     *int `json:"kdfType"`
	Iterations  int  `json:"iterations"`
	Memory      *int `json:"memory"`
	Parallelism *int `json:"parallelism"`
}

func (k kdfJSON) kdf() encstring.KDF {
	kind := -1 // a missing type is an unknown one, not PBKDF2
	if k.KdfType != nil {
		kind = *k.KdfType
	}
	return encstring.KDF{Type: kind, Iterations: k.Iterations, Memory: k.Memory, Parallelism: k.Parallelism}
}

func kdfOf(k encstring.KDF) kdfJSON {
	return kdfJSON{KdfType: &k.Type, Iterations: k.Iterations, Memory: k.Memory, Parallelism: k.Parallelism}
}

type authenticationJSON struct {
	KDF  kdfJSON `json:"kdf"`
	Hash string  `json:"masterPasswordAuthenticationHash"`
	Salt string  `json:"salt"`
}

type unlockJSON struct {
	KDF            kdfJSON `json:"kdf"`
	Key            string  `json:"masterKeyWrappedUserKey"`
	Salt           string  `json:"salt"`
	ContainedKeyID string  `json:"containedKeyId"`
}

// join reads the newer form; given is false when neither half is there.
func join(a *authenticationJSON, u *unlockJSON) (c account.Credentials, given bool, err error) {
	if a == nil && u == nil {
		return account.Credentials{}, false, nil
	}
	if a == nil || u == nil {
		return account.Credentials{}, true, fault.New(fault.Invalid, "The data for logging in and for unlocking must come together.")
	}
	c, err = account.Join(
		account.Half{KDF: a.KDF.kdf(), Salt: a.Salt, Secret: a.Hash},
		account.Half{KDF: u.KDF.kdf(), Salt: u.Salt, Secret: u.Key, KeyID: u.ContainedKeyID})
	return c, true, err
}

// secretJSON is the proof that sensitive calls carry beside their own members.
type secretJSON struct {
	MasterPasswordHash string `json:"masterPasswordHash"`
	OTP                string `json:"otp"`
}

func (s secretJSON) secret() account.Secret {
	return account.Secret{MasterPasswordHash: s.MasterPasswordHash, OTP: s.OTP}
}

// accountKeysJSON is a request's set of keys. Signature keys and the security
// state belong to accounts of the second generation, which this server does not
// offer to clients.
type accountKeysJSON struct {
	WrappedPrivateKey string `json:"userKeyEncryptedAccountPrivateKey"`
	PublicKey         string `json:"accountPublicKey"`
	Pair              *struct {
		WrappedPrivateKey string  `json:"wrappedPrivateKey"`
		PublicKey         string  `json:"publicKey"`
		SignedPublicKey   *string `json:"signedPublicKey"`
	} `json:"publicKeyEncryptionKeyPair"`
	SignatureKeyPair *struct{} `json:"signatureKeyPair"`
	SecurityState    *struct{} `json:"securityState"`
}

func (k *accountKeysJSON) pair() (account.KeyPair, error) {
	if k.SignatureKeyPair != nil || k.SecurityState != nil || (k.Pair != nil && k.Pair.SignedPublicKey != nil) {
		return account.KeyPair{}, fault.New(fault.Invalid, "This server does not take accounts with signature keys yet.")
	}
	if k.Pair != nil {
		return account.KeyPair{Public: k.Pair.PublicKey, Private: k.Pair.WrappedPrivateKey}, nil
	}
	return account.KeyPair{Public: k.PublicKey, Private: k.WrappedPrivateKey}, nil
}
