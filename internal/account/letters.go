package account

import (
	"context"
	"net/url"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/mail"
)

// errNoMail is what calls answer that can only be answered by mail. It says the
// same for every address.
var errNoMail = fault.New(fault.Invalid, "This server does not send mail. Please ask the people who run it.")

// send queues a letter in the language of a person.
func (s *Service) send(ctx context.Context, tx *db.Tx, to, culture string, l mail.Letter) error {
	m, err := mail.Render(mail.LangOf(culture), to, l)
	if err != nil {
		return err
	}
	return s.Mail.Queue(ctx, tx, m)
}

// tell sends a notice about a change, if mail is sent at all.
func (s *Service) tell(ctx context.Context, tx *db.Tx, a Account, change mail.Change) error {
	if s.Mail == nil {
		return nil
	}
	return s.send(ctx, tx, a.Email, a.Culture, mail.AccountChanged{Change: change, Time: tx.Now})
}

// link is an address in the web app.
func (s *Service) link(route string, query ...string) string {
	v := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		v.Set(query[i], query[i+1])
	}
	return s.PublicURL + "/#/" + route + "?" + v.Encode()
}
