package vault

import (
	"context"
	"io"

	"github.com/kastellan/kastellan/internal/blob"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// An old file, without a key of its own, cannot come along when its item is shared: its
// body is under the key of the account. Clients upload it once more, under the key of the
// organization, and then share the item, which takes the new body in place of the old.

// Replacement is what takes an old file's place when its item is shared.
type Replacement struct {
	For  id.Org
	Name string
	Key  string
	Body io.Reader
}

// Replace takes in the replacement of an old file of one's own.
func (s *Service) Replace(ctx context.Context, user id.User, cipher id.Cipher, attachment id.Attachment, in Replacement) error {
	a := Attachment{ID: attachment, Name: in.Name, Key: in.Key, cipher: cipher}
	if err := a.check(true); err != nil {
		return err
	}
	w := way{user: user}
	left, err := view(ctx, s, func(tx *db.Tx) (int64, error) {
		if err := w.mayReplace(ctx, tx, cipher, attachment, in.For); err != nil {
			return 0, err
		}
		return s.left(ctx, tx, user, in.For)
	})
	if err != nil {
		return err
	}
	return s.keep(ctx, in.Body, left, func(tx *db.Tx, stored blob.Stored) error {
		if err := w.mayReplace(ctx, tx, cipher, attachment, in.For); err != nil {
			return err
		}
		if err := s.room(ctx, tx, user, in.For, stored.Size); err != nil {
			return err
		}
		a.file, a.Size = stored.Name, stored.Size
		return putMove(ctx, tx, user, in.For, a)
	})
}

// mayReplace: an old file of a personal item, for an organization in which the account
// may put items into some collection.
func (w way) mayReplace(ctx context.Context, tx *db.Tx, cipher id.Cipher, attachment id.Attachment, org id.Org) error {
	c, err := w.findOne(ctx, tx, cipher)
	if err != nil {
		return err
	}
	a, err := findAttachment(ctx, tx, string(w.user), cipher, attachment)
	if err != nil {
		return err
	}
	if c.Org != "" || a.file == "" {
		return fault.Absent()
	}
	collections, err := w.fillable(ctx, tx, org)
	switch {
	case err != nil:
		return err
	case len(collections) == 0:
		return fault.Absent()
	case a.Key != "":
		return fault.New(fault.Invalid, "This attachment has a key of its own and comes along when its item is moved.")
	}
	return nil
}

func putMove(ctx context.Context, tx *db.Tx, user id.User, org id.Org, a Attachment) error {
	_, err := tx.Exec(ctx, `INSERT INTO attachment_moves (owner_id, cipher_id, attachment_id, org_id, name, key, size, file, created_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (owner_id, cipher_id, attachment_id) DO UPDATE SET org_id = excluded.org_id, name = excluded.name, key = excluded.key,
			size = excluded.size, file = excluded.file, created_at = excluded.created_at`,
		user, a.cipher, a.ID, org, a.Name, a.Key, a.Size, a.file, tx.Now)
	return err
}

// bringFiles has the files of items come along that an organization has just taken over.
func (s *Service) bringFiles(ctx context.Context, tx *db.Tx, org id.Org, drafts []Draft) error {
	ids := make([]id.Cipher, len(drafts))
	for i, d := range drafts {
		ids[i] = d.ID
	}
	replaced, err := adopt(ctx, tx, org, ids)
	if err != nil {
		return err
	}
	if err := rekey(ctx, tx, string(org), drafts, replaced, errFileLeft, errFileKeyless); err != nil {
		return err
	}
	return s.room(ctx, tx, "", org, 0)
}

var (
	errFileLeft    = fault.New(fault.Invalid, "The item was not moved, because the request did not bring all of its attachments. Sync your vault, then try again.")
	errFileKeyless = fault.New(fault.Invalid, "The item was not moved, because it has an attachment of an old kind. Download that attachment, add it again, delete the old one, then try again.")
)

// adopt puts replacements in the place of old files, and gives the ids of these. The items
// belong to the organization already; their rows followed by their foreign keys.
func adopt(ctx context.Context, tx *db.Tx, org id.Org, ciphers []id.Cipher) (map[id.Attachment]bool, error) {
	replaced := map[id.Attachment]bool{}
	err := db.Each(ctx, tx, func(r db.Row) error {
		a, err := db.Value[id.Attachment](r)
		replaced[a] = true
		return err
	}, `SELECT attachment_id FROM attachment_moves WHERE owner_id = $1 AND org_id = $1 AND `+db.Among(tx, "cipher_id", 2), org, db.List(ciphers))
	if err != nil || len(replaced) == 0 {
		return nil, err
	}
	if _, err := tx.Exec(ctx, `UPDATE attachments SET name = v.name, key = v.key, size = v.size, file = v.file FROM attachment_moves v
		WHERE attachments.owner_id = $1 AND `+db.Among(tx, "attachments.cipher_id", 2)+`
		AND v.owner_id = attachments.owner_id AND v.cipher_id = attachments.cipher_id AND v.attachment_id = attachments.id AND v.org_id = $1`,
		org, db.List(ciphers)); err != nil {
		return nil, err
	}
	_, err = tx.Exec(ctx, `DELETE FROM attachment_moves WHERE owner_id = $1 AND `+db.Among(tx, "cipher_id", 2), org, db.List(ciphers))
	return replaced, err
}

// SweepUploads forgets announced files that never came, and replacements that nobody shared.
func (s *Service) SweepUploads(ctx context.Context) error {
	return s.DB.Update(ctx, func(tx *db.Tx) error {
		since := tx.Now.Add(-patience)
		if _, err := tx.Exec(ctx, `DELETE FROM attachments WHERE file IS NULL AND created_at < $1`, since); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `DELETE FROM attachment_moves WHERE created_at < $1`, since)
		return err
	})
}
