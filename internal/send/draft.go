package send

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
)

const (
	// longest is how long a Send may live.
	longest = 31 * 24 * time.Hour
	// shortest is how long it must live at least: whoever makes it has to pass on the link.
	shortest = time.Minute
	// drift is by how much a client's clock may be ahead.
	drift = 5 * time.Minute

	maxEmails   = 300
	maxPassword = 300 // characters; real ones have 44
	maxCount    = 1_000_000_000
)

// Draft is what a client asks for.
type Draft struct {
	Content
	// Auth says what recipients must show; nil is that of older clients, which leave it to
	// what else they send.
	Auth     *Auth
	Password string // the clients' hash; not stored like this
	Emails   string // with commas between
}

// check refuses what is wrong whatever is stored. Dates are held against the clock later.
func (d Draft) check() error {
	switch {
	case d.Type != Text && d.Type != File:
		return fault.Field("type", "This server keeps Sends of texts and of files.")
	case !encstring.Symmetric(d.Key, encstring.MaxKey):
		return fault.Field("key", "The key of the Send is not encrypted in a form that this server accepts.")
	case !encstring.Symmetric(d.Name, encstring.MaxName):
		return fault.Field("name", fmt.Sprintf("The name of the Send must be encrypted (type 2), and not longer than %d characters then.", encstring.MaxName))
	case d.Notes != "" && !encstring.Symmetric(d.Notes, encstring.MaxNotes):
		return fault.Field("notes", fmt.Sprintf("The notes of the Send must be encrypted (type 2), and not longer than %d characters then.", encstring.MaxNotes))
	case d.MaxAccesses < 0 || d.MaxAccesses > maxCount:
		return fault.Field("maxAccessCount", "The number of accesses must be at least 1.")
	case len(d.Password) > maxPassword:
		return fault.Field("password", "The password of the Send is longer than any hash that clients send.")
	case d.DeletesAt.IsZero():
		return fault.Field("deletionDate", "A Send needs a date on which it is deleted.")
	}
	return d.checkPart()
}

func (d Draft) checkPart() error {
	switch {
	case d.Type == Text && len(d.Text) > encstring.MaxValue:
		return fault.Field("text", fmt.Sprintf("The text is too long: encrypted, it may have %d characters, which are about %d before. Send it as a file instead.",
			encstring.MaxValue, (encstring.MaxValue-100)*3/4))
	case d.Type == Text && !encstring.Symmetric(d.Text, encstring.MaxValue):
		return fault.Field("text", "The text is not encrypted in a form that this server accepts.")
	case d.Type == File && !encstring.Symmetric(d.FileName, encstring.MaxName):
		return fault.Field("file", fmt.Sprintf("The name of the file must be encrypted (type 2), and not longer than %d characters then.", encstring.MaxName))
	}
	return nil
}

// checkDates holds the dates against the clock. An expiration that the Send has already
// may lie in the past, so that whatever else of it can be changed.
func (d Draft) checkDates(now, expiresAlready time.Time) error {
	switch {
	case !d.DeletesAt.After(now.Add(shortest)):
		return fault.Field("deletionDate", "The deletion date must be in the future.")
	case d.DeletesAt.After(now.Add(longest + drift)):
		return fault.Field("deletionDate", "A Send can be kept for at most 31 days.")
	case d.ExpiresAt.IsZero():
		return nil
	case !d.ExpiresAt.After(now) && !d.ExpiresAt.Truncate(time.Millisecond).Equal(expiresAlready.Truncate(time.Millisecond)):
		return fault.Field("expirationDate", "The expiration date must be in the future.")
	case d.ExpiresAt.After(d.DeletesAt):
		return fault.Field("expirationDate", "The expiration date must not be after the deletion date.")
	}
	return nil
}

// auth is what recipients must show of a Send that has been protected by have.
func (d Draft) auth(have Auth) Auth {
	switch {
	case d.Auth != nil:
		return *d.Auth
	case strings.TrimSpace(d.Emails) != "":
		return ByEmail
	case d.Password != "":
		return ByPassword
	}
	return have
}

// keepsPassword reports whether the stored password stays: saying nothing, or asking for
// a password again, never takes it away and never replaces it.
func (d Draft) keepsPassword(have Auth) bool {
	if d.Auth == nil {
		return have == ByPassword && d.auth(have) == ByPassword && d.Password == ""
	}
	return have == ByPassword && *d.Auth == ByPassword
}

// emails reads the list of addresses.
func (d Draft) emails() ([]string, error) {
	var out []string
	for part := range strings.SplitSeq(d.Emails, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		email, err := account.Email(part)
		if err != nil || strings.Contains(email, ",") {
			return nil, errors.Join(fault.Field("emails", "One of the addresses is not an e-mail address."), err)
		}
		if !slices.Contains(out, email) {
			out = append(out, email)
		}
		if len(out) > maxEmails {
			return nil, fault.Field("emails", fmt.Sprintf("A Send can be for at most %d addresses.", maxEmails))
		}
	}
	if len(out) == 0 {
		return nil, fault.Field("emails", "Name at least one e-mail address that may open the Send.")
	}
	return out, nil
}
