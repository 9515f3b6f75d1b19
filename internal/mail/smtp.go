package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/mail"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Security says how the connection to the SMTP server is protected.
type Security string

// The kinds of protection. StartTLS does not fall back to the clear.
const (
	StartTLS Security = "starttls"
	TLS      Security = "tls"
	None     Security = "none"
)

// SMTP sends messages through a mail server.
type SMTP struct {
	Host     string
	Port     int
	Security Security
	Username string // empty: no log-in
	Password string
	From     string // an address, or Name <address>

	// TLS replaces the usual settings, for a server with a certificate of an
	// authority of its own.
	TLS *tls.Config
}

const sendTimeout = 30 * time.Second

// Send hands one message to the mail server. Errors hold no address.
func (s *SMTP) Send(ctx context.Context, m Message) error {
	msg, err := s.compose(m)
	if err != nil {
		return err
	}
	client, err := s.client()
	if err != nil {
		return err
	}
	if err := client.DialAndSendWithContext(ctx, msg); err != nil {
		return deliveryError(err)
	}
	return nil
}

func (s *SMTP) compose(m Message) (*gomail.Msg, error) {
	from, err := mail.ParseAddress(s.From)
	if err != nil {
		return nil, errors.New("the sender in smtp_from is not an address")
	}
	to, err := mail.ParseAddress(m.To)
	if err != nil {
		return nil, errRefused{"the recipient is not an address"}
	}
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent())
	msg.FromMailAddress(from)
	msg.ToMailAddress(to)
	msg.Subject(oneLine(m.Subject)) // a line break would begin another header
	msg.SetMessageID()
	msg.SetDate()
	// Keeps holiday notices and other robots from answering (RFC 3834).
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	return msg, nil
}

func (s *SMTP) client() (*gomail.Client, error) {
	opts := []gomail.Option{gomail.WithPort(s.Port), gomail.WithTimeout(sendTimeout)}
	auth := gomail.SMTPAuthAutoDiscover
	switch s.Security {
	case TLS:
		opts = append(opts, gomail.WithSSL())
	case None:
		opts, auth = append(opts, gomail.WithTLSPolicy(gomail.NoTLS)), gomail.SMTPAuthPlainNoEnc
	case StartTLS:
		opts = append(opts, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if s.TLS != nil {
		opts = append(opts, gomail.WithTLSConfig(s.TLS))
	}
	if s.Username != "" {
		opts = append(opts, gomail.WithSMTPAuth(auth), gomail.WithUsername(s.Username), gomail.WithPassword(s.Password))
	}
	client, err := gomail.NewClient(s.Host, opts...)
	if err != nil {
		return nil, fmt.Errorf("prepare for the mail server: %w", err)
	}
	return client, nil
}

// errRefused is a refusal that trying again does not change.
type errRefused struct{ reason string }

func (e errRefused) Error() string { return e.reason }

// deliveryError keeps the reason and code of a refusal and drops the server's
// text, which may repeat the recipient.
func deliveryError(err error) error {
	e, ok := errors.AsType[*gomail.SendError](err)
	if !ok {
		return fmt.Errorf("reach the mail server: %w", err)
	}
	reason := fmt.Sprintf("the mail server refused: %s, code %d", e.Reason, e.ErrorCode())
	// A refused sender or log-in is a matter of the settings, and can be mended.
	recipients := e.Reason == gomail.ErrSMTPRcptTo || e.Reason == gomail.ErrSMTPDataClose
	if recipients && !e.IsTemp() {
		return errRefused{reason}
	}
	return errors.New(reason)
}
