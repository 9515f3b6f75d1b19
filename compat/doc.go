// Package compat drives the official command line client, unchanged and of one
// pinned version, against the real binary over TLS, on SQLite and on
// PostgreSQL. What the client prints is asserted, not only its exit status.
// It also kills the server in the middle of writes and looks at what is left.
//
// It owns the judgement whether an official app works with this server. It does
// not test single endpoints, nor anything that a client cannot see.
//
// The tests carry the build tag compat, because they need the binary, the npm
// packages of this folder and a few minutes: run them with `make compat`.
package compat
