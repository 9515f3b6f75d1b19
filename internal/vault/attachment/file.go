package attachment

import (
	"fmt"

	"github.com/kastellan/kastellan/internal/encstring"
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/tenant"
)

// Most is how many files one item may have: all of them are in each answer about it.
const Most = 200

// File is a file of an item. Clients encrypted all of it.
type File struct {
	Cipher id.Cipher
	ID     id.Attachment
	Name   string // under the item's key
	// Key is the file's own key under that of the item. The oldest files have none, and
	// are under the key of the owner itself.
	Key    string
	Size   int64  // bytes; as announced, then as stored
	Stored string // name in the store; empty until all of it is there
}

// Check refuses what no client encrypted. Only old files may lack a key.
func (f File) Check(old bool) error {
	if !encstring.Symmetric(f.Name, encstring.MaxName) {
		return fault.Field("fileName", "The name of the file must be encrypted (type 2), and not longer than 1000 characters then.")
	}
	if (!old || f.Key != "") && !encstring.Symmetric(f.Key, encstring.MaxKey) {
		return fault.Field("key", "The key of the file must be encrypted (type 2).")
	}
	return nil
}

// SizeName is the size for people to read.
func (f File) SizeName() string { return tenant.Readable(f.Size) }

// List is the wire object's list of files; empty when there are none. Ids and ciphertexts
// have no character that JSON would escape. There is no address in it: those expire, and
// are given out one by one.
func List(files []File) []byte {
	if len(files) == 0 {
		return nil
	}
	b := []byte{'['}
	for i, f := range files {
		if i > 0 {
			b = append(b, ',')
		}
		key := "null"
		if f.Key != "" {
			key = `"` + f.Key + `"`
		}
		b = fmt.Appendf(b, `{"object":"attachment","id":"%s","url":null,"fileName":"%s","key":%s,"size":"%d","sizeName":"%s"}`,
			f.ID, f.Name, key, f.Size, f.SizeName())
	}
	return append(b, ']')
}
