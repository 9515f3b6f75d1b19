// Package portal does what a provider's people do in the Provider Portal without
// any key: it reads how all clients stand, and changes tags, reach and baselines.
//
//	p := portal.Of(session, provider)
//	overview, err := p.Overview(ctx)
//
// What encrypts something, such as a new client, is in package client; programs
// that have an API key instead of an account use package fleet.
package portal
