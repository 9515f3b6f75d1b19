package account

import (
	"context"
	"slices"
	"strings"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/ratelimit"
	"github.com/kastellan/kastellan/internal/token"
)

// Registration says who may make an account. The values are those of the setting.
type Registration string

// The values.
const (
	Open    Registration = "open"
	Invited Registration = "invitation"
	Domains Registration = "domains"
	Closed  Registration = "closed"
)

// Service acts on accounts.
type Service struct {
	DB           *db.DB
	Tokens       *token.Keeper
	Limits       *ratelimit.Limiter
	Mail         *mail.Outbox // nil when the server sends no mail
	PublicURL    string       // links in mails begin with it
	Registration Registration
	Domains      []string // addresses of which may register when Registration is Domains
	// TwoStepLost is told, in the same transaction, that an account has no second
	// factor any more; nil when nobody wants to know.
	TwoStepLost func(ctx context.Context, tx *db.Tx, user id.User) error
	// MayMove refuses a new address that an account must not take; nil refuses none.
	MayMove func(ctx context.Context, tx *db.Tx, user id.User, email string) error
	// AddressKept refuses addresses that an organization keeps for its own people,
	// unless the invitation with the given row is its own; nil when none does.
	AddressKept func(ctx context.Context, tx *db.Tx, email string, member id.Member) error
}

// mayRegister reports whether an address may register without an invitation.
func (s *Service) mayRegister(email string) bool {
	switch s.Registration {
	case Open:
		return true
	case Domains:
		_, domain, _ := strings.Cut(email, "@")
		return slices.ContainsFunc(s.Domains, func(d string) bool { return strings.EqualFold(strings.TrimPrefix(d, "@"), domain) })
	case Invited, Closed:
	}
	return false
}

// Secret is what a person proves themselves with for a sensitive act. One member
// is used; empty ones count as absent.
type Secret struct {
	MasterPasswordHash string
	OTP                string // mailed by RequestOTP
}

// Proof is a secret that was right at the moment of the check. The act that it
// allows asks Holds inside its own transaction, since hashing is too slow to be
// done there and the password may have changed in between.
type Proof struct {
	Account Account // as it was at the check
	attempt Attempt
	otp     string
}

// Holds fails when the account's secrets have changed since the check.
func (p Proof) Holds(ctx context.Context, tx *db.Tx) error {
	now, err := ByID(ctx, tx, p.Account.ID)
	if err != nil {
		return err
	}
	if now.PasswordHash != p.Account.PasswordHash || now.Stamp != p.Account.Stamp {
		return fault.New(fault.Conflict, "The account's password or sessions changed meanwhile. Please log in again.")
	}
	if p.otp != "" {
		if err := useCode(ctx, tx, p.Account.ID, codeForAct, p.otp); err != nil {
			return err
		}
	}
	return p.attempt.Succeeded(ctx, tx)
}

// Check verifies a secret of an account. A wrong one answers the sentence that
// official clients show; every try counts.
func (s *Service) Check(ctx context.Context, user id.User, in Secret) (Proof, error) {
	var a Account
	err := s.DB.View(ctx, func(tx *db.Tx) (err error) {
		a, err = ByID(ctx, tx, user)
		return err
	})
	if err != nil {
		return Proof{}, err
	}
	return s.check(ctx, a, in)
}

func (s *Service) check(ctx context.Context, a Account, in Secret) (Proof, error) {
	attempt, err := s.Try(ctx, a.Email)
	if err != nil {
		return Proof{}, err
	}
	p := Proof{Account: a, attempt: attempt}
	var right bool
	if in.MasterPasswordHash != "" || in.OTP == "" {
		right, err = passhash.Check(ctx, a.PasswordHash, bounded(in.MasterPasswordHash))
	} else {
		p.otp, right, err = s.checkCode(ctx, a.ID, codeForAct, "", in.OTP)
	}
	if err != nil {
		return Proof{}, err
	}
	if !right {
		if err := s.Failed(ctx, a.Email, a.ID, "verification"); err != nil {
			return Proof{}, err
		}
		return Proof{}, errWrongSecret
	}
	return p, nil
}

// Verify checks a secret for nothing but itself.
func (s *Service) Verify(ctx context.Context, user id.User, in Secret) error {
	return s.proven(ctx, user, in, func(*db.Tx, Account) error { return nil })
}

// proven checks a secret, then runs act in a transaction in which it still holds.
func (s *Service) proven(ctx context.Context, user id.User, in Secret, act func(tx *db.Tx, a Account) error) error {
	p, err := s.Check(ctx, user, in)
	if err != nil {
		return err
	}
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		if err := p.Holds(ctx, tx); err != nil {
			return err
		}
		a, err := ByID(ctx, tx, user)
		if err != nil {
			return err
		}
		return act(tx, a)
	})
}

// bounded keeps absurd input from being hashed; no client sends more.
func bounded(secret string) string { return secret[:min(len(secret), maxHash+1)] }

// fromBytes makes an identifier of pseudo-random bytes.
func fromBytes(b []byte) id.User {
	const hexDigits = "0123456789abcdef"
	var out strings.Builder
	for i, c := range b[:16] {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			out.WriteByte('-')
		}
		out.WriteByte(hexDigits[c>>4])
		out.WriteByte(hexDigits[c&15])
	}
	return id.User(out.String())
}
