package accounts_test

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"

	"github.com/kastellan/kastellan/internal/account"
)

// The server never decrypts, so ciphertext of the right shape will do.

func noise(n int) string {
	b := make([]byte, n)
	rand.Read(b)
	return base64.StdEncoding.EncodeToString(b)
}

func wrappedKey() string { return "2." + noise(16) + "|" + noise(80) + "|" + noise(32) }

var (
	wrappedPrivateKey = "2." + noise(16) + "|" + noise(1232) + "|" + noise(32)
	publicKey         = base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0x30}, 294))
)

func deviceNamed(identifier string) account.Device {
	return account.Device{Identifier: identifier, Type: 25, Name: "linux"}
}
