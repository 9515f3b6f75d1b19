package access

// Act is something that may be done to an organization as a whole. What may be
// done to one item is in item.go, to one collection in collection.go.
type Act int

// The acts.
const (
	SeeOrg              Act = iota // that it exists, its name and settings
	ReadMembers                    // the list with addresses and roles
	ManageMembers                  // invite, confirm, change, revoke, remove
	RecoverAccounts                // reset the password of enrolled members, and list these
	ReadGroups                     // their names
	ManageGroups                   // create, change, delete, and who is in them
	ManagePolicies                 //
	ManageDomains                  // claimed domains, single sign-on
	ManageSCIM                     //
	ReadEvents                     //
	ReadReports                    //
	ChangeSettings                 // who may do what with collections and items
	ManageOrg                      // name, keys, API key, deletion
	SeeCollections                 // all names
	SeeCollectionAccess            // and who has access to them, not their items
	CreateCollections              //
	ManageCollections              // edit all, and who has access to them
	GiveToMembers                  // decide which members have which collection
	GiveToGroups                   // and which groups
	DeleteCollections              //
	ReadAllItems                   // the ciphertext of every item
	WriteAllItems                  // create, edit, delete every item
	ImportItems                    //
	ExportItems                    //
	PurgeItems                     //
	numberOfActs
)

// Can is the table: which act, by which role, under which setting.
func (o Org) Can(act Act) bool {
	// A disabled organization can be administered, its vault is closed.
	if !o.Enabled && act >= SeeCollections {
		return false
	}
	if o.ByProviderKey {
		return o.providerKeyCan(act)
	}
	return o.memberCan(act) || (o.Provider != "" && o.staffCan(act)) || (o.ByOwnKey && o.ownKeyCan(act))
}

// memberCan: owners may everything, admins all but what only concerns owners,
// users what needs no role, and custom members what their permissions say.
func (o Org) memberCan(act Act) bool {
	if o.Member == "" {
		return false
	}
	owner := o.Role == Owner
	admin := owner || o.Role == Admin
	all := admin && o.AdminsAccessAll // the organization lets its admins see and change every item
	switch act {
	case SeeOrg:
		return true
	case ReadMembers, ManageMembers:
		return admin || o.has(PermitUsers)
	case RecoverAccounts:
		return admin || o.has(PermitRecovery)
	case ReadGroups:
		return admin || !o.LimitCollectionCreation || o.hasAny(PermitCreateCollections|PermitUsers|PermitGroups|PermitReports)
	case ManageGroups:
		return admin || o.has(PermitGroups)
	case ManagePolicies:
		return admin || o.has(PermitPolicies)
	case ManageDomains:
		return admin || o.has(PermitSSO)
	case ManageSCIM:
		return admin || o.has(PermitSCIM)
	case ReadEvents:
		return admin || o.has(PermitEventLogs)
	case ReadReports:
		return admin || o.has(PermitReports)
	case ChangeSettings, ManageOrg:
		return owner
	case SeeCollections:
		return admin || o.hasAny(PermitEditCollections|PermitDeleteCollections|PermitImportExport|PermitUsers|PermitGroups)
	case SeeCollectionAccess:
		return admin || o.hasAny(PermitEditCollections|PermitDeleteCollections|PermitUsers|PermitGroups)
	case CreateCollections:
		return admin || o.has(PermitCreateCollections) || !o.LimitCollectionCreation
	case ManageCollections, WriteAllItems:
		return all || o.has(PermitEditCollections)
	case GiveToMembers:
		return all || o.has(PermitEditCollections) || (o.AdminsAccessAll && o.has(PermitUsers))
	case GiveToGroups:
		return all || o.has(PermitEditCollections) || (o.AdminsAccessAll && o.has(PermitGroups))
	case DeleteCollections:
		return all || o.has(PermitDeleteCollections)
	case ReadAllItems:
		return all || o.hasAny(PermitEditCollections|PermitImportExport|PermitReports)
	case ImportItems:
		return admin || o.has(PermitImportExport)
	case ExportItems: // of everything; whoever manages collections may export these
		return all || o.has(PermitImportExport)
	case PurgeItems: // deleting everything reads nothing, but only owners decide it against the setting
		return owner || all || o.has(PermitEditCollections)
	default:
		return false
	}
}

// staffCan: both kinds of provider staff have the rights of an owner in a client,
// except that items are theirs only while the client's switch is on, and that
// the whole vault is exported or emptied by its own people alone.
func (o Org) staffCan(act Act) bool {
	switch act {
	case ReadAllItems, WriteAllItems, ImportItems:
		return o.ProviderItemAccess
	case ExportItems, PurgeItems:
		return false
	default:
		return act >= SeeOrg && act < numberOfActs
	}
}

// MayHandle tells whether the account may invite, confirm, change or remove a
// member of the given role: nobody gives, or takes, more than they have. Whoever
// may not ManageMembers handles nobody.
func (o Org) MayHandle(role Role) bool {
	return o.Can(ManageMembers) && o.outranks(role)
}

// MayGrant tells whether the account may give somebody permissions.
func (o Org) MayGrant(p Permissions) bool { return o.Can(ManageMembers) && o.Holds(p) }

// Holds tells whether the account has what the permissions give: a custom member
// only what it was given itself, and an admin whom the organization keeps out of
// items nothing that opens them. Owners decide about that, so they hold all.
func (o Org) Holds(p Permissions) bool {
	switch {
	case o.ByOwnKey || o.Provider != "" || (o.Member != "" && o.Role == Owner):
		return true
	case o.Role == Admin:
		return o.AdminsAccessAll || p&OpenItems == 0
	default:
		return o.Role == Custom && o.Permissions.Has(p)
	}
}

// MayRecover tells whether the account may recover the account of a member of
// the given role.
func (o Org) MayRecover(role Role) bool {
	return o.Can(RecoverAccounts) && o.outranks(role)
}

// ReachesUnassigned tells whether the account finds items that are in no
// collection, also where the organization keeps the others from its admins:
// nobody else could ever put them back into one.
func (o Org) ReachesUnassigned() bool {
	return o.Enabled && o.Member != "" && (o.Role == Owner || o.Role == Admin || o.has(PermitEditCollections))
}

// MayRestrictStaff tells whether the account may close items to the provider's
// staff, or open them: owners who are no such staff themselves.
func (o Org) MayRestrictStaff() bool {
	return o.Member != "" && o.Role == Owner && o.Provider == "" && !o.Hired
}

// MayDeviate tells whether the account may decide to do otherwise than the
// provider's baseline wants: owners who are no staff of the provider themselves.
func (o Org) MayDeviate() bool { return o.MayRestrictStaff() }

// outranks: owners and staff stand above all, admins above all but owners,
// everybody else above users.
func (o Org) outranks(role Role) bool {
	switch {
	case o.ByOwnKey || o.Provider != "" || (o.Member != "" && o.Role == Owner):
		return true
	case o.Member == "":
		return false
	case o.Role == Admin:
		return role != Owner
	default:
		return role == User || role == Custom
	}
}

// has and hasAny ask for the permissions of a custom role. On other roles the
// bits mean nothing.
func (o Org) has(p Permissions) bool { return o.Role == Custom && o.Permissions.Has(p) }

func (o Org) hasAny(p Permissions) bool { return o.Role == Custom && o.Permissions&p != 0 }
