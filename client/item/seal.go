package item

import (
	"fmt"

	"github.com/kastellan/kastellan/client/seal"
)

// OwnKey gives a new item a key of its own, so that its addresses are tied to it
// and moving it to another owner means wrapping one key again.
func (v *View) OwnKey(owner seal.Key) {
	v.Key = owner.Wrap(seal.NewKey())
}

// Seal encrypts an item for its owner, under its own key when it has one.
func (v View) Seal(owner seal.Key) (Cipher, error) {
	key, err := v.keyFor(owner)
	if err != nil {
		return Cipher{}, fmt.Errorf("key of item %s: %w", v.ID, err)
	}
	if v.Login != nil {
		v.Login = v.Login.withChecksums()
	}
	if v.Type == SecureNoteType && v.SecureNote == nil {
		v.SecureNote = new(SecureNote)
	}
	convert := converter[string, seal.EncString]{change: func(plain string) (seal.EncString, error) {
		return key.EncryptText(plain), nil
	}}
	cipher := Cipher{Meta: v.Meta, Content: convert.content(&v.Content), SealedBy: owner.ID()}
	if v.Name == "" {
		cipher.Name = key.EncryptText("") // a name must be there, even when it is empty
	}
	for i := range v.Attachments {
		cipher.Attachments = append(cipher.Attachments, convert.attachment(&v.Attachments[i]))
	}
	return cipher, nil
}

func (l Login[S]) withChecksums() *Login[S] {
	uris := make([]URI[S], len(l.URIs))
	for i, uri := range l.URIs {
		uri.Checksum = S(checksum(string(uri.URI)))
		uris[i] = uri
	}
	l.URIs = uris
	return &l
}

// Give prepares an opened item for another owner: its own key, and those of its
// attachments, are wrapped again. Seal it with the new owner's key afterwards.
func (v View) Give(from, to seal.Key) (View, error) {
	if err := checkKeys(v.Attachments); err != nil {
		return View{}, err
	}
	if v.Key != "" {
		key, err := from.Unwrap(v.Key)
		if err != nil {
			return View{}, fmt.Errorf("key of item %s: %w", v.ID, err)
		}
		v.Key = to.Wrap(key)
		return v, nil // attachment keys are under the item's key, which stays
	}
	given := make([]Attachment[string], len(v.Attachments))
	for i, attachment := range v.Attachments {
		key, err := from.Unwrap(attachment.Key)
		if err != nil {
			return View{}, fmt.Errorf("attachment %s: %w", attachment.ID, err)
		}
		attachment.Key = to.Wrap(key)
		given[i] = attachment
	}
	v.Attachments = given
	return v, nil
}
