package generator

import (
	"fmt"
	"strings"

	"github.com/kastellan/kastellan/client/wordlist"
)

// PassphraseOptions shape a passphrase.
type PassphraseOptions struct {
	Words      int
	Separator  string
	Capitalise bool
	Number     bool // one digit after one of the words
}

// DefaultPassphrase is what clients offer at first.
func DefaultPassphrase() PassphraseOptions { return PassphraseOptions{Words: 6, Separator: "-"} }

// Passphrase returns random words.
func Passphrase(o PassphraseOptions) (string, error) {
	if o.Words < 3 || o.Words > 20 || len([]rune(o.Separator)) > 1 {
		return "", ErrOptions
	}
	words := make([]string, o.Words)
	for i := range words {
		words[i] = word(o.Capitalise)
	}
	if o.Number {
		words[below(o.Words)] += string(digits[below(10)])
	}
	return strings.Join(words, o.Separator), nil
}

// UsernameWord returns a word with four digits.
func UsernameWord(capitalise bool) string {
	return fmt.Sprintf("%s%04d", word(capitalise), below(10_000))
}

// UsernamePlus returns an address of one's own with a random tag, as in
// ann+k3x9f2qp@example.test.
func UsernamePlus(email string) (string, error) {
	at := strings.LastIndexByte(email, '@')
	if at < 1 || at == len(email)-1 {
		return "", ErrOptions
	}
	return email[:at] + "+" + tag() + email[at:], nil
}

// UsernameCatchAll returns a random address of a domain that keeps all mail.
func UsernameCatchAll(domain string) (string, error) {
	domain = strings.TrimPrefix(strings.TrimSpace(domain), "@")
	if domain == "" {
		return "", ErrOptions
	}
	return tag() + "@" + domain, nil
}

func word(capitalise bool) string {
	words := wordlist.Plain()
	w := words[below(len(words))]
	if capitalise {
		w = strings.ToUpper(w[:1]) + w[1:]
	}
	return w
}

func tag() string {
	const letters = lower + digits
	out := make([]byte, 8)
	for i := range out {
		out[i] = letters[below(len(letters))]
	}
	return string(out)
}
