package client

import (
	"context"
	"net/http"

	"github.com/kastellan/kastellan/client/internal/exchange"
)

// Download fetches a file from the address that the server named. The address
// carries its own permission, so no token goes along: it may be another host.
func (c *Client) Download(ctx context.Context, address string) ([]byte, error) {
	target, err := c.base.Parse(address)
	if err != nil || !exchange.Safe(target) {
		return nil, ErrInsecure
	}
	var blob []byte
	return blob, exchange.Do(ctx, c.http, exchange.Request{Method: http.MethodGet, URL: target.String()}, &blob)
}
