package claim_test

import (
	"context"
	"net"
	"strings"
	"sync"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// zone is a DNS server on loopback that knows TXT records.
type zone struct {
	mu    sync.Mutex
	txt   map[string][]string // by name with a dot at the end
	asked []string
	conn  net.PacketConn
}

// serve starts it; resolver asks nobody else.
func serve(t *testing.T) (*zone, *net.Resolver) {
	t.Helper()
	conn, err := (&net.ListenConfig{}).ListenPacket(t.Context(), "udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	z := &zone{txt: map[string][]string{}, conn: conn}
	done := make(chan struct{})
	go func() {
		defer close(done)
		z.run()
	}()
	t.Cleanup(func() {
		conn.Close()
		<-done
	})
	return z, &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", conn.LocalAddr().String())
	}}
}

func (z *zone) run() {
	in := make([]byte, 1500)
	for {
		n, from, err := z.conn.ReadFrom(in)
		if err != nil {
			return
		}
		if out, err := z.answer(in[:n]); err == nil {
			_, _ = z.conn.WriteTo(out, from)
		}
	}
}

func (z *zone) answer(in []byte) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(in); err != nil {
		return nil, err
	}
	z.mu.Lock()
	defer z.mu.Unlock()
	q := m.Questions[0]
	name := strings.ToLower(q.Name.String())
	z.asked = append(z.asked, name)
	out := dnsmessage.Message{Header: dnsmessage.Header{ID: m.ID, Response: true, Authoritative: true}, Questions: m.Questions}
	if len(z.txt[name]) == 0 || q.Type != dnsmessage.TypeTXT {
		out.RCode = dnsmessage.RCodeNameError
	}
	for _, text := range z.txt[name] {
		out.Answers = append(out.Answers, dnsmessage.Resource{
			Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class, TTL: 1},
			Body:   &dnsmessage.TXTResource{TXT: []string{text}},
		})
	}
	return out.Pack()
}

// set gives a name its records; none makes it unknown.
func (z *zone) set(name string, texts ...string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	z.txt[name+"."] = texts
}

func (z *zone) count() int {
	z.mu.Lock()
	defer z.mu.Unlock()
	return len(z.asked)
}
