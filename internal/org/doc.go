// Package org owns organizations, their members and their collections: the
// tables organizations, members, collections and collection_members.
//
// It does not own how people come in (package enroll: invite, accept, confirm),
// who may do what (package access), nor what the collections hold (package vault).
//
//	none --invite--> invited --accept--> accepted --confirm--> confirmed
//	any --remove--> none        confirmed --leave--> none
//
// Only confirmed members have any right. The last confirmed owner can neither be
// removed nor demoted, nor leave.
package org
