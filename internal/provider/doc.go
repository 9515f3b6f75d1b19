// Package provider owns providers, their people and what these reach, the links to
// their clients with tags and seats, and the API keys of their programs: the tables
// providers, provider_*, client_tags and reach_*. What a client is besides, package
// tenant owns; what a provider wants of it, package baseline.
//
// A provider begins pending, made by the operator with a set-up link. Whoever
// uses the link names it and becomes its first confirmed admin:
//
//	none --create--> pending --set up--> billable --delete (no clients left)--> none
//
// Its people are admins or service users and come in like members do: invited,
// accepted, confirmed (package enroll). At least one confirmed admin stays. Service
// users reach all clients, or those that are assigned to them, and for as long as
// was said; package access asks for that wherever clients are named. How a client
// comes to be, which needs an organization and an invitation, is a flow of package
// enroll too; how a technician leaves everything, of package offboard.
package provider
