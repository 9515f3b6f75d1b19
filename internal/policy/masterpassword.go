package policy

import (
	"context"

	"github.com/kastellan/kastellan/internal/db"
	"github.com/kastellan/kastellan/internal/id"
)

// masterPassword: what the master passwords of members must be like. Clients hold
// their users to it, because the server never sees a password.
var masterPassword = kind{
	name: "Master password requirements",
	read: func(d *data, _ bool) {
		d.whole("minComplexity", 0, 4)
		d.whole("minLength", 12, 128)
		d.flag("requireLower", "requireUpper", "requireNumbers", "requireSpecial", "enforceOnLogin")
	},
}

// MasterPassword is what master passwords must be like. The zero value asks for
// nothing.
type MasterPassword struct {
	MinComplexity  int  `json:"minComplexity"`
	MinLength      int  `json:"minLength"`
	RequireLower   bool `json:"requireLower"`
	RequireUpper   bool `json:"requireUpper"`
	RequireNumbers bool `json:"requireNumbers"`
	RequireSpecial bool `json:"requireSpecial"`
	EnforceOnLogin bool `json:"enforceOnLogin"`
}

// MasterPasswordFor gives the rules for the master password of an account: of
// all organizations that bind it, the strictest of each. some is false when none
// does. One statement.
func MasterPasswordFor(ctx context.Context, tx *db.Tx, user id.User) (rules MasterPassword, some bool, err error) {
	list, err := binding(ctx, tx, user, MasterPasswordRules)
	for _, p := range list {
		var one MasterPassword
		if err := stored(p, &one); err != nil {
			return rules, false, err
		}
		rules = rules.with(one)
	}
	return rules, len(list) > 0, err
}

func (a MasterPassword) with(b MasterPassword) MasterPassword {
	return MasterPassword{
		MinComplexity: max(a.MinComplexity, b.MinComplexity), MinLength: max(a.MinLength, b.MinLength),
		RequireLower: a.RequireLower || b.RequireLower, RequireUpper: a.RequireUpper || b.RequireUpper,
		RequireNumbers: a.RequireNumbers || b.RequireNumbers, RequireSpecial: a.RequireSpecial || b.RequireSpecial,
		EnforceOnLogin: a.EnforceOnLogin || b.EnforceOnLogin,
	}
}
