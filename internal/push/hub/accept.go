package hub

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"

	"github.com/coder/websocket"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/push/signalr"
)

var (
	errTooLong = errors.New("hub: a client says more than there is to say")
	errFull    = fault.New(fault.Unavailable, "The server has too many open connections. Please try again later.")
	errCrowd   = fault.New(fault.RateLimited, "Too many connections are open from this address.")
	errNoWay   = fault.New(fault.Invalid, "This address is for WebSockets.")
)

func isEOF(err error) bool { return errors.Is(err, io.EOF) }

// Accept opens a socket for the person of a ticket. When the ticket ended meanwhile,
// the socket ends with the next Check.
func (h *Hub) Accept(w http.ResponseWriter, r *http.Request, ticket push.Ticket) error {
	s := &socket{hub: h, ticket: ticket}
	if err := h.open(w, r, s); err != nil { //nolint:contextcheck // a socket outlives the request that opened it
		return err
	}
	// A log-out may have been told after the token was looked at, and before the socket
	// could hear it.
	if err := h.check(r.Context(), []*socket{s}); err != nil {
		s.drop()
	}
	return nil
}

// AcceptAnonymous opens a socket that waits for the answer to a log-in request.
func (h *Hub) AcceptAnonymous(w http.ResponseWriter, r *http.Request, request, address string) error {
	return h.open(w, r, &socket{hub: h, request: request, address: address, until: h.Now().Add(anonymousFor)})
}

func (h *Hub) open(w http.ResponseWriter, r *http.Request, s *socket) error {
	if !headerHas(r.Header, "Connection", "upgrade") || !headerHas(r.Header, "Upgrade", "websocket") {
		return errNoWay
	}
	if err := h.admit(s); err != nil {
		return err
	}
	taken := &takeover{ResponseWriter: w}
	conn, err := websocket.Accept(taken, r, &websocket.AcceptOptions{
		// Pages of any origin may connect: no cookie speaks for the user, and whoever has the
		// token needs no browser. Official apps come from origins of their own.
		InsecureSkipVerify: true,
	})
	if err != nil {
		h.forget(s)
		h.running.Done()
		return nil //nolint:nilerr // Accept has answered already
	}
	conn.SetReadLimit(signalr.MaxFrame)
	if !s.attach(conn, taken.line) {
		_ = taken.line.Close()
	}
	go func() {
		defer h.running.Done()
		s.serve()
	}()
	return nil
}

// admit finds a place for a socket before it is opened, so that those who are too many
// learn it in the language of HTTP. It counts as running from here on.
func (h *Hub) admit(s *socket) error {
	h.lock.Lock()
	defer h.lock.Unlock()
	if h.closed {
		return errFull
	}
	if s.request != "" {
		if h.anonymous >= h.Limits.Anonymous {
			return errFull
		}
		if h.addresses[s.address] >= h.Limits.PerAddress {
			return errCrowd
		}
		h.anonymous++
		h.addresses[s.address]++
		h.waiting[s.request] = append(h.waiting[s.request], s)
	} else {
		if h.sockets >= h.Limits.All {
			return errFull
		}
		h.sockets++
		h.makeRoom(s)
		h.people[s.ticket.User] = append(h.people[s.ticket.User], s)
	}
	s.part = h.opened % pingEvery
	h.opened++
	h.rounds[s.part][s] = true
	h.running.Add(1)
	return nil
}

// makeRoom ends the oldest socket of an account that has too many: most likely it is
// one of those whose other end is gone without a word.
func (h *Hub) makeRoom(s *socket) {
	sockets := h.people[s.ticket.User]
	if len(sockets) >= h.Limits.PerUser {
		sockets[0].finish(signalr.Close(true))
		h.unlist(sockets[0])
	}
}

// forget gives the place of a socket free.
func (h *Hub) forget(s *socket) {
	h.lock.Lock()
	defer h.lock.Unlock()
	if h.rounds[s.part][s] {
		h.unlist(s)
	}
}

func (h *Hub) unlist(s *socket) {
	delete(h.rounds[s.part], s)
	if s.request != "" {
		h.anonymous--
		if h.addresses[s.address]--; h.addresses[s.address] == 0 {
			delete(h.addresses, s.address)
		}
		without(h.waiting, s.request, s)
		return
	}
	h.sockets--
	without(h.people, s.ticket.User, s)
}

func without[K comparable](lists map[K][]*socket, key K, s *socket) {
	rest := slices.DeleteFunc(lists[key], func(other *socket) bool { return other == s })
	if len(rest) == 0 {
		delete(lists, key)
		return
	}
	lists[key] = rest
}

func headerHas(h http.Header, name, token string) bool {
	for _, line := range h.Values(name) {
		for part := range bytes.SplitSeq([]byte(line), []byte(",")) {
			if bytes.EqualFold(bytes.TrimSpace(part), []byte(token)) {
				return true
			}
		}
	}
	return false
}

// takeover keeps hold of the connection below a socket, for its deadlines, and gives it
// small buffers: idle sockets are many, and what they carry is short.
type takeover struct {
	http.ResponseWriter
	line net.Conn
}

const buffer = 512

func (t *takeover) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	line, old, err := http.NewResponseController(t.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, err
	}
	t.line = line
	// What the client sent early must stand in the buffer: the socket is read from the
	// connection after that.
	early, _ := old.Peek(old.Reader.Buffered())
	from := bufio.NewReaderSize(io.MultiReader(bytes.NewReader(bytes.Clone(early)), line), max(buffer, len(early)))
	if _, err := from.Peek(len(early)); err != nil {
		return nil, nil, err
	}
	return line, bufio.NewReadWriter(from, bufio.NewWriterSize(line, buffer)), nil
}
