package send

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/token"
)

// Creator is who made the Send, as recipients are told; empty when hidden.
func (s Send) Creator() string {
	if s.HideEmail {
		return ""
	}
	return s.OwnerEmail
}

// errNotLetIn is for what is no pass, or one that has ended.
var errNotLetIn = fault.New(fault.Unauthenticated, "Please log in.")

// pass is what a token lets in to.
type pass struct {
	send id.Send
	mark string
}

func (s *Service) pass(ctx context.Context, signed string) (pass, error) {
	if err := s.visit(ctx); err != nil {
		return pass{}, err
	}
	c, err := s.Tokens.Verify(token.SendAccess, signed)
	if err != nil {
		return pass{}, errNotLetIn
	}
	return pass{id.Send(c.Text("send_id")), c.Text("mark")}, nil
}

// Open answers a Send to whoever holds a pass. A text is an access, and counted.
func (s *Service) Open(ctx context.Context, signed string) (Send, error) {
	p, err := s.pass(ctx, signed)
	if err != nil {
		return Send{}, err
	}
	return in(ctx, s, func(tx *db.Tx) (Send, error) { return p.open(ctx, tx) })
}

func (p pass) open(ctx context.Context, tx *db.Tx) (Send, error) {
	found, err := p.find(ctx, tx)
	if err != nil || found.Type == File {
		return found, err
	}
	return found, accessed(ctx, tx, found)
}

// find reads the Send, if it can be opened and asks for the same as when the pass was given.
func (p pass) find(ctx context.Context, tx *db.Tx) (Send, error) {
	found, err := findOpen(ctx, tx, p.send)
	if err == nil && marked(found) != p.mark {
		err = fault.Absent()
	}
	return found, err
}

// accessed counts an access and makes it known to the owner.
func accessed(ctx context.Context, tx *db.Tx, s Send) error {
	if err := count(ctx, tx, s); err != nil {
		return err
	}
	push.Tell(ctx, tx, push.Message{Type: push.SendUpdated, Users: []id.User{s.User}, ID: string(s.ID), Date: later(tx.Now, s.RevisedAt)})
	if err := account.Touch(ctx, tx, s.User); err != nil {
		return err
	}
	kind := ofType(s, event.SendAccessedText, event.SendAccessedFile)
	return event.Append(ctx, tx, event.Event{Type: kind, User: s.User, Send: s.ID})
}

// OpenOld is Open for older apps, which bring the password with the request.
func (s *Service) OpenOld(ctx context.Context, accessID, password string) (Send, error) {
	p, err := s.letIn(ctx, accessID, password)
	if err != nil {
		return Send{}, err
	}
	return in(ctx, s, func(tx *db.Tx) (Send, error) { return p.open(ctx, tx) })
}

// letIn gives a pass to older apps. They know of no codes, so that a Send that asks for one
// is absent to them.
func (s *Service) letIn(ctx context.Context, accessID, password string) (pass, error) {
	if err := s.visit(ctx); err != nil {
		return pass{}, err
	}
	found, err := s.reach(ctx, accessID)
	if err != nil {
		return pass{}, err
	}
	switch found.Auth {
	case ByEmail:
		return pass{}, fault.Absent()
	case ByPassword:
		if password == "" {
			return pass{}, fault.New(fault.Unauthenticated, "This Send has a password.")
		}
		if err := s.checkPassword(ctx, found, password); err != nil {
			if _, refused := IsRefusal(err); refused {
				err = fault.New(fault.Invalid, "Invalid password.")
			}
			return pass{}, err
		}
	case ByLink:
	}
	return pass{found.ID, marked(found)}, nil
}
