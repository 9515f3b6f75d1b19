// Package fleet calls the Provider API of a Kastellan server: with an API key of a
// provider, a program reads and runs the provider's clients.
//
//	f, err := fleet.New("https://vault.example.test", nil, fleet.Key{ClientID: "provider.…", Secret: secret})
//	clients, err := f.Clients(ctx)
//
// A [Fleet] logs in by itself when it has to, and is safe for use by several
// goroutines. Refusals are a [client.Error]. It holds no key to anything
// encrypted: what needs one, such as a new client, is in package client.
package fleet
