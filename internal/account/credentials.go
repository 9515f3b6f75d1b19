package account

import (
	"regexp"

	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
)

// Credentials are what a client derives from a master password: the hash to log
// in with, and the user key wrapped for it. KDF and Salt are pointers because the
// older form of some requests leaves them as they are.
type Credentials struct {
	Hash  string // authorization hash; as good as a password
	Key   string // user key, wrapped
	KDF   *encstring.KDF
	Salt  *string
	KeyID string // of the user key; may be empty
}

// Half is one of the two objects that the newer form of a request splits
// credentials into. Both repeat KDF and salt, which have to agree.
type Half struct {
	KDF    encstring.KDF
	Salt   string
	Secret string // hash, or wrapped key
	KeyID  string // only beside the wrapped key
}

// Join makes credentials of the two halves.
func Join(authentication, unlock Half) (Credentials, error) {
	if !authentication.KDF.Equal(unlock.KDF) {
		return Credentials{}, fault.Field("kdf", "The key derivation for logging in and for unlocking must be the same.")
	}
	if authentication.Salt != unlock.Salt {
		return Credentials{}, fault.Field("salt", "The salt for logging in and for unlocking must be the same.")
	}
	return Credentials{Hash: authentication.Secret, Key: unlock.Secret, KDF: &authentication.KDF, Salt: &authentication.Salt, KeyID: unlock.KeyID}, nil
}

const maxHash = 300

// valid checks the forms. That the salt belongs to the address is checked by
// whoever knows the address.
func (c Credentials) valid() error {
	if c.Hash == "" || len(c.Hash) > maxHash {
		return fault.Field("masterPasswordHash", "The hash of the master password is missing or too long.")
	}
	if !encstring.Symmetric(c.Key, encstring.MaxKey) {
		return fault.Field("key", "The key is not a key encrypted with the master key (type 2).")
	}
	if c.KDF != nil {
		if problem := c.KDF.Problem(); problem != "" {
			return fault.Field("kdf", problem)
		}
	}
	return keyID(c.KeyID)
}

// saltIs refuses a salt that differs from the normalised address: clients derive
// the key from the address, so any other salt would lock the account.
func (c Credentials) saltIs(email string) error {
	if c.Salt != nil && *c.Salt != email {
		return fault.Field("salt", "The salt must be the e-mail address of the account, in lower case.")
	}
	return nil
}

var keyIDForm = regexp.MustCompile(`^[0-9a-f]{32}$`)

func keyID(s string) error {
	if s != "" && !keyIDForm.MatchString(s) {
		return fault.Field("userKeyId", "The id of a key has 32 hexadecimal digits in lower case.")
	}
	return nil
}

// KeyPair is the account's pair of asymmetric keys, the private one wrapped.
type KeyPair struct{ Public, Private string }

func (p KeyPair) valid() error {
	if !encstring.PublicKey(p.Public) {
		return fault.Field("publicKey", "The public key is missing or has the wrong form.")
	}
	if !encstring.Symmetric(p.Private, encstring.MaxPrivateKey) {
		return fault.Field("encryptedPrivateKey", "The private key is not encrypted with the user key (type 2).")
	}
	return nil
}
