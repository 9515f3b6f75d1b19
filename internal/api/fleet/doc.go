// Package fleet is the Provider API, by which programs of a provider run its
// clients: seats, people, baselines and the log.
//
// The caller is a program, by a token of an API key of the provider: it reaches
// the clients that the key is for and does what the key may, but opens no item
// and confirms nobody, which takes keys that no program holds. openapi.json
// describes every route; a test holds the answers to it.
package fleet
