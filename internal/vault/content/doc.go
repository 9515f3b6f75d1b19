// Package content is the part of an item that clients encrypt: it reads it from a
// request, refuses what must not be stored, and writes the one form in which it
// is stored and sent.
//
// The types have JSON tags because that form is JSON: the members of the wire
// object without braces. Clients' ciphertext passes through byte for byte, and
// members that no client reads vanish. The package never decrypts anything.
package content
