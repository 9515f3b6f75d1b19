package client

// Permission is what a custom role may do beyond a plain user, by its name on the
// wire.
type Permission string

// The permissions.
const (
	AccessEventLogs      Permission = "accessEventLogs"
	AccessImportExport   Permission = "accessImportExport"
	AccessReports        Permission = "accessReports"
	CreateNewCollections Permission = "createNewCollections"
	EditAnyCollection    Permission = "editAnyCollection"
	DeleteAnyCollection  Permission = "deleteAnyCollection"
	ManageGroups         Permission = "manageGroups"
	ManagePolicies       Permission = "managePolicies"
	ManageSSO            Permission = "manageSso" // and claimed domains
	ManageUsers          Permission = "manageUsers"
	ManageResetPassword  Permission = "manageResetPassword"
	ManageSCIM           Permission = "manageScim"
)

// Permit is the set of permissions of a custom role, for [Invitation] and [Member].
func Permit(permissions ...Permission) map[string]bool {
	set := make(map[string]bool, len(permissions))
	for _, p := range permissions {
		set[string(p)] = true
	}
	return set
}
