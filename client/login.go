package client

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"github.com/kastellan/kastellan/client/seal"
)

// ErrOwnKey means that the server names a public key that is not the account's.
var ErrOwnKey = errors.New("the server's public key is not the one of this account")

// Credentials open an account. The second step is only needed after an error for
// which NeedsTwoFactor holds, the new-device code after Error.NewDevice.
type Credentials struct {
	Email         string
	Password      string
	TwoFactor     TwoFactor
	TwoFactorCode string
	// AskTwoFactor, when it is not nil, is asked for the second step if the account
	// needs one and TwoFactorCode is empty or a remember token that has expired.
	AskTwoFactor func(ctx context.Context, kinds []TwoFactor) (kind TwoFactor, code string, err error)
	// RememberDevice asks for a Session.RememberToken.
	RememberDevice bool
	NewDeviceCode  string
}

// String hides the password.
func (Credentials) String() string { return "Credentials(redacted)" }

// GoString hides the password.
func (Credentials) GoString() string { return "Credentials(redacted)" }

// APIKey is a personal API key. It proves who one is, but opens nothing.
type APIKey struct {
	ClientID string // user.<id>
	Secret   string
}

// String hides the secret.
func (APIKey) String() string { return "APIKey(redacted)" }

// GoString hides the secret.
func (APIKey) GoString() string { return "APIKey(redacted)" }

// tokenAnswer is the answer to every grant. Its Bitwarden members are written in
// PascalCase; encoding/json does not mind.
type tokenAnswer struct {
	AccessToken  string         `json:"access_token"`
	RefreshToken string         `json:"refresh_token"`
	ExpiresIn    int            `json:"expires_in"`
	Key          seal.EncString `json:"key"`
	AccountKeys  *accountKeys   `json:"accountKeys"`
	Options      struct {
		Unlock *struct {
			KDF     seal.KDF       `json:"kdf"`
			UserKey seal.EncString `json:"masterKeyEncryptedUserKey"`
			Salt    string         `json:"salt"`
		} `json:"masterPasswordUnlock"`
	} `json:"userDecryptionOptions"`
	MustChangePassword bool   `json:"forcePasswordReset"`
	RememberToken      string `json:"twoFactorToken"`
}

// Login opens an account with its password.
func (c *Client) Login(ctx context.Context, creds Credentials) (*Session, error) {
	u, err := c.master(ctx, creds.Email, creds.Password)
	if err != nil {
		return nil, err
	}
	form := c.deviceForm()
	form.Set("grant_type", "password")
	form.Set("client_id", "cli")
	form.Set("scope", "api offline_access")
	form.Set("username", seal.Salt(creds.Email))
	form.Set("password", u.key.ServerHash(creds.Password))
	if creds.TwoFactorCode != "" {
		creds.secondStep(form, creds.TwoFactor, creds.TwoFactorCode)
	}
	if creds.NewDeviceCode != "" {
		form.Set("newDeviceOtp", creds.NewDeviceCode)
	}
	answer, err := c.token(ctx, form)
	if refusal, ok := errors.AsType[*Error](err); ok && len(refusal.TwoFactor) > 0 && creds.AskTwoFactor != nil {
		kind, code, askErr := creds.AskTwoFactor(ctx, refusal.TwoFactor)
		if askErr != nil {
			return nil, askErr
		}
		creds.secondStep(form, kind, code)
		answer, err = c.token(ctx, form)
	}
	if err != nil {
		return nil, err
	}
	return c.open(ctx, newSession(c, answer), answer, u)
}

// secondStep answers the question for a second factor.
func (creds Credentials) secondStep(form url.Values, kind TwoFactor, code string) {
	form.Set("twoFactorProvider", strconv.Itoa(int(kind)))
	form.Set("twoFactorToken", code)
	form.Set("twoFactorRemember", "0")
	if creds.RememberDevice {
		form.Set("twoFactorRemember", "1")
	}
}

func (c *Client) open(ctx context.Context, s *Session, answer tokenAnswer, u unlocking) (*Session, error) {
	if err := s.unlock(ctx, answer, u); err != nil {
		return nil, err
	}
	return s, nil
}

// LoginAPIKey opens an account with its API key; the password is still needed to
// unlock the keys, but not sent.
func (c *Client) LoginAPIKey(ctx context.Context, key APIKey, password string) (*Session, error) {
	answer, err := c.token(ctx, c.apiKeyForm(key))
	if err != nil {
		return nil, err
	}
	unlock := answer.Options.Unlock
	if unlock == nil {
		return nil, errors.New("the server sent nothing that a password could unlock")
	}
	u := unlocking{kdf: unlock.KDF, salt: unlock.Salt}
	if u.key, err = seal.NewMasterKey(password, u.salt, u.kdf); err != nil {
		return nil, err
	}
	s := newSession(c, answer)
	s.apiKey = key
	return c.open(ctx, s, answer, u)
}

func (c *Client) apiKeyForm(key APIKey) url.Values {
	form := c.deviceForm()
	form.Set("grant_type", "client_credentials")
	form.Set("client_id", key.ClientID)
	form.Set("client_secret", key.Secret)
	form.Set("scope", "api")
	return form
}

func (c *Client) deviceForm() url.Values {
	return url.Values{
		"deviceType":       {strconv.Itoa(c.Device.Type)},
		"deviceIdentifier": {c.Device.ID},
		"deviceName":       {c.Device.Name},
	}
}

func (c *Client) token(ctx context.Context, form url.Values) (tokenAnswer, error) {
	var answer tokenAnswer
	err := c.do(ctx, call{method: "POST", path: "/identity/connect/token", in: form, out: &answer})
	if err == nil && answer.AccessToken == "" {
		err = errors.New("the server sent no access token")
	}
	return answer, err
}

// unlock opens the keys of an account that has just logged in.
func (s *Session) unlock(ctx context.Context, answer tokenAnswer, u unlocking) error {
	wrapped := answer.Key
	if answer.Options.Unlock != nil {
		wrapped = answer.Options.Unlock.UserKey
	}
	user, err := u.key.UnwrapUserKey(wrapped)
	if err != nil {
		return fmt.Errorf("unlock account: %w", err)
	}
	private, err := answer.AccountKeys.open(user)
	if err != nil {
		return fmt.Errorf("unlock account: %w", err)
	}
	config, err := s.client.Config(ctx)
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user, s.private, s.kdf, s.salt = user, private, u.kdf, u.salt
	s.itemKeys = config.ItemKeys()
	s.MustChangePassword = answer.MustChangePassword
	return nil
}

func lifetime(seconds int) time.Time { return time.Now().Add(time.Duration(seconds) * time.Second) }
