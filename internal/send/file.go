package send

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/push"
	"github.com/kastellan/kastellan/internal/tenant"
	"github.com/kastellan/kastellan/internal/token"
)

const (
	// slack is by how many bytes a file may be larger or smaller than was announced.
	slack = 1 << 20
	// addressLasts is for how long a download can begin.
	addressLasts = 2 * time.Minute
)

// Announce makes a Send of a file that is going to be uploaded. Nobody but whoever
// announced it hears of it before the file is there.
func (s *Service) Announce(ctx context.Context, user id.User, d Draft) (Send, error) {
	if d.Type != File {
		return Send{}, fault.Field("type", "This is not a Send of a file.")
	}
	if d.FileSize < 1 || d.FileSize > s.MaxUpload {
		return Send{}, fault.Field("fileLength", fmt.Sprintf("A file may have at most %s, encrypted.", tenant.Readable(s.MaxUpload)))
	}
	made, err := s.fresh(ctx, user, d)
	if err != nil {
		return Send{}, err
	}
	made.FileID = id.New[id.SendFile]()
	return in(ctx, s, func(tx *db.Tx) (Send, error) {
		if err := s.mayBeFile(ctx, tx, user); err != nil {
			return Send{}, err
		}
		if err := s.room(ctx, tx, user, made.FileSize); err != nil {
			return Send{}, err
		}
		return s.create(ctx, tx, made)
	})
}

func (s *Service) room(ctx context.Context, tx *db.Tx, user id.User, more int64) error {
	u, err := s.Storage.OfAccount(ctx, tx, user)
	if err != nil {
		return err
	}
	return u.Take(more)
}

// FindAwaited answers a Send whose file is announced and not there yet.
func (s *Service) FindAwaited(ctx context.Context, user id.User, send id.Send, file id.SendFile) (Send, error) {
	return view(ctx, s, func(tx *db.Tx) (Send, error) { return awaited(ctx, tx, user, send, file) })
}

func awaited(ctx context.Context, tx *db.Tx, user id.User, send id.Send, file id.SendFile) (Send, error) {
	have, err := findAny(ctx, tx, user, send)
	switch {
	case err != nil:
		return have, err
	case have.Type != File || have.FileID != file:
		return have, fault.Absent()
	case have.Stored != "":
		return have, fault.New(fault.Invalid, "The file of this Send is there already.")
	}
	return have, nil
}

// Upload takes in a file that was announced. The Send keeps the revision date that the
// uploading client was told.
func (s *Service) Upload(ctx context.Context, user id.User, send id.Send, file id.SendFile, body io.Reader) error {
	announced, err := s.FindAwaited(ctx, user, send, file)
	if err != nil {
		return err
	}
	stored, err := s.Files.Keep(ctx, body, min(announced.FileSize+slack, s.MaxUpload))
	if err != nil {
		return err
	}
	err = s.DB.Update(ctx, func(tx *db.Tx) error { return s.complete(ctx, tx, announced, stored) })
	if err == nil {
		return nil
	}
	// The answer to a commit can be lost on its way: the file goes unless the row names it.
	// What cannot be found out now, the nightly sweep does.
	now, unknown := view(context.WithoutCancel(ctx), s, func(tx *db.Tx) (Send, error) {
		return findAny(context.WithoutCancel(ctx), tx, user, send)
	})
	if now.Stored == stored.Name || (unknown != nil && !fault.Is(unknown, fault.NotFound)) {
		return errors.Join(err, unknown)
	}
	return errors.Join(err, s.Files.Drop(ctx, stored))
}

func (s *Service) complete(ctx context.Context, tx *db.Tx, announced Send, stored blob.Stored) error {
	have, err := awaited(ctx, tx, announced.User, announced.ID, announced.FileID)
	if err != nil {
		return err
	}
	if err := allowed(ctx, tx, have); err != nil {
		return err
	}
	more := stored.Size - have.FileSize
	if more > slack || -more > slack {
		return fault.New(fault.Invalid, fmt.Sprintf("The file has %s, and %s were announced.", tenant.Readable(stored.Size), tenant.Readable(have.FileSize)))
	}
	if more > 0 {
		if err := s.room(ctx, tx, have.User, more); err != nil {
			return err
		}
	}
	if err := tx.ExecOne(ctx, `UPDATE sends SET file = $3, file_size = $4 WHERE user_id = $1 AND id = $2 AND file IS NULL`,
		have.User, have.ID, stored.Name, stored.Size); err != nil {
		return err
	}
	return tell(ctx, tx, have, push.SendCreated, created(have))
}

// Address is where a recipient gets a file.
type Address struct {
	FileID id.SendFile
	URL    string
}

// FindFile gives the address of a file to whoever holds a pass. That is the access which
// counts: the address needs nothing more to be shown.
func (s *Service) FindFile(ctx context.Context, signed string, file id.SendFile) (Address, error) {
	p, err := s.pass(ctx, signed)
	if err != nil {
		return Address{}, err
	}
	return s.address(ctx, p, file)
}

// FindFileOld is FindFile for older apps.
func (s *Service) FindFileOld(ctx context.Context, accessID, password string, file id.SendFile) (Address, error) {
	p, err := s.letIn(ctx, accessID, password)
	if err != nil {
		return Address{}, err
	}
	return s.address(ctx, p, file)
}

func (s *Service) address(ctx context.Context, p pass, file id.SendFile) (Address, error) {
	err := s.DB.UpdateByLock(ctx, func(tx *db.Tx) error {
		found, err := p.find(ctx, tx)
		if err != nil {
			return err
		}
		if found.Type != File || found.FileID != file {
			return fault.Absent()
		}
		_, err = p.access(ctx, tx, found)
		return err
	})
	if err != nil {
		return Address{}, err
	}
	signed, err := s.Tokens.Sign(token.SendFile, addressLasts, map[string]any{"send_id": p.send, "file": file, "mark": p.mark})
	return Address{file, s.PublicURL + "/api/sends/file?token=" + url.QueryEscape(signed)}, err
}

// OpenFile gives the file that an address is for, as long as the Send is there. Whatever
// is wrong with the address, the file is absent.
func (s *Service) OpenFile(ctx context.Context, signed string) (io.ReadCloser, int64, error) {
	c, err := s.Tokens.Verify(token.SendFile, signed)
	if err != nil {
		return nil, 0, fault.Absent()
	}
	found, err := view(ctx, s, func(tx *db.Tx) (Send, error) {
		found, err := db.One(ctx, tx, scanSend, `SELECT `+columns+` FROM sends s WHERE s.id = $1`, c.Text("send_id"))
		if err == nil && (!found.kept(tx.Now) || marked(found) != c.Text("mark") || string(found.FileID) != c.Text("file") || found.Stored == "") {
			err = fault.Absent()
		}
		return found, err
	})
	if err != nil {
		return nil, 0, err
	}
	return s.Files.Open(ctx, found.Stored)
}
