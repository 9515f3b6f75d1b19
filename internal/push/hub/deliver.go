package hub

import (
	"slices"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/push/signalr"
)

// deliver puts messages into the queues of the sockets of those whom they are for.
func (h *Hub) deliver(list []push.Message) {
	h.lock.RLock()
	defer h.lock.RUnlock()
	for _, m := range list {
		h.tellPeople(m)
		if m.Type == push.AuthAnswered {
			h.tellWaiting(m)
		}
	}
}

// tellPeople writes a message down once, however many sockets get it, or once for each
// person when it says something else to each.
func (h *Hub) tellPeople(m push.Message) {
	var written []byte
	for _, u := range m.Users {
		sockets := h.people[u]
		if len(sockets) == 0 {
			continue
		}
		if written == nil || m.Personal() {
			written = envelope(m, u)
		}
		for _, s := range sockets {
			switch {
			case m.Type != push.LogOut:
				s.send(written)
			case m.Device == "" || m.Device == s.ticket.Device:
				// Whoever is logged out for good must not come back with the same token.
				s.finish(written, signalr.Close(m.Reason != nil))
			}
		}
	}
}

// tellWaiting tells those who wait for the answer to a log-in request. They are not
// logged in, and hear of that request alone.
func (h *Hub) tellWaiting(m push.Message) {
	sockets := h.waiting[m.ID]
	if len(sockets) == 0 || len(m.Users) != 1 {
		return
	}
	to := string(m.Users[0])
	written := signalr.Invocation("AuthRequestResponseRecieved", push.Fields{ // spelled like this by all apps
		{Name: "Type", Value: int(m.Type)}, {Name: "Payload", Value: m.Payload(m.Users[0])},
		{Name: "UserId", Value: to}, {Name: "ContextId", Value: nil},
	})
	for _, s := range sockets {
		s.send(written)
	}
}

// envelope is the frame of a message for one person. Installations leave out what they
// caused themselves, by the context; we do not, since one may have several windows.
func envelope(m push.Message, to id.User) []byte {
	var context any
	if m.Context != "" {
		context = m.Context
	}
	return slices.Clip(signalr.Invocation("ReceiveMessage", push.Fields{
		{Name: "ContextId", Value: context}, {Name: "Type", Value: int(m.Type)}, {Name: "Payload", Value: m.Payload(to)},
	}))
}
