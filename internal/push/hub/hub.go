package hub

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/push/signalr"
)

// Limits bound what sockets may take.
type Limits struct {
	All        int // sockets of people on this node
	PerUser    int
	Anonymous  int // sockets that wait for the answer to a log-in request
	PerAddress int // of them
	Queue      int // frames that wait for one socket
}

// DefaultLimits suit a machine of modest size: a socket takes about 20 kB.
var DefaultLimits = Limits{All: 20_000, PerUser: 50, Anonymous: 1_000, PerAddress: 20, Queue: 64}

const (
	pingEvery = 15 // seconds: apps give a connection up after 30 s of silence
	// Apps send a ping every 15 s, but browsers wake pages in the background once a minute.
	readWithin  = 90 * time.Second
	writeWithin = 10 * time.Second
	greetWithin = 15 * time.Second
	// Log-in requests live for 15 minutes.
	anonymousFor = 20 * time.Minute
	// spread is how long it takes to tell everybody to fetch everything, in seconds: not all
	// may do it at once.
	spread = 30
	// closeWithin is how long the sockets of a server that stops may take to end.
	closeWithin = 5 * time.Second
	checkBatch  = 500
)

// Hub is the sockets of this node.
type Hub struct {
	Log    *slog.Logger
	Now    func() time.Time
	Limits Limits
	// Holds says of each ticket whether it would still be given.
	Holds func(ctx context.Context, tickets []push.Ticket) ([]bool, error)

	backlog *push.Backlog
	missed  chan struct{}

	lock      sync.RWMutex
	people    map[id.User][]*socket
	waiting   map[string][]*socket // for the answer to a log-in request
	addresses map[string]int       // of those who wait
	rounds    [pingEvery]map[*socket]bool
	sockets   int // of people
	anonymous int
	opened    int
	closed    bool

	running sync.WaitGroup // what belongs to sockets
}

// New makes a hub. It takes sockets at once, and delivers while Run does.
func New(log *slog.Logger, now func() time.Time, holds func(context.Context, []push.Ticket) ([]bool, error)) *Hub {
	const queued = 10_000
	h := &Hub{
		Log: log, Now: now, Limits: DefaultLimits, Holds: holds,
		backlog: push.NewBacklog(queued), missed: make(chan struct{}, 1),
		people: map[id.User][]*socket{}, waiting: map[string][]*socket{}, addresses: map[string]int{},
	}
	for i := range h.rounds {
		h.rounds[i] = map[*socket]bool{}
	}
	return h
}

// Put has messages delivered to the sockets of this node. It waits for nothing.
func (h *Hub) Put(list ...push.Message) { h.backlog.Put(list...) }

// Missed says that messages from elsewhere may have been lost. Everybody is told to
// fetch everything, little by little.
func (h *Hub) Missed() {
	select {
	case h.missed <- struct{}{}:
	default: // it is known already
	}
}

// Run delivers until ctx ends, and then closes every socket.
func (h *Hub) Run(ctx context.Context) error {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	var owed [][]id.User // portions of those who are still to be told to fetch everything
	for second := 0; ; {
		select {
		case <-ctx.Done():
			h.deliver(h.backlog.Take())
			h.end()
			return nil
		case <-h.backlog.Filled():
			h.deliver(h.backlog.Take())
		case <-h.missed:
			owed = h.everybody()
		case <-tick.C:
			second = (second + 1) % pingEvery
			h.round(second)
			if len(owed) > 0 {
				h.deliver([]push.Message{{Type: push.VaultChanged, Users: owed[0], Date: h.Now()}})
				owed = owed[1:]
			}
		}
	}
}

// everybody is who has a socket here, in portions of chance.
func (h *Hub) everybody() [][]id.User {
	h.lock.RLock()
	defer h.lock.RUnlock()
	users := make([]id.User, 0, len(h.people))
	for u := range h.people {
		users = append(users, u)
	}
	rand.Shuffle(len(users), func(i, j int) { users[i], users[j] = users[j], users[i] }) //nolint:forbidigo,gosec // a guessable order harms nobody
	return slices.Collect(slices.Chunk(users, max(1, (len(users)+spread-1)/spread)))
}

var ping = signalr.Ping()

// round pings one part of the sockets, so that the work is spread, and ends those that
// waited long enough.
func (h *Hub) round(second int) {
	h.lock.RLock()
	defer h.lock.RUnlock()
	now := h.Now()
	for s := range h.rounds[second] {
		if s.until.IsZero() || now.Before(s.until) {
			s.send(ping)
		} else {
			s.finish(signalr.Close(false))
		}
	}
}

// end closes the hub and its sockets, and waits for them.
func (h *Hub) end() {
	h.lock.Lock()
	h.closed = true
	var all []*socket
	for _, part := range h.rounds {
		for s := range part {
			all = append(all, s)
		}
	}
	h.lock.Unlock()
	goodbye := signalr.Close(true) // to another node, or to this one once it is back
	for _, s := range all {
		s.finish(goodbye)
	}
	impatient := time.AfterFunc(closeWithin, func() {
		for _, s := range all {
			s.drop()
		}
	})
	defer impatient.Stop()
	h.running.Wait()
}

// Check ends the sockets of those whose ticket would not be given any more: after a
// removed device, a new stamp or a deleted account of which no message told.
func (h *Hub) Check(ctx context.Context) error {
	for batch := range slices.Chunk(h.welcomed(), checkBatch) {
		if err := h.check(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

func (h *Hub) welcomed() []*socket {
	h.lock.RLock()
	defer h.lock.RUnlock()
	var all []*socket
	for _, sockets := range h.people {
		all = append(all, sockets...)
	}
	return all
}

func (h *Hub) check(ctx context.Context, sockets []*socket) error {
	tickets := make([]push.Ticket, len(sockets))
	for i, s := range sockets {
		tickets[i] = s.ticket
	}
	holds, err := h.Holds(ctx, tickets)
	if err != nil {
		return err
	}
	for i, s := range sockets {
		if !holds[i] {
			s.finish(signalr.Close(false))
		}
	}
	return nil
}
