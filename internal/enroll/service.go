package enroll

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/token"
)

// Service runs the flows.
type Service struct {
	DB        *db.DB
	Tokens    *token.Keeper
	PublicURL string       // in front of every link
	Outbox    *mail.Outbox // nil on a server without mail
	Delete    DeleteAccounts
	// SelfService lets every account found organizations of its own. Otherwise they
	// come from a provider.
	SelfService bool
}

// life is how long an invitation is good for.
const life = 120 * time.Hour

const (
	msgBadInvitation = "This invitation is not valid or has expired. Ask for a new one."
	msgOtherAddress  = "This invitation was made out to another address. Use the account with that address."
	msgNoMail        = "This server sends no mail. Copy the invitation link instead."
)

// param is one parameter of a link; links list them in the order that official
// servers do.
type param struct{ name, value string }

// link makes a link into the web app.
func (s *Service) link(page string, params ...param) string {
	var b strings.Builder
	b.WriteString(strings.TrimRight(s.PublicURL, "/") + "/#/" + page)
	for i, p := range params {
		sep := "&"
		if i == 0 {
			sep = "?"
		}
		// Not every client reads a plus sign as a blank.
		b.WriteString(sep + p.name + "=" + strings.ReplaceAll(url.QueryEscape(p.value), "+", "%20"))
	}
	return b.String()
}

// person is an account as invitations need it.
type person struct {
	Email   string
	Culture string
}

func personByID(ctx context.Context, tx *db.Tx, user id.User) (person, error) {
	return db.One(ctx, tx, scanPerson, `SELECT email, culture FROM users WHERE id = $1`, user)
}

// cultures reads the languages of the addresses that have an account here.
func cultures(ctx context.Context, tx *db.Tx, addresses []string) (map[string]string, error) {
	out := map[string]string{}
	people, err := db.All(ctx, tx, scanPerson, `SELECT email, culture FROM users WHERE `+db.Among(tx, "email", 1), db.List(addresses))
	for _, p := range people {
		out[p.Email] = p.Culture
	}
	return out, err
}

// invitationOf checks a token against the row that it must name and the caller's
// address.
func (s *Service) invitationOf(ctx context.Context, tx *db.Tx, p token.Purpose, signed, row string, user id.User) error {
	in, err := s.Tokens.Invited(p, signed)
	if err != nil || in.Row != row || in.Email == "" {
		return fault.New(fault.Invalid, msgBadInvitation)
	}
	caller, err := personByID(ctx, tx, user)
	if err != nil {
		return err
	}
	if in.Email != caller.Email {
		return fault.New(fault.Invalid, msgOtherAddress)
	}
	return nil
}
