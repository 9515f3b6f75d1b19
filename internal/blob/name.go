package blob

import (
	"github.com/kastellan/kastellan/internal/id"
)

// newName makes the name of a file. The first letters spread files over folders.
func newName() string {
	u := string(id.New[id.Attachment]())
	return u[:2] + "/" + u
}

// ours reports whether a name can be one of newName's. What else lies in the store was
// put there by somebody else and is left alone.
func ours(name string) bool {
	if len(name) < 3 || name[2] != '/' || name[:2] != name[3:min(5, len(name))] {
		return false
	}
	parsed, err := id.Parse[id.Attachment](name[3:])
	return err == nil && string(parsed) == name[3:]
}
