package client

import "github.com/kastellan/kastellan/client/internal/exchange"

// Error is a refusal by the server.
type Error = exchange.Error

// TwoFactor is a kind of second step.
type TwoFactor = exchange.TwoFactor

// The kinds of second step.
const (
	Authenticator = exchange.Authenticator
	EmailCode     = exchange.EmailCode
	YubiKey       = exchange.YubiKey
	Remembered    = exchange.Remembered
	WebAuthn      = exchange.WebAuthn
	RecoveryCode  = exchange.RecoveryCode // turns two-step login off
)

// IsNotFound reports whether err says that something does not exist, or must not
// be seen, which is the same.
func IsNotFound(err error) bool { return exchange.IsNotFound(err) }

// NeedsTwoFactor reports whether err asks for a second step.
func NeedsTwoFactor(err error) bool { return exchange.NeedsTwoFactor(err) }
