package seal

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1" //nolint:gosec // the OAEP of all clients; it needs no collision resistance
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
)

// ErrPublicKey means that a public key cannot be used.
var ErrPublicKey = errors.New("not a usable RSA public key")

// PublicKey is the RSA key to which others hand keys. It comes from the server:
// compare its fingerprint with the person before trusting it.
type PublicKey struct {
	key *rsa.PublicKey
	der []byte
}

// ParsePublicKey reads the base64 of a SubjectPublicKeyInfo.
func ParsePublicKey(encoded string) (PublicKey, error) {
	der, err := decodeBase64(encoded)
	if err != nil {
		return PublicKey{}, ErrPublicKey
	}
	parsed, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return PublicKey{}, ErrPublicKey
	}
	key, ok := parsed.(*rsa.PublicKey)
	if !ok || key.Size() < 256 {
		return PublicKey{}, ErrPublicKey
	}
	return PublicKey{key: key, der: der}, nil
}

// DER returns the SubjectPublicKeyInfo.
func (p PublicKey) DER() []byte { return p.der }

// Base64 is the form in which the key travels.
func (p PublicKey) Base64() string { return base64.StdEncoding.EncodeToString(p.der) }

// Encapsulate encrypts a key so that only the owner of p can open it (type 4).
// SHA-1 is what every client reads; OAEP does not rest on its collision resistance.
func (p PublicKey) Encapsulate(k Key) (EncString, error) {
	if p.key == nil {
		return "", ErrPublicKey
	}
	sealed, err := rsa.EncryptOAEP(sha1.New(), rand.Reader, p.key, k.Bytes(), nil) //nolint:gosec // as above
	if err != nil {
		return "", fmt.Errorf("encapsulate key: %w", err)
	}
	return text(RSAOAEPSHA1, sealed), nil
}

// PrivateKey opens what others encapsulated.
type PrivateKey struct {
	key *rsa.PrivateKey
}

// NewPrivateKey makes an RSA pair of 2048 bits, the size of the protocol.
func NewPrivateKey() (PrivateKey, error) {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		return PrivateKey{}, fmt.Errorf("generate key pair: %w", err)
	}
	return PrivateKey{key: key}, nil
}

// ParsePrivateKey reads PKCS #8.
func ParsePrivateKey(der []byte) (PrivateKey, error) {
	parsed, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return PrivateKey{}, errors.New("not a usable RSA private key")
	}
	key, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return PrivateKey{}, errors.New("not a usable RSA private key")
	}
	return PrivateKey{key: key}, nil
}

// Public returns the other half.
func (p PrivateKey) Public() PublicKey {
	der, err := x509.MarshalPKIXPublicKey(&p.key.PublicKey)
	if err != nil {
		panic("seal: " + err.Error()) // an RSA key always has this form
	}
	return PublicKey{key: &p.key.PublicKey, der: der}
}

// IsZero reports whether p was never set.
func (p PrivateKey) IsZero() bool { return p.key == nil }

// Decapsulate opens a key that was encapsulated to the public half.
func (p PrivateKey) Decapsulate(e EncString) (Key, error) {
	kind, pieces, err := e.split()
	if err != nil {
		return Key{}, err
	}
	var raw []byte
	switch kind {
	case RSAOAEPSHA1, RSAOAEPSHA1HMAC:
		raw, err = rsa.DecryptOAEP(sha1.New(), nil, p.key, pieces[0], nil) //nolint:gosec // as above
	case RSAOAEPSHA256, RSAOAEPSHA256HMAC:
		raw, err = rsa.DecryptOAEP(sha256.New(), nil, p.key, pieces[0], nil)
	case COSE:
		return Key{}, ErrVersion2
	default:
		return Key{}, fmt.Errorf("type %d: %w", kind, ErrType)
	}
	if err != nil {
		return Key{}, ErrDecrypt
	}
	return KeyFromBytes(raw)
}

// WrapPrivate encrypts a private key under k.
func (k Key) WrapPrivate(p PrivateKey) EncString {
	der, err := x509.MarshalPKCS8PrivateKey(p.key)
	if err != nil {
		panic("seal: " + err.Error()) // an RSA key always has this form
	}
	return k.Encrypt(der)
}

// UnwrapPrivate opens a private key that was wrapped under k.
func (k Key) UnwrapPrivate(e EncString) (PrivateKey, error) {
	der, err := k.Decrypt(e)
	if err != nil {
		return PrivateKey{}, err
	}
	return ParsePrivateKey(der)
}

// Format implements fmt.Formatter, so that no verb prints a key.
func (p PrivateKey) Format(f fmt.State, _ rune) { fmt.Fprint(f, "PrivateKey(redacted)") }

// LogValue implements slog.LogValuer.
func (p PrivateKey) LogValue() slog.Value { return slog.StringValue("PrivateKey(redacted)") }
