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
	return s.open(ctx, p)
}

func (s *Service) open(ctx context.Context, p pass) (found Send, err error) {
	err = s.DB.UpdateByLock(ctx, func(tx *db.Tx) error {
		found, err = p.find(ctx, tx)
		if err == nil && found.Type == Text {
			found, err = p.access(ctx, tx, found)
		}
		return err
	})
	return found, err
}

// find reads the Send, if it can be opened and asks for the same as when the pass was given.
func (p pass) find(ctx context.Context, tx *db.Tx) (Send, error) {
	found, err := findOpen(ctx, tx, p.send)
	if err == nil && marked(found) != p.mark {
		err = fault.Absent()
	}
	return found, err
}

// access counts an access and makes it known to the owner. Recipients who come at the same
// moment wait for each other at the row instead of running again: counting locks it, and
// what is read after that is what holds until the commit.
func (p pass) access(ctx context.Context, tx *db.Tx, s Send) (Send, error) {
	if err := count(ctx, tx, s); err != nil {
		return s, err
	}
	s, err := findLinked(ctx, tx, p.send)
	if err == nil && (!s.open(tx.Now) || marked(s) != p.mark) {
		err = fault.Absent()
	}
	if err != nil {
		return s, err
	}
	push.Tell(ctx, tx, push.Message{Type: push.SendUpdated, Users: []id.User{s.User}, ID: string(s.ID), Date: s.RevisedAt})
	if err := account.Touch(ctx, tx, s.User); err != nil {
		return s, err
	}
	kind := ofType(s, event.SendAccessedText, event.SendAccessedFile)
	return s, event.Append(ctx, tx, event.Event{Type: kind, User: s.User, Send: s.ID})
}

// OpenOld is Open for older apps, which bring the password with the request.
func (s *Service) OpenOld(ctx context.Context, accessID, password string) (Send, error) {
	p, err := s.letIn(ctx, accessID, password)
	if err != nil {
		return Send{}, err
	}
	return s.open(ctx, p)
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
