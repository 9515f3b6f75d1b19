// Package provider owns providers, their people and the links to their clients:
// the tables providers, provider_users and provider_clients, and the API keys of
// their programs.
//
// A provider begins pending, made by the operator with a set-up link. Whoever
// uses the link names it and becomes its first confirmed admin:
//
//	none --create--> pending --set up--> billable
//
// Its people are admins or service users and come in like members do: invited,
// accepted, confirmed (package enroll). At least one confirmed admin stays. Service
// users reach all clients, or those assigned to them, and for as long as it was
// said; package access asks for that wherever clients are named. How a client comes to be, which needs an organization and an invitation, is a flow of
// package enroll too.
package provider
