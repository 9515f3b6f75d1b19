package bus

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
)

var key = []byte("a key that both nodes have")

// startNATS runs a real server on a loopback port; port -1 takes any.
func startNATS(t *testing.T, port int) *server.Server {
	t.Helper()
	s, err := server.NewServer(&server.Options{Host: "127.0.0.1", Port: port, NoLog: true, NoSigs: true})
	if err != nil {
		t.Fatal(err)
	}
	s.Start()
	if !s.ReadyForConnections(10 * time.Second) {
		t.Fatal("NATS does not start")
	}
	t.Cleanup(func() { s.Shutdown(); s.WaitForShutdown() })
	return s
}

// node is one that writes down what its sockets are told.
type node struct {
	*NATS
	lock   sync.Mutex
	told   []string
	missed int
}

func (n *node) sockets() *recorder { return (*recorder)(n) }

type recorder node

func (r *recorder) Put(list ...push.Message) {
	r.lock.Lock()
	defer r.lock.Unlock()
	for _, m := range list {
		r.told = append(r.told, fmt.Sprintf("%d %s %s", m.Type, m.Users, m.ID))
	}
}

func (r *recorder) Missed() {
	r.lock.Lock()
	defer r.lock.Unlock()
	r.missed++
}

func (n *node) heard() []string {
	n.lock.Lock()
	defer n.lock.Unlock()
	return append([]string{}, n.told...)
}

func (n *node) gaps() int {
	n.lock.Lock()
	defer n.lock.Unlock()
	return n.missed
}

func join(t *testing.T, address string) *node {
	t.Helper()
	n := &node{}
	n.NATS = &NATS{Key: key, Sockets: n.sockets(), Log: slog.New(slog.DiscardHandler), Now: time.Now}
	if err := Dial(address, n.NATS); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- n.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	return n
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 1500 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

func message(name string) push.Message {
	return push.Message{Type: push.FolderUpdated, Users: []id.User{"u"}, ID: name, Date: time.Now()}
}

func TestEachNodeHearsWhatTheOthersTell(t *testing.T) {
	s := startNATS(t, -1)
	a, b := join(t, s.ClientURL()), join(t, s.ClientURL())
	eventually(t, "both are connected", func() bool { return a.Away() == "" && b.Away() == "" && a.gaps() > 0 && b.gaps() > 0 })
	a.Put(message("1"), message("2"))
	b.Put(message("3"))
	eventually(t, "both heard", func() bool { return len(b.heard()) == 2 && len(a.heard()) == 1 })
	if diff := cmp.Diff([]string{"8 [u] 1", "8 [u] 2"}, b.heard()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"8 [u] 3"}, a.heard()); diff != "" {
		t.Errorf("a node hears itself, or not the other:\n%s", diff)
	}
}

func TestWhatTheServerDidNotWriteIsDropped(t *testing.T) {
	s := startNATS(t, -1)
	n := join(t, s.ClientURL())
	eventually(t, "it is connected", func() bool { return n.gaps() > 0 })
	stranger, err := nats.Connect(s.ClientURL())
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	say := func(key []byte, p packet) []byte {
		t.Helper()
		data, err := seal(key, p)
		if err != nil {
			t.Fatal(err)
		}
		if err := stranger.Publish(subject, data); err != nil {
			t.Fatal(err)
		}
		return data
	}
	logOut := []push.Message{{Type: push.LogOut, Users: []id.User{"victim"}}}
	say([]byte("another key"), packet{Node: "x", Number: 1, At: time.Now(), Messages: logOut})
	say(key, packet{Node: "x", Number: 1, At: time.Now().Add(-3 * time.Minute), Messages: logOut}) // recorded before
	stranger.Publish(subject, []byte("short"))
	stranger.Publish(subject, append(make([]byte, 32), `{"Messages":[{"Type":11,"Users":["victim"]}]}`...))
	recorded := say(key, packet{Node: "x", Number: 1, At: time.Now(), Messages: []push.Message{message("true")}})
	stranger.Publish(subject, recorded) // once more
	say(key, packet{Node: "x", Number: 2, At: time.Now(), Messages: []push.Message{message("last")}})
	eventually(t, "the last is heard", func() bool { return strings.Contains(fmt.Sprint(n.heard()), "last") })
	if diff := cmp.Diff([]string{"8 [u] true", "8 [u] last"}, n.heard()); diff != "" {
		t.Error(diff)
	}
}

func TestANodeStartsAndTellsItsOwnWithoutNATS(t *testing.T) {
	s := startNATS(t, -1)
	address, port := s.ClientURL(), s.Addr().String()
	s.Shutdown()
	s.WaitForShutdown()
	n := join(t, address)
	if n.Away() == "" {
		t.Error("the node says that NATS is there")
	}
	n.Put(message("lost"))
	eventually(t, "the message was tried", func() bool { return len(n.backlog.Filled()) == 0 })
	before := n.gaps()
	startNATS(t, portOf(t, port))
	eventually(t, "NATS is back", func() bool { return n.Away() == "" && n.gaps() > before })
	other := join(t, address)
	eventually(t, "the other is connected", func() bool { return other.Away() == "" && other.gaps() > 0 })
	gaps := other.gaps()
	n.Put(message("next"))
	eventually(t, "the next is heard", func() bool { return len(other.heard()) == 1 })
	if other.gaps() == gaps {
		t.Error("nobody noticed that a message was lost")
	}
}

func portOf(t *testing.T, address string) int {
	t.Helper()
	var port int
	if _, err := fmt.Sscanf(address[strings.LastIndex(address, ":"):], ":%d", &port); err != nil {
		t.Fatal(err)
	}
	return port
}

func TestGapsAreFoundByCounting(t *testing.T) {
	at := time.Now()
	some := []push.Message{message("m")}
	type step struct {
		node       string
		number     uint64
		list       []push.Message
		after      time.Duration
		isNew, gap bool
	}
	for name, steps := range map[string][]step{
		"in order":             {{"a", 1, some, 0, true, false}, {"a", 2, some, 0, true, false}, {"a", 2, nil, 0, true, false}},
		"one is missing":       {{"a", 1, some, 0, true, false}, {"a", 3, some, 0, true, true}, {"a", 4, some, 0, true, false}},
		"the last is missing":  {{"a", 1, some, 0, true, false}, {"a", 2, nil, 0, true, true}, {"a", 2, nil, 0, true, false}},
		"twice":                {{"a", 1, some, 0, true, false}, {"a", 1, some, 0, false, false}},
		"two nodes":            {{"a", 1, some, 0, true, false}, {"b", 1, some, 0, true, false}, {"a", 2, some, 0, true, false}},
		"heard of late":        {{"a", 7, some, 0, true, true}, {"a", 8, some, 0, true, false}},
		"a node that is fresh": {{"a", 0, nil, 0, true, false}, {"a", 1, some, 0, true, false}},
		"silent for long":      {{"a", 1, some, 0, true, false}, {"a", 2, some, time.Hour, true, true}},
	} {
		t.Run(name, func(t *testing.T) {
			c := counts{}
			for i, s := range steps {
				isNew, gap := c.note(packet{Node: s.node, Number: s.number, Messages: s.list}, at.Add(s.after))
				if isNew != s.isNew || gap != s.gap {
					t.Errorf("step %d: new %t, gap %t", i, isNew, gap)
				}
			}
		})
	}
}

func TestLargeAudiencesAreSplit(t *testing.T) {
	users := make([]id.User, 12_000)
	for i := range users {
		users[i] = id.User(fmt.Sprintf("%036d", i))
	}
	list := pack([]push.Message{message("small"), {Type: push.OrgStatusChanged, Users: users, Org: "o"}, message("last")})
	var people []id.User
	for _, part := range list {
		data, err := seal(key, packet{Messages: part})
		if err != nil || len(data) > 512<<10 {
			t.Errorf("a packet of %d bytes: %v", len(data), err)
		}
		for _, m := range part {
			if m.Type == push.OrgStatusChanged {
				people = append(people, m.Users...)
			}
		}
	}
	if diff := cmp.Diff(users, people); diff != "" || len(list) < 3 {
		t.Errorf("%d packets:\n%s", len(list), diff)
	}
}

func FuzzOpen(f *testing.F) {
	good, err := seal(key, packet{Node: "n", Number: 1, At: time.Unix(1_800_000_000, 0)})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := open(key, data, time.Unix(1_800_000_000, 0))
		if err == nil && string(data) != string(good) {
			t.Errorf("a packet is accepted that nobody sealed: %+v", p)
		}
	})
}
