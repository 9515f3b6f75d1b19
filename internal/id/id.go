package id

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
)

// The kinds of identifier. The empty value means "none".
type (
	User           string
	Device         string
	Session        string
	AuthRequest    string
	Org            string
	Member         string
	Group          string
	Collection     string
	Policy         string
	ClaimedDomain  string
	Cipher         string
	Folder         string
	Attachment     string
	Send           string
	SendFile       string // the file of a Send, in addresses
	Provider       string
	ProviderUser   string
	ProviderClient string // the link between a provider and a client organization
	ProviderTag    string
	ProviderKey    string
	Baseline       string
	Event          string
)

// ErrMalformed is returned for text that is no UUID.
var ErrMalformed = errors.New("malformed identifier")

// New makes a random (version 4) identifier.
func New[T ~string]() T {
	var b [16]byte
	rand.Read(b[:])
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return T(format(b))
}

// Parse accepts a UUID in either case and returns its canonical form.
func Parse[T ~string](s string) (T, error) {
	if len(s) != 36 || s[8] != '-' || s[13] != '-' || s[18] != '-' || s[23] != '-' {
		return "", ErrMalformed
	}
	var b [16]byte
	if _, err := hex.Decode(b[:], []byte(strings.ReplaceAll(s, "-", ""))); err != nil {
		return "", ErrMalformed
	}
	return T(format(b)), nil
}

// ParseAll parses a list and refuses it whole when one entry is malformed.
func ParseAll[T ~string](list []string) ([]T, error) {
	out := make([]T, len(list))
	for i, s := range list {
		v, err := Parse[T](s)
		if err != nil {
			return nil, err
		}
		out[i] = v
	}
	return out, nil
}

func format(b [16]byte) string {
	var out [36]byte
	hex.Encode(out[0:8], b[0:4])
	out[8] = '-'
	hex.Encode(out[9:13], b[4:6])
	out[13] = '-'
	hex.Encode(out[14:18], b[6:8])
	out[18] = '-'
	hex.Encode(out[19:23], b[8:10])
	out[23] = '-'
	hex.Encode(out[24:36], b[10:16])
	return string(out[:])
}
