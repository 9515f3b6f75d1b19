package policy

import (
	"github.com/kastellan/kastellan/internal/access"
	"github.com/kastellan/kastellan/internal/org"
)

// kind is what is particular to one type of policy.
type kind struct {
	name string
	// needs are the policies that must be on for this one to be.
	needs []Type
	// read checks and takes the members of the data; nil for a type without any.
	read func(d *data, enabled bool)
	// untouched says that the data is stored as it comes, beyond what read takes:
	// what clients put there is theirs.
	untouched bool
	// free are the roles that the policy does not bind.
	free []access.Role
	// staffBound says that it binds people of the organization's own provider, too.
	staffBound bool
	// hits tells what turning the policy on does to a person whom it binds; nil when
	// nothing. forbids refuses to turn it on because of somebody; nil when nobody
	// is in the way.
	hits    func(person) Effect
	forbids func([]person) error
	// binds are the statuses that it binds; joined when nil.
	binds func(org.MemberStatus) bool
}

// kinds is the table of all types, each from its own file.
var kinds = [numberOfTypes]kind{
	TwoStep: twoStep, MasterPasswordRules: masterPassword, Generator: generator, SingleOrg: singleOrg, RequireSSO: requireSSO,
	DataOwnership: dataOwnership, DisableSend: disableSend, SendOptions: sendOptions, AccountRecovery: accountRecovery, Timeout: timeout,
	NoPersonalExport: noPersonalExport, ActivateAutofill: activateAutofill, SSOLogIn: ssoLogIn, NoFamilies: noFamilies, NoPIN: noPIN,
	ItemTypes: itemTypes, URIMatch: uriMatch, Autotype: autotype, AutoConfirm: autoConfirm, ClaimedDomains: claimedDomains,
	Banner: banner, SendControls: sendControls, FillAssist: fillAssist,
}

var ownersAndAdmins = []access.Role{access.Owner, access.Admin}

// The sets of statuses. Invited, revoked and staged people are bound only where a
// policy is about coming in, or back.
func joined(s org.MemberStatus) bool     { return s == org.Accepted || s == org.Confirmed }
func notRevoked(s org.MemberStatus) bool { return s != org.Revoked }
func always(org.MemberStatus) bool       { return true }

// standing is what a person is to the organization whose policy is in question.
type standing struct {
	Role   access.Role
	Status org.MemberStatus
	Staff  bool // of the provider that manages it, in any status
}

// binds tells whether a policy of this kind, once on, holds for somebody.
func (k kind) bindsTo(s standing) bool {
	if s.Staff && !k.staffBound {
		return false
	}
	for _, role := range k.free {
		if s.Role == role {
			return false
		}
	}
	if k.binds == nil {
		return joined(s.Status)
	}
	return k.binds(s.Status)
}
