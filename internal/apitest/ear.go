package apitest

import (
	"sync"
	"testing"

	"github.com/kastellan/kastellan/internal/push"
)

// Ear hears every message to apps, whoever is connected.
type Ear struct {
	mu    sync.Mutex
	heard []push.Message
}

// Listen begins to hear, beside whatever the server does with its messages.
func (s *Server) Listen() *Ear {
	e, outlet := &Ear{}, s.Base.DB.Outlet
	s.Base.DB.Outlet = func(told []any) {
		e.mu.Lock()
		e.heard = append(e.heard, push.Gather(told)...)
		e.mu.Unlock()
		if outlet != nil {
			outlet(told)
		}
	}
	return e
}

// Take gives what was heard since it was last asked.
func (e *Ear) Take() []push.Message {
	e.mu.Lock()
	defer e.mu.Unlock()
	heard := e.heard
	e.heard = nil
	return heard
}

// Hears tells whether a message is for somebody.
func Hears(t testing.TB, heard []push.Message, p *Person) bool {
	t.Helper()
	for _, m := range heard {
		for _, u := range m.Users {
			if string(u) == p.ID {
				return true
			}
		}
	}
	return false
}
