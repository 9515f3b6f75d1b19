package hub_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/push/hub"
)

// pipes is a listener without a network, so that time can be a test's own.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
}

func (p pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p pipes) Close() error   { close(p.done); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

func (p pipes) dial(context.Context, string, string) (net.Conn, error) {
	here, there := net.Pipe()
	p.conns <- there
	return here, nil
}

// inItsOwnTime runs a test with a hub on pipes. The test ends what it opened.
func inItsOwnTime(t *testing.T, test func(t *testing.T, h *house, connect func(query string) app)) {
	synctest.Test(t, func(t *testing.T) {
		h := &house{t: t, revoked: map[id.Device]bool{}}
		h.Hub = hub.New(slog.New(slog.DiscardHandler), time.Now, h.hold)
		line := pipes{make(chan net.Conn), make(chan struct{})}
		server := &http.Server{Handler: http.HandlerFunc(h.serve)}
		go server.Serve(line)
		transport := &http.Transport{DialContext: line.dial}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- h.Run(ctx) }()
		connect := func(query string) app {
			conn, _, err := websocket.Dial(t.Context(), "ws://hub/?"+query, &websocket.DialOptions{HTTPClient: &http.Client{Transport: transport}})
			if err != nil {
				t.Fatal(err)
			}
			a := app{conn, t}
			a.write(hello)
			a.frame()
			return a
		}
		test(t, h, connect)
		stop()
		if err := errors.Join(<-done, server.Close()); err != nil {
			t.Error(err)
		}
		transport.CloseIdleConnections()
	})
}

// heardFor reads until the socket ends, and says how long that took and how many frames
// came. Unless alive, its app says nothing meanwhile.
func (a app) heardFor(alive bool) (lasted time.Duration, frames int) {
	begun := time.Now()
	stop := make(chan struct{})
	defer close(stop)
	if alive {
		go func() {
			for tick := time.NewTicker(15 * time.Second); ; {
				select {
				case <-stop:
					tick.Stop()
					return
				case <-tick.C:
					_ = a.Write(context.WithoutCancel(a.t.Context()), websocket.MessageBinary, []byte{2, 0x91, 6})
				}
			}
		}()
	}
	for {
		_, _, err := a.Read(context.WithoutCancel(a.t.Context()))
		if err != nil {
			a.CloseNow()
			return time.Since(begun), frames
		}
		frames++
	}
}

func TestADeadSocketIsDroppedAfterPings(t *testing.T) {
	inItsOwnTime(t, func(t *testing.T, _ *house, connect func(string) app) {
		lasted, pings := connect("user=a&device=1").heardFor(false)
		if lasted < 60*time.Second || lasted > 2*time.Minute {
			t.Errorf("a socket that says nothing lasts %s", lasted)
		}
		if want := int(lasted / (15 * time.Second)); pings < want-1 || pings > want+1 {
			t.Errorf("%d pings in %s", pings, lasted)
		}
	})
}

// TestASocketThatTakesNothingIsDropped although its app says that it lives, and before
// its queue is full.
func TestASocketThatTakesNothingIsDropped(t *testing.T) {
	inItsOwnTime(t, func(t *testing.T, _ *house, connect func(string) app) {
		a, begun := connect("user=a&device=1"), time.Now()
		for a.Write(t.Context(), websocket.MessageBinary, []byte{2, 0x91, 6}) == nil {
			if time.Sleep(5 * time.Second); time.Since(begun) > 5*time.Minute {
				t.Error("the socket is still open")
				break
			}
		}
		a.CloseNow()
	})
}

func TestNobodyWaitsForAnAnswerForEver(t *testing.T) {
	inItsOwnTime(t, func(t *testing.T, _ *house, connect func(string) app) {
		lasted, _ := connect("request=r&address=x").heardFor(true)
		if lasted < 15*time.Minute || lasted > 21*time.Minute {
			t.Errorf("an anonymous socket lasts %s", lasted)
		}
	})
}

func TestAfterAGapEverybodyFetchesButNotAtOnce(t *testing.T) {
	inItsOwnTime(t, func(t *testing.T, h *house, connect func(string) app) {
		const people = 90
		told := make(chan time.Duration, people)
		var sockets []app
		for n := range people {
			sockets = append(sockets, connect(fmt.Sprintf("device=1&user=%d", n)))
		}
		h.Missed()
		begun := time.Now()
		for _, a := range sockets {
			go func() {
				if _, m := tellsOf(a); m == int8(push.VaultChanged) {
					told <- time.Since(begun)
				}
			}()
		}
		late, soon := 0, 0
		for range people {
			if after := <-told; after > 15*time.Second {
				late++
			} else {
				soon++
			}
		}
		if took := time.Since(begun); took > 31*time.Second || late < people/4 || soon < people/4 {
			t.Errorf("%d early and %d late, all within %s", soon, late, took)
		}
		for _, a := range sockets {
			a.CloseNow()
		}
	})
}

func tellsOf(a app) (target string, kind any) {
	target, argument := told(a.next())
	return target, argument["Type"]
}
