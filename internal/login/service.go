package login

import (
	"time"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/authrequest"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/policy"
	"github.com/kastellan/kastellan/internal/token"
)

// Service grants tokens.
type Service struct {
	DB       *db.DB
	Tokens   *token.Keeper
	Accounts *account.Service
	Requests *authrequest.Service
	// Lifetime of an access token.
	Lifetime time.Duration
	// PublicURL is named as the issuer.
	PublicURL string
}

// Grant is what a successful log-in gives.
type Grant struct {
	Account     account.Account
	AccessToken string
	Lifetime    time.Duration
	Refresh     string // empty for API keys
	Remember    string // stands in for the second step on this device; mostly empty
	Scope       string
	// MasterPassword is what the account's organizations ask of its password; nil
	// when none asks for anything. Clients hold their user to it.
	MasterPassword *policy.MasterPassword
}

// Refusal is a log-in that is not granted, in the words of OAuth and of the
// official clients, which compare some of them literally.
type Refusal struct {
	Code        string // error
	Description string // error_description
	Message     string // ErrorModel.Message
	SecondStep  *SecondStep
}

// SecondStep is what a log-in is asked for besides the password.
type SecondStep struct {
	Factors []account.Factor // any one of them will do
	Email   string
	// MasterPassword is as in Grant: some clients look at the password before they
	// ask for the second step, and not again.
	MasterPassword *policy.MasterPassword
}

func (r *Refusal) Error() string { return "log-in refused: " + r.Code + " " + r.Description }

// The refusals.
var (
	ErrPassword   = &Refusal{Code: "invalid_grant", Description: "invalid_username_or_password", Message: "Username or password is incorrect. Try again."}
	ErrAPIKey     = &Refusal{Code: "invalid_client"}
	ErrRefresh    = &Refusal{Code: "invalid_grant"}
	ErrCode       = &Refusal{Code: "invalid_grant", Description: "invalid_username_or_password", Message: "Two-step token is invalid. Try again."}
	ErrNoDevice   = &Refusal{Code: "device_error", Message: "no device information provided"}
	ErrNewDevice  = &Refusal{Code: "device_error", Description: "New device verification required", Message: "new device verification required"}
	ErrDeviceCode = &Refusal{Code: "device_error", Message: "invalid new device otp"}
	ErrClient     = &Refusal{Code: "invalid_client", Message: "This client is not known."}
	ErrScope      = &Refusal{Code: "invalid_scope", Message: "This scope is not known."}
)

// Client is the application that asks, as the request's fields say.
type Client struct {
	ID        string // web, cli, browser …
	Scope     string
	Device    account.Device
	PushToken string
}

// sessionLifetimes says how long a session lives without being used.
var sessionLifetimes = map[string]time.Duration{
	"web":       7 * 24 * time.Hour,
	"mobile":    60 * 24 * time.Hour,
	"browser":   30 * 24 * time.Hour,
	"desktop":   30 * 24 * time.Hour,
	"cli":       30 * 24 * time.Hour,
	"connector": 30 * 24 * time.Hour,
}

func (c Client) valid() error {
	if c.Device.Identifier == "" {
		return ErrNoDevice
	}
	return c.Device.Valid()
}
