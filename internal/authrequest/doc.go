// Package authrequest owns log-ins that another device of the account approves.
//
//	a known device asks ──▶ waits ──▶ approved, with the user key for it ──▶ used: gone
//	                          │   └──▶ denied
//	                          └── gone after 15 minutes, with the device, when it asks
//	                              again, and with the account's sessions
//
// Whoever asks proves nothing: they name an address and a device that it has logged in
// from, leave a public key, and keep a code. The person who answers compares a phrase
// that is made of that key. Only the code gets the answer, and logs in with it, once.
//
// The package does not own devices and sessions (account), nor what a log-in needs
// besides the approval (login).
package authrequest
