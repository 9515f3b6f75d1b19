package item

import (
	"slices"
	"time"
)

// historyLength is how many old passwords an item keeps.
const historyLength = 5

// Remember compares an edited item with what it was and keeps the passwords and
// hidden fields that went away. It is the client's duty; the server cannot see it.
func (v *View) Remember(before View, now time.Time) {
	var gone []OldPassword[string]
	if before.Login != nil && v.Login != nil && before.Login.Password != v.Login.Password {
		login := *v.Login
		login.PasswordRevisionDate = &now
		v.Login = &login
		if before.Login.Password != "" {
			gone = append(gone, OldPassword[string]{Password: before.Login.Password, LastUsedDate: now})
		}
	}
	for _, old := range before.Fields {
		if old.Type == HiddenField && old.Value != "" && !v.hasField(old) {
			gone = append(gone, OldPassword[string]{Password: old.Name + ": " + old.Value, LastUsedDate: now})
		}
	}
	history := slices.Concat(gone, v.PasswordHistory)
	v.PasswordHistory = history[:min(len(history), historyLength)]
}

func (v *View) hasField(field Field[string]) bool {
	return slices.ContainsFunc(v.Fields, func(f Field[string]) bool {
		return f.Type == field.Type && f.Name == field.Name && f.Value == field.Value
	})
}
