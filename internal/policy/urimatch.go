package policy

// uriMatch: how addresses of log-ins are compared unless the item says otherwise.
var uriMatch = kind{
	name: "Default URI match detection", needs: []Type{SingleOrg}, free: ownersAndAdmins,
	read: func(d *data, enabled bool) {
		const domain, never = 0, 5
		d.require(d.whole("uriMatchDetection", domain, never), enabled, "uriMatchDetection")
	},
}
