package bus

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/push"
)

const (
	subject = "kastellan.push"
	// A node repeats its number this often, so that a loss is noticed soon.
	repeatEvery = 15 * time.Second
	// What waits for NATS while it is away.
	queued = 10_000
	// How long NATS may take to confirm that it knows what this node listens to.
	answer = 10 * time.Second
)

var errNotYet = errors.New("it did not answer at the start")

// Sockets are those of this node.
type Sockets interface {
	Put(list ...push.Message)
	Missed()
}

// NATS is a node's end of the bus.
type NATS struct {
	Key     []byte // that all nodes share
	Sockets Sockets
	Log     *slog.Logger
	Now     func() time.Time

	node       string
	backlog    *push.Backlog
	number     uint64
	heard      chan []byte
	conn       *nats.Conn
	subscribed chan struct{} // closed when it is asked for
}

// Dial begins to connect to the server at address, and goes on until Run ends: NATS may
// come later than this node, and may go away.
func Dial(address string, n *NATS) error {
	n.node, n.backlog, n.heard = rand.Text(), push.NewBacklog(queued), make(chan []byte, 1024)
	n.subscribed = make(chan struct{})
	defer close(n.subscribed)
	conn, err := nats.Connect(address,
		nats.Name("kastellan"), nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(time.Second),
		nats.ReconnectBufSize(-1), // what cannot be sent is counted as lost, and the others find out
		nats.PingInterval(10*time.Second), nats.MaxPingsOutstanding(2), nats.NoEcho(),
		nats.ConnectHandler(func(c *nats.Conn) { n.connected(c, "connected to NATS") }),
		nats.ReconnectHandler(func(c *nats.Conn) { n.connected(c, "connected to NATS again") }),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) { n.disconnected(err) }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { n.Log.Warn("NATS", "error", err) }),
	)
	if err != nil {
		// The cause is left out: it may quote the address with its password.
		return fault.New(fault.Invalid, "nats_url is not an address of a NATS server, as nats://user:password@host:4222.")
	}
	n.conn = conn
	if !conn.IsConnected() {
		n.disconnected(errNotYet)
	}
	if _, err := conn.Subscribe(subject, n.hear); err != nil {
		conn.Close()
		return fmt.Errorf("subscribe to %s: %w", subject, err)
	}
	return nil
}

// connected begins a time in which nothing is lost, once NATS knows the subscription. What
// was said before it is not known.
func (n *NATS) connected(conn *nats.Conn, how string) {
	n.Log.Info(how)
	<-n.subscribed
	if err := conn.FlushTimeout(answer); err != nil {
		n.Log.Warn("NATS does not answer", "error", err)
	}
	n.Sockets.Missed()
}

func (n *NATS) disconnected(err error) {
	if err != nil { // none: we closed it
		n.Log.Warn("NATS is away: other nodes do not hear of changes here until it is back", "error", err)
	}
}

// Away says what is wrong while there is no connection, and is empty otherwise.
func (n *NATS) Away() string {
	if !n.conn.IsConnected() {
		return "no connection to NATS: changes on other nodes are not heard of"
	}
	return ""
}

// hear runs on the connection's goroutine and must not wait. What does not fit is
// missed by the count.
func (n *NATS) hear(m *nats.Msg) {
	select {
	case n.heard <- m.Data:
	default:
	}
}

// Put has messages carried to the other nodes. It waits for nothing.
func (n *NATS) Put(list ...push.Message) { n.backlog.Put(list...) }

// Run carries messages until ctx ends, and closes the connection.
func (n *NATS) Run(ctx context.Context) error {
	defer n.conn.Close()
	repeat := time.NewTicker(repeatEvery)
	defer repeat.Stop()
	others := counts{}
	for {
		select {
		case <-ctx.Done():
			n.publish(n.backlog.Take())
			return n.flush(context.WithoutCancel(ctx))
		case <-n.backlog.Filled():
			n.publish(n.backlog.Take())
		case <-repeat.C:
			n.send(nil)
		case data := <-n.heard:
			n.receive(others, data)
		}
	}
}

// flush gives what was published last a moment to leave.
func (n *NATS) flush(ctx context.Context) error {
	if !n.conn.IsConnected() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	if err := n.conn.FlushWithContext(ctx); err != nil {
		n.Log.Warn("the last messages may not have reached the other nodes", "error", err)
	}
	return nil
}

func (n *NATS) publish(list []push.Message) {
	for _, part := range pack(list) {
		n.number++
		n.send(part)
	}
}

// send says also by its number what was not sent: others compare.
func (n *NATS) send(list []push.Message) {
	sealed, err := seal(n.Key, packet{Node: n.node, Number: n.number, At: n.Now(), Messages: list})
	if err == nil {
		err = n.conn.Publish(subject, sealed)
	}
	if err != nil && !errors.Is(err, nats.ErrReconnectBufExceeded) {
		n.Log.Warn("a message could not be published to the other nodes", "error", err)
	}
}

func (n *NATS) receive(others counts, data []byte) {
	now := n.Now()
	p, err := open(n.Key, data, now)
	if err != nil {
		n.Log.Warn("a packet on the bus was dropped", "error", err)
		return
	}
	isNew, gap := others.note(p, now)
	if !isNew {
		return
	}
	if gap {
		n.Sockets.Missed()
	}
	n.Sockets.Put(p.Messages...)
}
