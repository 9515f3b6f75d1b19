package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
)

// download fetches a file from the address that the server named. The address
// carries its own permission, so no token goes along: it may be another host.
func (c *Client) download(ctx context.Context, address string) ([]byte, error) {
	target, err := c.base.Parse(address)
	if err != nil || !safe(target) {
		return nil, ErrInsecure
	}
	request, err := http.NewRequestWithContext(ctx, "GET", target.String(), nil)
	if err != nil {
		return nil, fmt.Errorf("fetch file: %w", err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("fetch file: %w", withoutAddress(err))
	}
	defer response.Body.Close()
	var blob []byte
	return blob, answer(response, &blob)
}

// withoutAddress takes the address, which may hold a token, out of an error.
func withoutAddress(err error) error {
	var outer *url.Error
	if errors.As(err, &outer) {
		return outer.Err
	}
	return err
}

// safe reports whether an address uses TLS or never leaves this machine.
func safe(u *url.URL) bool {
	return u.Scheme == "https" || (u.Scheme == "http" && loopback(u.Hostname()))
}
