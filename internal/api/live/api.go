package live

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/push/hub"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/wire"
)

// API is the surface.
type API struct {
	Hub *hub.Hub
	// Ticket exchanges an access token.
	Ticket func(ctx context.Context, bearer string) (push.Ticket, error)
	// Waits reports whether a log-in request is there that nobody has answered. Nil: there
	// are none.
	Waits func(ctx context.Context, request string) (bool, error)
}

// Routes lists the endpoints. Clients that ask before they connect are told to open a
// socket; official ones do not ask.
func (a *API) Routes() []wire.Route {
	return []wire.Route{
		{Method: "GET", Path: "/notifications/hub", Who: wire.Account, Handle: a.open, Socket: true},
		{Method: "POST", Path: "/notifications/hub/negotiate", Who: wire.Account, Handle: negotiate, Socket: true},
		{Method: "GET", Path: "/notifications/anonymous-hub", Who: wire.Anyone, Handle: a.openAnonymous},
		{Method: "POST", Path: "/notifications/anonymous-hub/negotiate", Who: wire.Anyone, Handle: a.negotiateAnonymous},
	}
}

// open exchanges the token, which the router has found good, for what the socket lives on.
func (a *API) open(w http.ResponseWriter, r *http.Request) error {
	_, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	ticket, err := a.Ticket(r.Context(), bearer)
	if err != nil {
		return err
	}
	return a.Hub.Accept(w, r, ticket)
}

func negotiate(w http.ResponseWriter, _ *http.Request) error { return wire.JSON(w, sockets()) }

// request is the log-in request that a caller waits for; whoever knows its id is the one
// who made it.
func (a *API) request(r *http.Request) (string, error) {
	request, err := id.Parse[id.Cipher](r.URL.Query().Get("Token"))
	if err != nil || a.Waits == nil {
		return "", fault.Absent()
	}
	waits, err := a.Waits(r.Context(), string(request))
	if err == nil && !waits {
		err = fault.Absent()
	}
	return string(request), err
}

func (a *API) openAnonymous(w http.ResponseWriter, r *http.Request) error {
	request, err := a.request(r)
	if err != nil {
		return err
	}
	return a.Hub.AcceptAnonymous(w, r, request, reqctx.ClientOf(r.Context()).Addr) //nolint:contextcheck // a socket outlives the request that opened it
}

func (a *API) negotiateAnonymous(w http.ResponseWriter, r *http.Request) error {
	if _, err := a.request(r); err != nil {
		return err
	}
	return negotiate(w, r)
}

// transports answers those who ask how to connect: by a socket, and without coming back
// with the id.
type transports struct {
	ConnectionID        string      `json:"connectionId"`
	NegotiateVersion    int         `json:"negotiateVersion"`
	AvailableTransports []transport `json:"availableTransports"`
}

type transport struct {
	Transport       string   `json:"transport"`
	TransferFormats []string `json:"transferFormats"`
}

func sockets() transports {
	return transports{rand.Text(), 0, []transport{{"WebSockets", []string{"Text", "Binary"}}}}
}
