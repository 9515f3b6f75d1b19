package access

// Act is something that may be done to an organization as a whole. What may be
// done to one item is in item.go.
type Act int

// The acts.
const (
	SeeOrg            Act = iota // that it exists, its name and settings
	ReadMembers                  // the list with addresses and roles
	ManageMembers                // invite, confirm, change, remove
	SeeCollections               // all names and who has access, not their items
	CreateCollections            //
	ManageCollections            // edit all, and who has access to them
	DeleteCollections            //
	ReadAllItems                 // the ciphertext of every item
	WriteAllItems                // create, edit, delete every item
	ImportItems                  //
	ExportItems                  //
	PurgeItems                   //
	ManageOrg                    // settings, keys, API key
	numberOfActs
)

// Can is the table: which act, by which role, under which setting.
func (o Org) Can(act Act) bool {
	if !o.Enabled && act > ManageMembers && act != ManageOrg {
		return false // a disabled organization can be administered, its vault is closed
	}
	return o.memberCan(act) || (o.Provider != "" && o.staffCan(act))
}

func (o Org) memberCan(act Act) bool {
	member := o.Member != ""
	owner := member && o.Role == Owner
	admin := owner || (member && o.Role == Admin)
	switch act {
	case SeeOrg:
		return member
	case ReadMembers, ManageMembers, SeeCollections, ImportItems, ExportItems, PurgeItems:
		return admin
	case CreateCollections:
		return admin || (member && !o.LimitCollectionCreation)
	case ManageCollections, ReadAllItems, WriteAllItems:
		return admin && o.AdminsAccessAll
	case DeleteCollections:
		return admin && o.AdminsAccessAll
	case ManageOrg:
		return owner
	default:
		return false
	}
}

// staffCan: both kinds of provider staff have the rights of an owner in a client,
// except that items are theirs only while the client's switch is on, and that
// the whole vault is exported or emptied by its own people alone.
func (o Org) staffCan(act Act) bool {
	switch act {
	case SeeOrg, ReadMembers, ManageMembers, SeeCollections, CreateCollections, ManageCollections, DeleteCollections, ManageOrg:
		return true
	case ReadAllItems, WriteAllItems, ImportItems:
		return o.ProviderItemAccess
	default:
		return false
	}
}

// MayHandle tells whether the account may invite, confirm, change or remove a
// member of the given role: nobody gives, or takes, more than they have. Whoever
// may not ManageMembers handles nobody.
func (o Org) MayHandle(role Role) bool {
	if !o.Can(ManageMembers) {
		return false
	}
	return role != Owner || o.Provider != "" || o.Role == Owner
}
