// Package account owns people: their address, the hash of what they log in with,
// the parameters and wrapped keys that their clients unlock with, their devices
// and sessions, mailed codes, second factors with the recovery code and the
// devices that are not asked for them, and their equivalent domains.
//
// Every secret that an account is asked for is checked by Guard and Service.Check
// and nowhere else: the try is counted before the check, per account and per
// address, and takes equally long whether or not the account exists.
//
//	registered → (password, key derivation, e-mail or stamp changes: all sessions end) → deleted by offboard
//
// It does not own granting tokens (login), deleting an account with all that
// hangs on it (offboard), memberships (org) or items (vault).
package account
