// Package audit decides who reads which log: one's own, that of an organization
// or provider, of one of its people, of one item, and those of a provider and its clients as one.
//
// It does not own the events themselves nor how they are found (package event).
package audit
