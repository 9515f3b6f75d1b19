package policy

// banner: a message that clients show above the vault. Its data is the clients'.
var banner = kind{name: "Vault banner message", needs: []Type{SingleOrg}, untouched: true}
