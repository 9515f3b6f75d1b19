// Package syncview puts together what a client downloads: the profile of an
// account with its organizations and providers, and the whole vault around it.
// It reads many tables and writes none.
//
// An answer is remembered until the account's revision date moves. That date is
// read from the database for every request, so it is right on every node, and it
// is therefore a duty of all who write: whatever shows in the answer below
// (memberships, collections and who has them, provider links and keys, names,
// switches, plans and policies of organizations, profile, keys, security stamp, equivalent
// domains, items, folders) must touch the accounts that see it (account.Touch, TouchAs,
// TouchProvider) in the transaction that changes it.
package syncview
