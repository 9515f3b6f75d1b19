package policy

import "net/url"

// fillAssist: browser extensions get rules for filling in forms from an address.
var fillAssist = kind{
	name: "Fill assist",
	read: func(d *data, enabled bool) {
		raw := d.line("rulesUrl", 2000)
		d.require(raw != "", enabled, "rulesUrl")
		if raw == "" {
			return
		}
		if u, err := url.Parse(raw); err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
			d.fail("rulesUrl", "The address of the rules must begin with https://.")
		}
	},
}
