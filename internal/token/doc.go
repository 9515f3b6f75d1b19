// Package token makes and checks what the server signs and seals.
//
// From one secret that is not in the database it derives a key per purpose, so
// that a token made for one thing is worthless for another. It signs access
// tokens and the tokens of invitation and verification links (JWT, HS256), and
// seals what the database must hold but must not show: API keys, second factors,
// queued mail. It makes opaque random tokens, of which only the hash is stored.
package token
