// Package offboard owns leaving for good: an account is deleted with all that
// belongs to it alone, an organization with everything in it, a provider that has
// no clients any more; and a technician leaves a provider and all of its clients in
// one act.
//
//	asked (by secret, or by a mailed link) → refused while an organization or provider would be left without its last owner or admin
//	                                       → refused to whom belongs to an organization by a claimed domain
//	                                       → gone: row, items, devices, sessions, memberships
//
// What was shared stays with the organization that owns it, and the audit log
// keeps its entries.
package offboard
