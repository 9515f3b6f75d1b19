package totp

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // RFC 6238 says SHA-1, inside an HMAC
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ErrSecret means that a text is not the secret of a one-time code.
var ErrSecret = errors.New("not a valid authenticator key")

const steamAlphabet = "23456789BCDFGHJKMNPQRTVWXY"

// Generator makes the codes of one log-in.
type Generator struct {
	secret []byte
	hash   func() hash.Hash
	digits int
	period int64
	steam  bool
}

// Parse reads a bare base32 secret, an otpauth:// address or a steam:// one.
func Parse(text string) (Generator, error) {
	g := Generator{hash: sha1.New, digits: 6, period: 30}
	text = strings.TrimSpace(text)
	lower := strings.ToLower(text)
	var err error
	switch {
	case strings.HasPrefix(lower, "steam://"):
		g.steam, g.digits = true, 5
		g.secret, err = decode(text[len("steam://"):])
	case strings.HasPrefix(lower, "otpauth://totp/"):
		err = g.parseAddress(text)
	default:
		g.secret, err = decode(text)
	}
	return g, err
}

func (g *Generator) parseAddress(text string) error {
	address, err := url.Parse(text)
	if err != nil {
		return ErrSecret
	}
	query := address.Query()
	switch strings.ToUpper(query.Get("algorithm")) {
	case "SHA256":
		g.hash = sha256.New
	case "SHA512":
		g.hash = sha512.New
	}
	if n, err := strconv.Atoi(query.Get("digits")); err == nil && n >= 0 && n <= 10 {
		g.digits = n
	}
	if n, err := strconv.ParseInt(query.Get("period"), 10, 32); err == nil && n >= 1 {
		g.period = n
	}
	g.secret, err = decode(query.Get("secret"))
	return err
}

// decode ignores everything that is not base32: people paste blanks and hyphens.
func decode(secret string) ([]byte, error) {
	clean := strings.Map(func(r rune) rune {
		if (r >= 'A' && r <= 'Z') || (r >= '2' && r <= '7') {
			return r
		}
		return -1
	}, strings.ToUpper(secret))
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(clean)
	if err != nil || len(raw) == 0 {
		return nil, ErrSecret
	}
	return raw, nil
}

// Period is how long a code is valid.
func (g Generator) Period() time.Duration { return time.Duration(g.period) * time.Second }

// Code is the code at a moment.
func (g Generator) Code(at time.Time) string {
	sum := hmac.New(g.hash, g.secret)
	sum.Write(binary.BigEndian.AppendUint64(nil, uint64(at.Unix()/g.period)))
	digest := sum.Sum(nil)
	offset := digest[len(digest)-1] & 0xf
	number := uint64(binary.BigEndian.Uint32(digest[offset:]) & 0x7fffffff)
	if g.steam {
		return steam(number)
	}
	modulus := uint64(1)
	for range g.digits {
		modulus *= 10
	}
	if g.digits == 0 {
		return ""
	}
	return fmt.Sprintf("%0*d", g.digits, number%modulus)
}

func steam(number uint64) string {
	code := make([]byte, 5)
	for i := range code {
		code[i] = steamAlphabet[number%uint64(len(steamAlphabet))]
		number /= uint64(len(steamAlphabet))
	}
	return string(code)
}
