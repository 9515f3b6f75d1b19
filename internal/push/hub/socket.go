package hub

import (
	"context"
	"net"
	"sync"
	"time"

	"github.com/coder/websocket"

	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/push/signalr"
)

// socket is one open connection. Its reader runs as long as it is open; a writer runs
// while frames wait, so that an idle socket costs one small goroutine.
type socket struct {
	hub     *Hub
	ticket  push.Ticket // of a person
	request string      // or the log-in request whose answer is waited for,
	address string      // from where
	until   time.Time   // and how long; zero for people
	part    int         // of the rounds

	conn *websocket.Conn
	line net.Conn // below it

	lock     sync.Mutex
	queue    [][]byte
	greeted  bool // the client said hello
	writing  bool
	ending   bool // nothing more is taken, and after the queue the socket is closed
	finished bool
}

// quiet has no end: deadlines are set on the line, which costs no timer of ours for
// each read and write.
var quiet = context.Background() //nolint:forbidigo // a socket belongs to the hub and ends with it, not with the request that opened it

// serve reads until the socket ends.
func (s *socket) serve() {
	defer s.hub.forget(s)
	defer s.drop()
	if !s.greet() {
		return
	}
	var frame [signalr.MaxFrame]byte
	for {
		n, err := s.read(frame[:], readWithin)
		if err != nil {
			return
		}
		closes, err := signalr.Closes(frame[:n])
		if closes || err != nil {
			return
		}
	}
}

// greet answers the client's hello. What was told since the socket was opened waits
// for that.
func (s *socket) greet() bool {
	var frame [signalr.MaxFrame]byte
	n, err := s.read(frame[:], greetWithin)
	if err != nil {
		return false
	}
	if err := signalr.Handshake(frame[:n]); err != nil {
		s.write(signalr.Refusal)
		return false
	}
	s.lock.Lock()
	defer s.lock.Unlock()
	s.queue = append([][]byte{signalr.Welcome}, s.queue...)
	s.greeted = true
	s.wake()
	return !s.finished
}

// read gives one message of the client. A longer one ends the socket.
func (s *socket) read(into []byte, within time.Duration) (int, error) {
	if err := s.line.SetReadDeadline(s.hub.Now().Add(within)); err != nil {
		return 0, err
	}
	_, r, err := s.conn.Reader(quiet)
	if err != nil {
		return 0, err
	}
	for n := 0; ; {
		got, err := r.Read(into[n:])
		n += got
		switch {
		case err != nil && isEOF(err):
			return n, nil
		case err != nil:
			return 0, err
		case n == len(into):
			return 0, errTooLong
		}
	}
}

// send queues a frame. A socket whose queue is full is dropped: waiting for it would
// make everybody wait.
func (s *socket) send(frame []byte) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.ending {
		return
	}
	if len(s.queue) >= s.hub.Limits.Queue {
		s.ending, s.queue = true, nil
		s.hub.Log.Info("a socket that does not keep up was dropped", "user", s.ticket.User)
		s.hub.running.Go(s.drop)
		return
	}
	s.queue = append(s.queue, frame)
	s.wake()
}

// finish queues the last frames, after which the socket is closed.
func (s *socket) finish(frames ...[]byte) {
	s.lock.Lock()
	defer s.lock.Unlock()
	if s.ending {
		return
	}
	s.ending = true
	s.queue = append(s.queue, frames...)
	if !s.greeted {
		s.queue = nil // it would not be understood yet
		s.hub.running.Go(s.drop)
		return
	}
	s.wake()
}

// wake starts the writer when there is something to write; s.lock is held.
func (s *socket) wake() {
	if s.writing || !s.greeted || len(s.queue) == 0 {
		return
	}
	s.writing = true
	s.hub.running.Go(s.empty)
}

// empty writes until nothing waits.
func (s *socket) empty() {
	for {
		s.lock.Lock()
		frames, last := s.queue, s.ending
		s.queue = nil
		if len(frames) == 0 {
			s.writing = false
			s.lock.Unlock()
			if last {
				s.goodbye()
			}
			return
		}
		s.lock.Unlock()
		for _, frame := range frames {
			if !s.write(frame) {
				s.drop()
				return
			}
		}
	}
}

func (s *socket) write(frame []byte) bool {
	if err := s.line.SetWriteDeadline(s.hub.Now().Add(writeWithin)); err != nil {
		return false
	}
	return s.conn.Write(quiet, websocket.MessageBinary, frame) == nil
}

// goodbye ends the socket in the words of its protocol.
func (s *socket) goodbye() {
	_ = s.line.SetReadDeadline(s.hub.Now().Add(writeWithin))
	_ = s.conn.Close(websocket.StatusNormalClosure, "")
	s.drop()
}

// drop ends the socket at once. Its reader and writer notice by their errors.
func (s *socket) drop() {
	s.lock.Lock()
	conn, line := s.conn, s.line
	if s.finished {
		conn = nil
	}
	s.finished, s.ending, s.queue = true, true, nil
	s.lock.Unlock()
	if conn != nil {
		_ = line.Close()
		_ = conn.CloseNow()
	}
}

// attach gives the socket its connection, and reports whether it is still wanted.
func (s *socket) attach(conn *websocket.Conn, line net.Conn) bool {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.conn, s.line = conn, line
	return !s.finished
}
