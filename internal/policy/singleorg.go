package policy

// singleOrg: members belong to no other organization. It has no data, and is
// about coming in as well as staying. An organization that has proved a domain
// cannot turn it off.
var singleOrg = kind{
	name: "Single organization", free: ownersAndAdmins, binds: always,
	hits: func(p person) Effect {
		if p.Other {
			return Revoked
		}
		return ""
	},
}
