package seal

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
)

// Key is a symmetric key of version 1: 32 bytes to encrypt and 32 for the MAC.
// User, organization, provider, item, attachment and Send keys are all of it.
// The zero Key is no key; see [Key.IsZero].
type Key struct {
	enc, mac [32]byte
}

// NewKey returns a random key.
func NewKey() Key {
	var raw [64]byte
	rand.Read(raw[:]) // never fails; the program ends when the system has no randomness
	return keyOf(raw[:])
}

// KeyFromBytes reads a serialised key. A longer one belongs to version 2.
func KeyFromBytes(raw []byte) (Key, error) {
	switch {
	case len(raw) > 64:
		return Key{}, ErrVersion2
	case len(raw) != 64:
		return Key{}, ErrKeyLength
	}
	return keyOf(raw), nil
}

func keyOf(raw []byte) (k Key) {
	copy(k.enc[:], raw[:32])
	copy(k.mac[:], raw[32:])
	return k
}

// Bytes returns the 64 bytes of the key, for storage in a place that is itself protected.
func (k Key) Bytes() []byte { return append(k.enc[:], k.mac[:]...) }

// IsZero reports whether k was never set.
func (k Key) IsZero() bool { return k == Key{} }

// ID is the name of the key that may be told to the server, 32 hexadecimal digits.
func (k Key) ID() string {
	// Deterministic CBOR of the map {1: 4, -1: key}, as a COSE key would be.
	sum := sha256.Sum256(append([]byte{0xA2, 0x01, 0x04, 0x20, 0x58, 0x40}, k.Bytes()...))
	return hex.EncodeToString(sum[:16])
}

// Encrypt returns plain as type 2 under k.
func (k Key) Encrypt(plain []byte) EncString { return k.encryptIV(newIV(), plain) }

// EncryptText is Encrypt for text. The empty text is encrypted too; to leave a
// value out, send the empty EncString instead.
func (k Key) EncryptText(plain string) EncString { return k.Encrypt([]byte(plain)) }

func (k Key) encryptIV(iv, plain []byte) EncString {
	ciphertext := encryptCBC(k.enc[:], iv, plain)
	return text(AESCBCHMAC, iv, ciphertext, mac(k.mac[:], iv, ciphertext))
}

// Decrypt opens a type 2 value. Any other type is ErrType: a value without a MAC
// under a 64-byte key would be a downgrade.
func (k Key) Decrypt(e EncString) ([]byte, error) {
	kind, pieces, err := e.split()
	switch {
	case err != nil:
		return nil, err
	case kind == COSE:
		return nil, ErrVersion2
	case kind != AESCBCHMAC:
		return nil, fmt.Errorf("type %d: %w", kind, ErrType)
	}
	return k.open(pieces[0], pieces[1], pieces[2])
}

// DecryptText is Decrypt for text; the absent value gives the empty text.
func (k Key) DecryptText(e EncString) (string, error) {
	if e == "" {
		return "", nil
	}
	plain, err := k.Decrypt(e)
	return string(plain), err
}

func (k Key) open(iv, ciphertext, sum []byte) ([]byte, error) {
	if !hmac.Equal(sum, mac(k.mac[:], iv, ciphertext)) {
		return nil, ErrDecrypt
	}
	return decryptCBC(k.enc[:], iv, ciphertext)
}

// Wrap encrypts another key under k.
func (k Key) Wrap(other Key) EncString { return k.Encrypt(other.Bytes()) }

// Unwrap opens a key that was wrapped under k.
func (k Key) Unwrap(e EncString) (Key, error) {
	raw, err := k.Decrypt(e)
	if err != nil {
		return Key{}, err
	}
	return KeyFromBytes(raw)
}

func newIV() []byte {
	iv := make([]byte, ivSize)
	rand.Read(iv)
	return iv
}

// Format implements fmt.Formatter, so that no verb prints a key.
func (k Key) Format(f fmt.State, _ rune) { fmt.Fprint(f, "Key(redacted)") }

// LogValue implements slog.LogValuer.
func (k Key) LogValue() slog.Value { return slog.StringValue("Key(redacted)") }
