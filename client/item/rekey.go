package item

import (
	"fmt"

	"github.com/kastellan/kastellan/client/seal"
)

// Rekey puts an item of one owner under another key of the same owner. With a
// key of its own only that key is wrapped again. Without one every text is
// encrypted again, just as it is: unlike opening and sealing, this drops nothing,
// not even addresses that are not to be trusted.
func (c Cipher) Rekey(from, to seal.Key) (Cipher, error) {
	if c.isBlob() || c.Name == "" {
		return Cipher{}, fmt.Errorf("item %s: %w", c.ID, seal.ErrVersion2)
	}
	if err := checkKeys(c.Attachments); err != nil {
		return Cipher{}, err
	}
	if c.Key != "" {
		key, err := from.Unwrap(c.Key)
		if err != nil {
			return Cipher{}, fmt.Errorf("key of item %s: %w", c.ID, err)
		}
		c.Key, c.SealedBy = to.Wrap(key), to.ID()
		return c, nil // the keys of its files are under the item's key, which stays
	}
	again := func(e seal.EncString) (seal.EncString, error) {
		plain, err := from.Decrypt(e)
		if err != nil {
			return "", err
		}
		return to.Encrypt(plain), nil
	}
	convert := converter[seal.EncString, seal.EncString]{change: again}
	out := Cipher{Meta: c.Meta, Content: convert.content(&c.Content), SealedBy: to.ID()}
	for i := range c.Attachments {
		attachment := convert.attachment(&c.Attachments[i])
		var err error
		if attachment.Key, err = again(attachment.Key); err != nil {
			return Cipher{}, fmt.Errorf("attachment %s: %w", attachment.ID, err)
		}
		out.Attachments = append(out.Attachments, attachment)
	}
	if convert.err != nil {
		return Cipher{}, fmt.Errorf("item %s: %w", c.ID, convert.err)
	}
	return out, nil
}
