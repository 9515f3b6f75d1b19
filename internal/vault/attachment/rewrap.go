package attachment

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault/content"
)

// CheckBrought refuses what a request brings with an item when no client encrypted it.
func CheckBrought(brought content.Files) error {
	if len(brought) > Most {
		return fault.Field("attachments2", "The request names more attachments than an item can have.")
	}
	for _, b := range brought {
		if err := (File{Name: b.Name, Key: b.Key}).Check(true); err != nil {
			return err
		}
	}
	return nil
}

// Rewrap gives files of an item the names and keys that a request brings, and gives
// the item if there were any. Others stay: the client may not know of them yet.
func Rewrap(ctx context.Context, tx *db.Tx, owner string, cipher id.Cipher, brought content.Files) ([]id.Cipher, error) {
	if len(brought) == 0 {
		return nil, nil
	}
	have, err := Of(ctx, tx, owner, cipher)
	if err != nil {
		return nil, err
	}
	var list []renamed
	for _, f := range have {
		if b, named := brought[f.ID]; named {
			list = append(list, f.renamed(b))
		}
	}
	if len(list) == 0 {
		return nil, nil
	}
	return []id.Cipher{cipher}, rename(ctx, tx, owner, list)
}

func (f File) renamed(b content.File) renamed { return renamed{f.Cipher, f.ID, b.Name, b.Key} }

// Rekeying is a change of the keys of items, in which every file must come along.
type Rekeying struct {
	Brought map[id.Cipher]content.Files
	// Replaced are files that have another key already.
	Replaced map[id.Attachment]bool
	// Missing is what to answer about a file that does not come along, and Keyless about
	// one that cannot, since its body is under the key that goes.
	Missing, Keyless error
}

// Rekey renames all files of items, and gives the items that have any.
func (r Rekeying) Rekey(ctx context.Context, tx *db.Tx, owner string) ([]id.Cipher, error) {
	ciphers := make([]id.Cipher, 0, len(r.Brought))
	for c := range r.Brought {
		ciphers = append(ciphers, c)
	}
	have, err := Of(ctx, tx, owner, ciphers...)
	if err != nil || len(have) == 0 {
		return nil, err
	}
	list, err := r.renamed(have)
	if err != nil {
		return nil, err
	}
	if err := dropAwaited(ctx, tx, owner, ciphers); err != nil {
		return nil, err
	}
	return ciphersOf(have), rename(ctx, tx, owner, list)
}

func (r Rekeying) renamed(have []File) ([]renamed, error) {
	var list []renamed
	for _, f := range have {
		if f.Stored == "" || r.Replaced[f.ID] {
			continue
		}
		b, named := r.Brought[f.Cipher][f.ID]
		switch {
		case f.Key == "":
			return nil, r.Keyless
		case !named || !encstring.Symmetric(b.Key, encstring.MaxKey):
			return nil, r.Missing
		}
		list = append(list, f.renamed(b))
	}
	return list, nil
}

func ciphersOf(files []File) []id.Cipher {
	var out []id.Cipher
	seen := map[id.Cipher]bool{}
	for _, f := range files {
		if !seen[f.Cipher] {
			out = append(out, f.Cipher)
		}
		seen[f.Cipher] = true
	}
	return out
}
