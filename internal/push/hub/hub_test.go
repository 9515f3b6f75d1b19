package hub_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"
	"github.com/vmihailenco/msgpack/v5"

	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/push/hub"
)

// house is a hub behind real HTTP. People connect by name, and so do devices.
type house struct {
	*hub.Hub
	t    *testing.T
	url  string
	stop func() // ends Run, and returns when it has

	lock    sync.Mutex
	revoked map[id.Device]bool
}

func newHouse(t *testing.T, change func(*hub.Hub)) *house {
	t.Helper()
	h := &house{t: t, revoked: map[id.Device]bool{}}
	h.Hub = hub.New(slog.New(slog.DiscardHandler), time.Now, h.hold)
	if change != nil {
		change(h.Hub)
	}
	server := httptest.NewServer(http.HandlerFunc(h.serve))
	h.url = "ws" + strings.TrimPrefix(server.URL, "http")
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := h.Run(ctx); err != nil {
			t.Error(err)
		}
	}()
	h.stop = func() { cancel(); <-done }
	t.Cleanup(func() { h.stop(); server.Close() })
	return h
}

func (h *house) serve(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var err error
	if request := q.Get("request"); request != "" {
		err = h.AcceptAnonymous(w, r, request, q.Get("address"))
	} else {
		err = h.Accept(w, r, push.Ticket{User: id.User(q.Get("user")), Device: id.Device(q.Get("device"))})
	}
	if err != nil {
		http.Error(w, err.Error(), map[fault.Kind]int{fault.Unavailable: 503, fault.RateLimited: 429}[fault.KindOf(err)])
	}
}

func (h *house) hold(_ context.Context, tickets []push.Ticket) ([]bool, error) {
	h.lock.Lock()
	defer h.lock.Unlock()
	out := make([]bool, len(tickets))
	for i, ticket := range tickets {
		out[i] = !h.revoked[ticket.Device]
	}
	return out, nil
}

func (h *house) revoke(device id.Device) {
	h.lock.Lock()
	defer h.lock.Unlock()
	h.revoked[device] = true
}

const hello = `{"protocol":"messagepack","version":1}` + "\x1e"

// app is the other end of a socket.
type app struct {
	*websocket.Conn
	t *testing.T
}

func (h *house) dial(query string) (*websocket.Conn, *http.Response, error) {
	return websocket.Dial(h.t.Context(), h.url+"?"+query, nil)
}

func (h *house) connect(query string) app {
	h.t.Helper()
	conn, _, err := h.dial(query)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.CloseNow() })
	a := app{conn, h.t}
	a.write(hello)
	if got := string(a.frame()); got != "{}\x1e" {
		h.t.Fatalf("the hub greets with %q", got)
	}
	return a
}

func (a app) write(text string) {
	a.t.Helper()
	if err := a.Write(a.t.Context(), websocket.MessageText, []byte(text)); err != nil {
		a.t.Fatal(err)
	}
}

func (a app) frame() []byte {
	a.t.Helper()
	ctx, cancel := context.WithTimeout(a.t.Context(), 20*time.Second)
	defer cancel()
	_, b, err := a.Read(ctx)
	if err != nil {
		a.t.Fatal(err)
	}
	return b
}

// next is the next message that is no ping.
func (a app) next() []any {
	a.t.Helper()
	for {
		b := a.frame()
		length, n := binary.Uvarint(b)
		if int(length) != len(b)-n {
			a.t.Fatalf("a frame of %d bytes says that it has %d", len(b)-n, length)
		}
		var message []any
		if err := msgpack.NewDecoder(bytes.NewReader(b[n:])).Decode(&message); err != nil {
			a.t.Fatal(err)
		}
		if message[0] != int8(6) {
			return message
		}
	}
}

// ended reads until the socket is closed, and gives what came before.
func (a app) ended() [][]byte {
	a.t.Helper()
	ctx, cancel := context.WithTimeout(a.t.Context(), 20*time.Second)
	defer cancel()
	var frames [][]byte
	for {
		_, b, err := a.Read(ctx)
		if ctx.Err() != nil {
			a.t.Fatal("the socket is still open")
		}
		if err != nil {
			return frames
		}
		frames = append(frames, b)
	}
}

func told(message []any) (target string, argument map[string]any) {
	target, _ = message[3].(string)
	args, _ := message[4].([]any)
	argument, _ = args[0].(map[string]any)
	return target, argument
}

var date = time.Date(2026, 11, 3, 12, 0, 0, 123456000, time.UTC)

func TestAMessageReachesThePeopleWhomItNamesAndNobodyElse(t *testing.T) {
	h := newHouse(t, nil)
	here, there, other := h.connect("user=a&device=1"), h.connect("user=a&device=2"), h.connect("user=b&device=3")
	h.Put(push.Message{Type: push.FolderUpdated, Users: []id.User{"a"}, ID: "f", Context: "installation", Date: date})
	h.Put(push.Message{Type: push.SettingsChanged, Users: []id.User{"b"}, Date: date})
	for _, socket := range []app{here, there} {
		target, got := told(socket.next())
		want := map[string]any{"ContextId": "installation", "Type": int8(7 + 1), "Payload": map[string]any{"Id": "f", "UserId": "a", "RevisionDate": date}}
		if diff := cmp.Diff(want, got); diff != "" || target != "ReceiveMessage" {
			t.Errorf("%s:\n%s", target, diff)
		}
	}
	if _, got := told(other.next()); got["Type"] != int8(10) || got["ContextId"] != nil {
		t.Errorf("the other was told %v", got)
	}
}

func TestEverybodyIsToldWhatIsTheirOwn(t *testing.T) {
	h := newHouse(t, nil)
	sockets := map[string]app{"a": h.connect("user=a&device=1"), "b": h.connect("user=b&device=2")}
	h.Put(push.Message{Type: push.FolderUpdated, Users: []id.User{"a", "b"}, ID: "f", Date: date})
	for user, socket := range sockets {
		_, got := told(socket.next())
		if diff := cmp.Diff(map[string]any{"Id": "f", "UserId": user, "RevisionDate": date}, got["Payload"]); diff != "" {
			t.Errorf("%s:\n%s", user, diff)
		}
	}
}

func TestLogOutIsToldAndEndsTheSocketsOfTheDevice(t *testing.T) {
	for name, tt := range map[string]struct {
		device id.Device
		ends   map[string]bool
	}{
		"of the account": {"", map[string]bool{"1": true, "2": true}},
		"of one device":  {"1", map[string]bool{"1": true, "2": false}},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil)
			sockets := map[string]app{"1": h.connect("user=a&device=1"), "2": h.connect("user=a&device=2")}
			h.Put(push.Message{Type: push.LogOut, Users: []id.User{"a"}, Device: tt.device, Date: date})
			h.Put(push.Message{Type: push.VaultChanged, Users: []id.User{"a"}, Date: date})
			for device, socket := range sockets {
				_, got := told(socket.next())
				if want := map[bool]any{true: int8(11), false: int8(5)}[tt.ends[device]]; got["Type"] != want {
					t.Errorf("device %s was told %v, want type %v", device, got, want)
				}
				if tt.ends[device] {
					if rest := socket.ended(); len(rest) != 1 || !bytes.Equal(rest[0], []byte{4, 0x93, 7, 0xc0, 0xc2}) {
						t.Errorf("device %s: the hub ends with %x", device, rest)
					}
				}
			}
		})
	}
}

func TestASocketWhoseLogInEndedElsewhereIsClosed(t *testing.T) {
	h := newHouse(t, nil)
	revoked, living := h.connect("user=a&device=1"), h.connect("user=a&device=2")
	h.revoke("1")
	if err := h.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	revoked.ended()
	h.Put(push.Message{Type: push.VaultChanged, Users: []id.User{"a"}, Date: date})
	if _, got := told(living.next()); got["Type"] != int8(5) {
		t.Errorf("the other device was told %v", got)
	}
	late := h.connect2("user=a&device=1")
	_ = late.Write(t.Context(), websocket.MessageText, []byte(hello))
	late.ended() // the log-in ended between the look at the token and the opening
}

// connect2 opens a socket that may be closed at once.
func (h *house) connect2(query string) app {
	h.t.Helper()
	conn, _, err := h.dial(query)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.CloseNow() })
	return app{conn, h.t}
}

func TestASlowSocketIsDroppedAndNobodyWaitsForIt(t *testing.T) {
	h := newHouse(t, nil)
	quick, slow := h.connect("user=a&device=1"), h.rawSocket("user=a&device=2")
	defer slow.Close()
	large := push.Message{Type: push.PolicyChanged, Users: []id.User{"a"}, Policy: &push.Policy{Data: map[string]any{"text": strings.Repeat("x", 256<<10)}}, Date: date}
	quick.SetReadLimit(1 << 20)
	for n := range 2 * h.Limits.Queue {
		h.Put(large)
		if _, got := told(quick.next()); got["Type"] != int8(25) {
			t.Fatalf("message %d: %v", n, got)
		}
	}
	quick.Close(websocket.StatusNormalClosure, "")
	if !empties(slow) {
		t.Error("the slow socket is still open")
	}
}

// rawSocket says hello and then reads nothing.
func (h *house) rawSocket(query string) net.Conn {
	h.t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.url, "ws://"))
	if err != nil {
		h.t.Fatal(err)
	}
	request := "GET /?" + query + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
	frame := append([]byte{0x81, 0x80 | byte(len(hello)), 0, 0, 0, 0}, hello...)
	if _, err := conn.Write(append([]byte(request), frame...)); err != nil {
		h.t.Fatal(err)
	}
	return conn
}

// empties reads what was sent, and reports whether it ends.
func empties(conn net.Conn) bool {
	_ = conn.SetReadDeadline(time.Now().Add(20 * time.Second))
	b := make([]byte, 64<<10)
	for {
		if _, err := conn.Read(b); err != nil {
			return !errors.Is(err, os.ErrDeadlineExceeded)
		}
	}
}

func TestSocketsAreBounded(t *testing.T) {
	h := newHouse(t, func(h *hub.Hub) {
		h.Limits = hub.Limits{All: 3, PerUser: 2, Anonymous: 3, PerAddress: 2, Queue: 4}
	})
	oldest := h.connect("user=a&device=1")
	h.connect("user=a&device=2")
	h.connect("user=a&device=3")
	oldest.ended()
	h.connect("user=b&device=4")
	refused(t, h, "user=c&device=5", http.StatusServiceUnavailable)
	h.connect("request=r&address=x")
	waiting := h.connect("request=r&address=x")
	refused(t, h, "request=r&address=x", http.StatusTooManyRequests)
	h.connect("request=r&address=y")
	refused(t, h, "request=r&address=z", http.StatusServiceUnavailable)
	waiting.CloseNow()
	eventually(t, "the place of a closed socket is free again", func() bool {
		conn, _, err := h.dial("request=r&address=x")
		if err == nil {
			conn.CloseNow()
		}
		return err == nil
	})
}

func refused(t *testing.T, h *house, query string, status int) {
	t.Helper()
	conn, answer, err := h.dial(query)
	if err == nil {
		conn.CloseNow()
		t.Fatalf("%s: opened", query)
	}
	if answer == nil || answer.StatusCode != status {
		t.Errorf("%s: %v, want status %d", query, answer, status)
	}
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 500 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("never: %s", what)
}

func TestWhoWaitsForAnAnswerHearsOfThatRequestAlone(t *testing.T) {
	h := newHouse(t, nil)
	waiting, person := h.connect("request=r1&address=x"), h.connect("user=a&device=1")
	for _, m := range []push.Message{
		{Type: push.AuthAnswered, Users: []id.User{"a"}, ID: "r2", Date: date},
		{Type: push.VaultChanged, Users: []id.User{"a"}, Date: date},
		{Type: push.AuthAnswered, Users: []id.User{"a"}, ID: "r1", Date: date},
	} {
		h.Put(m)
	}
	target, got := told(waiting.next())
	want := map[string]any{"Type": int8(16), "Payload": map[string]any{"Id": "r1", "UserId": "a"}, "UserId": "a", "ContextId": nil}
	if diff := cmp.Diff(want, got); diff != "" || target != "AuthRequestResponseRecieved" {
		t.Errorf("%s:\n%s", target, diff)
	}
	for _, want := range []int8{16, 5, 16} {
		if _, got := told(person.next()); got["Type"] != want {
			t.Errorf("the person was told %v, want type %d", got, want)
		}
	}
}

func TestWhoSpeaksAnotherLanguageIsTurnedAway(t *testing.T) {
	h := newHouse(t, nil)
	for name, hello := range map[string]string{
		"JSON":       `{"protocol":"json","version":1}` + "\x1e",
		"no end":     `{"protocol":"messagepack","version":1}`,
		"too long":   strings.Repeat(" ", 4<<10),
		"other":      `{"protocol":"messagepack","version":2}` + "\x1e",
		"more in it": `{"protocol":"messagepack","version":1}` + "\x1e\x02\x91\x06",
	} {
		t.Run(name, func(t *testing.T) {
			a := h.connect2("user=a&device=1")
			_ = a.Write(t.Context(), websocket.MessageText, []byte(hello)) // may be cut off in the middle
			for _, frame := range a.ended() {
				if !bytes.HasPrefix(frame, []byte(`{"error":"`)) {
					t.Errorf("told %q", frame)
				}
			}
		})
	}
	polite := h.connect("user=a&device=2")
	polite.Write(t.Context(), websocket.MessageBinary, []byte{2, 0x91, 6, 2, 0x91, 7})
	polite.ended()
	rude := h.connect("user=a&device=2")
	rude.Write(t.Context(), websocket.MessageBinary, []byte{200, 200, 200})
	rude.ended()
}

func TestAStoppedHubSaysGoodbyeAndTakesNobody(t *testing.T) {
	h := newHouse(t, nil)
	a := h.connect("user=a&device=1")
	h.Put(push.Message{Type: push.VaultChanged, Users: []id.User{"a"}, Date: date})
	go h.stop()
	frames := a.ended()
	if len(frames) != 2 || !bytes.Equal(frames[1], []byte{4, 0x93, 7, 0xc0, 0xc3}) {
		t.Errorf("a hub that stops ends with %x, want a message and an invitation to come back", frames)
	}
	h.stop()
	refused(t, h, "user=a&device=1", http.StatusServiceUnavailable)
}
