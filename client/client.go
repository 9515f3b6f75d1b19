package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/kastellan/kastellan/client/internal/exchange"
	"github.com/kastellan/kastellan/internal/id"
)

// ErrInsecure means an address without TLS that is not this machine's own.
var ErrInsecure = errors.New("the server address must begin with https://")

// Client is a server, and the device as which it is used.
type Client struct {
	base   *url.URL
	http   *http.Client
	Device Device
}

// Device is how the server names this installation in its list of devices.
type Device struct {
	ID   string // a UUID that stays the same between log-ins
	Type int
	Name string
}

// protocolVersion is the version of the protocol's clients that this one equals;
// the server hides kinds of items from older ones.
const protocolVersion = "2026.9.0"

// New returns a client of the server at baseURL, which must use TLS unless it is
// a loopback address. A nil h means one with a time limit of its own.
func New(baseURL string, h *http.Client) (*Client, error) {
	base, err := url.Parse(strings.TrimRight(strings.TrimSpace(baseURL), "/"))
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("server address %q: not a URL", baseURL)
	}
	if !exchange.Safe(base) {
		return nil, ErrInsecure
	}
	if h == nil {
		h = &http.Client{Timeout: 2 * time.Minute}
	}
	return &Client{base: base, http: h, Device: NewDevice()}, nil
}

// NewDevice is a device that no server has seen yet.
func NewDevice() Device {
	types := map[string]int{"windows": 23, "darwin": 24}
	kind, known := types[runtime.GOOS]
	if !known {
		kind = 25
	}
	return Device{ID: string(id.New[id.Device]()), Type: kind, Name: runtime.GOOS}
}

// On returns the same server, used from another device.
func (c *Client) On(device Device) *Client {
	other := *c
	other.Device = device
	return &other
}

// URL returns the server's address.
func (c *Client) URL() string { return c.base.String() }

// call is one request. A nil in sends no body; a nil out reads none.
type call struct {
	method, path string
	in, out      any
	token        string // bearer
}

func (c *Client) do(ctx context.Context, call call) error {
	header := func(h http.Header, contentType string) { c.header(h, call.token, contentType) }
	request := exchange.Request{Method: call.method, URL: c.base.String() + call.path, In: call.in, Header: header}
	return exchange.Do(ctx, c.http, request, call.out)
}

func (c *Client) header(h http.Header, token, contentType string) {
	h.Set("Accept", "application/json")
	h.Set("Device-Type", strconv.Itoa(c.Device.Type))
	h.Set("Bitwarden-Client-Name", "cli")
	h.Set("Bitwarden-Client-Version", protocolVersion)
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	if token != "" {
		h.Set("Authorization", "Bearer "+token)
	} else {
		h.Set("Device-Identifier", c.Device.ID)
	}
}

// list is the wrapper of all lists.
type list[T any] = exchange.List[T]
