package vault

import (
	"context"
	"io"
	"net/url"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/account"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/reqctx"
	"github.com/kastellan/kastellan/internal/token"
	"github.com/kastellan/kastellan/internal/vault/attachment"
)

// addressLasts is for how long a download can begin.
const addressLasts = 5 * time.Minute

// Download is a file and where to get it.
type Download struct {
	attachment.File
	URL string
}

// FindAttachment answers a file of an item that the account sees, with an address that
// needs no token of the account: apps fetch files without one. The address is good while
// the account's session is, and while it still sees the item.
func (s *Service) FindAttachment(ctx context.Context, by By, cipher id.Cipher, file id.Attachment) (Download, error) {
	var w way
	var a account.Account
	d, err := view(ctx, s, func(tx *db.Tx) (d Download, err error) {
		if w, d.File, err = by.file(ctx, tx, cipher, file); err != nil {
			return d, err
		}
		a, err = account.ByID(ctx, tx, by.User)
		return d, err
	})
	if err != nil {
		return d, err
	}
	actor, _ := reqctx.ActorOf(ctx)
	signed, err := s.Tokens.Sign(token.AttachmentFile, addressLasts, map[string]any{
		"sub": by.User, "stamp": a.Stamp, "device": actor.Device, "cipher": cipher, "attachment": file, "console": consoleClaim(by),
		"api_key": keyClaim(actor, a.APIKey),
	})
	if err != nil {
		return d, err
	}
	d.URL = s.PublicURL + "/api/attachments/file?token=" + url.QueryEscape(signed)
	return d, access.NoteVisit(ctx, s.DB, access.Org{ID: w.org, User: w.user, Provider: w.provider})
}

func consoleClaim(by By) string {
	if by.Console {
		return "yes"
	}
	return ""
}

// keyClaim binds an address to the API key that the account came with: a new key ends it.
func keyClaim(actor reqctx.Actor, sealed []byte) string {
	if !actor.ByAPIKey() {
		return ""
	}
	return token.Mark(sealed)
}

// file finds a file that is there, of an item that the account sees.
func (by By) file(ctx context.Context, tx *db.Tx, cipher id.Cipher, file id.Attachment) (way, attachment.File, error) {
	w, err := by.resolve(ctx, tx, access.ReadAllItems, cipher)
	if err != nil {
		return w, attachment.File{}, err
	}
	c, err := w.findOne(ctx, tx, cipher)
	if err != nil {
		return w, attachment.File{}, err
	}
	f, err := attachment.Find(ctx, tx, w.ownerOf(c), cipher, file)
	if err == nil && f.Stored == "" {
		err = fault.Absent()
	}
	return w, f, err
}

// Open gives the file that an address of FindAttachment is for. Whatever is wrong with
// the address, the file is absent.
func (s *Service) Open(ctx context.Context, signed string) (io.ReadCloser, int64, error) {
	c, err := s.Tokens.Verify(token.AttachmentFile, signed)
	if err != nil {
		return nil, 0, fault.Absent()
	}
	by := By{User: id.User(c.Text("sub")), Console: c.Text("console") != ""}
	f, err := view(ctx, s, func(tx *db.Tx) (attachment.File, error) {
		alive, err := account.Living(ctx, tx, by.User, c.Text("stamp"), id.Device(c.Text("device")))
		if err != nil {
			return attachment.File{}, err
		}
		if key := c.Text("api_key"); key != "" && key != token.Mark(alive.APIKey) {
			return attachment.File{}, fault.Absent()
		}
		_, f, err := by.file(ctx, tx, id.Cipher(c.Text("cipher")), id.Attachment(c.Text("attachment")))
		return f, err
	})
	if err != nil {
		return nil, 0, err
	}
	return s.Files.Open(ctx, f.Stored)
}
