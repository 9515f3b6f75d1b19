package client

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/kastellan/kastellan/client/seal"
)

// ErrNoKey means that the session does not hold the key of an organization or
// provider; Sync fetches what the account was given.
var ErrNoKey = errors.New("no key for this organization or provider; is the membership confirmed?")

// ErrLocked means that the session was locked and holds no keys any more.
var ErrLocked = errors.New("the session is locked")

// Session is an unlocked account.
type Session struct {
	UserID UserID
	Email  string
	// MustChangePassword is set after an administrator reset the password.
	MustChangePassword bool
	// RememberToken is the code of the kind Remembered for later log-ins from this
	// device, if Credentials.RememberDevice asked for one.
	RememberToken string

	client   *Client
	kdf      seal.KDF
	salt     string
	itemKeys bool

	mu        sync.Mutex // guards what follows
	user      seal.Key
	private   seal.PrivateKey
	access    string
	refresh   string
	expires   time.Time
	apiKey    APIKey
	orgs      map[OrgID]seal.Key
	providers map[ProviderID]seal.Key
}

func newSession(c *Client, answer tokenAnswer) *Session {
	s := &Session{client: c, RememberToken: answer.RememberToken, orgs: make(map[OrgID]seal.Key), providers: make(map[ProviderID]seal.Key)}
	s.take(answer)
	var claims struct {
		Sub   UserID `json:"sub"`
		Email string `json:"email"`
	}
	if parts := strings.Split(answer.AccessToken, "."); len(parts) == 3 {
		if raw, err := base64.RawURLEncoding.DecodeString(parts[1]); err == nil && json.Unmarshal(raw, &claims) == nil {
			s.UserID, s.Email = claims.Sub, claims.Email
		}
	}
	return s
}

func (s *Session) take(answer tokenAnswer) {
	s.access, s.expires = answer.AccessToken, lifetime(answer.ExpiresIn)
	if answer.RefreshToken != "" {
		s.refresh = answer.RefreshToken
	}
}

// Client returns the server of the session.
func (s *Session) Client() *Client { return s.client }

// Fingerprint returns the phrase by which others recognise this account's key.
func (s *Session) Fingerprint() (string, error) {
	_, private, err := s.keys()
	if err != nil {
		return "", err
	}
	return seal.Fingerprint(string(s.UserID), private.Public()), nil
}

// keys returns the account's own keys. A locked session has none, and must not
// encrypt under the zero key instead.
func (s *Session) keys() (seal.Key, seal.PrivateKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.user.IsZero() || s.private.IsZero() {
		return seal.Key{}, seal.PrivateKey{}, ErrLocked
	}
	return s.user, s.private, nil
}

// Do asks as the account, for the packages beside this one.
func (s *Session) Do(ctx context.Context, method, path string, in, out any) error {
	return s.do(ctx, method, path, in, out)
}

// do asks as the account. It refreshes the access token shortly before its end,
// and once more when the server no longer takes it.
func (s *Session) do(ctx context.Context, method, path string, in, out any) error {
	token, err := s.token(ctx, "")
	if err != nil {
		return err
	}
	err = s.client.do(ctx, call{method: method, path: path, in: in, out: out, token: token})
	var refusal *Error
	if !errors.As(err, &refusal) || refusal.Status != http.StatusUnauthorized {
		return err
	}
	if token, err = s.token(ctx, token); err != nil {
		return err
	}
	return s.client.do(ctx, call{method: method, path: path, in: in, out: out, token: token})
}

// token returns a valid access token, and a new one when refused is still current.
func (s *Session) token(ctx context.Context, refused string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.access != refused && time.Until(s.expires) > time.Minute {
		return s.access, nil
	}
	if err := s.refreshLocked(ctx); err != nil {
		return "", err
	}
	return s.access, nil
}

// Refresh fetches a new access token, for instance to have the claims renewed.
func (s *Session) Refresh(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refreshLocked(ctx)
}

func (s *Session) refreshLocked(ctx context.Context) error {
	form := url.Values{"grant_type": {"refresh_token"}, "client_id": {"cli"}, "refresh_token": {s.refresh}}
	if s.apiKey.ClientID != "" {
		form = s.client.apiKeyForm(s.apiKey)
	}
	answer, err := s.client.token(ctx, form)
	if err != nil {
		return fmt.Errorf("renew session: %w", err)
	}
	s.take(answer)
	return nil
}

// Key returns the key of an organization, or the account's own for the empty id,
// for the packages beside this one.
func (s *Session) Key(org OrgID) (seal.Key, error) {
	if org == "" {
		user, _, err := s.keys()
		return user, err
	}
	return s.orgKey(org)
}

func (s *Session) orgKey(org OrgID) (seal.Key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, found := s.orgs[org]
	if !found {
		return seal.Key{}, fmt.Errorf("organization %s: %w", org, ErrNoKey)
	}
	return key, nil
}

func (s *Session) providerKey(provider ProviderID) (seal.Key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, found := s.providers[provider]
	if !found {
		return seal.Key{}, fmt.Errorf("provider %s: %w", provider, ErrNoKey)
	}
	return key, nil
}

// Lock forgets the keys and tokens. The session cannot be used afterwards.
func (s *Session) Lock() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.user, s.private = seal.Key{}, seal.PrivateKey{}
	s.access, s.refresh, s.apiKey = "", "", APIKey{}
	clear(s.orgs)
	clear(s.providers)
}

// String tells whose session it is, and nothing of what is in it.
func (s *Session) String() string { return "Session of " + string(s.UserID) }

// GoString is String; %#v would print the tokens otherwise.
func (s *Session) GoString() string { return s.String() }

// Format implements fmt.Formatter, so that no verb prints what is inside.
func (s *Session) Format(f fmt.State, _ rune) { fmt.Fprint(f, s.String()) }
