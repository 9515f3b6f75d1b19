package send

import (
	"fmt"
	"time"

	"github.com/kastellan/kastellan/client/seal"
)

// ID names a Send to its owner. Recipients get to see AccessID instead.
type ID string

// Type is the kind of a Send.
type Type int

// The kinds; the numbers are those of the wire.
const (
	Text Type = 0
	File Type = 1
)

// Auth is what a recipient must prove beside having the link.
type Auth int

// The proofs; the numbers are those of the wire.
const (
	ByEmail    Auth = 0 // a code that is mailed to one of Emails
	ByPassword Auth = 1
	ByLink     Auth = 2 // nothing more
)

// Send is a Send as its owner sees it.
type Send struct {
	ID       ID // empty for a new one
	AccessID string
	Type     Type
	Name     string // recipients see it
	Notes    string // they don't see these
	Text     string // of a text
	Hidden   bool   // a text is shown on demand only
	File     Attached
	// Password asks recipients for it. The server never tells it: it is only there
	// to be set. Emails asks for a code that is mailed to one of these addresses.
	// Not both can be set.
	Password string
	Emails   []string
	// Auth is what the server asks for. Leave it alone to change other things:
	// Password and Emails say what to ask for instead.
	Auth        Auth
	MaxAccesses int // 0: as many as come
	Accesses    int
	Disabled    bool
	HideEmail   bool      // from recipients: that of the owner
	Deletion    time.Time // when it goes away
	Expiration  time.Time // when it can be opened no more; zero: at its deletion
	Revision    time.Time

	seed seal.SendSeed
}

// Attached is the file of a Send.
type Attached struct {
	ID   string
	Name string
	Size int64 // encrypted, in bytes
}

// auth is what to ask recipients for, once in is stored.
func (s Send) auth() Auth {
	switch {
	case s.Password != "":
		return ByPassword
	case len(s.Emails) > 0:
		return ByEmail
	case s.ID != "" && s.Auth == ByPassword:
		return ByPassword // the one that it has
	default:
		return ByLink
	}
}

// Format implements fmt.Formatter, so that no verb prints what is inside.
func (s Send) Format(f fmt.State, _ rune) { fmt.Fprint(f, "Send "+string(s.ID)) }
