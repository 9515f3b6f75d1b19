// Package public is the Public API, by which programs of an organization
// administer it: people, groups, collections, policies, the log, and what a
// directory says.
//
// The caller is the organization itself, by a token of its API key, and has the
// rights of an owner, but no way to an item. openapi.json describes every route;
// a test holds the answers to it.
package public
