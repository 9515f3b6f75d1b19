package vault

import (
	"context"
	"maps"
	"slices"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/vault/content"
)

func checkFiles(f content.Files) error {
	if len(f) > MaxAttachments {
		return fault.Field("attachments2", "The request names more attachments than an item can have.")
	}
	for _, r := range f {
		if err := (Attachment{Name: r.Name, Key: r.Key}).check(false); err != nil {
			return err
		}
	}
	return nil
}

// rewrap renames those files of an item that the draft names. Others stay: the client
// may not know of them yet.
func (w way) rewrap(ctx context.Context, tx *db.Tx, owner string, c *Cipher, files content.Files) error {
	if len(files) == 0 || len(c.attachments) == 0 {
		return nil
	}
	have, err := attachmentsOf(ctx, tx, owner, []id.Cipher{c.ID})
	if err != nil {
		return err
	}
	var list []handed
	for _, a := range have {
		if r, named := files[a.ID]; named {
			list = append(list, a.renamed(r))
		}
	}
	if len(list) == 0 {
		return nil
	}
	if err := rename(ctx, tx, owner, list); err != nil {
		return err
	}
	return relist(ctx, tx, owner, []id.Cipher{c.ID})
}

func (a Attachment) renamed(r content.File) handed {
	return handed{ID: string(a.ID), Item: string(a.cipher), Data: r.Name, Key: r.Key}
}

// rekey is rewrap where items change their key: each file must come along. missing is
// what to answer about one that does not, and keyless about one that cannot, since its
// body is under the key that goes. Files in excepted have others in their place already.
func rekey(ctx context.Context, tx *db.Tx, owner string, drafts []Draft, excepted map[id.Attachment]bool, missing, keyless error) error {
	ciphers, brought := make([]id.Cipher, len(drafts)), map[id.Cipher]content.Files{}
	for i, d := range drafts {
		ciphers[i], brought[d.ID] = d.ID, d.Files
	}
	have, err := attachmentsOf(ctx, tx, owner, ciphers)
	if err != nil || len(have) == 0 {
		return err
	}
	var list []handed
	with := map[id.Cipher]bool{}
	for _, a := range have {
		if with[a.cipher] = true; a.file == "" || excepted[a.ID] {
			continue
		}
		r, named := brought[a.cipher][a.ID]
		switch {
		case a.Key == "":
			return keyless
		case !named || !encstring.Symmetric(r.Key, encstring.MaxKey):
			return missing
		}
		list = append(list, a.renamed(r))
	}
	if err := dropAwaited(ctx, tx, owner, ciphers); err != nil {
		return err
	}
	const most = 500 // rows in one statement
	for some := range slices.Chunk(list, most) {
		if err := rename(ctx, tx, owner, some); err != nil {
			return err
		}
	}
	for some := range slices.Chunk(slices.Sorted(maps.Keys(with)), most) {
		if err := relist(ctx, tx, owner, some); err != nil {
			return err
		}
	}
	return nil
}
