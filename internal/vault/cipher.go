package vault

import (
	"context"
	"time"

	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault/attachment"
	"github.com/kastellan/kastellan/internal/vault/content"
)

// Cipher is an item as one account sees it.
type Cipher struct {
	ID        id.Cipher
	Org       id.Org // empty for a personal item
	Type      content.Type
	Data      []byte // members of the wire object, see package content
	CreatedAt time.Time
	RevisedAt time.Time
	DeletedAt time.Time // zero unless in the trash

	Folder     id.Folder
	Favorite   bool
	ArchivedAt time.Time
	Grant      access.Grant

	collections string // quoted ids with commas between: those that the account can access
	attachments []byte // the wire object's list of files, as it is stored; empty when there are none
}

// Draft is what a client wants an item to be. It replaces all of the item.
type Draft struct {
	ID   id.Cipher // only where a request holds many
	Type content.Type
	Data string // from content.Fragment
	Org  id.Org

	Folder     id.Folder
	Favorite   bool
	ArchivedAt time.Time
	Files      content.Files // of an item that is there already

	For       id.User   // for whom the client encrypted; empty when not said
	KeyID     string    // with which key, likewise
	LastKnown time.Time // the revision that was edited; zero when not said
}

// checkDrafts refuses what was encrypted for another account, or with a key that
// the account has no longer. Organizations have keys of their own, which are not
// compared. At most one statement.
func checkDrafts(ctx context.Context, tx *db.Tx, user id.User, drafts []Draft) error {
	keys := map[string]bool{}
	for _, d := range drafts {
		if d.For != "" && d.For != user {
			return fault.Field("encryptedFor", "The item was encrypted for another account.")
		}
		if d.Org == "" && d.KeyID != "" {
			keys[d.KeyID] = true
		}
		if err := attachment.CheckBrought(d.Files); err != nil {
			return err
		}
	}
	if len(keys) == 0 {
		return nil
	}
	var current string
	if _, err := db.One(ctx, tx, func(r db.Row) (string, error) {
		return "", r.Scan(db.Opt(&current))
	}, `SELECT user_key_id FROM users WHERE id = $1`, user); err != nil {
		return err
	}
	if current != "" && (len(keys) > 1 || !keys[current]) {
		return fault.Field("encryptedByKeyId", "The item was encrypted with a key that this account no longer uses. Log out and in again.")
	}
	return nil
}

// stale refuses an edit of a version that is no longer current. Clients cut
// dates to milliseconds, so less than a second apart counts as the same.
func stale(lastKnown, revised time.Time) error {
	if lastKnown.IsZero() || lastKnown.Sub(revised).Abs() < time.Second {
		return nil
	}
	return fault.New(fault.Invalid, "The cipher you are updating is out of date. Sync your vault, then make your change again.")
}

// later is the revision date of a change at now: it grows with every change,
// also when the clock was set back.
func later(now, revised time.Time) time.Time {
	if now.After(revised) {
		return now
	}
	return revised.Add(time.Millisecond)
}
