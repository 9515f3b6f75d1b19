package authrequest

import (
	"crypto/subtle"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/token"
)

// Lifetime is for how long a request can be answered and its answer be used. Clients
// know it.
const Lifetime = 15 * time.Minute

// Kind is what a device asks for, by its number on the wire.
type Kind int

// The kinds. There are no trusted devices, which administrators approve (2).
const (
	LogIn  Kind = 0
	Unlock Kind = 1 // it is logged in, and has no password to unlock with
)

// Request is a device that asks to be let in.
type Request struct {
	ID         id.AuthRequest
	User       id.User
	Device     id.Device
	Identifier string // of the installation that asks
	DeviceType int
	Kind       Kind
	Address    string // from which it asked
	PublicKey  string
	Key        string // the user key for PublicKey; empty unless Approved
	Approved   bool
	CreatedAt  time.Time
	AnsweredAt time.Time // zero while nobody has answered

	codeHash string
}

// Answered tells whether somebody has approved or denied it.
func (r Request) Answered() bool { return !r.AnsweredAt.IsZero() }

func (r Request) expired(now time.Time) bool { return now.Sub(r.CreatedAt) >= Lifetime }

// opensWith compares the code that only the asking device has.
func (r Request) opensWith(code string) bool {
	return subtle.ConstantTimeCompare([]byte(r.codeHash), []byte(token.Hash(code))) == 1
}

// logsIn tells whether the request lets a device in now.
func (r Request) logsIn(now time.Time, code, identifier string) bool {
	right := r.opensWith(code)
	return right && r.Kind == LogIn && r.Approved && !r.expired(now) && r.Identifier == identifier
}

// Service keeps requests.
type Service struct {
	DB     *db.DB
	Limits *ratelimit.Limiter
}

// The limits on what anybody may cause without a secret. Each request rings at every
// device of a person, who must not be worn down.
var (
	askedOf   = ratelimit.Limit{Name: "approval asked of account", Burst: 5, Every: 2 * time.Minute}
	askedFrom = ratelimit.Limit{Name: "approval asked from address", Burst: 20, Every: 20 * time.Second}
	codesFrom = ratelimit.Limit{Name: "code of approval from address", Burst: 30, Every: 10 * time.Second}
)

var (
	errExpired  = fault.New(fault.Invalid, "This request has expired. Start again on the device that asks.")
	errAnswered = fault.New(fault.Invalid, "This request was answered already.")
)
