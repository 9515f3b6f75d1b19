package send

import (
	"context"
	"slices"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
)

// Rotation is the key of each Send of an account under a new user key. Everything else of
// a Send is under its own key and stays.
type Rotation map[id.Send]string

// Check refuses what is wrong whatever the account has.
func (r Rotation) Check() error {
	for _, key := range r {
		if !encstring.Symmetric(key, encstring.MaxKey) {
			return fault.Field("key", "The key of a Send is not encrypted in a form that this server accepts.")
		}
	}
	return nil
}

// errIncomplete is what a client can cure by fetching the vault again.
var errIncomplete = fault.New(fault.Invalid,
	"The encryption key was not changed, because the request did not bring exactly the Sends of this account. Sync your vault, then try again.")

// Store replaces the keys of all Sends of an account. A Send that one device did not bring
// would be under a key that nobody has any more: then nothing is stored. Uploads that are
// under way are cut off instead, since only the uploading app knows of them.
func (r Rotation) Store(ctx context.Context, tx *db.Tx, user id.User) error {
	own, err := Of(ctx, tx, user)
	if err != nil {
		return err
	}
	for _, s := range own {
		if _, brought := r[s.ID]; !brought {
			return errIncomplete
		}
	}
	if len(own) != len(r) {
		return errIncomplete
	}
	if _, err := tx.Exec(ctx, `DELETE FROM sends WHERE user_id = $1 AND type = 1 AND file IS NULL`, user); err != nil {
		return err
	}
	const most = 500 // rows in one statement
	for some := range slices.Chunk(own, most) {
		if err := rekey(ctx, tx, user, r, some); err != nil {
			return err
		}
	}
	return nil
}

func rekey(ctx context.Context, tx *db.Tx, user id.User, keys Rotation, some []Send) error {
	part := make(map[id.Send]string, len(some))
	for _, s := range some {
		part[s.ID] = keys[s.ID]
	}
	_, err := tx.Exec(ctx, db.By(
		`UPDATE sends SET key = n.value, revised_at = MAX($3, revised_at + 1000) FROM json_each($2) n WHERE sends.user_id = $1 AND sends.id = n.key`,
		`UPDATE sends SET key = n.value, revised_at = GREATEST($3, revised_at + 1000) FROM jsonb_each_text($2::jsonb) n WHERE sends.user_id = $1 AND sends.id = n.key`,
	).In(tx), user, db.Map(part), tx.Now)
	return err
}
