package tenant

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
)

// Name reads the name of an organization or provider: not blank, at most 50
// characters, of one line.
func Name(field, s string) (string, error) {
	s = strings.TrimSpace(s)
	if s == "" || utf8.RuneCountInString(s) > 50 || !shown(s) {
		return "", fault.Field(field, "A name has 1 to 50 characters.")
	}
	return s, nil
}

// Address reads an e-mail address as accounts do, so that whoever is invited can
// register, and names the member of the request that it came in.
func Address(field, s string) (string, error) {
	email, err := account.Email(s)
	if err != nil {
		return "", fault.Field(field, err.Error()) // a sentence, and no cause behind it
	}
	return email, nil
}

// BusinessName reads the second name of an organization or provider; it may be
// empty.
func BusinessName(s string) (string, error) {
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) > 50 || !shown(s) {
		return "", fault.Field("businessName", "A business name has at most 50 characters.")
	}
	return s, nil
}

// shown tells whether a text can stand in letters, pages and terminals: it has no
// control characters, nor those that turn the text around them.
func shown(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) })
}

// KeyPair is an organization's RSA key pair, the private key under its key.
type KeyPair struct{ Public, Private string }

func (k KeyPair) check() error {
	if !encstring.PublicKey(k.Public) {
		return fault.Field("keys.publicKey", "The organization's public key is malformed.")
	}
	if !encstring.Symmetric(k.Private, encstring.MaxPrivateKey) {
		return fault.Field("keys.encryptedPrivateKey", "The organization's private key must be encrypted with its key (type 2).")
	}
	return nil
}

// UpToDate refuses an edit of something that has changed since it was loaded, and
// names the date that is too old, by which clients know that loading it again
// helps. Browsers cut dates to milliseconds. A zero date is that of a client which
// does not say what it loaded.
func UpToDate(lastKnown, revised time.Time) error {
	if lastKnown.IsZero() || revised.Sub(lastKnown) < time.Millisecond {
		return nil
	}
	return fault.Field("lastKnownRevisionDate", "This was changed by somebody else while you were editing it. Load it again, then make your change.")
}
