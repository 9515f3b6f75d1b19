package db

import "sync"

// noticeBoard wakes the workers of this process when a transaction has left
// something for them. Other nodes find out by their timers.
type noticeBoard struct {
	lock sync.Mutex
	ears map[string]map[chan struct{}]bool
}

// Announce wakes those who Listen to the topic, once the transaction is committed.
func (tx *Tx) Announce(topic string) {
	board := &tx.db.notices
	tx.OnCommit(func() { board.ring(topic) })
}

// Listen gives a channel that is ready after an announcement; several while
// nobody looks are one. stop ends it.
func (d *DB) Listen(topic string) (heard <-chan struct{}, stop func()) {
	ear := make(chan struct{}, 1)
	b := &d.notices
	b.lock.Lock()
	defer b.lock.Unlock()
	if b.ears == nil {
		b.ears = map[string]map[chan struct{}]bool{}
	}
	if b.ears[topic] == nil {
		b.ears[topic] = map[chan struct{}]bool{}
	}
	b.ears[topic][ear] = true
	return ear, func() {
		b.lock.Lock()
		defer b.lock.Unlock()
		delete(b.ears[topic], ear)
	}
}

func (b *noticeBoard) ring(topic string) {
	b.lock.Lock()
	defer b.lock.Unlock()
	for ear := range b.ears[topic] {
		select {
		case ear <- struct{}{}:
		default: // it has not heard the last one yet
		}
	}
}
