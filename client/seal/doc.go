// Package seal is the cryptography of an account: keys, the encrypted strings
// that hold everything, passwords turned into keys, RSA pairs that hand keys to
// other people, and the phrases by which people compare public keys.
//
// It writes version 1 of the account encryption: type 2 (AES-256-CBC with
// HMAC-SHA-256) under symmetric keys and type 4 (RSA-OAEP with SHA-1) to public
// keys. It also reads types 3, 5 and 6, and type 0 for the one thing that may
// still use it, a user key under the master key itself. Type 7 and everything
// else of version 2 is refused with [ErrVersion2].
//
// Keys never print: every formatting of a key says only what it is.
//
// It does not own what is encrypted (package item), nor where it is sent
// (package client).
package seal
