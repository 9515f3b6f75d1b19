package client

import "context"

// AuthenticatorSettings are the settings of the authenticator app, with what
// allows to change them for half an hour.
type AuthenticatorSettings struct {
	Enabled bool
	Key     string // base32, for the app; a fresh one when it is not enabled
	permit  string
}

// String hides the key.
func (AuthenticatorSettings) String() string { return "AuthenticatorSettings(redacted)" }

// GoString hides the key.
func (AuthenticatorSettings) GoString() string { return "AuthenticatorSettings(redacted)" }

// Authenticator returns the settings of the authenticator app.
func (s *Session) Authenticator(ctx context.Context, password string) (AuthenticatorSettings, error) {
	hash, err := s.proof(password)
	if err != nil {
		return AuthenticatorSettings{}, err
	}
	var answer struct {
		Authenticator struct {
			Enabled bool   `json:"enabled"`
			Key     string `json:"key"`
		} `json:"authenticator"`
		Permit string `json:"userVerificationToken"`
	}
	err = s.do(ctx, "POST", "/api/two-factor/get-authenticator", secret{hash}, &answer)
	return AuthenticatorSettings{Enabled: answer.Authenticator.Enabled, Key: answer.Authenticator.Key, permit: answer.Permit}, err
}

// authenticatorBody changes the settings of the authenticator app.
type authenticatorBody struct {
	Key    string    `json:"key"`
	Code   string    `json:"token,omitempty"`
	Type   TwoFactor `json:"type"`
	Permit string    `json:"userVerificationToken"`
}

// EnableAuthenticator has log-ins ask for codes of the app. The code proves that
// the app has the key; it is good for nothing else afterwards.
func (s *Session) EnableAuthenticator(ctx context.Context, a AuthenticatorSettings, code string) error {
	return s.do(ctx, "PUT", "/api/two-factor/authenticator", authenticatorBody{Key: a.Key, Code: code, Permit: a.permit}, nil)
}

// DisableAuthenticator lets the password be enough again.
func (s *Session) DisableAuthenticator(ctx context.Context, a AuthenticatorSettings) error {
	return s.do(ctx, "DELETE", "/api/two-factor/authenticator", authenticatorBody{Key: a.Key, Permit: a.permit}, nil)
}

// TwoFactorRecoveryCode returns the code that logs in without the second factor
// and turns it off; it is empty while there is none.
func (s *Session) TwoFactorRecoveryCode(ctx context.Context, password string) (string, error) {
	hash, err := s.proof(password)
	if err != nil {
		return "", err
	}
	var answer struct {
		Code string `json:"code"`
	}
	err = s.do(ctx, "POST", "/api/two-factor/get-recover", secret{hash}, &answer)
	return answer.Code, err
}
