package account

import (
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Account is a person who can log in.
type Account struct {
	ID                 id.User
	Email              string // normalised
	EmailVerified      bool
	Name               string
	Hint               string
	AvatarColor        string // "#rrggbb" or empty
	Culture            string
	PasswordHash       string
	KDF                encstring.KDF
	Salt               string
	UserKey            string // wrapped by the stretched master key
	UserKeyID          string // empty until a client reports it
	PublicKey          string // empty together with PrivateKey
	PrivateKey         string // wrapped by the user key
	Stamp              string
	APIKey             []byte // sealed
	ForcePasswordReset bool
	VerifyDevices      bool
	CreatedAt          time.Time
	PasswordChangedAt  time.Time
	RevisedAt          time.Time
}

// Normalize is the form in which addresses are stored and compared. Clients
// derive their keys from the same form.
func Normalize(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

const badEmail = "This address is not valid. Write a valid e-mail address, such as ann@example.com."

// Email normalises an address and refuses what is none.
func Email(raw string) (string, error) {
	email := Normalize(raw)
	parsed, err := mail.ParseAddress(email)
	// The comparison keeps out display names, comments and quoted local parts.
	if err != nil || parsed.Address != email || len(email) > 256 || strings.ContainsAny(email, "\"\\ ") {
		return "", fault.Field("email", badEmail)
	}
	if err := asciiDomain(email); err != nil {
		return "", err
	}
	return email, nil
}

// asciiDomain refuses a domain that is not written as DNS knows it. Many other
// spellings lead to the same mailbox, and what is decided by domain, such as who
// belongs to an organization that has claimed it, must not depend on them. The
// address is the salt of the key derivation, so nobody but the client can change it.
func asciiDomain(email string) error {
	local, domain, _ := strings.Cut(email, "@")
	if !strings.ContainsFunc(domain, func(r rune) bool { return r > unicode.MaxASCII }) {
		return nil
	}
	ascii, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		return fault.Field("email", badEmail)
	}
	return fault.Field("email", "Write the domain of the address as mail servers do: "+local+"@"+ascii)
}

// Searchable reports whether normalised text may be looked for as an address. It
// is no check of the form: who mistypes an address is not told more than others.
func Searchable(email string) bool { return email != "" && len(email) <= 256 && printable(email) }

// Limits on what people write, in characters.
const (
	maxName = 50
	maxHint = 50
)

func personName(raw string) (string, error) {
	name := strings.TrimSpace(raw)
	if utf8.RuneCountInString(name) > maxName || !printable(name) {
		return "", fault.Field("name", "A name has at most 50 characters, and no control characters.")
	}
	return name, nil
}

func passwordHint(raw string) (string, error) {
	if utf8.RuneCountInString(raw) > maxHint || !printable(raw) {
		return "", fault.Field("masterPasswordHint", "A hint has at most 50 characters, and no control characters.")
	}
	return raw, nil
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl)
}
