package policy

import "github.com/kastellan/kastellan/internal/fault"

// autoConfirm: clients of admins confirm invited people by themselves. Nobody is
// free of it, and nobody in the organization may belong to another one or to a
// provider: keys are given away without a look at the person.
var autoConfirm = kind{
	name: "Automatically confirm invited users", needs: []Type{SingleOrg}, staffBound: true, binds: always,
	forbids: func(people []person) error {
		for _, p := range people {
			if p.Other || p.Provider {
				return fault.Newf(fault.Invalid, "This policy cannot be turned on while %s belongs to another organization or to a provider.", p.Email)
			}
		}
		return nil
	},
}
