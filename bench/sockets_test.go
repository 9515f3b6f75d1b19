//go:build bench

package bench

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/compat/realserver"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/dbtest"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/token"
)

// Everybody in a large client has the app open on several devices.
const (
	manySockets       = 5000
	socketsPerAccount = 50
)

// measureSockets opens them over TLS on the real binary, and times a change that all of
// their people hear of: until the last socket has it.
func measureSockets(t *testing.T, figures *table) {
	secret := []byte("not a secret, but 32 bytes long!")
	s := realserver.Start(t, "", "KASTELLAN_SECRET_KEY="+base64.StdEncoding.EncodeToString(secret))
	owner := newUser(t, s, "sockets@example.test")
	tokens, org := audience(t, s, owner, secret)
	time.Sleep(2 * time.Second)
	idle := memory(t, s.PID(), "VmRSS")
	a := &apps{t: t, heard: make(chan struct{}, manySockets)}
	begun := time.Now()
	a.connect(s, tokens)
	opened := time.Since(begun)
	time.Sleep(2 * time.Second)
	each := (memory(t, s.PID(), "VmRSS") - idle) / manySockets
	figures.add(row{fmt.Sprintf("Memory per socket, %d of them, over TLS", manySockets), bytes(each), "", "", ""})
	figures.add(row{"… opening all of them", millis(opened), "", "", ""})

	n := 0
	figures.times(fmt.Sprintf("A change until the last of %d sockets has heard of it", manySockets), median(9, func() {
		n++
		a.left.Store(manySockets)
		owner.send("PUT", fmt.Sprintf("/api/organizations/%s/policies/2", org), "application/json",
			encode(t, map[string]any{"type": 2, "enabled": true, "data": map[string]any{"minLength": 12 + n}}))
		<-a.heard
	}), bareBroadcast(t), "writing 200 bytes to as many bare connections, until the last has them", "")
}

// audience makes an organization whose people are written past the API, with tokens for
// their devices: to log each in would take minutes and measure nothing here.
func audience(t *testing.T, s *realserver.Server, owner *user, secret []byte) (tokens []string, org client.OrgID) {
	api, err := client.New(s.URL(), s.HTTP)
	if err != nil {
		t.Fatal(err)
	}
	session, err := api.Login(t.Context(), client.Credentials{Email: owner.email, Password: owner.password})
	if err != nil {
		t.Fatal(err)
	}
	org, err = session.CreateOrganization(t.Context(), client.NewOrganization{Name: "Large Example", BillingEmail: owner.email, Collection: "First"})
	if err != nil {
		t.Fatal(err)
	}
	keeper, err := token.NewKeeper(secret)
	if err != nil {
		t.Fatal(err)
	}
	d := openDatabase(t, s, "")
	defer d.Close()
	for n := range manySockets / socketsPerAccount {
		person := dbtest.Account(t, d, fmt.Sprintf("listener%03d@example.test", n))
		dbtest.Member(t, d, id.Org(org), person, 2, 2)
		tokens = append(tokens, tokenOf(t, d, keeper, person))
	}
	return tokens, org
}

func tokenOf(t *testing.T, d *db.DB, keeper *token.Keeper, person id.User) string {
	device := id.New[id.Device]()
	dbtest.Row(t, d, "devices", dbtest.Columns{
		"user_id": person, "id": device, "identifier": string(device), "type": 9, "name": "bench", "created_at": 1, "active_at": 1,
	})
	signed, err := keeper.Sign(token.Access, time.Hour, map[string]any{
		"sub": person, "client_id": "web", "device_row": device,
		"sstamp": dbtest.Value[string](t, d, `SELECT security_stamp FROM users WHERE id = $1`, person),
	})
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

// apps are the other ends.
type apps struct {
	t     *testing.T
	left  atomic.Int64  // sockets that have not heard yet
	heard chan struct{} // all have
}

func (a *apps) connect(s *realserver.Server, tokens []string) {
	ctx, cancel := context.WithCancel(a.t.Context())
	places := make(chan struct{}, 32) // connections that are being opened
	var opening, reading sync.WaitGroup
	a.t.Cleanup(func() { cancel(); reading.Wait() })
	for n := range manySockets {
		places <- struct{}{}
		opening.Go(func() {
			defer func() { <-places }()
			url := strings.Replace(s.URL(), "https", "wss", 1) + "/notifications/hub?access_token=" + tokens[n%len(tokens)]
			conn, _, err := websocket.Dial(ctx, url, &websocket.DialOptions{HTTPClient: s.HTTP})
			if err != nil {
				a.t.Error(err)
				return
			}
			reading.Go(func() { defer conn.CloseNow(); a.listen(ctx, conn) })
		})
	}
	opening.Wait()
	if a.t.Failed() {
		a.t.FailNow()
	}
}

func (a *apps) listen(ctx context.Context, conn *websocket.Conn) {
	if err := conn.Write(ctx, websocket.MessageText, []byte(`{"protocol":"messagepack","version":1}`+"\x1e")); err != nil {
		return
	}
	go func() { // as apps do, so that the server does not take them for dead
		for every := time.NewTicker(15 * time.Second); ; {
			select {
			case <-ctx.Done():
				return
			case <-every.C:
				_ = conn.Write(ctx, websocket.MessageBinary, []byte{2, 0x91, 6})
			}
		}
	}()
	for {
		_, frame, err := conn.Read(ctx)
		if err != nil {
			return
		}
		if len(frame) > 20 && a.left.Add(-1) == 0 { // neither a greeting nor a ping
			a.heard <- struct{}{}
		}
	}
}

// bareBroadcast is how long it takes to write to as many plain TCP connections.
func bareBroadcast(t *testing.T) time.Duration {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	frame := make([]byte, 200)
	var left atomic.Int64
	heard := make(chan struct{}, 1)
	ends := make([]net.Conn, manySockets)
	for i := range ends {
		there, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer there.Close()
		if ends[i], err = listener.Accept(); err != nil {
			t.Fatal(err)
		}
		defer ends[i].Close()
		go func() {
			r, got := bufio.NewReaderSize(there, len(frame)), make([]byte, len(frame))
			for {
				if _, err := io.ReadFull(r, got); err != nil {
					return
				}
				if left.Add(-1) == 0 {
					heard <- struct{}{}
				}
			}
		}()
	}
	return median(9, func() {
		left.Store(manySockets)
		for _, end := range ends {
			if _, err := end.Write(frame); err != nil {
				t.Fatal(err)
			}
		}
		<-heard
	})
}
