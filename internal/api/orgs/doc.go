// Package orgs is the surface of organizations: their record, members and
// collections, as official clients call them under /api/organizations.
//
// Groups and policies do not exist on this server yet: their lists are empty, so
// that clients which ask for them go on.
package orgs
