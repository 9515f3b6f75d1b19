package seal

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"log/slog"
)

// MasterKey is what a master password becomes. It opens the user key and proves
// the password to the server; it never leaves the client.
type MasterKey struct {
	raw [32]byte
}

// NewMasterKey derives the key. The salt is the server's, or [Salt] of the
// e-mail address; it is normalised again, as every client does.
func NewMasterKey(password, salt string, kdf KDF) (MasterKey, error) {
	if err := kdf.CheckLogin(); err != nil {
		return MasterKey{}, err
	}
	raw, err := kdf.derive(password, Salt(salt))
	return MasterKey{raw: raw}, err
}

// ServerHash is the proof of the password that is sent to the server. Treat it
// like the password.
func (m MasterKey) ServerHash(password string) string { return m.hash(password, 1) }

// LocalHash is the proof for asking again on the same machine; never sent.
func (m MasterKey) LocalHash(password string) string { return m.hash(password, 2) }

func (m MasterKey) hash(password string, rounds int) string {
	sum, err := pbkdf2.Key(sha256.New, string(m.raw[:]), []byte(password), rounds, 32)
	if err != nil {
		panic("seal: " + err.Error()) // only impossible lengths fail
	}
	return base64.StdEncoding.EncodeToString(sum)
}

// Stretch makes a key that can encrypt out of the master key.
func (m MasterKey) Stretch() Key {
	var k Key
	copy(k.enc[:], expand(m.raw[:], "enc", 32))
	copy(k.mac[:], expand(m.raw[:], "mac", 32))
	return k
}

// WrapUserKey encrypts the user key for storage on the server.
func (m MasterKey) WrapUserKey(user Key) EncString { return m.Stretch().Wrap(user) }

// UnwrapUserKey opens the user key. This is the one place where type 0, which
// has no MAC, is still read: very old accounts have nothing else.
func (m MasterKey) UnwrapUserKey(e EncString) (Key, error) {
	kind, pieces, err := e.split()
	if err != nil {
		return Key{}, err
	}
	if kind != AESCBC {
		return m.Stretch().Unwrap(e)
	}
	raw, err := decryptCBC(m.raw[:], pieces[0], pieces[1])
	if err != nil {
		return Key{}, err
	}
	return KeyFromBytes(raw)
}

// PasskeyKey turns the output of a passkey's PRF extension into a key.
func PasskeyKey(prf []byte) (Key, error) {
	if len(prf) < 32 || [32]byte(prf) == [32]byte{} {
		return Key{}, ErrKeyLength
	}
	return MasterKey{raw: [32]byte(prf)}.Stretch(), nil
}

// PasskeySalt is the input of the PRF extension, the same for every passkey.
func PasskeySalt() [32]byte { return sha256.Sum256([]byte("passwordless-login")) }

// PasswordKey derives a key directly from a password, as protected exports do.
// The salt is used as it is.
func PasswordKey(password, salt string, kdf KDF) (Key, error) {
	if err := kdf.CheckLogin(); err != nil {
		return Key{}, err
	}
	raw, err := kdf.derive(password, salt)
	return MasterKey{raw: raw}.Stretch(), err
}

// expand is HKDF-Expand without Extract.
func expand(prk []byte, info string, length int) []byte {
	out, err := hkdf.Expand(sha256.New, prk, info, length)
	if err != nil {
		panic("seal: " + err.Error()) // only impossible lengths fail
	}
	return out
}

// Format implements fmt.Formatter, so that no verb prints a key.
func (m MasterKey) Format(f fmt.State, _ rune) { fmt.Fprint(f, "MasterKey(redacted)") }

// LogValue implements slog.LogValuer.
func (m MasterKey) LogValue() slog.Value { return slog.StringValue("MasterKey(redacted)") }
