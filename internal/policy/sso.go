package policy

// requireSSO: members log in through the organization's identity provider. It
// binds nobody before the server has single sign-on.
var requireSSO = kind{name: "Require single sign-on", needs: []Type{SingleOrg}, free: ownersAndAdmins}
