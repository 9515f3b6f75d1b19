package policy

// ssoLogIn: clients fill log-ins of the applications behind single sign-on by
// themselves. What else clients keep in its data is theirs.
var ssoLogIn = kind{
	name: "Automatic app log-in", free: ownersAndAdmins, untouched: true,
	read: func(d *data, _ bool) { d.line("idpHost", 1000) },
}
