// Package orgs is the surface of organizations: their record, members, groups,
// collections and policies, as official clients call them under
// /api/organizations.
package orgs
