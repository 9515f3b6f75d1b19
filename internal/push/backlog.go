package push

import (
	"context"
	"sync"
	"time"

	"github.com/kastellan/kastellan/internal/id"
)

// Backlog holds messages until somebody carries them on. It makes nobody wait: what does
// not fit is forgotten but for the people whom it was for, and they are told to fetch
// everything instead. So nothing is lost in silence.
type Backlog struct {
	lock    sync.Mutex
	limit   int // messages
	waiting []Message
	lost    map[id.User]bool // who missed something
	ended   map[id.User]bool // who missed that they are logged out
	date    time.Time        // of the newest that was lost
	filled  chan struct{}    // ready when there is something
}

// NewBacklog makes one for so many messages.
func NewBacklog(limit int) *Backlog {
	return &Backlog{limit: limit, lost: map[id.User]bool{}, ended: map[id.User]bool{}, filled: make(chan struct{}, 1)}
}

// Put adds messages.
func (b *Backlog) Put(list ...Message) {
	if len(list) == 0 {
		return
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, m := range list {
		if len(b.waiting) < b.limit {
			b.waiting = append(b.waiting, m)
			continue
		}
		b.lose(m)
	}
	b.ring()
}

// Lose notes whom messages were for that could not be carried on.
func (b *Backlog) Lose(list ...Message) {
	if len(list) == 0 {
		return
	}
	b.lock.Lock()
	defer b.lock.Unlock()
	for _, m := range list {
		b.lose(m)
	}
	b.ring()
}

func (b *Backlog) ring() {
	select {
	case b.filled <- struct{}{}:
	default: // it is known already
	}
}

func (b *Backlog) lose(m Message) {
	who := b.lost
	if m.Type == LogOut && m.Device == "" {
		who = b.ended
	}
	for _, u := range m.Users {
		who[u] = true
	}
	if m.Date.After(b.date) {
		b.date = m.Date
	}
}

// Filled is ready when Take has something to give.
func (b *Backlog) Filled() <-chan struct{} { return b.filled }

// Take gives everything that waits.
func (b *Backlog) Take() []Message {
	b.lock.Lock()
	defer b.lock.Unlock()
	list := b.waiting
	b.waiting = nil
	for u := range b.ended {
		delete(b.lost, u)
	}
	for t, who := range map[Type]map[id.User]bool{LogOut: b.ended, VaultChanged: b.lost} {
		if len(who) == 0 {
			continue
		}
		m := Message{Type: t, Date: b.date}
		for u := range who {
			m.Users = append(m.Users, u)
		}
		list = append(list, m)
		clear(who)
	}
	return list
}

// Next waits for messages. It gives none when ctx ends.
func (b *Backlog) Next(ctx context.Context) []Message {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-b.filled:
			if list := b.Take(); len(list) > 0 {
				return list
			}
		}
	}
}
