package public

import (
	"github.com/kastellan/kastellan/internal/fault"
	"github.com/kastellan/kastellan/internal/id"
	"github.com/kastellan/kastellan/internal/org"
)

// share is one row of access: to a collection, or of a group.
type share struct {
	ID            string `json:"id"`
	ReadOnly      bool   `json:"readOnly"`
	HidePasswords bool   `json:"hidePasswords"`
	Manage        bool   `json:"manage"`
}

func shareOf[T ~string](thing T, a org.Access) share {
	return share{string(thing), a.ReadOnly, a.HidePasswords, a.Manage}
}

// sharesOf reads shares; set writes the thing that one is about. A list that is
// missing is an empty one, because a change replaces everything; a malformed id
// is nobody's.
func sharesOf[T ~string](list []share, set func(*org.Access, T)) ([]org.Access, error) {
	out := make([]org.Access, len(list))
	for i, s := range list {
		thing, err := id.Parse[T](s.ID)
		if err != nil {
			return nil, fault.Absent()
		}
		out[i] = org.Access{ReadOnly: s.ReadOnly, HidePasswords: s.HidePasswords, Manage: s.Manage}
		set(&out[i], thing)
	}
	return out, nil
}

// ids reads ids; a list that is missing is an empty one.
func ids[T ~string](list []string) ([]T, error) {
	out, err := id.ParseAll[T](list)
	if err != nil {
		return nil, fault.Absent()
	}
	return out, nil
}
