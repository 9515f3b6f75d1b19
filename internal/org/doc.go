// Package org owns the members of organizations, their groups and collections: the
// tables members, groups, group_members, collections, collection_members and
// collection_groups.
//
// It does not own organizations themselves (package tenant), how people come in (package enroll: invite, accept, confirm),
// who may do what (package access), nor what the collections hold (package vault).
//
//	none --invite--> invited --accept--> accepted --confirm--> confirmed
//	none --directory--> staged --invite--> invited
//	any --remove--> none        confirmed --leave--> none
//
// Only confirmed members have any right. The last confirmed owner can neither be
// removed nor demoted, nor leave, unless a provider's staff can make another.
//
// Who has which collection can be changed from three sides: the member, the group
// and the collection. Each dates the others it touches, so that an edit of
// something stale is noticed from wherever the other change came.
package org
