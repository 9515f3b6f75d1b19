package content

import (
	"encoding/json"

	"github.com/kastellan/kastellan/internal/id"
)

// File is the name and the key of an attachment, under the key of its item. Their
// lengths are for whoever stores them to check.
type File struct {
	Name string `json:"fileName"`
	Key  string `json:"key"` // empty where it stays as it is
}

// Files are the attachments that a request brings with an item, encrypted anew.
type Files map[id.Attachment]File

// FileMaps are Files as clients send them. Of the two members old clients know only the
// first, in which values are names. What is no map, such as the list that answers have,
// brings nothing; nor do ids that are none of ours.
type FileMaps struct {
	Names json.RawMessage `json:"attachments"`
	Both  json.RawMessage `json:"attachments2"`
}

// Files reads the maps.
func (m FileMaps) Files() Files {
	out := Files{}
	for attachment, name := range mapOf[string](m.Names) {
		out.put(attachment, File{Name: name})
	}
	for attachment, file := range mapOf[File](m.Both) {
		out.put(attachment, file)
	}
	return out
}

func (f Files) put(attachment string, file File) {
	if known, err := id.Parse[id.Attachment](attachment); err == nil {
		f[known] = file
	}
}

func mapOf[T any](text json.RawMessage) map[string]T {
	var out map[string]T
	if json.Unmarshal(text, &out) != nil {
		return nil
	}
	return out
}
