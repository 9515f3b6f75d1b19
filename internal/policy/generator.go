package policy

// generator: what generated passwords are like at least. The bounds are those of
// the generators in the clients.
var generator = kind{
	name: "Password generator",
	read: func(d *data, _ bool) {
		d.among("overridePasswordType", "password", "passphrase", "")
		d.whole("minLength", 5, 128)
		d.flag("useUpper", "useLower", "useNumbers", "useSpecial")
		d.whole("minNumbers", 0, 9)
		d.whole("minSpecial", 0, 9)
		d.whole("minNumberWords", 3, 20)
		d.flag("capitalize", "includeNumber")
	},
}
