package seal

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// SendSeed is the secret of a Send: 16 bytes that travel in its link.
type SendSeed [16]byte

// NewSendSeed returns a random seed.
func NewSendSeed() (s SendSeed) {
	rand.Read(s[:])
	return s
}

// ParseSendSeed reads the last part of a link.
func ParseSendSeed(link string) (SendSeed, error) {
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(link, "="))
	if err != nil || len(raw) != 16 {
		return SendSeed{}, errors.New("the link has no valid key")
	}
	return SendSeed(raw), nil
}

// Key is the key under which the Send is encrypted.
func (s SendSeed) Key() Key {
	return shareableKey(s[:], "bitwarden-send", "send")
}

func shareableKey(seed []byte, salt, info string) Key {
	raw, err := hkdf.Key(sha256.New, seed, []byte(salt), info, 64)
	if err != nil {
		panic("seal: " + err.Error()) // only impossible lengths fail
	}
	return keyOf(raw)
}

// Link is the form of the seed inside a link.
func (s SendSeed) Link() string { return base64.RawURLEncoding.EncodeToString(s[:]) }

// PasswordHash is what protects a Send with a password. It gates the download
// and has no part in the encryption.
func (s SendSeed) PasswordHash(password string) string {
	sum, err := pbkdf2.Key(sha256.New, password, s[:], 100_000, 32)
	if err != nil {
		panic("seal: " + err.Error()) // only impossible lengths fail
	}
	return base64.StdEncoding.EncodeToString(sum)
}

// WrapSeed encrypts the seed for its owner.
func (k Key) WrapSeed(s SendSeed) EncString { return k.Encrypt(s[:]) }

// UnwrapSeed opens the seed of an own Send.
func (k Key) UnwrapSeed(e EncString) (SendSeed, error) {
	raw, err := k.Decrypt(e)
	if err != nil {
		return SendSeed{}, err
	}
	if len(raw) != 16 {
		return SendSeed{}, ErrKeyLength
	}
	return SendSeed(raw), nil
}

// AccessID is the public name of a Send: its id with the first three groups
// byte-swapped, the layout of a GUID in memory on the system this comes from.
func AccessID(sendID string) (string, error) {
	raw, err := hex.DecodeString(strings.ReplaceAll(sendID, "-", ""))
	if err != nil || len(raw) != 16 {
		return "", errors.New("not a Send id")
	}
	raw[0], raw[1], raw[2], raw[3] = raw[3], raw[2], raw[1], raw[0]
	raw[4], raw[5] = raw[5], raw[4]
	raw[6], raw[7] = raw[7], raw[6]
	return base64.RawURLEncoding.EncodeToString(raw), nil
}

// Format implements fmt.Formatter, so that no verb prints a seed.
func (s SendSeed) Format(f fmt.State, _ rune) { fmt.Fprint(f, "SendSeed(redacted)") }

// LogValue implements slog.LogValuer.
func (s SendSeed) LogValue() slog.Value { return slog.StringValue("SendSeed(redacted)") }
