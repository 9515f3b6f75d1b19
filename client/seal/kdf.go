package seal

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

// KDFType is how a password becomes a key.
type KDFType int

// The two derivations; the numbers are those of the wire.
const (
	PBKDF2   KDFType = 0
	Argon2id KDFType = 1
)

// KDF is the derivation with its parameters. Memory is in MiB.
type KDF struct {
	Type        KDFType `json:"kdfType"`
	Iterations  int     `json:"iterations"`
	Memory      int     `json:"memory,omitempty"`
	Parallelism int     `json:"parallelism,omitempty"`
}

// DefaultKDF is what new accounts use.
var DefaultKDF = KDF{Type: PBKDF2, Iterations: 600_000}

// CheckLogin answers ErrWeakKDF for parameters that a server may have lowered
// to make the password cheap to guess, and for absurdly high ones.
func (k KDF) CheckLogin() error {
	switch {
	case k.Type == PBKDF2 && k.Iterations >= 5000 && k.Iterations <= 10_000_000:
		return nil
	case k.Type == Argon2id && k.Iterations >= 2 && k.Iterations <= 100 &&
		k.Memory >= 16 && k.Memory <= 4096 && k.Parallelism >= 1 && k.Parallelism <= 64:
		return nil
	}
	return ErrWeakKDF
}

// CheckNew answers ErrKDF for parameters that may not be chosen any more.
func (k KDF) CheckNew() error {
	switch {
	case k.Type == PBKDF2 && k.Iterations >= 600_000 && k.Iterations <= 2_000_000:
		return nil
	case k.Type == Argon2id && k.Iterations >= 2 && k.Iterations <= 10 &&
		k.Memory >= 16 && k.Memory <= 1024 && k.Parallelism >= 1 && k.Parallelism <= 16:
		return nil
	}
	return ErrKDF
}

// Salt is the salt of an e-mail address.
func Salt(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

// derive expects parameters that were checked.
func (k KDF) derive(password, salt string) (out [32]byte, err error) {
	switch k.Type {
	case PBKDF2:
		key, err := pbkdf2.Key(sha256.New, password, []byte(salt), k.Iterations, 32)
		if err != nil {
			return out, fmt.Errorf("derive key: %w", err)
		}
		copy(out[:], key)
	case Argon2id:
		// Argon2 wants a salt of some length; an address may be too short for it.
		salted := sha256.Sum256([]byte(salt))
		copy(out[:], argon2.IDKey([]byte(password), salted[:],
			uint32(k.Iterations), uint32(k.Memory)*1024, uint8(k.Parallelism), 32))
	default:
		return out, ErrKDF
	}
	return out, nil
}
