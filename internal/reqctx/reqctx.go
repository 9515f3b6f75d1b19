package reqctx

import (
	"context"
	"strings"

	"github.com/kastellan/kastellan/internal/id"
)

// Actor is the account on whose behalf a request is made. It says who, not what
// they may do: rights are read from the database inside the transaction that
// acts (package access), so that taking them away bites at once.
type Actor struct {
	User id.User
	Org  id.Org // set, and everything else empty, when an organization acts by its own key
	// Set, and everything else empty, when a provider's program acts by an API key.
	Provider    id.Provider
	ProviderKey id.ProviderKey
	Device      id.Device // empty for tokens without a device
	Identifier  string    // the installation id that the client chose
	ClientID    string    // web, cli, browser …, or user.<id> for an API key
}

// ByAPIKey tells whether the account's API key got the token, which proves to know no
// password.
func (a Actor) ByAPIKey() bool { return strings.HasPrefix(a.ClientID, "user.") }

// Client describes the calling application as its headers do. All of it is the
// caller's claim and good for display only.
type Client struct {
	Addr       string // address of the caller, without port
	DeviceType int    // official device type; -1 when not sent
	Name       string
	Version    string
}

type key int

const (
	requestKey key = iota
	clientKey
	actorKey
	recordKey
)

// WithRequestID stores the request's id.
func WithRequestID(ctx context.Context, requestID string) context.Context {
	return context.WithValue(ctx, requestKey, requestID)
}

// RequestID returns the request's id, or "" outside a request.
func RequestID(ctx context.Context) string {
	s, _ := ctx.Value(requestKey).(string)
	return s
}

// WithClient stores the description of the calling application.
func WithClient(ctx context.Context, c Client) context.Context {
	return context.WithValue(ctx, clientKey, c)
}

// ClientOf returns the calling application; the zero value with DeviceType -1
// stands for work that no request started.
func ClientOf(ctx context.Context) Client {
	c, ok := ctx.Value(clientKey).(Client)
	if !ok {
		return Client{DeviceType: -1}
	}
	return c
}

// WithActor stores the account that acts.
func WithActor(ctx context.Context, a Actor) context.Context {
	if r, ok := ctx.Value(recordKey).(*Record); ok {
		r.Actor = a
	}
	return context.WithValue(ctx, actorKey, a)
}

// ActorOf returns the account that acts, and whether there is one.
func ActorOf(ctx context.Context) (Actor, bool) {
	a, ok := ctx.Value(actorKey).(Actor)
	return a, ok
}
