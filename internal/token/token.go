package token

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// ErrInvalid is the answer to every token that is not valid here and now: forged,
// expired, or made for another purpose. Callers learn no more than that.
var ErrInvalid = errors.New("invalid token")

// Purpose names what a token is good for.
type Purpose string

// The purposes. Each has a key of its own.
const (
	Access             Purpose = "access"
	RegisterEmail      Purpose = "register email"
	VerifyEmail        Purpose = "verify email"
	DeleteAccount      Purpose = "delete account"
	OrgInvitation      Purpose = "organization invitation"
	ProviderInvitation Purpose = "provider invitation"
	ProviderSetup      Purpose = "provider setup"
	ProviderDeletion   Purpose = "provider deletion"
	TwoStepSettings    Purpose = "two-step settings"
	AttachmentFile     Purpose = "attachment file" // the address of a download
	SendAccess         Purpose = "send access"
	SendFile           Purpose = "send file" // the address of a download
)

// Keeper holds the server's secret.
type Keeper struct {
	secret []byte
	// Now gives the time that expiry is measured by.
	Now func() time.Time
}

// NewKeeper takes a secret of at least 32 bytes.
func NewKeeper(secret []byte) (*Keeper, error) {
	if len(secret) < 32 {
		return nil, errors.New("the server's secret key must have at least 32 bytes")
	}
	return &Keeper{secret: secret, Now: time.Now}, nil
}

func (k *Keeper) key(purpose string) []byte {
	key, err := hkdf.Key(sha256.New, k.secret, nil, "kastellan "+purpose, 32)
	if err != nil {
		panic(err) // the length is constant and valid
	}
	return key
}

// Sign makes a JWT of claims for one purpose, valid for ttl from now.
func (k *Keeper) Sign(p Purpose, ttl time.Duration, claims map[string]any) (string, error) {
	now := k.Now()
	c := jwt.MapClaims{}
	for name, v := range claims {
		c[name] = v
	}
	c["nbf"], c["iat"], c["exp"] = now.Unix(), now.Unix(), now.Add(ttl).Unix()
	s, err := jwt.NewWithClaims(jwt.SigningMethodHS256, c).SignedString(k.key(string(p)))
	if err != nil {
		return "", fmt.Errorf("sign a token for %s: %w", p, err)
	}
	return s, nil
}

// Verify checks a JWT and gives its claims. Every failure is ErrInvalid.
func (k *Keeper) Verify(p Purpose, signed string) (Claims, error) {
	c := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(signed, c,
		func(*jwt.Token) (any, error) { return k.key(string(p)), nil },
		jwt.WithValidMethods([]string{"HS256"}), // never let the token choose
		jwt.WithTimeFunc(k.Now), jwt.WithExpirationRequired(), jwt.WithLeeway(5*time.Second))
	if err != nil {
		return nil, ErrInvalid
	}
	return Claims(c), nil
}

// Claims are the verified contents of a token.
type Claims map[string]any

// Text gives a text claim, or "" when there is none.
func (c Claims) Text(name string) string {
	s, _ := c[name].(string)
	return s
}

// Seal encrypts with a key that is not in the database. The purpose, and the row
// that the value belongs to, are bound to it: a sealed value moved to another
// row does not open.
func (k *Keeper) Seal(purpose, row string, plain []byte) []byte {
	nonce := make([]byte, 12)
	rand.Read(nonce)
	return k.aead("seal "+purpose).Seal(nonce, nonce, plain, []byte(row))
}

// Open decrypts what Seal made for the same purpose and row.
func (k *Keeper) Open(purpose, row string, sealed []byte) ([]byte, error) {
	if len(sealed) < 12 {
		return nil, ErrInvalid
	}
	plain, err := k.aead("seal "+purpose).Open(nil, sealed[:12], sealed[12:], []byte(row))
	if err != nil {
		return nil, ErrInvalid
	}
	return plain, nil
}

func (k *Keeper) aead(purpose string) cipher.AEAD {
	block, err := aes.NewCipher(k.key(purpose))
	if err != nil {
		panic(err) // the key's length is constant and valid
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		panic(err)
	}
	return aead
}

// Mask gives stable pseudo-random bytes for a subject: what prelogin answers for
// unknown addresses, and the names under which limits are counted.
func (k *Keeper) Mask(purpose, subject string) []byte {
	out, err := hkdf.Key(sha256.New, k.key("mask "+purpose), []byte(subject), "", 32)
	if err != nil {
		panic(err)
	}
	return out
}

// MACKey gives the key by which the server knows again what it wrote itself.
func (k *Keeper) MACKey(purpose string) []byte { return k.key("mac " + purpose) }

// Opaque makes a random token for a client, and the hash to store of it.
func Opaque() (plain, hash string) {
	b := make([]byte, 32)
	rand.Read(b)
	plain = base64.RawURLEncoding.EncodeToString(b)
	return plain, Hash(plain)
}

// Hash is what is stored of an opaque token. The token is random, so a fast hash
// without salt is enough.
func Hash(plain string) string {
	sum := sha256.Sum256([]byte(plain))
	return hex.EncodeToString(sum[:])
}

// Mark tells sealed secrets apart without telling anything of them: the sealed form is
// random, and its hash is cut short.
func Mark(sealed []byte) string { return Hash(string(sealed))[:16] }
