package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/id"
)

// ErrInsecure means an address without TLS that is not this machine's own.
var ErrInsecure = errors.New("the server address must begin with https://")

// maxAnswer bounds what is read of one answer.
const maxAnswer = 256 << 20

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
	if !safe(base) {
		return nil, ErrInsecure
	}
	if h == nil {
		h = &http.Client{Timeout: 2 * time.Minute}
	}
	return &Client{base: base, http: h, Device: NewDevice()}, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
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
	var body io.Reader
	contentType := ""
	switch in := call.in.(type) {
	case nil:
	case url.Values:
		body, contentType = strings.NewReader(in.Encode()), "application/x-www-form-urlencoded; charset=utf-8"
	case upload:
		body, contentType = bytes.NewReader(in.body), in.contentType
	default:
		encoded, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("%s %s: %w", call.method, call.path, err)
		}
		body, contentType = bytes.NewReader(encoded), "application/json; charset=utf-8"
	}
	request, err := http.NewRequestWithContext(ctx, call.method, c.base.String()+call.path, body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", call.method, call.path, err)
	}
	c.header(request, call.token, contentType)
	response, err := c.http.Do(request)
	if err != nil {
		return fmt.Errorf("ask the server: %w", withoutAddress(err))
	}
	defer response.Body.Close()
	return answer(response, call.out)
}

func (c *Client) header(request *http.Request, token, contentType string) {
	h := request.Header
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

// answer reads a response the way every client does: only 200, 201 and 204 are
// success.
func answer(response *http.Response, out any) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return fmt.Errorf("read answer: %w", err)
	}
	switch response.StatusCode {
	case http.StatusOK, http.StatusCreated, http.StatusNoContent:
	default:
		refusal := errorFrom(response.StatusCode, body)
		if seconds, err := strconv.Atoi(response.Header.Get("Retry-After")); err == nil && seconds > 0 {
			refusal.RetryAfter = time.Duration(seconds) * time.Second
		}
		return refusal
	}
	switch out := out.(type) {
	case nil:
		return nil
	case *[]byte:
		*out = body
		return nil
	}
	if len(body) == 0 {
		return nil
	}
	if err := json.Unmarshal(body, out); err != nil {
		return fmt.Errorf("read answer of %s %s: %w", response.Request.Method, response.Request.URL.Path, err)
	}
	return nil
}

// list is the wrapper of all lists.
type list[T any] struct {
	Data              []T    `json:"data"`
	ContinuationToken string `json:"continuationToken"`
}
