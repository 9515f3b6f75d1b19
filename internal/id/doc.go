// Package id holds one type per kind of thing that has an identifier, so that a
// member's id can never be passed where an organization's is meant.
//
// An identifier is a lower-case hyphenated UUID (RFC 9562), as official clients
// send and expect it. The package makes and parses them; it knows nothing of
// what they name.
package id
