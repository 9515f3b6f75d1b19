package item

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/kastellan/kastellan/client/seal"
)

// keyFor returns the key of an item's texts: its own when it has one, else the owner's.
func (m Meta) keyFor(owner seal.Key) (seal.Key, error) {
	if m.Key == "" {
		return owner, nil
	}
	return owner.Unwrap(m.Key)
}

// Open decrypts an item. The owner's key is the user key, or the organization
// key when the item belongs to one.
func (c Cipher) Open(owner seal.Key) (View, error) {
	if c.isBlob() {
		return View{}, fmt.Errorf("item %s: %w", c.ID, seal.ErrVersion2)
	}
	key, err := c.keyFor(owner)
	if err != nil {
		return View{}, fmt.Errorf("key of item %s: %w", c.ID, err)
	}
	convert := converter[seal.EncString, string]{change: key.DecryptText}
	view := View{Meta: c.Meta, Content: convert.content(&c.Content)}
	for i := range c.Attachments {
		view.Attachments = append(view.Attachments, convert.attachment(&c.Attachments[i]))
	}
	if convert.err != nil {
		return View{}, fmt.Errorf("item %s: %w", c.ID, convert.err)
	}
	if c.Key != "" && view.Login != nil {
		view.Login.dropForeignURIs()
	}
	return view, nil
}

// isBlob tells the items of version 2, whose data is one sealed JSON document,
// from the server's own copy of an ordinary item.
func (c Cipher) isBlob() bool {
	var blob struct {
		FormatVersion *int `json:"format_version"`
	}
	return c.Data != "" && json.Unmarshal([]byte(c.Data), &blob) == nil && blob.FormatVersion != nil
}

// dropForeignURIs removes addresses without the right checksum: a server could
// otherwise move one from another item and have a password filled in there.
func (l *Login[S]) dropForeignURIs() {
	l.URIs = slices.DeleteFunc(l.URIs, func(u URI[S]) bool { return u.Checksum != S(checksum(string(u.URI))) })
}

func checksum(uri string) string {
	sum := sha256.Sum256([]byte(uri))
	return base64.StdEncoding.EncodeToString(sum[:])
}
