// Package recovery owns how an organization gives a member who lost the master
// password, or the second factor, a way back in:
//
//	none --enrol (the member, with the master password)--> enrolled --withdraw--> none
//	enrolled --recover (an administrator who stands above the member)--> temporary password, no session, maybe no second factor
//	temporary password --the member chooses their own (package account)--> as before
//
// Enrolling leaves the member's user key under the organization's public key.
// The server sees neither; it decides who may have the two wrapped keys that
// together open an account, and that is the most that anybody can be given here.
package recovery
