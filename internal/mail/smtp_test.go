package mail

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	netmail "net/mail"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/kastellan/kastellan/internal/localca"
)

// postOffice is a real SMTP server that keeps what it gets.
type postOffice struct {
	host     string
	port     int
	roots    *x509.CertPool
	password string // required when set
	refuse   error  // answered to RCPT

	mu   sync.Mutex
	mail []delivered
}

type delivered struct {
	from, to  string
	encrypted bool
	raw       []byte
}

func openPostOffice(t *testing.T, implicitTLS bool) *postOffice {
	t.Helper()
	keeper, err := localca.Open(t.TempDir(), nil, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	pem, err := os.ReadFile(keeper.AuthorityPath())
	if err != nil {
		t.Fatal(err)
	}
	p := &postOffice{roots: x509.NewCertPool()}
	p.roots.AppendCertsFromPEM(pem)
	srv := smtp.NewServer(p)
	srv.TLSConfig = &tls.Config{GetCertificate: keeper.GetCertificate}
	srv.AllowInsecureAuth = true
	srv.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelDebug)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p.host, p.port = "127.0.0.1", ln.Addr().(*net.TCPAddr).Port
	if implicitTLS {
		ln = tls.NewListener(ln, srv.TLSConfig)
	}
	done := make(chan struct{})
	go func() { defer close(done); _ = srv.Serve(ln) }()
	t.Cleanup(func() { _ = srv.Close(); <-done })
	return p
}

func (p *postOffice) sender(s Security) *SMTP {
	return &SMTP{Host: p.host, Port: p.port, Security: s, From: "Kastellan <vault@example.com>", TLS: &tls.Config{RootCAs: p.roots, ServerName: p.host}}
}

func (p *postOffice) received() []delivered {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.mail
}

func (p *postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	_, encrypted := c.TLSConnectionState()
	return &visit{office: p, encrypted: encrypted}, nil
}

type visit struct {
	office             *postOffice
	encrypted, allowed bool
	from, to           string
}

func (v *visit) AuthMechanisms() []string { return []string{sasl.Plain} }

func (v *visit) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if user != "kastellan" || password != v.office.password {
			return errors.New("no")
		}
		v.allowed = true
		return nil
	}), nil
}

func (v *visit) Mail(from string, _ *smtp.MailOptions) error {
	if v.office.password != "" && !v.allowed {
		return smtp.ErrAuthRequired
	}
	v.from = from
	return nil
}

func (v *visit) Rcpt(to string, _ *smtp.RcptOptions) error {
	v.to = to
	return v.office.refuse
}

func (v *visit) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	v.office.mu.Lock()
	defer v.office.mu.Unlock()
	v.office.mail = append(v.office.mail, delivered{v.from, v.to, v.encrypted, raw})
	return err
}

func (v *visit) Reset()        {}
func (v *visit) Logout() error { return nil }

func TestSend(t *testing.T) {
	tests := map[string]struct {
		security Security
		password string
	}{
		"starttls":           {StartTLS, "hunter2"},
		"tls":                {TLS, "hunter2"},
		"clear":              {None, ""},
		"clear, with log-in": {None, "hunter2"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			office := openPostOffice(t, tt.security == TLS)
			office.password = tt.password
			s := office.sender(tt.security)
			if tt.password != "" {
				s.Username, s.Password = "kastellan", tt.password
			}
			m, err := Render(German, "anna@example.com", OrgInvitation{Organization: "Müller & Söhne", Link: link, Expires: time.Unix(0, 0)})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			got := office.received()
			if len(got) != 1 || got[0].from != "vault@example.com" || got[0].to != "anna@example.com" {
				t.Fatalf("received %+v", got)
			}
			if got[0].encrypted != (tt.security != None) {
				t.Errorf("encrypted = %v", got[0].encrypted)
			}
			parsed, parts := parseMail(t, got[0].raw)
			subject, _ := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
			if subject != m.Subject || parsed.Header.Get("Auto-Submitted") != "auto-generated" || parsed.Header.Get("Message-Id") == "" {
				t.Errorf("header = %v", parsed.Header)
			}
			if lines(parts["text/plain"]) != lines(m.Text) || lines(parts["text/html"]) != lines(m.HTML) {
				t.Errorf("parts = %q", parts)
			}
		})
	}
}

func lines(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")) }

func parseMail(t *testing.T, raw []byte) (*netmail.Message, map[string]string) {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	mediaType, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || mediaType != "multipart/alternative" {
		t.Fatalf("content type %q: %v", mediaType, err)
	}
	parts := map[string]string{}
	for r := multipart.NewReader(m.Body, params["boundary"]); ; {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return m, parts
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(p))
		if err != nil {
			t.Fatal(err)
		}
		kind, _, _ := mime.ParseMediaType(p.Header.Get("Content-Type"))
		parts[kind] = string(body)
	}
}

func TestHostileNamesOnTheWire(t *testing.T) {
	office := openPostOffice(t, false)
	s := office.sender(StartTLS)
	for i, name := range hostile {
		m, err := Render(English, "anna@example.com", OrgInvitation{Organization: name, Link: link, Expires: time.Unix(0, 0)})
		if err != nil {
			t.Fatal(err)
		}
		m.Subject += "\r\nBcc: victim@example.com" // even when rendering had let it through
		if err := s.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
		parsed, parts := parseMail(t, office.received()[i].raw)
		if got := parsed.Header.Get("Bcc"); got != "" {
			t.Errorf("%q made a header: %s", name, got)
		}
		if len(parts) != 2 {
			t.Errorf("%q made parts: %v", name, parts)
		}
		if strings.Contains(parts["text/html"], "<img") || strings.Count(parts["text/html"], "<a ") != 1 {
			t.Errorf("%q made markup: %s", name, parts["text/html"])
		}
	}
}

func TestSendRefusesToGoWithoutTLS(t *testing.T) {
	office := openPostOffice(t, false)
	s := office.sender(StartTLS)
	s.TLS = &tls.Config{RootCAs: x509.NewCertPool(), ServerName: office.host}
	m := Message{To: "anna@example.com", Subject: "x", Text: "x", HTML: "x"}
	if err := s.Send(t.Context(), m); err == nil {
		t.Error("sent to a server whose certificate nobody vouches for")
	}
	if got := office.received(); len(got) != 0 {
		t.Errorf("received %d", len(got))
	}
}

func TestErrorsSayWhyButNotWho(t *testing.T) {
	m := Message{To: "anna@example.com", Subject: "x", Text: "x", HTML: "x"}
	tests := map[string]struct {
		refuse error
		final  bool
	}{
		"unknown recipient": {&smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no anna@example.com here"}, true},
		"greylisted":        {&smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "anna@example.com: later"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			office := openPostOffice(t, false)
			office.refuse = tt.refuse
			err := office.sender(StartTLS).Send(t.Context(), m)
			if err == nil {
				t.Fatal("sent")
			}
			if _, final := errors.AsType[errRefused](err); final != tt.final {
				t.Errorf("final = %v, want %v: %v", final, tt.final, err)
			}
			if strings.Contains(err.Error(), "anna") {
				t.Errorf("the error names the recipient: %v", err)
			}
		})
	}
}
