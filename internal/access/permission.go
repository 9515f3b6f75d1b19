package access

import "fmt"

// Permissions are what a custom role may do beyond a plain user, as a set of
// bits. Other roles have none: what they may do is in the table of rights.
type Permissions int

// The permissions, by the names that clients know. The numbers are stored:
// never give one another meaning.
const (
	PermitEventLogs Permissions = 1 << iota
	PermitImportExport
	PermitReports
	PermitCreateCollections
	PermitEditCollections
	PermitDeleteCollections
	PermitGroups
	PermitPolicies
	PermitSSO
	PermitUsers
	PermitRecovery
	PermitSCIM
	PermitAccessRules

	// AllPermissions is every bit.
	AllPermissions = PermitAccessRules<<1 - 1

	// OpenItems are those that lead to the items of collections which somebody does
	// not have: also by deleting these, as items in none are open to every admin.
	OpenItems = PermitEditCollections | PermitDeleteCollections | PermitImportExport | PermitReports
)

var permissionNames = []string{
	"accessEventLogs", "accessImportExport", "accessReports", "createNewCollections", "editAnyCollection", "deleteAnyCollection",
	"manageGroups", "managePolicies", "manageSso", "manageUsers", "manageResetPassword", "manageScim", "manageAccessRules",
}

// Has tells whether every bit of q is in p.
func (p Permissions) Has(q Permissions) bool { return p&q == q }

// Names are all permissions by name, in full: not every client takes a part.
func (p Permissions) Names() map[string]bool {
	out := map[string]bool{}
	for i, name := range permissionNames {
		out[name] = p.Has(1 << i)
	}
	return out
}

// PermissionsFrom reads what Names writes. Names that are missing are not given,
// and those that nobody knows are an error: they would be promised in vain.
func PermissionsFrom(names map[string]bool) (Permissions, error) {
	var p Permissions
	known := 0
	for i, name := range permissionNames {
		given, there := names[name]
		if there {
			known++
		}
		if given {
			p |= 1 << i
		}
	}
	if known != len(names) {
		return 0, fmt.Errorf("%d of %d permissions are unknown", len(names)-known, len(names))
	}
	return p, nil
}
