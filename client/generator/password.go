package generator

import (
	"crypto/rand"
	"errors"
	"math/big"
	"strings"
)

// ErrOptions means that no text can satisfy the options.
var ErrOptions = errors.New("the generator options cannot be satisfied")

const (
	upper     = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	lower     = "abcdefghijklmnopqrstuvwxyz"
	digits    = "0123456789"
	special   = "!@#$%^&*"
	ambiguous = "IOl01"
)

// Class says whether a kind of character is used, and how often at least.
type Class struct {
	Use bool
	Min int
}

// PasswordOptions shape a password.
type PasswordOptions struct {
	Length                        int
	Upper, Lower, Digits, Special Class
	AvoidAmbiguous                bool
}

// DefaultPassword is what clients offer at first.
func DefaultPassword() PasswordOptions {
	return PasswordOptions{Length: 14, Upper: Class{true, 1}, Lower: Class{true, 1}, Digits: Class{true, 1}}
}

// Password returns a random password.
func Password(o PasswordOptions) (string, error) {
	if o.Length < 5 || o.Length > 128 {
		return "", ErrOptions
	}
	var union string
	var out []byte
	for _, part := range []struct {
		Class
		letters string
	}{{o.Upper, upper}, {o.Lower, lower}, {o.Digits, digits}, {o.Special, special}} {
		if !part.Use {
			continue
		}
		letters := part.letters
		if o.AvoidAmbiguous {
			letters = strings.Map(dropAmbiguous, letters)
		}
		if part.Min < 0 || part.Min > 9 {
			return "", ErrOptions
		}
		union += letters
		for range max(part.Min, 1) {
			out = append(out, letters[below(len(letters))])
		}
	}
	if union == "" || len(out) > o.Length {
		return "", ErrOptions
	}
	for len(out) < o.Length {
		out = append(out, union[below(len(union))])
	}
	shuffle(out)
	return string(out), nil
}

func dropAmbiguous(r rune) rune {
	if strings.ContainsRune(ambiguous, r) {
		return -1
	}
	return r
}

// below returns a number in [0, n), each with the same probability.
func below(n int) int {
	number, err := rand.Int(rand.Reader, big.NewInt(int64(n)))
	if err != nil {
		panic("generator: " + err.Error()) // the system's reader never fails
	}
	return int(number.Int64())
}

func shuffle(letters []byte) {
	for i := len(letters) - 1; i > 0; i-- {
		j := below(i + 1)
		letters[i], letters[j] = letters[j], letters[i]
	}
}
