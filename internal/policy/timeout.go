package policy

import "github.com/kastellan/kastellan/internal/access"

// timeout: after how long clients lock or log out at the latest. The server
// cannot see it happen: clients hold their users to it.
var timeout = kind{
	name: "Session timeout", needs: []Type{SingleOrg}, free: []access.Role{access.Owner},
	read: func(d *data, enabled bool) {
		const year = 365 * 24 * 60
		there := d.whole("minutes", 1, year)
		// Without a type, or with "custom", minutes are the cap.
		if t := d.among("type", "custom", "never", "immediately", "onSystemLock", "onAppRestart"); t == "" || t == "custom" {
			d.require(there, enabled, "minutes")
		}
		d.among("action", "lock", "logOut")
	},
}
