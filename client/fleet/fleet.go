package fleet

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/client/internal/exchange"
)

// Fleet is the clients of a provider, as far as an API key reaches.
type Fleet struct {
	base *url.URL
	http *http.Client
	key  Key

	mu      sync.Mutex // guards what follows
	access  string
	expires time.Time
}

// Key is an API key of a provider.
type Key struct {
	ClientID string // provider.<id>
	Secret   string
}

// String hides the secret.
func (Key) String() string { return "Key(redacted)" }

// GoString hides the secret.
func (Key) GoString() string { return "Key(redacted)" }

// New returns the fleet on the server at baseURL, which must use TLS unless it is
// a loopback address. A nil h means one with a time limit of its own.
func New(baseURL string, h *http.Client, key Key) (*Fleet, error) {
	base, err := url.Parse(strings.TrimRight(strings.TrimSpace(baseURL), "/"))
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("server address %q: not a URL", baseURL)
	}
	if !exchange.Safe(base) {
		return nil, client.ErrInsecure
	}
	if h == nil {
		h = &http.Client{Timeout: 2 * time.Minute}
	}
	return &Fleet{base: base, http: h, key: key}, nil
}

// String tells which server it is, and nothing of the key.
func (f *Fleet) String() string { return "Fleet on " + f.base.Host }

// GoString is String; %#v would print the key otherwise.
func (f *Fleet) GoString() string { return f.String() }

// do asks as the program; path follows /api/public/provider. It logs in shortly
// before the token ends, and once more when the server no longer takes it.
func (f *Fleet) do(ctx context.Context, method, path string, in, out any) error {
	token, err := f.token(ctx, "")
	if err != nil {
		return err
	}
	err = f.send(ctx, method, "/api/public/provider"+path, token, in, out)
	if refusal, ok := errors.AsType[*client.Error](err); !ok || refusal.Status != http.StatusUnauthorized {
		return err
	}
	if token, err = f.token(ctx, token); err != nil {
		return err
	}
	return f.send(ctx, method, "/api/public/provider"+path, token, in, out)
}

func (f *Fleet) send(ctx context.Context, method, path, token string, in, out any) error {
	header := func(h http.Header, contentType string) {
		h.Set("Accept", "application/json")
		if contentType != "" {
			h.Set("Content-Type", contentType)
		}
		if token != "" {
			h.Set("Authorization", "Bearer "+token)
		}
	}
	return exchange.Do(ctx, f.http, exchange.Request{Method: method, URL: f.base.String() + path, In: in, Header: header}, out)
}

// token returns a valid access token, and a new one when refused is still current.
func (f *Fleet) token(ctx context.Context, refused string) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.access != refused && time.Until(f.expires) > time.Minute {
		return f.access, nil
	}
	var answer struct {
		AccessToken string `json:"access_token"`
		ExpiresIn   int    `json:"expires_in"`
	}
	form := url.Values{
		"grant_type": {"client_credentials"}, "scope": {"api.provider"}, "client_id": {f.key.ClientID}, "client_secret": {f.key.Secret},
	}
	if err := f.send(ctx, http.MethodPost, "/identity/connect/token", "", form, &answer); err != nil {
		return "", fmt.Errorf("log in with the API key: %w", err)
	}
	if answer.AccessToken == "" {
		return "", errors.New("the server sent no access token")
	}
	f.access, f.expires = answer.AccessToken, time.Now().Add(time.Duration(answer.ExpiresIn)*time.Second)
	return f.access, nil
}

// get reads a thing.
func get[T any](ctx context.Context, f *Fleet, path string) (T, error) {
	var out T
	err := f.do(ctx, http.MethodGet, path, nil, &out)
	return out, err
}

// list reads a list that comes in one piece.
func list[T any](ctx context.Context, f *Fleet, path string) ([]T, error) {
	answer, err := get[exchange.List[T]](ctx, f, path)
	return answer.Data, err
}

// page reads a piece of a list, and where the next begins; "" at its end.
func page[T any](ctx context.Context, f *Fleet, path string, q url.Values, after string) ([]T, string, error) {
	if after != "" {
		q.Set("continuationToken", after)
	}
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	answer, err := get[exchange.List[T]](ctx, f, path)
	return answer.Data, answer.ContinuationToken, err
}

// Self is the provider, and what the API key is good for.
type Self struct {
	ID   client.ProviderID `json:"id"`
	Name string            `json:"name"`
	Key  struct {
		ID             string            `json:"id"`
		Name           string            `json:"name"`
		AllClients     bool              `json:"allClients"`
		ClientIDs      []client.ClientID `json:"clientIds"`
		MayWrite       bool              `json:"mayWrite"`
		ExpirationDate *time.Time        `json:"expirationDate"`
	} `json:"apiKey"`
}

// Self asks who the program is.
func (f *Fleet) Self(ctx context.Context) (Self, error) { return get[Self](ctx, f, "") }
