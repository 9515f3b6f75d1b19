// Package client talks to a Kastellan server. It does all the cryptography of an
// account here, so that the server sees ciphertext only; the command line, the
// demo data and the tests use it.
//
// A [Client] knows a server. Logging in gives a [Session], which holds the keys
// of one unlocked account and is safe for use by several goroutines:
//
//	c, err := client.New("https://vault.example.test", nil)
//	s, err := c.Login(ctx, client.Credentials{Email: email, Password: password})
//	vault, err := s.Sync(ctx)
//
// Keys never print. Errors of the server are an [Error]. Public keys come from the
// server: show [PersonKey.Fingerprint] to a person before confirming anybody.
//
// It owns the calls and the keys that they need. The constructions are in package
// seal, the items in package item, exports in package export. Packages attachment
// and send use a Session for files at items and for sharing once.
package client
