package item

import (
	"errors"
	"fmt"

	"github.com/kastellan/kastellan/client/seal"
)

// ErrOldAttachment means that a file is encrypted directly under its owner's key
// and must be uploaded again before it can change hands, or that key be replaced:
// see attachment.Files.Upgrade.
var ErrOldAttachment = errors.New("the attachment is of an old kind and must be uploaded again first")

// checkKeys refuses files without a key of their own.
func checkKeys[S ~string](files []Attachment[S]) error {
	for _, file := range files {
		if file.Key == "" {
			return fmt.Errorf("attachment %s: %w", file.ID, ErrOldAttachment)
		}
	}
	return nil
}

// Attachment describes a file at an item.
type Attachment[S ~string] struct {
	ID       AttachmentID `json:"id"`
	URL      string       `json:"url,omitempty"`
	FileName S            `json:"fileName"`
	Size     string       `json:"size,omitempty"`
	SizeName string       `json:"sizeName,omitempty"`
	// Key is the file's key under that of the item; the oldest files have none.
	Key seal.EncString `json:"key,omitempty"`
}

func (c *converter[A, B]) attachment(in *Attachment[A]) Attachment[B] {
	out := Attachment[B]{ID: in.ID, URL: in.URL, Size: in.Size, SizeName: in.SizeName, Key: in.Key}
	c.fill(&out, in)
	return out
}

// NewFile is a file that is ready for upload.
type NewFile struct {
	Key      seal.EncString
	FileName seal.EncString
	Blob     []byte
}

// SealFile encrypts a file for an item.
func (m Meta) SealFile(owner seal.Key, name string, body []byte) (NewFile, error) {
	key, err := m.keyFor(owner)
	if err != nil {
		return NewFile{}, fmt.Errorf("key of item %s: %w", m.ID, err)
	}
	file := seal.NewKey()
	return NewFile{Key: key.Wrap(file), FileName: key.EncryptText(name), Blob: file.EncryptFile(body)}, nil
}

// OpenFile decrypts the body of an attachment, of any of the three generations.
func (m Meta) OpenFile(owner seal.Key, wrapped seal.EncString, blob []byte) ([]byte, error) {
	if wrapped == "" {
		return owner.DecryptFile(blob)
	}
	key, err := m.keyFor(owner)
	if err != nil {
		return nil, fmt.Errorf("key of item %s: %w", m.ID, err)
	}
	file, err := key.Unwrap(wrapped)
	if err != nil {
		return nil, fmt.Errorf("key of attachment: %w", err)
	}
	return file.DecryptFile(blob)
}
