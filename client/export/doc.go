// Package export reads and writes the files in which a vault leaves the server:
// plain JSON, and the same text protected by a password of its own. Both are the
// formats that every client reads.
//
// It does not fetch anything and does not know the account's keys; the caller
// passes opened items and imports what comes back.
package export
