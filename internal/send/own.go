package send

import (
	"context"

	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/event"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/passhash"
	"github.com/kastellan/kastellan/internal/push"
)

// List answers all Sends of an account.
func (s *Service) List(ctx context.Context, user id.User) ([]Send, error) {
	return view(ctx, s, func(tx *db.Tx) ([]Send, error) { return Of(ctx, tx, user) })
}

// Find answers one Send of an account.
func (s *Service) Find(ctx context.Context, user id.User, send id.Send) (Send, error) {
	return view(ctx, s, func(tx *db.Tx) (Send, error) { return find(ctx, tx, user, send) })
}

// Create makes a Send of a text.
func (s *Service) Create(ctx context.Context, user id.User, d Draft) (Send, error) {
	if d.Type == File {
		return Send{}, fault.Field("type", "A file is sent in another way: announce it first (POST /api/sends/file/v2).")
	}
	made, err := s.fresh(ctx, user, d)
	if err != nil {
		return Send{}, err
	}
	return in(ctx, s, func(tx *db.Tx) (Send, error) {
		stored, err := s.create(ctx, tx, made)
		if err != nil {
			return Send{}, err
		}
		return stored, tell(ctx, tx, stored, push.SendCreated, created(stored))
	})
}

// fresh is a Send as it will be stored, but for its times. The slow hash is made here,
// outside of any transaction.
func (s *Service) fresh(ctx context.Context, user id.User, d Draft) (Send, error) {
	if err := d.check(); err != nil {
		return Send{}, err
	}
	made := Send{ID: id.New[id.Send](), User: user, Content: d.Content, Auth: d.auth(ByLink)}
	if made.Type == Text {
		made.FileName, made.FileSize = "", 0 // what is said of a file that it has not would count as room taken
	}
	if made.Auth == ByLink && (d.Password != "" || d.Emails != "") {
		return Send{}, fault.Field("authType", "The request says that everybody with the link may open the Send, and protects it at the same time.")
	}
	err := s.protect(ctx, &made, d)
	return made, err
}

// protect sets what recipients must show. Each kind of it clears the others.
func (s *Service) protect(ctx context.Context, of *Send, d Draft) (err error) {
	of.Password, of.Emails = "", nil
	switch of.Auth {
	case ByLink:
		return nil
	case ByPassword:
		if d.Password == "" {
			return fault.Field("password", "The Send is to have a password, and the request brings none.")
		}
		of.Password, err = passhash.Hash(ctx, d.Password)
		return err
	case ByEmail:
		if s.Mail == nil {
			return fault.Field("emails", "This server does not send mail, so nobody could get a code. Protect the Send with a password instead.")
		}
		of.Emails, err = d.emails()
		return err
	}
	return fault.Field("authType", "This kind of protection is not known.")
}

func (s *Service) create(ctx context.Context, tx *db.Tx, made Send) (Send, error) {
	made.CreatedAt, made.RevisedAt = tx.Now, tx.Now
	if err := (Draft{Content: made.Content}).checkDates(tx.Now, made.CreatedAt); err != nil {
		return Send{}, err
	}
	if err := allowed(ctx, tx, made); err != nil {
		return Send{}, err
	}
	return made, insert(ctx, tx, made)
}

// Update replaces what a client may change of a Send: not its type, and not its file.
func (s *Service) Update(ctx context.Context, user id.User, send id.Send, d Draft) (Send, error) {
	if err := d.check(); err != nil {
		return Send{}, err
	}
	have, err := s.Find(ctx, user, send)
	if err != nil {
		return Send{}, err
	}
	next, err := s.edited(ctx, have, d)
	if err != nil {
		return Send{}, err
	}
	return in(ctx, s, func(tx *db.Tx) (Send, error) {
		now, err := find(ctx, tx, user, send)
		if err != nil {
			return Send{}, err
		}
		if marked(now) != marked(have) {
			return Send{}, fault.New(fault.Conflict, "The Send was changed at the same time. Please try again.")
		}
		next.Accesses, next.RevisedAt = now.Accesses, later(tx.Now, now.RevisedAt)
		if err := d.checkDates(tx.Now, now.ExpiresAt); err != nil {
			return Send{}, err
		}
		if next.MaxAccesses > 0 && next.MaxAccesses < now.Accesses {
			return Send{}, fault.Field("maxAccessCount", "The Send was opened more often than that already.")
		}
		return next, store(ctx, tx, now, next)
	})
}

// edited is a Send with what a client asks for.
func (s *Service) edited(ctx context.Context, have Send, d Draft) (Send, error) {
	next := have
	next.Content = d.Content
	next.Type, next.FileSize = have.Type, have.FileSize
	if d.Type != have.Type {
		return Send{}, fault.Field("type", "The type of a Send cannot be changed.")
	}
	if have.Type == File {
		next.FileName, next.Text, next.Hidden = have.FileName, "", false
	}
	next.Auth = d.auth(have.Auth)
	if d.keepsPassword(have.Auth) || (d.Auth == nil && d.Emails == "" && d.Password == "") {
		return next, nil
	}
	err := s.protect(ctx, &next, d)
	return next, err
}

// store writes what a Send has become, if its owner's organizations allow it.
func store(ctx context.Context, tx *db.Tx, before, next Send) error {
	if err := allowed(ctx, tx, next); err != nil {
		return err
	}
	if err := update(ctx, tx, next); err != nil {
		return err
	}
	if marked(before) != marked(next) {
		if err := forgetCodes(ctx, tx, next); err != nil {
			return err
		}
	}
	return tell(ctx, tx, next, push.SendUpdated, ofType(next, event.SendUpdatedText, event.SendUpdatedFile))
}

// RemovePassword lets everybody with the link open a Send that has a password. One that is
// for specific people stays theirs.
func (s *Service) RemovePassword(ctx context.Context, user id.User, send id.Send) (Send, error) {
	return s.unprotect(ctx, user, send, func(have Send) bool { return have.Auth == ByPassword })
}

// RemoveAuth lets everybody with the link open a Send.
func (s *Service) RemoveAuth(ctx context.Context, user id.User, send id.Send) (Send, error) {
	return s.unprotect(ctx, user, send, func(have Send) bool { return have.Auth != ByLink })
}

func (s *Service) unprotect(ctx context.Context, user id.User, send id.Send, protected func(Send) bool) (Send, error) {
	return in(ctx, s, func(tx *db.Tx) (Send, error) {
		have, err := find(ctx, tx, user, send)
		if err != nil || !protected(have) {
			return have, err
		}
		next := have
		next.Auth, next.Password, next.Emails, next.RevisedAt = ByLink, "", nil, later(tx.Now, have.RevisedAt)
		return next, store(ctx, tx, have, next)
	})
}

// Delete removes a Send, or the announcement of one, with its file.
func (s *Service) Delete(ctx context.Context, user id.User, send id.Send) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		have, err := findAny(ctx, tx, user, send)
		if err != nil {
			return err
		}
		if err := remove(ctx, tx, user, send); err != nil {
			return err
		}
		if have.Type == File && have.Stored == "" {
			return nil // nobody has heard of it
		}
		blob.Doomed(tx)
		have.RevisedAt = tx.Now
		return tell(ctx, tx, have, push.SendDeleted, ofType(have, event.SendDeletedText, event.SendDeletedFile))
	})
}

// tell writes the event of an act and tells the owner's apps.
func tell(ctx context.Context, tx *db.Tx, s Send, t push.Type, kind event.Type) error {
	push.Tell(ctx, tx, push.Message{Type: t, Users: []id.User{s.User}, ID: string(s.ID), Date: s.RevisedAt})
	if err := account.Touch(ctx, tx, s.User); err != nil {
		return err
	}
	return event.Append(ctx, tx, event.Event{Type: kind, User: s.User, Send: s.ID})
}

func ofType(s Send, ofText, ofFile event.Type) event.Type {
	if s.Type == File {
		return ofFile
	}
	return ofText
}

// created tells also what recipients must show.
func created(s Send) event.Type {
	base := ofType(s, event.SendCreatedText, event.SendCreatedFile)
	switch s.Auth {
	case ByEmail:
		return base + 1
	case ByPassword:
		return base + 2
	case ByLink:
	}
	return base
}
