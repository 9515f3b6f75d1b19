package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"
)

// Error is a refusal by the server.
type Error struct {
	Status  int
	Message string              // a sentence for a person
	Fields  map[string][]string // what is wrong with which member of the request
	Code    string              // of the token endpoint, such as invalid_grant
	// SendAccess says why a Send stays closed, such as password_hash_b64_required.
	SendAccess string
	// TwoFactor lists the second steps of which one must be answered.
	TwoFactor []TwoFactor
	// RetryAfter is how long the server asks to wait, mostly with status 429.
	RetryAfter time.Duration
}

// TwoFactor is a kind of second step.
type TwoFactor int

// The kinds; the numbers are those of the wire.
const (
	Authenticator TwoFactor = 0
	EmailCode     TwoFactor = 1
	YubiKey       TwoFactor = 3
	Remembered    TwoFactor = 5
	WebAuthn      TwoFactor = 7
	RecoveryCode  TwoFactor = 8 // turns two-step login off
)

// Error implements error.
func (e *Error) Error() string {
	for _, name := range slices.Sorted(maps.Keys(e.Fields)) {
		for _, text := range e.Fields[name] {
			if text != "" && text != e.Message {
				return fmt.Sprintf("%s (%d)", text, e.Status)
			}
		}
	}
	return fmt.Sprintf("%s (%d)", e.Message, e.Status)
}

// NewDevice reports whether the server mailed a code because it does not know
// this device.
func (e *Error) NewDevice() bool { return e.Code == "device_error" }

// IsNotFound reports whether err says that something does not exist, or must not
// be seen, which is the same.
func IsNotFound(err error) bool {
	var refusal *Error
	return errors.As(err, &refusal) && refusal.Status == http.StatusNotFound
}

// NeedsTwoFactor reports whether err asks for a second step.
func NeedsTwoFactor(err error) bool {
	var refusal *Error
	return errors.As(err, &refusal) && len(refusal.TwoFactor) > 0
}

// errorBody is the union of the two bodies: that of the API and that of the token
// endpoint.
type errorBody struct {
	Message          string              `json:"message"`
	ValidationErrors map[string][]string `json:"validationErrors"`
	Code             string              `json:"error"`
	Description      string              `json:"error_description"`
	SendAccess       string              `json:"send_access_error_type"`
	Model            struct {
		Message          string              `json:"message"`
		ValidationErrors map[string][]string `json:"validationErrors"`
	} `json:"errorModel"`
	TwoFactor map[string]json.RawMessage `json:"twoFactorProviders2"`
}

// Refusal reads what the server said to a request that it did not grant.
func Refusal(status int, body []byte) *Error {
	var read errorBody
	if json.Unmarshal(body, &read) != nil {
		return &Error{Status: status, Message: http.StatusText(status)}
	}
	e := &Error{Status: status, Message: read.Message, Fields: read.ValidationErrors, Code: read.Code, SendAccess: read.SendAccess}
	if e.Fields == nil {
		e.Fields = read.Model.ValidationErrors
	}
	for _, text := range []string{read.Model.Message, read.Description, read.Code, http.StatusText(status)} {
		if e.Message == "" {
			e.Message = text
		}
	}
	for _, number := range slices.Sorted(maps.Keys(read.TwoFactor)) {
		if kind, err := strconv.Atoi(number); err == nil {
			e.TwoFactor = append(e.TwoFactor, TwoFactor(kind))
		}
	}
	return e
}
