//go:build compat

package compat

import (
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"github.com/kastellan/kastellan/client"
	"github.com/kastellan/kastellan/compat/realserver"
)

// postOffice is a real SMTP server that keeps what it gets.
type postOffice struct {
	port string

	mu      sync.Mutex
	letters []letter
}

type letter struct{ to, text string }

func openPostOffice(t *testing.T) *postOffice {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	p := &postOffice{port: strconv.Itoa(listener.Addr().(*net.TCPAddr).Port)}
	server := smtp.NewServer(p)
	done := make(chan struct{})
	go func() { defer close(done); _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return p
}

// settings make a server send its mail here.
func (p *postOffice) settings() []string {
	return []string{
		"KASTELLAN_SMTP_HOST=127.0.0.1", "KASTELLAN_SMTP_PORT=" + p.port, "KASTELLAN_SMTP_SECURITY=none",
		"KASTELLAN_SMTP_FROM=vault@example.test",
	}
}

func (p *postOffice) to(address string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var texts []string
	for _, l := range p.letters {
		if l.to == address {
			texts = append(texts, l.text)
		}
	}
	return texts
}

// await returns what the pattern finds in the nth letter to an address.
func (p *postOffice) await(t testing.TB, address string, n int, pattern *regexp.Regexp) string {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if texts := p.to(address); len(texts) > n {
			if m := pattern.FindStringSubmatch(texts[n]); m != nil {
				return m[1]
			}
			t.Fatalf("no %s in the letter:\n%s", pattern, texts[n])
		}
	}
	t.Fatalf("%s got %d letters, want more than %d", address, len(p.to(address)), n)
	return ""
}

// registerByMail makes an account on a server that has addresses proved.
func (p *postOffice) registerByMail(t testing.TB, s *realserver.Server, email string) person {
	t.Helper()
	api, err := client.New(s.URL(), s.HTTP)
	must(t, err)
	_, err = api.RequestRegistration(t.Context(), email, "")
	must(t, err)
	link, err := client.ParseLink(p.await(t, email, 0, mailedLink))
	must(t, err)
	return registerWith(t, s, email, client.Registration{Proof: client.Proof{Link: link}})
}

var mailedLink = regexp.MustCompile(`(https://\S+#/finish-signup\S+)`)

func (p *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return &delivery{office: p}, nil }

type delivery struct {
	office *postOffice
	to     string
}

func (d *delivery) Mail(string, *smtp.MailOptions) error { return nil }

func (d *delivery) Rcpt(to string, _ *smtp.RcptOptions) error {
	d.to = to
	return nil
}

func (d *delivery) Data(r io.Reader) error {
	message, err := netmail.ReadMessage(r)
	if err != nil {
		return err
	}
	text, err := plainText(message)
	d.office.mu.Lock()
	defer d.office.mu.Unlock()
	d.office.letters = append(d.office.letters, letter{d.to, text})
	return err
}

func (d *delivery) Reset()        {}
func (d *delivery) Logout() error { return nil }

// plainText is the part of a letter without markup.
func plainText(m *netmail.Message) (string, error) {
	kind, parameters, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		return "", err
	}
	body := m.Body
	encoding := m.Header.Get("Content-Transfer-Encoding")
	if strings.HasPrefix(kind, "multipart/") {
		part, err := multipart.NewReader(body, parameters["boundary"]).NextRawPart()
		if err != nil {
			return "", err
		}
		body, encoding = part, part.Header.Get("Content-Transfer-Encoding")
	}
	if strings.EqualFold(encoding, "quoted-printable") {
		body = quotedprintable.NewReader(body)
	}
	text, err := io.ReadAll(body)
	return string(text), err
}
