package relay

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// client speaks to the relay, with a token of the installation that it renews.
type client struct {
	settings Settings
	now      func() time.Time
	http     *http.Client

	lock   sync.Mutex
	bearer string
	until  time.Time
}

// errRefused is the relay's answer to what will not get better by asking again.
var errRefused = errors.New("the relay refuses")

// post sends a request, and once more with a new token when the old one is not taken.
func (c *client) post(ctx context.Context, path string, body any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	for renewed := false; ; renewed = true {
		bearer, err := c.token(ctx, renewed)
		if err != nil {
			return err
		}
		status, err := c.try(ctx, path, bearer, encoded)
		switch {
		case err != nil:
			return err
		case status < 300:
			return nil
		case status == http.StatusUnauthorized && !renewed:
			continue
		case status >= 400 && status < 500 && status != http.StatusTooManyRequests && status != http.StatusUnauthorized:
			return fmt.Errorf("%w %s: status %d", errRefused, path, status)
		}
		return fmt.Errorf("the relay answers %s with status %d", path, status)
	}
}

func (c *client) try(ctx context.Context, path, bearer string, body []byte) (status int, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(c.settings.URL, "/")+path, bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	r.Header.Set("Authorization", "Bearer "+bearer)
	r.Header.Set("Content-Type", "application/json")
	answer, err := c.http.Do(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	return answer.StatusCode, err
}

// token gives the installation's token, a new one when the last is used up or not taken.
func (c *client) token(ctx context.Context, renew bool) (string, error) {
	c.lock.Lock()
	defer c.lock.Unlock()
	if !renew && c.now().Before(c.until) {
		return c.bearer, nil
	}
	form := url.Values{
		"grant_type": {"client_credentials"}, "scope": {"api.push"},
		"client_id": {"installation." + c.settings.Installation}, "client_secret": {c.settings.Key},
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, strings.TrimRight(c.settings.IdentityURL, "/")+"/connect/token", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := c.http.Do(r)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the installation gets no token: status %d; are push_installation_id and push_installation_key right?", answer.StatusCode)
	}
	var granted struct {
		AccessToken string `json:"access_token"`
		ExpiresIn   int    `json:"expires_in"` // seconds
	}
	if err := json.NewDecoder(io.LimitReader(answer.Body, 64<<10)).Decode(&granted); err != nil || granted.AccessToken == "" {
		return "", fmt.Errorf("the installation gets no token: %w", errors.Join(errors.New("the answer is not understood"), err))
	}
	// Half of its time: clocks differ, and requests take a while.
	c.bearer, c.until = granted.AccessToken, c.now().Add(time.Duration(granted.ExpiresIn)*time.Second/2)
	return c.bearer, nil
}
