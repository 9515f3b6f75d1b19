// Package encstring parses and bounds what clients encrypted: the text form of
// ciphertexts and the parameters of key derivation. It never decrypts anything;
// it keeps out what the server must not store, such as ciphertext without
// authentication or a derivation that is too cheap.
package encstring

import (
	"encoding/base64"
	"strings"
)

// Type is the number in front of the dot.
type Type byte

// The types that are written today. All others are refused on write: 0 and 1
// lack authentication or are dead, 3, 5 and 6 are no longer written, and 7
// belongs to accounts of the second generation, which this server does not
// advertise.
const (
	AESCBCHMAC Type = 2 // iv|ciphertext|mac under a symmetric key
	RSAOAEP    Type = 4 // a key encapsulated to a public key
)

// Limits on the length of the text, per kind of content.
const (
	MaxName  = 1000
	MaxValue = 5000
	MaxNotes = 10000
	MaxKey   = 2000
	// MaxPrivateKey bounds a wrapped PKCS#8 key of up to 4096 bits.
	MaxPrivateKey = 10000
)

// Is reports whether s is a well-formed ciphertext of type t and at most limit
// characters long.
func Is(s string, t Type, limit int) bool {
	if len(s) > limit || len(s) < 3 || s[0] != '0'+byte(t) || s[1] != '.' {
		return false
	}
	parts := strings.Split(s[2:], "|")
	switch t {
	case AESCBCHMAC:
		return len(parts) == 3 && size(parts[0]) == 16 && blocks(size(parts[1])) && size(parts[2]) == 32
	case RSAOAEP:
		n := size(parts[0])
		return len(parts) == 1 && n >= 256 && n <= 512
	}
	return false
}

// Symmetric reports whether s is ciphertext under a symmetric key.
func Symmetric(s string, limit int) bool { return Is(s, AESCBCHMAC, limit) }

// Encapsulated reports whether s is a key encapsulated to a public key.
func Encapsulated(s string) bool { return Is(s, RSAOAEP, MaxKey) }

// PublicKey reports whether s has the shape of a base64 SPKI public key.
func PublicKey(s string) bool {
	n := size(s)
	return n >= 256 && n <= 1200
}

func blocks(n int) bool { return n > 0 && n%16 == 0 }

// size is the number of bytes that base64 text stands for, or -1.
func size(s string) int {
	// Non-canonical trailing bits are let through: old clients wrote them, and
	// the bytes come back exactly as they were sent.
	if len(s) == 0 || len(s)%4 != 0 || strings.ContainsAny(s, "\r\n") {
		return -1
	}
	n := base64.StdEncoding.DecodedLen(len(s)) - strings.Count(s[len(s)-2:], "=")
	if _, err := base64.StdEncoding.DecodeString(s); err != nil {
		return -1
	}
	return n
}
