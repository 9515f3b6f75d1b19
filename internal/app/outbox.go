package app

import (
	"github.com/kastellan/kastellan/internal/mail"
	"github.com/kastellan/kastellan/internal/token"
)

// newOutbox makes the outbox of a server that can send mail, and nil for one that
// cannot. Its Run belongs among the workers.
func newOutbox(b Base, keeper *token.Keeper) *mail.Outbox {
	c := b.Config
	if !c.MailEnabled() {
		return nil
	}
	sender := &mail.SMTP{
		Host: c.SMTPHost, Port: c.SMTPPort, Security: mail.Security(c.SMTPSecurity),
		Username: c.SMTPUsername, Password: c.SMTPPassword.Reveal(), From: c.SMTPFrom,
	}
	return mail.NewOutbox(b.DB, keeper, sender, b.Log)
}
