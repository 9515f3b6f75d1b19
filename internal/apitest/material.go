package apitest

import (
	"crypto/rand"
	"encoding/base64"
)

func b64(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return base64.StdEncoding.EncodeToString(b)
}

// Enc has the shape of text encrypted under a symmetric key.
func Enc() string { return "2." + b64(16) + "|" + b64(32) + "|" + b64(32) }

// WrappedKey has the shape of a 64-byte key under a symmetric key.
func WrappedKey() string { return "2." + b64(16) + "|" + b64(80) + "|" + b64(32) }

// WrappedPrivateKey has the shape of a private key under a symmetric key.
func WrappedPrivateKey() string { return "2." + b64(16) + "|" + b64(1232) + "|" + b64(32) }

// Encapsulated has the shape of a key under somebody's public key.
func Encapsulated() string { return "4." + b64(256) }

// PublicKey has the shape of an RSA-2048 public key in SPKI.
func PublicKey() string { return spki + b64(256)[:342] + "IDAQAB" }

// spki is the fixed beginning of every RSA-2048 SPKI.
const spki = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA"
