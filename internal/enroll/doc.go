// Package enroll owns how people come into an organization or a provider:
//
//	invited --accept (the invited account)--> accepted --confirm (who holds the key)--> confirmed
//	invited, accepted, confirmed --revoke--> revoked --restore (a free seat, no policy against it)--> as before
//	accepted, confirmed, revoked --delete (a claimed account)--> none, and neither is the account
//
// what a member may know of an organization, and how a provider creates a client, which begins with inviting its owner. It
// writes no table itself: packages org and provider do.
//
// An invitation is a signed token that names the invited row and address, in a
// link that goes out by mail or, on a server without mail, is shown to whoever
// invites. The row's status makes it good for one use: removing or accepting it
// ends every link that was ever made for it.
package enroll
