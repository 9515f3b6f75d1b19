package send

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
)

// tokenLasts is for how long a recipient may open what they were let in to.
const tokenLasts = 5 * time.Minute

// Limits on recipients, who have no account. What is shown in vain costs a try of the
// recipient's address on this Send, and one of the Send.
var (
	visits      = ratelimit.Limit{Name: "Sends opened from address", Burst: 120, Every: time.Second}
	perVisitor  = ratelimit.Limit{Name: "secret of Send from address", Burst: 10, Every: time.Minute}
	perSend     = ratelimit.Limit{Name: "secret of Send", Burst: 50, Every: 30 * time.Second}
	perMailbox  = ratelimit.Limit{Name: "code of Send", Burst: 10, Every: 30 * time.Minute}
	mailsTo     = ratelimit.Limit{Name: "code of Send mailed", Burst: 3, Every: 5 * time.Minute}
	mailsFrom   = ratelimit.Limit{Name: "codes of one owner's Sends mailed", Burst: 20, Every: 5 * time.Minute}
	mailsOf     = ratelimit.Limit{Name: "codes of Send mailed", Burst: 100, Every: time.Minute}
	mailRequest = ratelimit.Limit{Name: "code of Send asked from address", Burst: 10, Every: time.Minute}
)

// Refusal is a token that is not granted, in the words of OAuth and of the official
// clients, which compare the first two literally.
type Refusal struct {
	Code        string // error
	Type        string // send_access_error_type
	Description string // error_description
}

func (r *Refusal) Error() string { return "Send not opened: " + r.Type }

// The refusals. An address that the Send is not for, and a wrong code, must look like a
// code that was sent.
var (
	ErrNoID          = &Refusal{"invalid_request", "send_id_required", "send_id is required."}
	ErrNotThere      = &Refusal{"invalid_grant", "send_id_invalid", "send_id is invalid."}
	ErrNeedsPassword = &Refusal{"invalid_request", "password_hash_b64_required", "password_hash_b64 is required."}
	ErrWrongPassword = &Refusal{"invalid_grant", "password_hash_b64_invalid", "password_hash_b64 is invalid."}
	ErrNeedsEmail    = &Refusal{"invalid_request", "email_required", "email is required."}
	ErrNeedsCode     = &Refusal{"invalid_request", "email_and_otp_required", "email_and_otp_required"}
)

// Shown is what a recipient shows.
type Shown struct {
	AccessID    string
	Password    string // the clients' hash
	Email, Code string
}

// Pass lets a recipient in for a while.
type Pass struct {
	Token    string
	Lifetime time.Duration
}

// Grant gives a pass for what a recipient shows, or a Refusal that says what is missing.
func (s *Service) Grant(ctx context.Context, in Shown) (Pass, error) {
	if err := s.visit(ctx); err != nil {
		return Pass{}, err
	}
	if in.AccessID == "" {
		return Pass{}, ErrNoID
	}
	found, err := s.reach(ctx, in.AccessID)
	if fault.Is(err, fault.NotFound) {
		return Pass{}, ErrNotThere
	}
	if err != nil {
		return Pass{}, err
	}
	email := ""
	switch found.Auth {
	case ByPassword:
		if in.Password == "" {
			return Pass{}, ErrNeedsPassword
		}
		err = s.checkPassword(ctx, found, in.Password)
	case ByEmail:
		email, err = s.checkCode(ctx, found, in)
	case ByLink:
	}
	if err != nil {
		return Pass{}, err
	}
	signed, err := s.Tokens.Sign(token.SendAccess, tokenLasts, map[string]any{
		"iss": s.PublicURL + "/identity", "client_id": "send", "scope": []string{"api.send.access"}, "type": "Send",
		"sub": found.ID, "send_id": found.ID, "mark": marked(found), "email": email,
	})
	return Pass{signed, tokenLasts}, err
}

// visit bounds what one address may ask about Sends.
func (s *Service) visit(ctx context.Context) error {
	addr := reqctx.ClientOf(ctx).Addr
	if addr == "" {
		return nil
	}
	return s.Limits.Take(ctx, visits, addr)
}

// reach finds the Send of a link, if it can be opened.
func (s *Service) reach(ctx context.Context, accessID string) (Send, error) {
	send, ok := ParseAccessID(accessID)
	if !ok {
		return Send{}, fault.Absent()
	}
	return view(ctx, s, func(tx *db.Tx) (Send, error) { return findOpen(ctx, tx, send) })
}

// try counts a try at a Send's secret before it is looked at.
func (s *Service) try(ctx context.Context, at id.Send, more ...ratelimit.Try) ([]ratelimit.Try, error) {
	tries := append(more, ratelimit.Try{Limit: perSend, Subject: string(at)})
	if addr := reqctx.ClientOf(ctx).Addr; addr != "" {
		tries = append(tries, ratelimit.Try{Limit: perVisitor, Subject: string(at) + " " + addr})
	}
	err := s.Limits.TakeAll(ctx, tries...)
	if ratelimit.Limited(err) {
		failed(ctx, "limited")
	}
	return tries, err
}

// failed marks the request's log line, for fail2ban and CrowdSec.
func failed(ctx context.Context, what string) {
	reqctx.Note(ctx, slog.String("auth_failure", "send "+what))
}

func (s *Service) checkPassword(ctx context.Context, of Send, password string) error {
	tries, err := s.try(ctx, of.ID)
	if err != nil {
		return err
	}
	if len(password) > maxPassword {
		password = "" // hashing it would only take longer
	}
	right, err := passhash.Check(ctx, of.Password, password)
	if err != nil {
		return err
	}
	if !right {
		failed(ctx, "password")
		return ErrWrongPassword
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error { return s.Limits.Refund(ctx, tx, tries...) })
}

// IsRefusal finds the refusal in an error.
func IsRefusal(err error) (*Refusal, bool) { return errors.AsType[*Refusal](err) }
